"""The console's forms by keyboard alone: hold, transfer, pause, a call by number, and what they are refused."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, call, form, hidden, in_sight, key, part, row, serve
from tests.e2e.shared_hall import SharedHall

pytestmark = pytest.mark.usefixtures("clerk")


@pytest.mark.parametrize(
    ("digit", "kind", "shown", "comes_back"),
    [
        ("1", "papers-with-visitor", "材料在本人手里", "waiting"),
        ("2", "papers-kept", "材料留在本窗口", "serving"),
        ("3", "awaiting", "等到", "waiting"),
    ],
)
def test_each_hold_and_the_way_back(
    console_page: Page, live_hall: SharedHall, digit: str, kind: str, shown: str, comes_back: str
) -> None:
    visitor = serve(console_page, live_hall)
    console_page.keyboard.press("h")
    expect(form(console_page, "hold")).to_have_attribute("role", "dialog")
    expect(console_page.get_by_role("dialog", name=f"挂起 {visitor['number']}")).to_be_visible()
    expect(form(console_page, "hold").locator("input").first).to_be_focused()
    console_page.keyboard.press(digit)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_contain_text(f"{visitor['number']} 已挂起")
    expect(row(console_page, visitor["number"])).to_contain_text(shown)
    held = live_hall.manager.ticket(visitor["id"])
    assert (held["state"], held["hold"]) == ("held", kind)
    console_page.keyboard.press("c")
    expect(row(console_page, visitor["number"]).get_by_role("button")).to_be_focused()
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(row(console_page, visitor["number"])).to_have_count(0)
    assert live_hall.manager.ticket(visitor["id"])["state"] == comes_back


def test_hold_until_another_number_is_done(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    other = live_hall.kiosk.take("A")
    console_page.keyboard.press("h")
    console_page.keyboard.press("3")
    console_page.keyboard.press("Tab")
    expect(console_page.locator("#hold-awaits")).to_be_focused()
    console_page.keyboard.type("a999")
    console_page.keyboard.press("Enter")
    expect(form(console_page, "hold").get_by_role("alert")).to_have_text("没有 A999 号，或已不在排队和办理中。")
    expect(console_page.locator("#hold-awaits")).to_be_focused()
    console_page.locator("#hold-awaits").press("Control+a")
    console_page.keyboard.type(f" {other['number'].lower()} ")
    console_page.keyboard.press("Enter")
    expect(row(console_page, visitor["number"])).to_contain_text(f"等 {other['number']} 办完")
    live_hall.clerk.done(6, "next")
    live_hall.clerk.done(6, "finish", outcome="completed")
    expect(row(console_page, visitor["number"])).to_have_count(0)
    assert live_hall.manager.ticket(visitor["id"])["state"] == "waiting"


def test_a_note_goes_along_and_comes_back_with_the_owner(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    expect(part(console_page, "owner")).to_have_text("首问：您")
    console_page.keyboard.press("n")
    expect(console_page.locator("#note")).to_be_focused()
    console_page.keyboard.type("缺检验报告复印件")
    console_page.keyboard.press("Enter")
    expect(console_page.locator("#note")).not_to_be_focused()
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("h")
    expect(console_page.locator("#hold-note")).to_have_value("缺检验报告复印件")
    console_page.keyboard.press("2")
    console_page.keyboard.press("Enter")
    expect(row(console_page, visitor["number"])).to_be_visible()
    console_page.keyboard.press("c")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(visitor["number"])
    expect(part(console_page, "notes")).to_contain_text("缺检验报告复印件")
    expect(part(console_page, "notes")).to_contain_text("挂起")
    expect(console_page.locator("#note")).to_have_value("")


def test_transfer_asks_for_what_is_missing_and_carries_the_note(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    console_page.keyboard.press("t")
    expect(console_page.get_by_role("dialog", name=f"转移 {visitor['number']}")).to_be_visible()
    console_page.keyboard.press("Enter")
    expect(form(console_page, "transfer").get_by_role("alert")).to_have_text("请选业务。")
    console_page.keyboard.press("5")
    expect(console_page.get_by_role("radio", name="E 工业产品生产许可证")).to_be_checked()
    console_page.keyboard.press("Enter")
    expect(form(console_page, "transfer").get_by_role("alert")).to_have_text("请写一句备注，接着办的人要看。")
    expect(console_page.locator("#transfer-note")).to_be_focused()
    console_page.keyboard.type("还要办许可证补领")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"{visitor['number']} 已转移")
    expect(form(console_page, "transfer")).to_have_count(0)
    moved = live_hall.manager.ticket(visitor["id"])
    assert (moved["state"], moved["business"], moved["number"]) == ("waiting", "E", visitor["number"])
    # The mark of a tie, and the note at the window that calls next.
    live_hall.clerk.done(11, "next")
    view = live_hall.manager.view(11)
    assert view["ticket"]["number"] == visitor["number"]
    assert [note["text"] for note in view["notes"]] == ["还要办许可证补领"]


def test_a_transfer_that_is_refused_stays_open_with_the_sentence(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    console_page.keyboard.press("t")
    console_page.keyboard.press("3")
    console_page.keyboard.press("Tab")
    console_page.keyboard.type(str(WINDOW))
    console_page.locator("#transfer-note").press_sequentially("请接着办")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"这位已在 {WINDOW} 号窗口，不用转移。")
    expect(form(console_page, "transfer")).to_be_visible()
    console_page.locator("#transfer-window").press("Control+a")
    console_page.keyboard.press("Delete")
    console_page.keyboard.press("Tab")
    console_page.keyboard.type("9999")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text("没有工号 9999，请核对。")
    console_page.keyboard.press("Escape")
    expect(form(console_page, "transfer")).to_have_count(0)
    expect(console_page.locator(".console")).to_be_focused()
    assert live_hall.manager.ticket(visitor["id"])["state"] == "serving"


def test_a_transfer_to_one_window_is_marked_there(console_page: Page, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("C")
    live_hall.clerk.done(6, "next")
    tied = live_hall.clerk.done(6, "transfer", business="C", note="请 5 号接着办", to_window=WINDOW)
    mark = console_page.locator(f".left [data-number='{tied['number']}'] [data-part='tied']")
    expect(mark).to_have_text("指定本窗口")
    expect(mark.locator("[data-symbol]")).to_have_count(1)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(tied["number"])
    expect(part(console_page, "notes")).to_contain_text("请 5 号接着办")


def test_of_many_notes_the_newest_are_shown_and_a_key_opens_all(console_page: Page, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("C")
    for window in (6, 7, 8):
        live_hall.clerk.done(window, "next")
        live_hall.clerk.done(
            window, "transfer", business="C", note=f"{window}" + "很长的备注" * 39, to_window=window + 1
        )
    live_hall.clerk.done(9, "next")
    live_hall.clerk.done(9, "transfer", business="C", note="最新的一句", to_window=WINDOW)
    expect(part(console_page, "tied")).to_be_visible()
    console_page.keyboard.press("Enter")
    notes = part(console_page, "notes").locator("li")
    expect(notes.first).to_contain_text("最新的一句")
    part(console_page, "item").select_option("register")
    expect(key(console_page, "notes")).to_contain_text("还有")
    assert hidden(console_page) == []
    console_page.keyboard.press("v")
    expect(form(console_page, "notes").get_by_role("listitem")).to_have_count(4)
    expect(form(console_page, "notes")).to_contain_text("6" + "很长的备注" * 39)
    console_page.keyboard.press("Escape")
    live_hall.server.freeze()
    expect(console_page.locator(".lost-band")).to_be_visible()
    for place in ("#note", "[data-part='papers']", "[data-part='message']", "[data-control='main']"):
        assert in_sight(console_page, place), place
    assert hidden(console_page) == []
    expect(notes.first).to_be_visible()


def test_pause_with_a_reason_and_on_again(console_page: Page, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_be_visible()
    console_page.keyboard.press("b")
    expect(console_page.get_by_role("dialog", name="暂停服务")).to_be_visible()
    console_page.keyboard.press("2")
    console_page.keyboard.press("Enter")
    plate = console_page.locator("[data-state='paused']")
    expect(plate).to_contain_text("暂停服务：用餐")
    expect(plate).to_have_css("border-style", "dashed")
    view = live_hall.manager.view(WINDOW)
    assert (view["state"], view["paused"]) == ("paused", "meal")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text("暂停服务，先恢复")
    expect(key(console_page, "pause")).to_contain_text("恢复服务")
    console_page.keyboard.press("b")
    expect(part(console_page, "message")).to_have_text("已恢复服务")
    assert live_hall.manager.view(WINDOW)["state"] == "open"


def test_a_pause_during_the_service_begins_with_its_end(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    waiting = live_hall.kiosk.take("C")
    console_page.keyboard.press("b")
    console_page.keyboard.press("Enter")
    expect(key(console_page, "main")).to_contain_text("暂停服务，不叫下一位")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"{visitor['number']} 已办结；暂停服务，没有叫下一位")
    assert live_hall.manager.ticket(waiting["id"])["state"] == "waiting"


def test_a_call_by_number_needs_its_reason(console_page: Page, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("C")
    wanted = live_hall.kiosk.take("C")
    expect(part(console_page, "waiting-count")).to_have_text("本窗口可办 2 人")
    console_page.keyboard.press("s")
    expect(console_page.locator("#direct-number")).to_be_focused()
    console_page.keyboard.type("c999")
    console_page.keyboard.press("Enter")
    expect(form(console_page, "direct").get_by_role("alert")).to_have_text("没有 C999 号，或已不在排队和办理中。")
    console_page.locator("#direct-number").press("Control+a")
    console_page.keyboard.type(wanted["number"].lower())
    console_page.keyboard.press("Enter")
    expect(console_page.locator("#direct-reason")).to_be_focused()
    console_page.keyboard.type("身体不适")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(wanted["number"])
    expect(part(console_page, "why")).to_contain_text("点名叫号，不按排位")


def test_enter_pressed_twice_in_a_form_calls_nobody(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    waiting = live_hall.kiosk.take("C")
    console_page.keyboard.press("h")
    console_page.keyboard.press("Enter")
    expect(form(console_page, "hold")).to_have_count(0)
    console_page.keyboard.press("Enter")
    console_page.wait_for_timeout(600)
    assert live_hall.manager.ticket(visitor["id"])["state"] == "held"
    assert live_hall.manager.ticket(waiting["id"])["state"] == "waiting"


def test_page_keys_do_nothing_while_a_form_is_open(console_page: Page, live_hall: SharedHall) -> None:
    visitor = call(console_page, live_hall)
    console_page.keyboard.press("h")
    console_page.keyboard.press("k")
    console_page.keyboard.press("f")
    console_page.wait_for_timeout(400)
    assert live_hall.manager.ticket(visitor["id"])["state"] == "called"
    expect(form(console_page, "hold")).to_be_visible()
