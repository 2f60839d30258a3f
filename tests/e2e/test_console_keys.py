"""The clerk's own keys in a real browser, and every state of the console for every reader."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, call, form, key, part, serve, sign_in
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss
from tests.running.staff import Person

RAW = re.compile(r"\b(?:keys|hold|transfer|direct|pausing|keymap|aside|reason|said|act|undo|form|notes|held)\.[a-z]")


def change(page: Page, control: str, stroke: str) -> None:
    """Give a control another key, by keyboard alone."""
    page.locator(f"[data-keymap='{control}'] button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press(stroke)


def test_a_key_is_changed_kept_and_given_back(console_page: Page, clerk: Person, live_hall: SharedHall) -> None:
    assert clerk.number
    console_page.keyboard.press("o")
    expect(console_page.get_by_role("dialog", name="按键设置")).to_be_visible()
    change(console_page, "start", "m")
    expect(part(console_page, "keymap-said")).to_have_text("M 已用于“过号”，请换一个键。")
    console_page.keyboard.press("3")
    expect(part(console_page, "keymap-said")).to_contain_text("这个键不能用")
    console_page.keyboard.press("w")
    expect(part(console_page, "keymap-said")).to_have_text("“开始”现在是 W。")
    console_page.keyboard.press("Escape")
    expect(form(console_page, "keys")).to_have_count(0)
    expect(key(console_page, "start").locator("kbd")).to_have_text("W")
    expect(key(console_page, "start")).to_have_attribute("aria-keyshortcuts", "W")
    console_page.reload()
    expect(key(console_page, "start").locator("kbd")).to_have_text("W")
    visitor = call(console_page, live_hall)
    console_page.keyboard.press("k")
    console_page.wait_for_timeout(300)
    assert live_hall.manager.ticket(visitor["id"])["state"] == "called"
    console_page.keyboard.press("w")
    expect(console_page.locator("[data-state='serving']")).to_be_visible()
    console_page.keyboard.press("o")
    console_page.get_by_role("button", name="恢复默认按键").press("Enter")
    expect(console_page.locator("[data-keymap='start'] button")).to_have_text("K")
    console_page.keyboard.press("Escape")
    expect(key(console_page, "start").locator("kbd")).to_have_text("K")


def test_one_key_taken_away(console_page: Page, clerk: Person, live_hall: SharedHall) -> None:
    assert clerk.number
    console_page.keyboard.press("o")
    change(console_page, "start", "Delete")
    expect(part(console_page, "keymap-said")).to_have_text("“开始”现在没有键。")
    console_page.keyboard.press("Escape")
    expect(key(console_page, "start").locator("kbd")).to_have_count(0)
    visitor = call(console_page, live_hall)
    console_page.keyboard.press("k")
    console_page.wait_for_timeout(300)
    assert live_hall.manager.ticket(visitor["id"])["state"] == "called"
    key(console_page, "start").press("Enter")
    expect(console_page.locator("[data-state='serving']")).to_be_visible()


def test_single_keys_switched_off_leave_enter_and_the_buttons(
    console_page: Page, clerk: Person, live_hall: SharedHall
) -> None:
    assert clerk.number
    console_page.keyboard.press("o")
    expect(part(console_page, "single-keys")).to_be_focused()
    console_page.keyboard.press("Space")
    expect(part(console_page, "keymap-said")).to_have_text("单键操作已关掉。")
    console_page.keyboard.press("Escape")
    expect(console_page.locator(".keys kbd")).to_have_count(0)
    visitor = call(console_page, live_hall)
    for stroke in ("k", "h", "3"):
        console_page.keyboard.press(stroke)
    console_page.wait_for_timeout(300)
    assert live_hall.manager.ticket(visitor["id"])["state"] == "called"
    expect(console_page.get_by_role("dialog")).to_have_count(0)
    expect(console_page.get_by_role("radio", name="受理", exact=True)).to_be_checked()
    key(console_page, "hold").press("Enter")
    expect(form(console_page, "hold")).to_be_visible()


def test_another_clerk_has_keys_of_their_own(console_page: Page, clerk: Person, live_hall: SharedHall) -> None:
    assert clerk.number
    console_page.keyboard.press("o")
    change(console_page, "start", "w")
    console_page.keyboard.press("Escape")
    console_page.keyboard.press("x")
    console_page.get_by_role("button", name="退出登录").press("Enter")
    sign_in(console_page, live_hall.add_clerk())
    console_page.locator(f"[data-window='{WINDOW}']").press("Enter")
    expect(key(console_page, "start").locator("kbd")).to_have_text("K")


def test_axe_finds_nothing_serious_in_any_state(console_page: Page, clerk: Person, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("C")
    live_hall.clerk.done(6, "next")
    live_hall.clerk.done(6, "transfer", business="C", note="请 5 号接着办", to_window=WINDOW)
    live_hall.kiosk.take("B", "elderly")
    live_hall.clerk.done(7, "next")
    live_hall.clerk.done(7, "hold", kind="papers-with-visitor")
    expect(part(console_page, "tied")).to_be_visible()
    assert amiss(console_page) == []
    console_page.keyboard.press("s")
    assert amiss(console_page) == []
    console_page.keyboard.press("Escape")
    expect(console_page.get_by_role("dialog")).to_have_count(0)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "notes")).to_be_visible()
    console_page.keyboard.press("c")
    expect(key(console_page, "undo")).to_have_attribute("aria-disabled", "false")
    assert amiss(console_page) == []
    console_page.keyboard.press("Escape")
    for stroke in ("h", "t", "b", "o"):
        expect(console_page.get_by_role("dialog")).to_have_count(0)
        console_page.keyboard.press(stroke)
        expect(console_page.get_by_role("dialog")).to_be_visible()
        if stroke == "t":
            console_page.keyboard.press("Enter")
            expect(console_page.get_by_role("alert")).to_be_visible()
        assert amiss(console_page) == [], stroke
        console_page.keyboard.press("Escape")
        expect(console_page.get_by_role("dialog")).to_have_count(0)
    console_page.keyboard.press("q")
    expect(part(console_page, "help")).to_be_visible()
    console_page.keyboard.press("f")
    expect(console_page.locator("[data-state='nobody']")).to_be_visible()
    console_page.keyboard.press("b")
    console_page.keyboard.press("Enter")
    expect(console_page.locator("[data-state='paused']")).to_be_visible()
    assert amiss(console_page) == []
    console_page.keyboard.press("l")
    expect(part(console_page, "locked")).to_contain_text(clerk.display_name)
    assert amiss(console_page) == []


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_form_in_every_language_fits_and_has_its_words(
    console_page: Page, live_hall: SharedHall, language: str
) -> None:
    serve(console_page, live_hall)
    console_page.locator(f"[data-language='{language}']").click()
    seen = set()
    for stroke in ("h", "t", "b", "o"):
        console_page.keyboard.press(stroke)
        panel = console_page.get_by_role("dialog")
        expect(panel).to_be_visible()
        inside = panel.evaluate(
            "form => form.scrollHeight <= form.clientHeight && form.scrollWidth <= form.clientWidth"
        )
        assert inside, stroke
        seen.add(panel.inner_text())
        assert not RAW.search(console_page.locator("body").inner_text())
        console_page.keyboard.press("Escape")
    assert len(seen) == 4
    cut = console_page.locator(".keys button, .keys small").evaluate_all(
        "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.innerText)"
    )
    assert cut == []
    sizes = console_page.evaluate("() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert sizes == [768, 1366]
