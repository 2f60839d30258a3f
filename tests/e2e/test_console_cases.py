"""The console's cases: promises near their day on their owner's screen, and the case a visitor goes on with."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, key, part
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss
from tests.running.client import HALL
from tests.running.staff import Person


def came(page: Page, number: str) -> None:
    """The next visitor is called and comes."""
    expect(part(page, "next")).to_have_text(number)
    page.wait_for_timeout(900)
    page.keyboard.press("Enter")
    expect(part(page, "number")).to_have_text(number)
    page.keyboard.press("k")
    expect(page.locator("[data-state='serving']")).to_be_visible()


@pytest.mark.usefixtures("clerk")
def test_a_promise_near_its_day_stands_on_its_owners_screen(console_page: Page, live_hall: SharedHall) -> None:
    expect(console_page.locator(".right")).to_contain_text("没有快到期的承诺")
    came(console_page, live_hall.kiosk.tell(f"{HALL}/tickets", {"business": "G", "item": "new"}).json()["number"])
    console_page.keyboard.press("f")
    promise = part(console_page, "promises").get_by_role("listitem")
    expect(promise).to_contain_text("代码证（新办）")
    expect(promise).to_contain_text("工作日")
    expect(key(console_page, "undo")).to_contain_text("“办结”")
    assert amiss(console_page) == []


def test_the_case_of_the_visitor_here_shows_owner_papers_and_day(
    console_page: Page, live_hall: SharedHall, clerk: Person
) -> None:
    elsewhere = live_hall.client()
    assert elsewhere.sign_in(clerk.name, clerk.password).ok
    came(console_page, live_hall.kiosk.tell(f"{HALL}/tickets", {"business": "E", "item": "new"}).json()["number"])
    missing = ["licence", "test-report"]
    case = elsewhere.done(WINDOW, "papers-missing", item="new", missing=missing)["case"]
    expect(console_page.locator("[data-state='nobody']")).to_be_visible()
    came(console_page, live_hall.kiosk.tell(f"{HALL}/cases/{case['code']}/tickets").json()["number"])
    shown = part(console_page, "case")
    expect(shown).to_contain_text(case["code"])
    expect(shown).to_contain_text(f"首问：{clerk.display_name}（{clerk.number}）")
    expect(shown).to_contain_text("还缺 2 样")
    for paper in missing:
        expect(console_page.locator(f".check [data-paper='{paper}']")).to_contain_text("上次缺")
    assert amiss(console_page) == []
    sizes = console_page.evaluate("() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert sizes == [768, 1366]
