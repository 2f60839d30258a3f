"""Check-in at the kiosk in a real browser: on the screen's letters, by a keyboard, by a reader, and what is refused."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.kiosk.conftest import LANGUAGES, Kiosk
from tests.running.booked import at, book, bookable
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.kiosk import running_kiosk

SLOW = 15_000
UNKNOWN = {"zh-Hans": "没有这个编号", "zh-Hant": "沒有這個編號", "en": "No booking or case has this code"}


@pytest.fixture(scope="module")
def booked_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall that can be booked, on Monday at eight."""
    folder = tmp_path_factory.mktemp("booked")
    with ExitStack() as ends:
        database = ends.enter_context(sqlite(folder))
        yield bookable(lambda of, **how: ends.enter_context(running(of, folder, **how)), database, folder)


@pytest.fixture(scope="module")
def address(booked_hall: Hall) -> Iterator[str]:
    """Where the touch page of this hall's kiosk is."""
    with running_kiosk(booked_hall.server.base, booked_hall.tokens["kiosk"]) as kiosk:
        yield kiosk.url


def start_page(page: Page, address: str, language: str = "zh-Hans") -> None:
    page.goto(address)
    page.locator("[data-check-in-door]").wait_for()
    page.get_by_role("button", name=LANGUAGES[language]).click()


def number(page: Page) -> str:
    page.locator("[data-number]").wait_for(timeout=SLOW)
    return page.locator("[data-number]").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_pressed_on_the_screen_checks_in_once(page: Page, booked_hall: Hall, address: str, language: str):
    wall = {"zh-Hans": "09:00", "zh-Hant": "09:30", "en": "10:00"}[language]
    code = book(booked_hall.clerk, at(wall)).json()["code"]
    start_page(page, address, language)
    page.locator("[data-check-in-door]").click()
    for letter in code:
        expect(page.locator("[data-check-in]")).to_be_disabled()
        page.locator(f"[data-letter='{letter}']").click()
    page.locator("[data-check-in]").click()
    taken = number(page)
    ticket = next(each for each in booked_hall.manager.every() if each["number"] == taken)
    assert (ticket["business"], ticket["language"]) == ("A", language)
    page.locator(".go").click()
    # The same code once more is refused in words, and what was typed is still there to be looked at.
    page.locator("[data-check-in-door]").click()
    page.keyboard.type(code, delay=90)
    page.locator("main h1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-page=refused] .lead")).to_contain_text(code, timeout=SLOW)
    page.locator("[data-back]").click()
    expect(page.locator("[data-typed]")).to_contain_text(code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_nobody_has_is_said_and_can_be_mended(page: Page, address: str, language: str):
    start_page(page, address, language)
    page.locator("[data-check-in-door]").click()
    page.keyboard.type("2345678", delay=90)
    page.locator("[data-check-in]").click()
    expect(page.locator("[data-page=refused] .lead")).to_contain_text(UNKNOWN[language], timeout=SLOW)
    page.locator("[data-back]").click()
    page.locator("[data-drop]").click()
    expect(page.locator("[data-typed] .num")).to_have_text("234567")
    page.locator("[data-back]").click()
    page.locator("[data-check-in-door]").click()
    expect(page.locator("[data-typed] .num")).to_have_count(0)


def test_a_reader_checks_in_from_the_first_page(page: Page, booked_hall: Hall, address: str):
    code = book(booked_hall.clerk, at("14:00")).json()["code"]
    start_page(page, address)
    # The key that has the focus is not pressed by the Enter a reader ends with.
    page.locator("[data-business=C]").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    assert number(page).startswith("A")


def test_a_reader_reads_what_is_no_code(page: Page, kiosk: Kiosk, hall: Hall):
    before = len(hall.manager.every())
    kiosk.open(page)
    page.keyboard.type("6901234567892")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("不是本厅的编号")
    page.locator("[data-back]").click()
    # On a page where a reader has no part it presses nothing either.
    page.locator("[data-business=C]").click()
    page.locator(".business .go").focus()
    page.keyboard.type("6901234567892")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_have_attribute("data-page", "business")
    assert len(hall.manager.every()) == before
