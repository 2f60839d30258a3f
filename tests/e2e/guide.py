"""How a guide works the tablet in a browser: the steps that the tests and the pictures share."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.shared_hall import SharedHall
from tests.running.staff import Person

SIZE = (1280, 800)


def open_tablet(page: Page, hall: SharedHall, person: Person) -> None:
    """Sign in by keyboard and wait until the tablet is connected."""
    page.goto(f"{hall.server.base}/guide")
    expect(page.locator("#sign-in-name")).to_be_focused()
    page.keyboard.type(person.name)
    page.keyboard.press("Tab")
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    expect(page.locator(".tablet[data-link='up']")).to_be_visible()


def part(page: Page, name: str) -> Locator:
    """A part of the tablet by its name."""
    return page.locator(f"[data-part='{name}']")


def key(page: Page, name: str) -> Locator:
    """One of the keys of the right side, or of the left column."""
    return page.locator(f"[data-key='{name}']")


def choose(page: Page, business: str, item: str | None = None) -> None:
    """The first touch, and the second where the business has several items."""
    page.locator(f"[data-business='{business}']").click()
    if item is not None:
        page.locator(f"[data-item='{item}']").click()
    expect(page.locator("[data-paper]").first).to_be_visible()


def mark(page: Page, paper: str, found: str) -> None:
    """A paper is `here` or `missing`."""
    page.locator(f"[data-paper='{paper}'] .{found}").click()


def find(page: Page, number: str) -> None:
    """Look a number up."""
    page.locator("#sought").fill(number)
    page.locator("#sought").press("Enter")
    expect(part(page, "ticket")).to_contain_text(number.upper())


def touch_dead(page: Page, name: str) -> None:
    """Touch a key that can do nothing now: it is still there to say why."""
    key(page, name).click(force=True)
