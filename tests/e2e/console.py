"""How a clerk works the console in a browser: the steps and the parts that the tests share."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.shared_hall import SharedHall
from tests.running.staff import Person

WINDOW = 5


def sign_in(page: Page, person: Person) -> None:
    """Sign in without touching the mouse."""
    expect(page.locator("#sign-in-name")).to_be_focused()
    page.keyboard.type(person.name)
    page.keyboard.press("Tab")
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="您今天坐哪个窗口？")).to_be_visible()


def sit(page: Page, window: int) -> None:
    """Choose a window by typing its number."""
    expect(page.locator(f"[data-window='{window}']")).to_contain_text("无人")
    page.keyboard.type(str(window))
    page.keyboard.press("Enter")
    expect(page.locator(".console[data-link='up']")).to_be_visible()


def part(page: Page, name: str) -> Locator:
    """A part of the console by its name."""
    return page.locator(f"[data-part='{name}']")


def key(page: Page, control: str) -> Locator:
    """One of the console's keys."""
    return page.locator(f"button[data-control='{control}']")


def call(page: Page, hall: SharedHall, business: str = "C") -> dict[str, Any]:
    """A visitor comes and is called to the window where nobody is yet."""
    visitor = hall.kiosk.take(business)
    expect(part(page, "next")).to_have_text(visitor["number"])
    page.keyboard.press("Enter")
    expect(part(page, "number")).to_have_text(visitor["number"])
    return visitor


def serve(page: Page, hall: SharedHall, business: str = "C") -> dict[str, Any]:
    """A visitor is called and has come."""
    visitor = call(page, hall, business)
    page.keyboard.press("k")
    expect(page.locator("[data-state='serving']")).to_be_visible()
    return visitor


def form(page: Page, name: str) -> Locator:
    """The form that stands in the middle column."""
    return page.locator(f"[data-panel='{name}']")


def hidden(page: Page) -> list[str]:
    """Boxes of the console that hold more than they show, and would have to be scrolled."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".console *")].filter((each) =>
            /auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight + 1)
            .map((each) => each.outerHTML.slice(0, 80))"""
    )
    return found


def in_sight(page: Page, place: str) -> bool:
    """Whether a part of the middle column stands above the keys at the bottom."""
    box, keys = page.locator(place).bounding_box(), page.locator(".keys").bounding_box()
    assert box is not None
    assert keys is not None
    return box["y"] + box["height"] <= keys["y"]


def row(page: Page, number: str) -> Locator:
    """The row of somebody who was missed or put aside."""
    return page.locator(f".right [data-number='{number}']")
