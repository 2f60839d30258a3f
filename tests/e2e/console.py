"""How a clerk works the console in a browser: the steps and the parts that the tests share."""

from playwright.sync_api import Locator, Page, expect

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
