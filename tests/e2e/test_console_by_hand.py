"""Working by hand while the link is lost, and entering it once the link is back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.console import WINDOW, form, key, part, serve
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss


def here(page: Page) -> Locator:
    """Who is at the window by the marks."""
    return part(page, "by-hand-here")


def press(page: Page, stroke: str, said: str) -> None:
    """One mark, and what the page says to it."""
    page.keyboard.press(stroke)
    expect(part(page, "by-hand-said")).to_contain_text(said)


@pytest.mark.usefixtures("clerk")
def test_three_worked_by_hand_are_entered_once_and_a_conflict_is_told(
    console_page: Page, live_hall: SharedHall
) -> None:
    page = console_page
    there = serve(page, live_hall)
    first, second, third = (live_hall.kiosk.take("C") for _ in range(3))
    page.reload()
    expect(part(page, "waiting-count")).to_contain_text("3")
    page.wait_for_function(f"() => Object.values(localStorage).some(kept => kept.includes('{third['id']}'))")
    live_hall.server.freeze()
    expect(page.get_by_role("alert")).to_have_text("连不上服务器，叫号已停")
    page.keyboard.press("F9")
    expect(form(page, "by-hand")).to_contain_text("别的窗口可能还在叫同样的号")
    expect(here(page)).to_contain_text(there["number"])
    press(page, "Enter", f"{there['number']} 办结，喊 {first['number']}")
    press(page, "m", "秒后才能过号")
    press(page, "k", f"{first['number']} 到了")
    press(page, "Enter", f"{first['number']} 办结，喊 {second['number']}")
    press(page, "z", "已撤销")
    expect(here(page)).to_contain_text(first["number"])
    press(page, "Enter", f"喊 {second['number']}")
    press(page, "f", f"{second['number']} 办结")
    press(page, "Enter", f"喊 {third['number']}")
    press(page, "f", f"{third['number']} 办结")
    assert amiss(page) == []
    live_hall.server.thaw()
    expect(part(page, "unentered")).to_contain_text("断网时手工办了 4 位")
    assert live_hall.clerk.done(6, "next")["id"] == first["id"], "another window went on with the first"
    page.reload()
    expect(part(page, "unentered")).to_contain_text("断网时手工办了 4 位")
    expect(key(page, "main")).to_contain_text("先记入手工办的号")
    page.keyboard.press("F9")
    expect(form(page, "by-hand").locator("tr[data-line]")).to_have_count(4)
    assert amiss(page) == []
    page.keyboard.press("Enter")
    expect(part(page, "entered")).to_have_text(f"3 位已记入；{first['number']} 已由 6 号窗口办理，未记知道了")
    assert amiss(page) == []
    now = {each["id"]: each for each in live_hall.manager.every()}
    told = [now[each["id"]] for each in (there, first, second, third)]
    assert [(each["state"], each["window"]) for each in told] == [
        ("finished", WINDOW),
        ("called", 6),
        ("finished", WINDOW),
        ("finished", WINDOW),
    ]
    assert told[0]["finished_at"] <= told[2]["called_at"] <= told[2]["finished_at"] <= told[3]["called_at"]
    expect(page.locator("[data-state='nobody']")).to_be_visible()
    page.locator("[data-answer='read']").click()
    expect(part(page, "entered")).to_have_count(0)
