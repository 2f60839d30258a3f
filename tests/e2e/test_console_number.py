"""A number looked up at the console by keyboard alone: the order explained, priority, another business, wrong times."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, form, key, part, serve
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss

# Keys of the bar whose name needs more room than they have.
TOO_WIDE = """() => [...document.querySelectorAll('.keys button')]
  .filter((key) => key.querySelector('.name').offsetWidth > key.clientWidth).map((key) => key.textContent)"""

pytestmark = pytest.mark.usefixtures("clerk")


def look_up(page: Page, number: str) -> None:
    """Type a number into the panel and wait until it is found."""
    page.keyboard.press("i")
    expect(page.locator("#about-number")).to_be_focused()
    page.locator("#about-number").press("Control+a")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_be_focused()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_order_is_explained_for_a_row_and_for_a_number(
    console_page: Page, live_hall: SharedHall, language: str
) -> None:
    mine = live_hall.kiosk.take("A")
    earlier = live_hall.kiosk.take("A", "elderly")
    live_hall.clerk.done(1, "next")
    console_page.locator(f"[data-language='{language}']").click()
    console_page.locator(f".left [data-number='{mine['number']}'] button").click()
    expect(console_page.locator(f"[data-found='{mine['number']}']")).to_be_focused()
    expect(part(console_page, "passing")).to_contain_text(re.compile(r"\d\d:\d\d"))
    console_page.keyboard.press("5")
    expect(console_page.locator("#about-other")).to_be_focused()
    console_page.keyboard.type("a777")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "order").get_by_role("alert")).to_contain_text("A777")
    console_page.locator("#about-other").press("Control+a")
    console_page.keyboard.type(earlier["number"].lower())
    console_page.keyboard.press("Enter")
    expect(part(console_page, "before")).to_contain_text(earlier["number"])
    assert amiss(console_page) == []
    console_page.keyboard.press("Escape")
    expect(form(console_page, "number")).to_have_count(0)
    assert console_page.evaluate(TOO_WIDE) == []


def test_a_number_that_is_not_there_is_refused_beside_the_field(console_page: Page) -> None:
    for typed, told in (("c999", "今天没有 C999 号，请核对。"), ("what?", "今天没有 what? 号，请核对。")):
        console_page.keyboard.press("i")
        console_page.locator("#about-number").fill(typed)
        console_page.keyboard.press("Enter")
        expect(form(console_page, "number").get_by_role("alert")).to_have_text(told)
        expect(console_page.locator("#about-number")).to_be_focused()
        console_page.keyboard.press("Escape")


def test_a_priority_is_given_with_its_ground_and_taken_away(console_page: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C", "pregnant")
    look_up(console_page, visitor["number"])
    console_page.keyboard.press("1")
    grounds = console_page.locator("[data-form='grade']")
    expect(grounds.get_by_role("checkbox").first).to_be_focused()
    expect(grounds.get_by_role("checkbox", name=re.compile("孕产妇"))).to_be_checked()
    assert amiss(console_page) == []
    console_page.keyboard.press("1")
    console_page.keyboard.press("3")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_have_text(f"{visitor['number']} 的优先已改")
    expect(part(console_page, "grounds")).to_have_text("老人")
    assert live_hall.manager.ticket(visitor["id"])["priority"] == ["elderly"]


def test_a_waiting_visitor_goes_to_another_business(console_page: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    look_up(console_page, visitor["number"])
    console_page.keyboard.press("2")
    to = console_page.locator("[data-form='move']")
    expect(to.get_by_role("radio").first).to_be_focused()
    console_page.keyboard.press("Enter")
    expect(to.get_by_role("alert")).to_have_text("请选业务。")
    assert amiss(console_page) == []
    console_page.keyboard.press("1")
    console_page.keyboard.press("Enter")
    expect(part(console_page, "message")).to_contain_text("已改到业务 A，位置不变")
    moved = live_hall.manager.ticket(visitor["id"])
    assert (moved["business"], moved["place"]) == ("A", visitor["place"])


def test_wrong_times_are_marked_and_what_cannot_be_says_why(console_page: Page, live_hall: SharedHall) -> None:
    visitor = serve(console_page, live_hall)
    console_page.keyboard.press("i")
    expect(console_page.locator("#about-number")).to_have_value(visitor["number"])
    console_page.keyboard.press("Enter")
    expect(console_page.locator("[data-found]")).to_be_focused()
    console_page.keyboard.press("2")
    expect(part(console_page, "message")).to_have_text("等候时才能改")
    console_page.keyboard.press("4")
    expect(part(console_page, "message")).to_contain_text("已记计时有误")
    expect(console_page.locator("[data-deed='mark-timing']")).to_have_attribute("aria-disabled", "true")
    assert live_hall.manager.ticket(visitor["id"])["timing_wrong"] is True


def test_a_window_is_closed_and_opened_by_key(console_page: Page, live_hall: SharedHall) -> None:
    console_page.keyboard.press("d")
    expect(part(console_page, "message")).to_have_text("窗口已关，不再叫号")
    expect(part(console_page, "state")).to_contain_text("未开")
    assert live_hall.manager.view(WINDOW)["state"] == "closed"
    expect(key(console_page, "close")).to_have_attribute("aria-disabled", "true")
    console_page.wait_for_timeout(900)
    console_page.keyboard.press("b")
    expect(part(console_page, "state")).to_contain_text("空闲")
