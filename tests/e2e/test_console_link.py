"""The clerk console when something fails: the link, the server, an answer, the session."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.console import WINDOW, key, part, sign_in, sit
from tests.e2e.loss import WITHIN_S, listen, told_after_s
from tests.e2e.shared_hall import SharedHall
from tests.running.staff import Person


def swallow(socket: WebSocketRoute, *, from_page: str = "", from_server: str = "") -> None:
    """Carry a socket's messages both ways, except those that hold a word."""
    server = socket.connect_to_server()
    socket.on_message(lambda said: None if from_page and from_page in str(said) else server.send(said))
    server.on_message(lambda said: None if from_server and from_server in str(said) else socket.send(said))


@pytest.mark.usefixtures("clerk")
def test_lost_link_is_told_within_two_seconds_and_no_key_seems_to_work(
    console_page: Page, live_hall: SharedHall
) -> None:
    first, second = live_hall.kiosk.take("C"), live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(first["number"])
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(first["number"])
    listen(console_page)
    live_hall.server.freeze()
    expect(console_page.get_by_role("alert")).to_have_text("连不上服务器，叫号已停")
    assert told_after_s(console_page) < WITHIN_S
    main = key(console_page, "main")
    expect(main).to_have_text(f"现在按键不会叫号。请先办完 {first['number']}")
    expect(main).to_have_css("border-style", "dashed")
    expect(key(console_page, "recall").locator(".word")).to_have_css("text-decoration-line", "line-through")
    expect(part(console_page, "link")).to_have_text("未连接")
    expect(part(console_page, "number")).to_have_text(first["number"])
    for stroke in ("Enter", "r", "f", "2"):
        console_page.keyboard.press(stroke)
    live_hall.server.thaw()
    expect(console_page.locator(".back-band")).to_contain_text("断开期间没有替您叫号")
    expect(console_page.locator(".back-band")).to_have_count(0, timeout=7_000)
    assert live_hall.manager.ticket(first["id"])["state"] == "called"
    assert live_hall.manager.ticket(first["id"])["calls"] == 1
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(second["number"])


def test_act_whose_answer_is_lost_goes_over_http_with_the_same_key(console_page: Page, live_hall: SharedHall) -> None:
    """The socket swallows every act; the clerk still gets the visitor, once."""
    console_page.route_web_socket(re.compile("socket.io"), lambda socket: swallow(socket, from_page='"act"'))
    console_page.reload()
    sign_in(console_page, live_hall.add_clerk())
    sit(console_page, WINDOW)
    first, second = live_hall.kiosk.take("C"), live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_have_text(first["number"])
    console_page.keyboard.press("Enter")
    expect(key(console_page, "main")).to_have_text("正在送出……")
    expect(part(console_page, "number")).to_have_text(first["number"])
    assert live_hall.manager.ticket(second["id"])["state"] == "waiting"


def test_refusal_is_told_where_the_clerk_looks(console_page: Page, live_hall: SharedHall) -> None:
    """The page hears no boards, so it still shows a visitor whom somebody else has closed."""
    console_page.route_web_socket(re.compile("socket.io"), lambda socket: swallow(socket, from_server='"board"'))
    console_page.reload()
    sign_in(console_page, live_hall.add_clerk())
    visitor = live_hall.kiosk.take("C")
    sit(console_page, WINDOW)
    expect(part(console_page, "next")).to_have_text(visitor["number"])
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"已叫 {visitor['number']}")
    expect(key(console_page, "main")).not_to_contain_text("正在送出")
    console_page.wait_for_timeout(300)
    live_hall.manager.void(visitor["id"], "left")
    console_page.keyboard.press("r")
    expect(part(console_page, "message")).to_have_text("窗口前没有人。")
    expect(console_page.locator("[data-state='nobody']")).to_be_visible()


@pytest.mark.usefixtures("clerk")
def test_server_restart_leaves_the_clerk_at_the_window(console_page: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    expect(part(console_page, "next")).to_be_visible()
    console_page.keyboard.press("Enter")
    expect(part(console_page, "number")).to_have_text(visitor["number"])
    live_hall.server.stop()
    expect(console_page.get_by_role("alert")).to_be_visible()
    live_hall.server.start()
    expect(part(console_page, "link")).to_have_text("已连接", timeout=15_000)
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("k")
    expect(console_page.locator("[data-state='serving']")).to_be_visible()


@pytest.mark.usefixtures("clerk")
def test_ended_session_leads_back_to_the_sign_in_page_with_the_reason(console_page: Page) -> None:
    console_page.context.clear_cookies()
    console_page.reload()
    expect(console_page.locator("#sign-in-name")).to_be_focused()


def test_session_that_ends_while_working_is_said(console_page: Page, clerk: Person, live_hall: SharedHall) -> None:
    console_page.context.clear_cookies()
    live_hall.kiosk.take("A")  # the board moves, the page asks for its window and is refused
    expect(console_page.get_by_role("status")).to_contain_text("登录已过期，请重新登录", timeout=5_000)
    # Signing in again leads straight back to the own window.
    console_page.keyboard.type(clerk.name)
    console_page.keyboard.press("Tab")
    console_page.keyboard.type(clerk.password)
    console_page.keyboard.press("Enter")
    expect(console_page.locator(f".console[data-window='{WINDOW}']")).to_be_visible()
