"""What every browser test stands on: a hall that runs, and pages of the size the screens are drawn for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.console import WINDOW, sign_in, sit
from tests.e2e.shared_hall import SharedHall, shared_hall
from tests.running.staff import Person

# A busy machine shows things later; what must be quick measures itself.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def running_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedHall]:
    """One server for all browser tests."""
    with shared_hall(tmp_path_factory.mktemp("hall")) as hall:
        yield hall


@pytest.fixture
def live_hall(running_hall: SharedHall) -> Iterator[SharedHall]:
    """The running hall, empty: no visitor waits and nobody sits at a window."""
    yield running_hall
    running_hall.server.thaw()
    running_hall.clear()


@pytest.fixture
def console_page(browser: Browser, live_hall: SharedHall) -> Iterator[Page]:
    """The clerk console on a desk screen of 1366 × 768, in Simplified Chinese; what the page throws fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.goto(f"{live_hall.server.base}/console")
    yield page
    context.close()
    assert thrown == []


@pytest.fixture
def clerk(console_page: Page, live_hall: SharedHall) -> Person:
    """A clerk who sits at window 5 with the console open."""
    person = live_hall.add_clerk()
    sign_in(console_page, person)
    sit(console_page, WINDOW)
    return person
