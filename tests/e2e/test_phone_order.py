"""The phone page explains the order in words: who may still come first, until when, and why a number was called."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.shared_hall import SharedHall

ASK = {"zh-CN": "问原因", "zh-HK": "問原因", "en-GB": "Ask why"}
WHY = {"zh-CN": "为什么是这个顺序", "zh-HK": "為什麼是這個順序", "en-GB": "Why this order"}


def opened(browser: Browser, hall: SharedHall, token: str, locale: str = "en-GB") -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale=locale)
    page = context.new_page()
    page.goto(f"{hall.server.base}/t/{token}")
    page.locator("details summary").click()
    return page


@pytest.mark.parametrize("locale", WHY)
def test_who_came_earlier_with_a_priority_is_explained(browser: Browser, live_hall: SharedHall, locale: str) -> None:
    mine = live_hall.kiosk.take("A")
    other = live_hall.kiosk.take("A", "elderly")
    live_hall.clerk.done(1, "next")
    page = opened(browser, live_hall, mine["token"], locale)
    expect(page.locator("summary")).to_contain_text(WHY[locale])
    page.locator("#other").fill(other["number"].lower())
    page.get_by_role("button", name=ASK[locale]).click()
    told = page.locator(".order [role=status]")
    expect(told).to_contain_text(other["number"])
    expect(told).to_contain_text(re.compile("priority|优先|優先"))
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert found == []
    page.context.close()


def test_it_says_how_many_may_pass_and_until_when(browser: Browser, live_hall: SharedHall) -> None:
    mine = live_hall.kiosk.take("A")
    live_hall.kiosk.take("G")
    page = opened(browser, live_hall, mine["token"])
    # Windows 9 to 12 do codes first, so the one behind may be called before.
    expect(page.locator(".order")).to_contain_text("1 person behind you may still be called first")
    expect(page.locator(".order")).to_contain_text(re.compile(r"Nobody who comes after \d\d:\d\d"))
    page.context.close()


def test_what_is_no_number_and_a_number_that_was_not_called_are_refused_in_words(
    browser: Browser, live_hall: SharedHall
) -> None:
    mine = live_hall.kiosk.take("A")
    later = live_hall.kiosk.take("A")
    page = opened(browser, live_hall, mine["token"])
    page.locator("#other").fill("what?")
    page.get_by_role("button", name="Ask why").click()
    expect(page.locator(".order [role=alert]")).to_contain_text("as on the slip")
    page.locator("#other").fill(later["number"])
    page.get_by_role("button", name="Ask why").click()
    expect(page.locator(".order [role=alert]")).to_contain_text(f"{later['number']} was not called before")
    page.context.close()


def test_a_number_put_aside_says_so(browser: Browser, live_hall: SharedHall) -> None:
    mine = live_hall.kiosk.take("C")
    live_hall.clerk.done(2, "next")
    live_hall.clerk.done(2, "hold", kind="papers-with-visitor")
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{live_hall.server.base}/t/{mine['token']}")
    expect(page.get_by_role("heading", name="Put aside")).to_be_visible()
    context.close()
