"""The clerk console in a real browser, by keyboard alone unless a test says otherwise."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.console import WINDOW, key, part, sign_in
from tests.e2e.shared_hall import RECALL_GAP_S, SharedHall
from tests.running.staff import Person


def test_wrong_password_is_said_plainly_and_the_right_one_works(console_page: Page, live_hall: SharedHall) -> None:
    person = live_hall.add_clerk()
    console_page.keyboard.type(person.name)
    console_page.keyboard.press("Tab")
    console_page.keyboard.type("not the word")
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("alert")).to_have_text("登录名或密码不对。")
    # The field is empty and has the focus, so the clerk simply types again.
    console_page.keyboard.type(person.password)
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("heading", name="您今天坐哪个窗口？")).to_be_visible()


def test_taken_window_says_who_sits_there(
    browser: Browser, console_page: Page, clerk: Person, live_hall: SharedHall
) -> None:
    assert live_hall.manager.view(WINDOW)["clerk"]["number"] == clerk.number
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN") as other:
        page = other.new_page()
        page.goto(f"{live_hall.server.base}/console")
        sign_in(page, live_hall.add_clerk())
        card = page.locator(f"[data-window='{WINDOW}']")
        expect(card).to_contain_text(f"{clerk.display_name}（{clerk.number}）已在此")
        expect(card).to_have_attribute("aria-disabled", "true")
        page.keyboard.type(str(WINDOW))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(f"{WINDOW} 号窗口已有人：{clerk.display_name}")
        page.keyboard.type("12")
        page.keyboard.press("Enter")
        expect(page.locator(".console[data-window='12']")).to_be_visible()


@pytest.mark.usefixtures("clerk")
def test_enter_calls_the_next_visitor_and_says_why(console_page: Page, live_hall: SharedHall) -> None:
    first, second = live_hall.kiosk.take("C"), live_hall.kiosk.take("A")
    expect(part(console_page, "next")).to_have_text(first["number"])
    expect(part(console_page, "waiting-count")).to_have_text("本窗口可办 2 人")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(first["number"])
    expect(part(console_page, "message")).to_have_text(f"已叫 {first['number']}")
    expect(part(console_page, "why")).to_contain_text("取号最早")
    expect(part(console_page, "next")).to_have_text(second["number"])
    call = live_hall.manager.board()["calls"][0]
    assert (call["number"], call["window"]) == (first["number"], WINDOW)


@pytest.mark.usefixtures("clerk")
def test_priority_is_told_as_the_reason(console_page: Page, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("A")
    live_hall.kiosk.take("B")
    elder = live_hall.kiosk.take("C", "elderly")
    expect(part(console_page, "next")).to_have_text(elder["number"])
    console_page.keyboard.press("Enter")
    expect(part(console_page, "why")).to_have_text("为什么是这一位：老人优先；排到了 2 位先取号的人前面。")


@pytest.mark.usefixtures("clerk")
def test_one_key_finishes_with_the_chosen_outcome_and_calls_the_next(console_page: Page, live_hall: SharedHall) -> None:
    first, second, third = (live_hall.kiosk.take("C") for _ in range(3))
    expect(part(console_page, "next")).to_have_text(first["number"])
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(first["number"])
    console_page.keyboard.press("2")
    expect(console_page.get_by_role("radio", name="办结", exact=True)).to_be_checked()
    console_page.wait_for_timeout(900)  # longer than a double press
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(second["number"])
    expect(part(console_page, "message")).to_have_text(f"{first['number']} 已办结，已叫 {second['number']}")
    # The next visitor begins with the pre-chosen outcome again.
    expect(console_page.get_by_role("radio", name="受理", exact=True)).to_be_checked()
    assert live_hall.manager.ticket(first["id"])["outcome"] == "completed"
    console_page.keyboard.press("f")
    expect(part(console_page, "message")).to_have_text(f"{second['number']} 已办结")
    expect(part(console_page, "finished-today")).not_to_have_text("0")
    assert live_hall.manager.ticket(second["id"])["outcome"] == "accepted"
    assert live_hall.manager.ticket(third["id"])["state"] == "waiting"


@pytest.mark.usefixtures("clerk")
def test_double_press_is_one_act(console_page: Page, live_hall: SharedHall) -> None:
    first, second = live_hall.kiosk.take("C"), live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(first["number"])
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(first["number"])
    console_page.keyboard.press("Enter")  # the page shows a visitor by now: this press must not finish him
    console_page.wait_for_timeout(500)
    expect(part(console_page, "number")).to_have_text(first["number"])
    assert live_hall.manager.ticket(first["id"])["state"] == "called"
    assert live_hall.manager.ticket(second["id"])["state"] == "waiting"


@pytest.mark.usefixtures("clerk")
def test_missed_says_how_often_to_call_before_it_may_be_pressed(console_page: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(visitor["number"])
    console_page.keyboard.press("Enter")
    missed = key(console_page, "missed")
    expect(missed).to_have_attribute("aria-disabled", "true")
    expect(missed).to_contain_text("还需再叫 2 次")
    console_page.keyboard.press("m")
    expect(part(console_page, "message")).to_have_text("还需再叫 2 次")
    assert live_hall.manager.ticket(visitor["id"])["state"] == "called"
    console_page.keyboard.press("r")
    expect(part(console_page, "message")).to_contain_text("间隔太短，这次不计数")
    for calls in (2, 3):
        expect(missed).to_contain_text("秒后再叫才算")
        expect(missed).not_to_contain_text("秒后再叫才算", timeout=3_000 + RECALL_GAP_S * 1_000)
        console_page.wait_for_timeout(900)
        console_page.keyboard.press("r")
        expect(part(console_page, "calls")).to_have_text(f"已叫 {calls} 次")
    expect(missed).to_have_attribute("aria-disabled", "false")
    console_page.keyboard.press("m")
    expect(part(console_page, "message")).to_have_text(f"{visitor['number']} 已记为过号")
    expect(console_page.locator(f"[data-part='missed'] [data-number='{visitor['number']}']")).to_be_visible()
    assert live_hall.manager.ticket(visitor["id"])["state"] == "missed"


@pytest.mark.usefixtures("clerk")
def test_start_shows_the_running_time_and_closes_what_no_longer_fits(console_page: Page, live_hall: SharedHall) -> None:
    live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_be_visible()
    console_page.keyboard.press("Enter")
    expect(console_page.locator("[data-state='called']")).to_be_visible()
    console_page.keyboard.press("k")
    expect(console_page.locator("[data-state='serving']")).to_be_visible()
    expect(console_page.get_by_role("timer")).to_have_text(re.compile(r"00:0[2-9]"), timeout=6_000)
    for control in ("recall", "start", "missed"):
        expect(key(console_page, control)).to_contain_text("人已到窗，正在办理")
    expect(key(console_page, "leave")).to_contain_text("先办完")


@pytest.mark.usefixtures("clerk")
def test_nobody_waits_is_said_before_and_after(console_page: Page, live_hall: SharedHall) -> None:
    main = key(console_page, "main")
    expect(main).to_have_attribute("aria-disabled", "true")
    expect(main).to_contain_text("暂时没有人等候")
    visitor = live_hall.kiosk.take("A")
    expect(main).to_have_attribute("aria-disabled", "false", timeout=2_500)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(visitor["number"])
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"{visitor['number']} 已办结；后面没有人等候")
    assert live_hall.manager.ticket(visitor["id"])["state"] == "finished"


@pytest.mark.usefixtures("clerk")
def test_leaving_the_window_frees_it(console_page: Page, live_hall: SharedHall) -> None:
    console_page.keyboard.press("x")
    expect(console_page.locator(f"[data-window='{WINDOW}']")).to_contain_text("无人")
    assert live_hall.manager.view(WINDOW)["clerk"] is None
    console_page.get_by_role("button", name="退出登录").press("Enter")
    expect(console_page.get_by_role("status")).to_contain_text("已退出登录")


@pytest.mark.usefixtures("clerk")
def test_pressing_with_the_mouse_leaves_enter_to_the_main_key(console_page: Page, live_hall: SharedHall) -> None:
    first, second = live_hall.kiosk.take("C"), live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(first["number"])
    key(console_page, "main").click()
    expect(part(console_page, "number")).to_have_text(first["number"])
    key(console_page, "recall").click()
    expect(part(console_page, "message")).to_contain_text("已重呼")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(second["number"])
