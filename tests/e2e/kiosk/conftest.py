"""A real hall, a wire to it, and kiosks with their pages in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from kiosk.agent import Agent
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.kiosk import running_kiosk
from tests.running.wire import Wire

LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}


@dataclass(frozen=True)
class Kiosk:
    """One kiosk: its agent, its wire to the server, and where its page is."""

    agent: Agent
    wire: Wire
    url: str

    def open(self, page: Page, language: str = "zh-Hans", *, heard: bool = False) -> None:
        """Opens the start page in a language; unless it is `heard`, for what is read holds up a clock put on."""
        if not heard:
            page.add_init_script("HTMLMediaElement.prototype.play = () => Promise.reject(new Error('no loudspeaker'))")
        page.goto(self.url)
        page.locator(".biz").first.wait_for()
        page.get_by_role("button", name=LANGUAGES[language]).click()


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with sqlite(folder) as database, running(database, folder, public_url="https://hall.example.gov") as hall:
        yield hall


@pytest.fixture
def kiosk_with(hall: Hall) -> Iterator[Callable[[str], Kiosk]]:
    """Starts a kiosk with a given printer."""
    with ExitStack() as ends:

        def start(printer: str) -> Kiosk:
            wire = ends.enter_context(closing(Wire(hall.server.base)))
            kiosk = ends.enter_context(running_kiosk(wire.url, hall.tokens["kiosk"], printer))
            return Kiosk(kiosk.agent, wire, kiosk.url)

        yield start


@pytest.fixture
def kiosk(kiosk_with: Callable[[str], Kiosk]) -> Kiosk:
    """A kiosk that shows its slips on the screen."""
    return kiosk_with("screen")


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "viewport": {"width": 1080, "height": 1920}}
