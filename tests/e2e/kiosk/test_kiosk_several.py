"""Several businesses on one visit: one number, in the order chosen."""

from playwright.sync_api import Page, expect

from tests.e2e.kiosk.conftest import Kiosk
from tests.running.hall import Hall

SLOW = 15_000


def number(page: Page) -> str:
    page.locator("[data-number]").wait_for(timeout=SLOW)
    return page.locator("[data-number]").inner_text()


def test_one_number_carries_them_in_the_order_chosen(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page)
    page.locator("[data-business=C]").click()
    page.locator("[data-more-business]").click()
    expect(page.locator("[data-later=C]")).to_have_count(0)
    for code in "DZAGBE":
        page.locator(f"[data-later={code}]").click(force=True)
    # Four fit; the fifth and sixth looked dead and were not taken.
    expect(page.locator("[data-later=B]")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("main [role=status]")).to_contain_text("已选满")
    page.locator("[data-later=D]").click()
    page.locator("[data-later=B]").click()
    expect(page.locator("[data-later=B]")).to_contain_text("第 5 项")
    expect(page.locator("[data-later=Z]")).to_contain_text("第 2 项")
    page.locator("[data-back]").click()
    expect(page.locator("[data-more-business]")).to_have_text("加办 Z、A、G、B")
    page.locator(".business .go").click()
    taken = number(page)
    expect(page.locator(".what")).to_contain_text("接着办 Z、A、G、B")
    ticket = next(each for each in hall.manager.every() if each["number"] == taken)
    assert (ticket["business"], ticket["later"]) == ("C", ["Z", "A", "G", "B"])


def test_another_first_business_begins_without_others(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page, "en")
    page.locator("[data-business=C]").click()
    page.locator("[data-more-business]").click()
    page.locator("[data-later=D]").click()
    page.locator("[data-back]").click()
    page.locator("[data-back]").click()
    page.locator("[data-business=A]").click()
    page.locator(".business .go").click()
    taken = number(page)
    assert next(each for each in hall.manager.every() if each["number"] == taken)["later"] == []
