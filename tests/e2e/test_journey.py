"""One visitor's whole way through the hall in real browsers: kiosk, console, hall display, phone."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.console import part, sign_in, sit
from tests.e2e.shared_hall import SharedHall
from tests.running.kiosk import running_kiosk


@pytest.fixture
def touch(browser: Browser, live_hall: SharedHall) -> Iterator[Page]:
    """The touch page of a kiosk that follows the running hall."""
    with running_kiosk(live_hall.server.base, live_hall.tokens["kiosk"]) as kiosk:
        context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
        page = context.new_page()
        page.goto(kiosk.url)
        yield page
        context.close()


@pytest.fixture
def wall(browser: Browser, live_hall: SharedHall) -> Iterator[BrowserContext]:
    """A screen on the wall, 1920 × 1080."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    yield context
    context.close()


def show(wall: BrowserContext, live_hall: SharedHall, query: str = "") -> Page:
    """The hall display, joined to the hall."""
    page = wall.new_page()
    page.goto(f"{live_hall.server.base}/display/main{query}")
    page.locator(".idle, .row, table").first.wait_for()
    return page


def test_from_the_touch_to_the_call_on_the_wall(
    touch: Page, console_page: Page, wall: BrowserContext, live_hall: SharedHall
) -> None:
    display = show(wall, live_hall)
    touch.locator("[data-business=C]").tap()
    touch.locator(".go").tap()
    number = touch.locator("[data-number]").inner_text()
    assert re.fullmatch(r"C\d{3,}", number)
    sign_in(console_page, live_hall.add_clerk())
    sit(console_page, 5)
    expect(part(console_page, "next")).to_have_text(number)
    console_page.keyboard.press("Enter")
    row = display.locator(f"[data-number='{number}']")
    expect(row).to_be_visible()
    expect(row).to_contain_text("5")
    expect(row).to_have_class(re.compile("newest"))
    expect(part(console_page, "number")).to_have_text(number)
    console_page.keyboard.press("k")
    expect(console_page.locator("body")).to_contain_text("办理中")
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_text("窗口前没有人").first).to_be_visible()
    finished = [t for t in live_hall.manager.every(state="finished") if t["number"] == number]
    assert len(finished) == 1


def test_a_display_that_joins_late_shows_the_last_calls_and_lights_none(
    wall: BrowserContext, live_hall: SharedHall
) -> None:
    ticket = live_hall.kiosk.take("A")
    live_hall.clerk.done(3, "next")
    display = show(wall, live_hall)
    row = display.locator(f"[data-number='{ticket['number']}']")
    expect(row).to_be_visible()
    expect(row).not_to_have_class(re.compile(r"\blit\b"))


def test_a_recall_lights_the_same_row_again(wall: BrowserContext, live_hall: SharedHall) -> None:
    ticket = live_hall.kiosk.take("B")
    display = show(wall, live_hall)
    live_hall.clerk.done(4, "next")
    row = display.locator(f"[data-number='{ticket['number']}']")
    expect(row).to_be_visible()
    first = row.get_attribute("data-call")
    live_hall.clerk.done(4, "recall")
    expect(row).not_to_have_attribute("data-call", str(first))
    expect(row).to_have_class(re.compile(r"\blit\b"))
    expect(display.locator(f"[data-number='{ticket['number']}']")).to_have_count(1)


def test_a_display_says_since_when_it_is_old_and_comes_back_by_itself(
    wall: BrowserContext, live_hall: SharedHall
) -> None:
    display = show(wall, live_hall)
    live_hall.server.freeze()
    expect(display.get_by_text(re.compile("截至"))).to_be_visible(timeout=20_000)
    live_hall.server.thaw()
    expect(display.get_by_text(re.compile("截至"))).to_have_count(0, timeout=20_000)


@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "等候"), ("zh-Hant", "等候"), ("en", "waiting")])
def test_the_information_screen_counts_who_waits(
    wall: BrowserContext, live_hall: SharedHall, language: str, words: str
) -> None:
    for _ in range(3):
        live_hall.kiosk.take("E")
    display = show(wall, live_hall, f"?layout=info&language={language}")
    expect(display.locator("body")).to_contain_text(re.compile(words, re.IGNORECASE))
    line = display.locator("tbody tr").filter(has=display.locator(".code", has_text="E"))
    expect(line.locator(".count").first).to_have_text(re.compile(r"^3\b"))


def test_an_unknown_hall_is_said_in_every_language(wall: BrowserContext, live_hall: SharedHall) -> None:
    page = wall.new_page()
    reply = page.goto(f"{live_hall.server.base}/display/nowhere")
    assert reply is not None
    assert reply.status == 404
    for words in ("没有", "沒有", "hall"):
        expect(page.locator("body")).to_contain_text(words)


def test_the_phone_page_follows_its_ticket_to_the_window(browser: Browser, live_hall: SharedHall) -> None:
    ticket = live_hall.kiosk.take("G")
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_hall.server.base}/t/{ticket['token']}")
    expect(page.locator("body")).to_contain_text(ticket["number"])
    live_hall.clerk.done(7, "next")
    expect(page.locator(".plate")).to_have_text("7", timeout=15_000)
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert found == []
    context.close()


def test_a_forged_status_address_tells_nothing(browser: Browser, live_hall: SharedHall) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{live_hall.server.base}/t/{'A' * 43}")
    expect(page.locator("body")).to_contain_text(re.compile("ticket|number", re.IGNORECASE))
    context.close()
