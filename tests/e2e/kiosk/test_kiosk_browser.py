"""A visitor at the kiosk in a real browser: to the number, through every trouble, and away without a trace."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.kiosk.conftest import LANGUAGES, Kiosk
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.hall import Hall
from tests.running.wire import free_port

SLOW = 15_000


def number(page: Page) -> str:
    page.locator("[data-number]").wait_for(timeout=SLOW)
    return page.locator("[data-number]").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_touches_to_a_number_and_its_slip(page: Page, kiosk: Kiosk, hall: Hall, language: str):
    kiosk.open(page, language)
    page.locator("[data-business=C]").click()
    page.locator(".go").click()
    taken = number(page)
    page.locator("[data-slip=shown]").wait_for(timeout=SLOW)
    expect(page.locator("img.slip")).to_have_js_property("naturalWidth", 576)
    ticket = next(each for each in hall.manager.every() if each["number"] == taken)
    assert (ticket["business"], ticket["language"], ticket["priority"]) == ("C", language, [])


def test_a_ground_for_priority_goes_with_the_press(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page)
    page.locator("[data-business=A]").click()
    expect(page.locator(".toggle[aria-pressed=true]")).to_have_count(0)
    page.get_by_role("button", name="老人").click()
    page.locator(".go").click()
    taken = number(page)
    assert next(each for each in hall.manager.every() if each["number"] == taken)["priority"] == ["elderly"]


def test_the_slip_is_printed_after_the_number_is_there(page: Page, kiosk_with: Callable[[str], Kiosk]):
    with EscposPrinter() as emulator:
        kiosk = kiosk_with(emulator.address)
        kiosk.open(page)
        page.locator("[data-business=G]").click()
        page.locator(".go").click()
        page.locator("[data-slip=printed]").wait_for(timeout=SLOW)
        page.get_by_role("button", name="再打印一张").click()
        assert len(emulator.slips(2)) == 2


def test_a_printer_that_is_away_is_said_and_the_number_stands(page: Page, kiosk_with: Callable[[str], Kiosk]):
    kiosk = kiosk_with(f"tcp:127.0.0.1:{free_port()}")
    kiosk.open(page)
    page.locator("[data-business=D]").click()
    page.locator(".go").click()
    assert number(page).startswith("D")
    expect(page.locator("[data-slip=failed]")).to_contain_text("记住号码或拍照", timeout=SLOW)


def test_a_double_tap_is_one_ticket_and_never_goes_through_two_pages(page: Page, kiosk: Kiosk, hall: Hall):
    before = len(hall.manager.every())
    kiosk.open(page)
    page.locator("[data-business=Z]").dblclick()
    expect(page.locator("main")).to_have_attribute("data-page", "business")
    page.locator(".go").dblclick()
    number(page)
    assert len(hall.manager.every()) == before + 1


def test_without_a_server_the_page_says_so_and_comes_back_by_itself(page: Page, kiosk: Kiosk):
    kiosk.open(page)
    kiosk.wire.cut = True
    expect(page.get_by_role("heading")).to_have_text("请找工作人员取号", timeout=SLOW)
    kiosk.wire.cut = False
    expect(page.locator("main")).to_have_attribute("data-page", "start", timeout=SLOW)


def test_a_press_that_met_no_server_gets_its_number_when_it_is_back(page: Page, kiosk: Kiosk, hall: Hall):
    before = len(hall.manager.every())
    kiosk.open(page)
    page.locator("[data-business=F]").click()
    kiosk.wire.cut = True
    page.locator(".go").click()
    expect(page.locator("main")).to_have_attribute("data-page", "no-server", timeout=SLOW)
    kiosk.wire.cut = False
    assert number(page).startswith("F")
    assert len(hall.manager.every()) == before + 1


def test_who_is_silent_is_asked_and_then_forgotten(page: Page, kiosk: Kiosk):
    page.clock.install()
    kiosk.open(page, "en")
    page.locator("[data-business=A]").click()
    page.get_by_role("button", name="Older people").click()
    page.clock.fast_forward(31_000)
    page.get_by_role("button", name="Continue").click()
    page.clock.fast_forward(1_000)
    expect(page.get_by_role("button", name="Older people")).to_have_attribute("aria-pressed", "true")
    page.clock.fast_forward(31_000)
    page.get_by_role("button", name="Stop and clear").click()
    expect(page.get_by_role("heading")).to_have_text("您来办什么业务？")
    page.locator("[data-business=A]").click()
    page.clock.fast_forward(51_000)
    expect(page.get_by_role("heading")).to_have_text("您来办什么业务？")
    page.locator("[data-business=A]").click()
    expect(page.locator(".toggle[aria-pressed=true]")).to_have_count(0)


def test_the_number_page_goes_back_by_itself_and_nothing_stays(page: Page, kiosk: Kiosk):
    page.clock.install()
    kiosk.open(page, "zh-Hant")
    page.locator("[data-business=B]").click()
    page.locator(".go").click()
    taken = number(page)
    picture = page.locator("img.slip")
    page.clock.fast_forward(2_000)
    picture.wait_for(timeout=SLOW)
    address = picture.get_attribute("src") or ""
    page.clock.fast_forward(16_000)
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert taken not in page.content()
    assert page.request.get(kiosk.url + address.lstrip("/")).status == 404
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_the_keyboard_alone_gets_a_number(page: Page, kiosk: Kiosk):
    kiosk.open(page)
    page.locator("[data-business=E]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_focused()
    for _ in range(20):
        if page.locator(".go:focus").count():
            break
        page.keyboard.press("Tab")
    expect(page.locator(".go")).to_be_focused()
    outline = page.locator(".go").evaluate("key => getComputedStyle(key).outlineWidth")
    assert float(outline.removesuffix("px")) >= 4
    page.keyboard.press("Enter")
    assert number(page).startswith("E")


def test_four_keys_get_a_number_and_find_the_way_back(page: Page, kiosk: Kiosk):
    kiosk.open(page)
    page.locator("main h1").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("main")).to_have_attribute("data-page", "business")
    expect(page.locator("main h1")).to_have_text("计量认证")
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("main h1")).to_be_focused()
    # The keys go round, so the last one of the page is near from its heading, too.
    for _ in range(20):
        if page.locator(".go:focus").count():
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert number(page).startswith("A")
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_have_attribute("data-page", "start")


def test_large_letters_are_for_one_visitor(page: Page, kiosk: Kiosk):
    page.clock.install()
    kiosk.open(page)
    page.locator("[data-large]").click()
    expect(page.locator("html")).to_have_class("elder")
    expect(page.locator(".biz")).to_have_count(4)
    page.locator("[data-more]").click()
    page.locator("[data-business=G]").click()
    page.locator("[data-grounds]").click()
    page.get_by_role("button", name="老人").click()
    page.locator("[data-back]").click()
    expect(page.locator("[data-grounds]")).to_have_text("老人")
    page.locator(".go").click()
    assert number(page).startswith("G")
    page.clock.fast_forward(16_000)
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    expect(page.locator("html")).not_to_have_class("elder")
    # Nobody who only pressed it and left keeps it on either.
    page.locator("[data-large]").click()
    page.clock.fast_forward(51_000)
    expect(page.locator("html")).not_to_have_class("elder")


def test_four_keys_answer_whether_somebody_is_there(page: Page, kiosk: Kiosk):
    page.clock.install()
    kiosk.open(page)
    page.locator("[data-business=A]").press("Enter")
    page.clock.fast_forward(33_000)
    expect(page.locator("main h1")).to_be_focused()
    expect(page.locator(".count .num")).to_have_text(re.compile(r"^1\d$"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="继续")).to_be_focused()
    page.keyboard.press("Enter")
    page.clock.fast_forward(500)
    expect(page.locator("main")).to_have_attribute("data-page", "business")
