"""A manager frees a window that somebody left behind, in a real browser and by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.console import WINDOW, sign_in
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss
from tests.running.client import Client
from tests.running.staff import Person


@pytest.fixture
def left_behind(live_hall: SharedHall) -> Person:
    """Somebody who sits at window 5 and has gone home."""
    person = live_hall.add_clerk()
    elsewhere(live_hall, person).done(WINDOW, "sign-in")
    return person


def elsewhere(hall: SharedHall, person: Person) -> Client:
    """The same person, signed in on another machine."""
    client = hall.client()
    assert client.sign_in(person.name, person.password).ok
    return client


def asked(page: Page, person: Person) -> None:
    """Type the window's number and press Enter: the page asks, and says whom it is about."""
    expect(page.locator(f"[data-window='{WINDOW}']")).to_contain_text(f"{person.display_name}（{person.number}）已在此")
    page.keyboard.type(str(WINDOW))
    page.keyboard.press("Enter")
    question = page.get_by_role("group", name=f"腾出 {WINDOW} 号窗口？")
    expect(question).to_contain_text(f"{person.display_name}（{person.number}）将不再坐在这里。")
    expect(page.get_by_role("button", name="不腾出")).to_be_focused()


def test_a_manager_frees_a_window_and_sits_down_there(
    console_page: Page, live_hall: SharedHall, left_behind: Person
) -> None:
    sign_in(console_page, live_hall.add_manager())
    asked(console_page, left_behind)
    assert amiss(console_page) == []
    console_page.keyboard.press("Tab")
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("status")).to_have_text(f"{WINDOW} 号窗口已腾出。")
    card = console_page.locator(f"[data-window='{WINDOW}']")
    expect(card).to_contain_text("无人")
    expect(card).to_be_focused()
    assert live_hall.manager.view(WINDOW)["clerk"] is None
    console_page.keyboard.press("Enter")
    expect(console_page.locator(f".console[data-window='{WINDOW}']")).to_be_visible()


def test_the_careful_answer_leaves_everything_as_it_was(
    console_page: Page, live_hall: SharedHall, left_behind: Person
) -> None:
    sign_in(console_page, live_hall.add_manager())
    card = console_page.locator(f"[data-window='{WINDOW}']")
    for answer in ("Enter", "Escape"):
        asked(console_page, left_behind)
        console_page.keyboard.press(answer)
        expect(card).to_be_focused()
        expect(console_page.locator("[data-freeing]")).to_have_count(0)
        assert live_hall.manager.view(WINDOW)["clerk"]["number"] == left_behind.number


def test_the_question_goes_when_somebody_else_sits_there(
    console_page: Page, live_hall: SharedHall, left_behind: Person
) -> None:
    sign_in(console_page, live_hall.add_manager())
    asked(console_page, left_behind)
    elsewhere(live_hall, left_behind).done(WINDOW, "sign-out")
    colleague = live_hall.add_clerk()
    elsewhere(live_hall, colleague).done(WINDOW, "sign-in")
    card = console_page.locator(f"[data-window='{WINDOW}']")
    expect(card).to_contain_text(colleague.display_name)
    expect(card).to_be_focused()
    assert live_hall.manager.view(WINDOW)["clerk"]["number"] == colleague.number


def test_a_window_with_a_visitor_is_not_freed(console_page: Page, live_hall: SharedHall, left_behind: Person) -> None:
    visitor = live_hall.kiosk.take("C")
    live_hall.clerk.done(WINDOW, "next")
    sign_in(console_page, live_hall.add_manager())
    card = console_page.locator(f"[data-window='{WINDOW}']")
    expect(card).to_contain_text(left_behind.display_name)
    expect(card).to_have_attribute("aria-disabled", "true")
    console_page.keyboard.type(str(WINDOW))
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("status")).to_contain_text(f"还有 {visitor['number']} 没办完")
    assert live_hall.manager.view(WINDOW)["clerk"]["number"] == left_behind.number


@pytest.mark.parametrize(
    ("language", "question"),
    [("zh-Hant", "騰出 5 號窗口？"), ("en", "Free window 5?"), ("zh-Hans", "腾出 5 号窗口？")],
)
def test_the_question_in_three_languages_fits_its_place(
    console_page: Page, live_hall: SharedHall, left_behind: Person, language: str, question: str
) -> None:
    sign_in(console_page, live_hall.add_manager())
    console_page.locator(f"[data-language='{language}']").click()
    card = console_page.locator(f"[data-window='{WINDOW}']")
    expect(card).to_contain_text(left_behind.display_name)
    expect(card).to_have_attribute("aria-disabled", "false")
    console_page.keyboard.type(str(WINDOW))
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("group", name=question)).to_be_visible()
    width = console_page.evaluate("() => document.documentElement.scrollWidth")
    assert width == 1366
