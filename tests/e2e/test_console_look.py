"""The clerk console for every reader: three languages, a screen reader, a long queue, no waiting for the page."""

import re
import time
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, key, part, sign_in, sit
from tests.e2e.shared_hall import SharedHall
from tests.running.staff import Person


def amiss(page: Page) -> list[dict[str, Any]]:
    """What axe finds that is more than minor."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [broken for broken in found if broken["impact"] != "minor"]


@pytest.mark.usefixtures("clerk")
def test_long_queue_ends_in_a_count_and_nothing_scrolls(console_page: Page, live_hall: SharedHall) -> None:
    for _ in range(11):
        live_hall.kiosk.take("E")
    expect(part(console_page, "more")).to_have_text("还有 3 人")
    sizes = console_page.evaluate("() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert sizes == [768, 1366]


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hant", "辦完這位，叫下一位"), ("en", "Finish, call next"), ("zh-Hans", "办完这位，叫下一位")],
)
def test_three_languages_on_the_spot(console_page: Page, live_hall: SharedHall, language: str, words: str) -> None:
    live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_be_visible()
    console_page.keyboard.press("Enter")
    expect(console_page.locator("[data-state='called']")).to_be_visible()
    console_page.locator(f"[data-language='{language}']").click()
    expect(key(console_page, "main")).to_contain_text(words)
    expect(console_page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.usefixtures("clerk")
def test_a_screen_reader_hears_the_call_the_keys_and_the_fields(console_page: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(visitor["number"])
    console_page.keyboard.press("Enter")
    # What was done is said without moving the focus, and the visitor stands in a region with a name.
    expect(console_page.get_by_role("status").filter(has_text=f"已叫 {visitor['number']}")).to_be_visible()
    here = console_page.get_by_role("region", name="当前办理")
    expect(here).to_contain_text(visitor["number"])
    expect(here.get_by_role("timer")).to_be_visible()
    for name, shortcut in (("重呼", "R"), ("挂起", "H")):
        found = console_page.get_by_role("button", name=name, exact=True)
        expect(found).to_have_attribute("aria-keyshortcuts", shortcut)
        expect(found).to_have_attribute("aria-disabled", re.compile("true|false"))
    expect(console_page.get_by_role("button", name="办完这位，叫下一位")).to_have_attribute(
        "aria-keyshortcuts", "Enter"
    )
    console_page.keyboard.press("k")
    expect(console_page.get_by_role("status").filter(has_text=f"{visitor['number']} 开始办理")).to_be_visible()
    console_page.keyboard.press("t")
    dialog = console_page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name(re.compile(visitor["number"]))
    for field in dialog.locator("input, textarea, select").all():
        expect(field).to_have_accessible_name(re.compile(r"\S"))
    assert dialog.get_by_role("group").count() + dialog.get_by_role("combobox").count() > 0


def test_axe_finds_nothing_amiss(console_page: Page, live_hall: SharedHall) -> None:
    expect(console_page.locator("#sign-in-name")).to_be_focused()
    assert amiss(console_page) == []
    sign_in(console_page, live_hall.add_clerk())
    expect(console_page.locator(f"[data-window='{WINDOW}']")).to_contain_text("无人")
    assert amiss(console_page) == []
    sit(console_page, WINDOW)
    assert amiss(console_page) == []
    live_hall.kiosk.take("A", "elderly")
    live_hall.kiosk.take("B")
    expect(part(console_page, "next")).to_be_visible()
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_be_visible()
    assert amiss(console_page) == []
    live_hall.server.freeze()
    expect(console_page.get_by_role("alert")).to_be_visible()
    console_page.wait_for_timeout(200)
    assert amiss(console_page) == []
    live_hall.server.thaw()
    expect(console_page.locator(".back-band")).to_be_visible()
    assert amiss(console_page) == []


def test_time_to_call_stays_short(console_page: Page, clerk: Person, live_hall: SharedHall) -> None:
    """From the key to the number on the page, with everything durable in between."""
    assert clerk.number
    visitors = [live_hall.kiosk.take("C") for _ in range(5)]
    took = []
    for visitor in visitors:
        expect(part(console_page, "next")).to_have_text(visitor["number"])
        console_page.wait_for_timeout(900)
        began = time.monotonic()
        console_page.keyboard.press("Enter")
        expect(part(console_page, "number")).to_have_text(visitor["number"])
        took.append(time.monotonic() - began)
    assert sorted(took)[2] < 1.0
