"""How a manager works the floor in a browser: the steps that the tests and the pictures share."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.shared_hall import SharedHall
from tests.running.staff import Person

SIZE = (1366, 768)


def open_floor(page: Page, hall: SharedHall, person: Person) -> None:
    """Sign in by keyboard and wait until the floor is connected."""
    page.goto(f"{hall.server.base}/floor")
    expect(page.locator("#sign-in-name")).to_be_focused()
    page.keyboard.type(person.name)
    page.keyboard.press("Tab")
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    expect(page.locator(".floor[data-link='up']")).to_be_visible()


def part(page: Page, name: str) -> Locator:
    """A part of the floor by its name."""
    return page.locator(f"[data-part='{name}']")


def key(page: Page, name: str) -> Locator:
    """One of the keys."""
    return page.locator(f"[data-key='{name}']")


def window(page: Page, number: int) -> Locator:
    """A window among all of them."""
    return page.locator(f"[data-window='{number}']")


def business(page: Page, code: str) -> Locator:
    """A business's line in the table."""
    return page.locator(f"tr[data-business='{code}']")


def find(page: Page, number: str) -> None:
    """Look a number up by keyboard."""
    page.locator("#sought").fill(number)
    page.locator("#sought").press("Enter")
    expect(part(page, "ticket")).to_contain_text(number.upper())
