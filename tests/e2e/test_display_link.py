"""A display whose link is cut: it says so within ten seconds, and two after relink shows the board of the server."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.shared_hall import SharedHall
from tests.running.link import Link, link_to

DROPS = 8
LONGEST_S = 600
STALE_MS = 10_000
BACK_S = 2.0
WINDOW = 5
# A page draws what it heard within this at a machine with much else to do; it is no part of the page's own time.
DRAWN_MS = 3_000


Shows = Callable[[str], tuple[Page, Link]]


@pytest.fixture
def shows(browser: Browser, live_hall: SharedHall) -> Iterator[Shows]:
    """Opens displays that have a clock of their own, which can be put forward, and each a link of its own."""
    with ExitStack() as over:

        def show(address: str) -> tuple[Page, Link]:
            link = over.enter_context(link_to(live_hall.server.base))
            context = over.enter_context(browser.new_context(viewport={"width": 1920, "height": 1080}))
            page = context.new_page()
            page.clock.install()
            page.goto(f"{link.base}/display/main{address}")
            page.locator("main").wait_for()
            return page, link

        yield show


def act(hall: SharedHall, chance: random.Random) -> None:
    """What goes on at the window while a display does not hear of it."""
    state = next(each["state"] for each in hall.kiosk.board()["windows"] if each["window"] == WINDOW)
    if state == "paused":
        hall.clerk.done(WINDOW, "unpause")
    elif state == "calling":
        hall.clerk.done(WINDOW, "start")
    elif state == "serving":
        hall.clerk.done(WINDOW, "finish", outcome="completed")
    elif chance.random() < 0.25:
        hall.clerk.done(WINDOW, "pause", reason="meal")
    else:
        hall.kiosk.take(chance.choice("ABC"))
        hall.clerk.done(WINDOW, "next")


def told(hall: SharedHall) -> tuple[list[str], str, str | None]:
    """What the server's board has for both displays: the newest numbers, and the window's state with its number."""
    board = hall.kiosk.board()
    newest = list(dict.fromkeys(call["number"] for call in board["calls"]))[:4]
    here = next(each for each in board["windows"] if each["window"] == WINDOW)
    return newest, here["state"], here["number"]


def shown(page: Page, newest: list[str], state: str, number: str | None) -> None:
    """Wait until a display shows just this."""
    if "/window/" in page.url:
        expect(page.locator("main")).to_have_attribute("data-state", state)
        expect(page.locator(".who .number")).to_have_text([number] if number else [])
    else:
        expect(page.locator(".row .number")).to_have_text(newest)
    expect(page.locator(".stale")).to_have_count(0)


def test_every_drop_is_marked_and_made_up_for(shows: Shows, live_hall: SharedHall) -> None:
    chance = random.Random(20261125)
    displays = [shows(""), shows("/window/5")]
    for drop in range(DROPS):
        for page, link in displays:
            link.cut()
            page.clock.fast_forward(STALE_MS)
            expect(page.locator(".foot.stale")).to_be_visible(timeout=DRAWN_MS)
            expect(page.locator(".lit")).to_have_count(0)
            page.clock.fast_forward(chance.randint(1, LONGEST_S) * 1_000)
        act(live_hall, chance)
        board = told(live_hall)
        for page, link in displays:
            link.mend()
            # Its next try to come back is due by now.
            page.clock.fast_forward(STALE_MS // 2)
            back = link.used(10)
            shown(page, *board)
            took = time.monotonic() - back
            assert took <= BACK_S, (drop, page.url, took)


def test_after_a_day_without_a_server_it_comes_back_without_a_touch(shows: Shows, live_hall: SharedHall) -> None:
    page, link = shows("")
    link.cut()
    page.clock.fast_forward(24 * 3_600_000)
    expect(page.locator(".foot.stale")).to_be_visible()
    number = live_hall.kiosk.take("A")["number"]
    live_hall.clerk.done(WINDOW, "next")
    link.mend()
    page.clock.fast_forward(STALE_MS)
    expect(page.locator(f"[data-number='{number}']")).to_be_visible()
    expect(page.locator(".stale")).to_have_count(0)
