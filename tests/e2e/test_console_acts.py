"""The console's further acts by keyboard alone: more time, help, bringing back, undo, lock."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, call, key, part, row, serve
from tests.e2e.shared_hall import RECALL_GAP_S, SharedHall
from tests.running.staff import Person


def miss(page: Page, hall: SharedHall) -> str:
    """A visitor is called three times and does not come; gives the number."""
    visitor = call(page, hall)
    for calls in (2, 3):
        page.wait_for_timeout(RECALL_GAP_S * 1_000 + 200)
        page.keyboard.press("r")
        expect(part(page, "calls")).to_have_text(f"已叫 {calls} 次")
    page.keyboard.press("m")
    expect(row(page, visitor["number"])).to_be_visible()
    return str(visitor["number"])


@pytest.mark.usefixtures("clerk")
def test_more_time_is_given_once(console_page: Page, live_hall: SharedHall) -> None:
    visitor = call(console_page, live_hall)
    console_page.keyboard.press("e")
    expect(part(console_page, "message")).to_have_text(f"已给 {visitor['number']} 多一点时间")
    expect(key(console_page, "more-time")).to_contain_text("已多给时间")
    assert live_hall.manager.ticket(visitor["id"])["more_time"] is True


@pytest.mark.usefixtures("clerk")
def test_help_is_asked_for_shown_and_ended(console_page: Page, live_hall: SharedHall) -> None:
    console_page.keyboard.press("q")
    expect(part(console_page, "help")).to_have_text("已求助")
    assert live_hall.manager.view(WINDOW)["help"] is True
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("q")
    expect(part(console_page, "help")).to_have_count(0)
    assert live_hall.manager.view(WINDOW)["help"] is False


@pytest.mark.usefixtures("clerk")
def test_the_missed_are_re_queued_by_digit_and_arrows(console_page: Page, live_hall: SharedHall) -> None:
    first = miss(console_page, live_hall)
    second = miss(console_page, live_hall)
    expect(row(console_page, first)).to_contain_text("还剩 30 分")
    console_page.keyboard.press("c")
    expect(row(console_page, second).get_by_role("button")).to_be_focused()  # the newest first
    console_page.keyboard.press("2")
    expect(row(console_page, first).get_by_role("button")).to_be_focused()
    console_page.keyboard.press("ArrowUp")
    expect(row(console_page, second).get_by_role("button")).to_be_focused()
    console_page.keyboard.press("ArrowDown")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"{first} 已重排")
    expect(row(console_page, second).get_by_role("button")).to_be_focused()
    # The second Enter of a double press meets the next row and does nothing there.
    console_page.keyboard.press("Enter")
    console_page.wait_for_timeout(400)
    expect(row(console_page, second)).to_be_visible()
    console_page.keyboard.press("Escape")
    expect(console_page.locator(".console")).to_be_focused()


@pytest.mark.usefixtures("clerk")
def test_papers_kept_wait_until_the_window_is_free(console_page: Page, live_hall: SharedHall) -> None:
    kept = serve(console_page, live_hall)
    console_page.keyboard.press("h")
    console_page.keyboard.press("2")
    console_page.keyboard.press("Enter")
    expect(row(console_page, kept["number"])).to_be_visible()
    console_page.wait_for_timeout(900)
    here = serve(console_page, live_hall)
    button = row(console_page, kept["number"]).get_by_role("button")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(row(console_page, kept["number"])).to_contain_text(f"先办完 {here['number']}")
    button.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"先办完 {here['number']}")
    assert live_hall.manager.ticket(kept["id"])["state"] == "held"


@pytest.mark.usefixtures("clerk")
def test_papers_kept_where_nobody_sits_are_taken_over_by_keyboard_alone(
    console_page: Page, live_hall: SharedHall
) -> None:
    kept = live_hall.kiosk.take("C")
    for act, body in (("next", {}), ("start", {}), ("hold", {"kind": "papers-kept"}), ("close", {})):
        live_hall.clerk.done(6, act, **body)
    taken = row(console_page, kept["number"])
    expect(taken).to_contain_text("材料在 6 号窗口")
    console_page.keyboard.press("c")
    expect(taken.get_by_role("button", name="接手")).to_be_focused()
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"已接手 {kept['number']} 号的材料，该号在等本窗口")
    expect(taken).to_have_count(0)
    expect(part(console_page, "next")).to_have_text(kept["number"])
    assert live_hall.manager.ticket(kept["id"])["tie"] == f"w{WINDOW}"


@pytest.mark.usefixtures("clerk")
def test_many_rows_end_in_a_count_and_the_arrows_reach_them(console_page: Page, live_hall: SharedHall) -> None:
    for _ in range(12):
        live_hall.kiosk.take("C")
        live_hall.clerk.done(6, "next")
        live_hall.clerk.done(6, "hold", kind="papers-with-visitor")
    rows = part(console_page, "held").get_by_role("button")
    expect(rows).to_have_count(7)
    expect(console_page.locator(".right")).to_contain_text("还有 5 人")
    newest = max(ticket["number"] for ticket in live_hall.manager.every(state="held"))
    expect(row(console_page, newest)).to_have_count(0)
    console_page.keyboard.press("c")
    for _ in range(11):
        console_page.keyboard.press("ArrowDown")
    expect(row(console_page, newest).get_by_role("button")).to_be_focused()
    sizes = console_page.evaluate("() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert sizes == [768, 1366]


@pytest.mark.usefixtures("clerk")
def test_undo_takes_the_last_act_back_and_says_so(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    expect(key(console_page, "undo")).to_contain_text(f"“开始”{visitor['number']}")
    expect(part(console_page, "undo-seconds")).to_have_text(re.compile(r"(10|[1-9]) 秒"))
    console_page.keyboard.press("z")
    expect(part(console_page, "message")).to_have_text(f"已撤销“开始”：{visitor['number']}")
    expect(console_page.locator("[data-state='called']")).to_be_visible()
    assert live_hall.manager.ticket(visitor["id"])["state"] == "called"


@pytest.mark.usefixtures("clerk")
def test_undo_takes_finish_and_call_back_as_one(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    following = live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(following["number"])
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(following["number"])
    expect(key(console_page, "undo")).to_have_attribute("aria-disabled", "false")
    console_page.keyboard.press("z")
    expect(part(console_page, "number")).to_have_text(visitor["number"])
    states = [live_hall.manager.ticket(ticket["id"])["state"] for ticket in (visitor, following)]
    assert states == ["serving", "waiting"]


@pytest.mark.usefixtures("clerk")
def test_after_ten_seconds_nothing_is_undone(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    expect(key(console_page, "undo")).to_have_attribute("aria-disabled", "false")
    console_page.wait_for_timeout(10_500)
    expect(key(console_page, "undo")).to_have_attribute("aria-disabled", "true")
    console_page.keyboard.press("z")
    expect(part(console_page, "message")).to_have_text(re.compile("时间已过，不能撤销|没有可撤销的操作"))
    assert live_hall.manager.ticket(visitor["id"])["state"] == "serving"


def test_the_locked_screen_hides_the_case_and_keeps_it(
    console_page: Page, clerk: Person, live_hall: SharedHall
) -> None:
    visitor = serve(console_page, live_hall)
    console_page.keyboard.press("l")
    expect(part(console_page, "locked")).to_contain_text(f"{clerk.display_name} 已锁屏")
    expect(console_page.locator("body")).not_to_contain_text(visitor["number"])
    console_page.reload()
    expect(console_page.locator("#lock-password")).to_be_focused()
    console_page.keyboard.type("not the word")
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("alert")).to_have_text("登录名或密码不对。")
    expect(console_page.locator("body")).not_to_contain_text(visitor["number"])
    console_page.keyboard.type(clerk.password)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(visitor["number"])
    assert live_hall.manager.ticket(visitor["id"])["state"] == "serving"
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_contain_text("已办结")


@pytest.mark.usefixtures("clerk")
def test_offline_every_new_key_is_struck_through_and_the_lock_still_works(
    console_page: Page, live_hall: SharedHall
) -> None:
    visitor = serve(console_page, live_hall)
    live_hall.server.freeze()
    expect(console_page.get_by_role("alert")).to_have_text("连不上服务器，叫号已停")
    struck = ("more-time", "hold", "transfer", "finish", "direct", "back", "pause", "help", "leave", "undo")
    for control in struck:
        expect(key(console_page, control).locator(".word")).to_have_css("text-decoration-line", "line-through")
        expect(key(console_page, control)).to_have_attribute("aria-disabled", "true")
    for stroke in ("h", "t", "b", "q", "e", "z"):
        console_page.keyboard.press(stroke)
    expect(console_page.get_by_role("dialog")).to_have_count(0)
    expect(part(console_page, "number")).to_have_text(visitor["number"])
    console_page.keyboard.press("l")
    expect(part(console_page, "locked")).to_be_visible()
    live_hall.server.thaw()
    assert live_hall.manager.view(WINDOW)["help"] is False
    assert live_hall.manager.ticket(visitor["id"])["state"] == "serving"
