"""The console's form of what was really done: several items, each with quantity and outcome, by the keyboard alone."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, form, hidden, in_sight, part
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss
from tests.e2e.test_console_papers import came, visitor
from tests.running.client import HALL

pytestmark = pytest.mark.usefixtures("clerk")


def finished(hall: SharedHall, ticket: str) -> dict[str, Any]:
    """What the journal tells of the end of a service."""
    lines = [json.loads(line) for line in hall.manager.ask(f"{HALL}/journal").text.splitlines()]
    found: list[dict[str, Any]] = [
        line["facts"] for line in lines if (line["act"], line.get("ticket")) == ("finished", ticket)
    ]
    return found[-1]


def test_two_items_are_finished_with_their_quantities_and_outcomes_and_the_next_is_called(
    console_page: Page, live_hall: SharedHall
) -> None:
    here, following = (visitor(live_hall, "G", "change") for _ in range(2))
    came(console_page, live_hall, here)
    console_page.keyboard.press("g")
    asked = form(console_page, "served")
    expect(console_page.get_by_role("dialog", name=f"{here['number']} 的办理情况")).to_be_visible()
    quantity = asked.get_by_role("spinbutton", name="第 1 项，数量")
    expect(quantity).to_be_focused()
    # Out of range is said as it is typed, and finishes nobody.
    console_page.keyboard.type("1000")
    expect(asked.get_by_role("alert")).to_have_text("数量是 1 到 999 的整数。")
    expect(quantity).to_have_attribute("aria-invalid", "true")
    assert amiss(console_page) == []
    console_page.keyboard.press("Enter")
    expect(quantity).to_be_focused()
    assert live_hall.manager.ticket(here["id"])["state"] == "serving"
    console_page.keyboard.type("19")
    console_page.keyboard.press("+")
    expect(quantity).to_have_value("20")
    asked.locator("[data-answer='add']").press("Enter")
    item = asked.get_by_role("combobox", name="第 2 项，事项")
    expect(item).to_be_focused()
    item.select_option("renew")
    asked.get_by_role("spinbutton", name="第 2 项，数量").fill("2")
    asked.get_by_role("combobox", name="第 2 项，结果").select_option("consultation")
    for _ in range(4):
        asked.locator("[data-answer='add']").press("Enter")
    assert (hidden(console_page), in_sight(console_page, "[data-panel='served']")) == ([], True)
    for _ in range(4):
        asked.locator("[data-answer='remove']").last.press("Enter")
    console_page.wait_for_timeout(900)  # longer than a double press
    asked.get_by_role("spinbutton", name="第 2 项，数量").press("Enter")
    expect(part(console_page, "number")).to_have_text(following["number"])
    assert finished(live_hall, here["id"])["served"] == [
        {"item": "change", "quantity": 20, "outcome": "accepted"},
        {"item": "renew", "quantity": 2, "outcome": "consultation"},
    ]


def test_the_form_may_finish_without_calling_the_next(console_page: Page, live_hall: SharedHall) -> None:
    here, following = (visitor(live_hall, "G", "cancel") for _ in range(2))
    came(console_page, live_hall, here)
    console_page.keyboard.press("g")
    asked = form(console_page, "served")
    asked.get_by_role("checkbox", name="办结后叫下一位").press("Space")
    expect(asked.locator("[data-answer='go']")).to_contain_text("办结不叫号")
    asked.get_by_role("spinbutton").press("Enter")
    expect(console_page.locator("[data-state='nobody']")).to_be_visible()
    assert finished(live_hall, here["id"])["served"] == [{"item": "cancel", "quantity": 1, "outcome": "accepted"}]
    assert live_hall.manager.ticket(following["id"])["state"] == "waiting"
    assert live_hall.manager.view(WINDOW)["ticket"] is None
