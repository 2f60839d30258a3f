"""A hall of thirty businesses: three touches by its groups, or by the first letters of the name."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import yaml
from playwright.sync_api import Page, expect

from queue_server import hall_file
from tests.e2e.kiosk.conftest import LANGUAGES
from tests.e2e.kiosk.test_kiosk_look import look
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.kiosk import running_kiosk

SLOW = 15_000


@pytest.fixture(scope="module")
def large_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The large hall that comes along, open at any hour."""
    folder = tmp_path_factory.mktemp("large")
    said = yaml.safe_load((hall_file.DEFAULT.parent / "large.yaml").read_text(encoding="utf-8"))
    said["hall"] = "main"
    del said["opening"], said["calendar"]
    file = folder / "large.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    with sqlite(folder) as database, running(database, folder, file) as hall:
        yield hall


@pytest.fixture(scope="module")
def address(large_hall: Hall) -> Iterator[str]:
    """Where the touch page of this hall's kiosk is."""
    with running_kiosk(large_hall.server.base, large_hall.tokens["kiosk"]) as kiosk:
        yield kiosk.url


@contextmanager
def counted(page: Page) -> Iterator[list[int]]:
    """Counts the touches made meanwhile."""
    touches = [0]
    page.expose_function("touched", lambda: touches.__setitem__(0, touches[0] + 1))
    page.evaluate("window.addEventListener('pointerdown', () => window.touched(), true)")
    yield touches


def open_page(page: Page, address: str, language: str = "zh-Hans") -> None:
    page.goto(address)
    page.locator(".biz").first.wait_for()
    page.get_by_role("button", name=LANGUAGES[language]).click()


def test_three_touches_to_a_number_by_the_groups(page: Page, address: str):
    open_page(page, address)
    expect(page.locator("[data-group]")).to_have_count(8)
    with counted(page) as touches:
        page.locator("[data-group=equipment]").click()
        expect(page.locator("[data-business]")).to_have_count(5)
        expect(page.locator("[data-business=SC]")).to_contain_text("前面")
        page.locator("[data-business=SC]").click()
        page.locator(".go").click()
        expect(page.locator("[data-number]")).to_contain_text("SC", timeout=SLOW)
    assert touches == [3]


def test_the_first_letters_find_a_business(page: Page, address: str):
    open_page(page, address)
    page.locator("[data-search]").click()
    expect(page.locator("[data-typed]")).to_contain_text("计量标准考核 按 JLBZKH")
    for letter in "SPTM":
        page.locator(f"[data-letter={letter}]").click()
    expect(page.locator(".results .biz")).to_have_count(1)
    page.locator("[data-business=DC]").click()
    expect(page.locator("main h1")).to_have_text("商品条码")
    # Back to what was typed; a keyboard types as well, and what fits nothing is said.
    page.locator("[data-back]").click()
    expect(page.locator("[data-typed]")).to_have_text("SPTM")
    page.keyboard.type("q")
    expect(page.get_by_role("status")).to_contain_text("没有这样的业务")
    page.keyboard.press("Backspace")
    expect(page.locator(".results .biz")).to_have_count(1)


def test_what_was_typed_is_gone_with_its_visitor(page: Page, address: str):
    page.clock.install()
    open_page(page, address)
    page.locator("[data-search]").click()
    page.keyboard.type("ABC")
    page.clock.fast_forward(51_000)
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    page.locator("[data-search]").click()
    expect(page.locator("[data-typed]")).not_to_contain_text("ABC")


def test_only_grounds_that_visitors_may_name_are_asked(page: Page, address: str):
    open_page(page, address)
    page.locator("[data-group=help]").click()
    page.locator("[data-business=KA]").click()
    expect(page.locator(".toggle")).to_have_text(["老人", "残疾人", "孕产妇"])
    expect(page.locator("[data-print]")).to_have_count(0)
    expect(page.locator(".go")).to_have_text("取号")


@pytest.mark.parametrize("letters", ["usual", "large"])
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_and_search_can_be_read_and_pressed(
    page: Page, address: str, language: str, size: tuple[int, int], letters: str
):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, address, language)
    if letters == "large":
        page.locator("[data-large]").click()
    look(page, "groups")
    page.locator("[data-group=equipment]").click()
    look(page, "group")
    page.locator("[data-back]").click()
    page.locator("[data-search]").click()
    look(page, "search, empty")
    page.keyboard.type("P")
    look(page, "search")
    page.locator("[data-back]").click()
    # The longest name, three items, and a number of five letters.
    page.locator("[data-group=equipment]").click()
    if letters == "large":
        page.locator("[data-more]").click()
    page.locator("[data-business=SD]").click()
    look(page, "business")
    page.locator(".go").click()
    page.locator("img.slip").wait_for(timeout=SLOW)
    look(page, "number")
