"""Displays on the wall: a zone's own, the hours of a closed hall, long notices, a clock that stays, calm borders."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.displays import LANGUAGES, screen, wrong
from tests.e2e.shared_hall import SharedHall
from tests.running.client import HALL
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.own_hall import go_to, monday, own_file

WALL = (1920, 1080)
TURN_MS = 10_000
# The border of a lit row, moment by moment of its whole animation, without waiting for it.
BORDER = """() => {
  const border = document.querySelector(".border");
  const moving = document.getAnimations().filter((each) => each.effect.target !== border);
  const [pulse] = border.getAnimations();
  pulse.pause();
  const seen = [];
  for (let at = 0; at < 8_000; at += 50) {
    pulse.currentTime = at;
    seen.push([at, getComputedStyle(border).borderTopColor]);
  }
  return { moving: moving.length, seen };
}"""


@pytest.fixture
def wall(browser: Browser, live_hall: SharedHall) -> Iterator[Callable[..., Page]]:
    """Opens displays of the running hall."""
    opened: list[Page] = []

    def show(address: str = "", size: tuple[int, int] = WALL) -> Page:
        page = screen(browser, f"{live_hall.server.base}/display/main{address}", *size)
        opened.append(page)
        page.locator("main").wait_for()
        return page

    yield show
    for page in opened:
        page.context.close()


def windows_of(hall: Hall, zone: str) -> list[int]:
    """The windows of a zone."""
    return [each["window"] for each in hall.kiosk.ask(HALL).json()["windows"] if each["zone"] == zone]


@pytest.mark.parametrize(("language", "name"), [("zh-Hans", "二区"), ("zh-Hant", "二區"), ("en", "Zone 2")])
def test_a_zones_display_shows_its_own_calls_and_the_whole_halls_shows_all(
    wall: Callable[..., Page], live_hall: SharedHall, language: str, name: str
) -> None:
    zone, whole = wall(f"?zone=2&language={language}"), wall(f"?language={language}")
    own, other = live_hall.kiosk.take("A")["number"], live_hall.kiosk.take("A")["number"]
    live_hall.clerk.done(windows_of(live_hall, "2")[0], "next")
    live_hall.clerk.done(windows_of(live_hall, "1")[0], "next")
    for number in (own, other):
        expect(whole.locator(f"[data-number='{number}']")).to_be_visible()
    expect(zone.locator(f"[data-number='{own}']")).to_have_class(re.compile(r"\blit\b"))
    expect(zone.locator(f"[data-number='{other}']")).to_have_count(0)
    expect(zone.locator("header")).to_contain_text(name)
    assert wrong(zone) == []
    late = wall(f"?zone=2&language={language}")
    expect(late.locator(f"[data-number='{own}']")).to_be_visible()
    expect(late.locator(f"[data-number='{other}']")).to_have_count(0)


@pytest.mark.parametrize("layout", ["", "&layout=info"])
def test_an_unknown_zone_is_said_in_every_language(wall: Callable[..., Page], layout: str) -> None:
    page = wall(f"?zone=9{layout}")
    for words in ("没有区域 9", "沒有區域 9", "no zone 9"):
        expect(page.locator("main")).to_contain_text(words)
    expect(page.locator(".row, table")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [WALL, (2560, 1080), (1280, 720)])
def test_the_clock_never_runs_off_the_edge(
    wall: Callable[..., Page], live_hall: SharedHall, language: str, size: tuple[int, int]
) -> None:
    pages = [wall(f"?language={language}{rest}", size) for rest in ("&rows=3", "&zone=2&rows=3", "&layout=info&rows=3")]

    def clocks_stay() -> None:
        for page in pages:
            box = page.locator(".clock").bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= size[0], page.url

    clocks_stay()
    # The head line is the hall's own name then, the longest there is.
    assert live_hall.manager.tell(f"{HALL}/evacuate").ok
    for page in pages:
        expect(page.locator(".leaving")).to_be_visible()
    clocks_stay()


def test_nothing_flashes_more_than_once_a_second(wall: Callable[..., Page], live_hall: SharedHall) -> None:
    displays = [wall(), wall("/window/5")]
    live_hall.kiosk.take("A")
    live_hall.clerk.done(5, "next")
    for page in displays:
        page.locator(".lit .border").wait_for(state="attached")
        found: dict[str, Any] = page.evaluate(BORDER)
        assert found["moving"] == 0
        seen = found["seen"]
        changes = [at for (_, before), (at, after) in pairwise(seen) if after != before]
        assert changes, "it pulses"
        # A flash is a pair of changes: no second holds more than one, and after three it stands still.
        assert all(later - first > 1_000 for first, later in zip(changes, changes[2:], strict=False))
        assert max(changes) <= 6_000


def test_a_long_notice_comes_page_by_page_and_nothing_of_it_is_cut(browser: Browser, live_hall: SharedHall) -> None:
    notice = "".join(f"第{n}条：系统升级期间本业务暂停受理，请改日再来或到其他大厅办理。" for n in range(1, 9))[:200]
    said = {"notice": {"zh-Hans": notice, "zh-Hant": notice, "en": notice}}
    assert live_hall.manager.tell(f"{HALL}/businesses/E/suspend", said).ok
    with browser.new_context(viewport={"width": WALL[0], "height": WALL[1]}) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{live_hall.server.base}/display/main?layout=info&rows=3")
        page.locator("table").wait_for()
        page.clock.fast_forward(TURN_MS)
        words = []
        for nr in (2, 3):
            expect(page.locator(".foot")).to_contain_text(f"第 {nr} 页，共 3 页")
            words.append(page.locator(".notice > p").inner_text())
            assert page.locator(".notice").evaluate("each => each.scrollHeight <= each.clientHeight + 1")
            # It is still there after the time of a usual page: slow readers need a quarter of a second for a character.
            page.clock.fast_forward(TURN_MS)
            page.wait_for_timeout(1_000)
            expect(page.locator(".notice > p")).to_have_text(words[-1])
            page.clock.fast_forward(len(words[-1]) * 250)
        assert "".join(words) == notice
        expect(page.locator("table")).to_be_visible()


@pytest.fixture(scope="module")
def keeps_hours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall with opening hours, before it opens on a Monday."""
    folder = tmp_path_factory.mktemp("hours")
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-12:00, 13:30-17:00")
    file = own_file(Path(folder), opening={"hours": week})
    with sqlite(folder) as database, running(database, Path(folder), file) as hall:
        go_to(hall, monday(), "08:00")
        yield hall


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "现在未开放"), ("zh-Hant", "現在未開放"), ("en", "Closed now")],
)
def test_a_closed_hall_shows_its_hours_on_every_display(
    browser: Browser, keeps_hours: Hall, language: str, words: str
) -> None:
    for address, size in (("", WALL), ("?layout=info", WALL), ("/window/5", (800, 480)), ("/window/5", (480, 800))):
        asked = f"{'&' if '?' in address else '?'}language={language}"
        page = screen(browser, f"{keeps_hours.server.base}/display/main{address}{asked}", *size)
        expect(page.locator(".hours")).to_contain_text(words)
        expect(page.locator(".hours .span")).to_have_text(["09:00–12:00", "13:30–17:00"])
        expect(page.locator(".row, table, .who, .idle")).to_have_count(0)
        assert wrong(page) == [], address
        page.context.close()


def test_who_was_let_in_is_called_still_after_the_hall_has_closed(browser: Browser, keeps_hours: Hall) -> None:
    go_to(keeps_hours, monday(), "16:50")
    number = keeps_hours.kiosk.take("A")["number"]
    page = screen(browser, f"{keeps_hours.server.base}/display/main", *WALL)
    expect(page.locator(".idle")).to_be_visible()
    go_to(keeps_hours, monday(), "17:10")
    keeps_hours.clerk.done(5, "next")
    expect(page.locator(f"[data-number='{number}']")).to_be_visible()
    keeps_hours.clerk.done(5, "start")
    keeps_hours.clerk.done(5, "finish", outcome="completed")
    expect(page.locator(".hours .span").first).to_be_visible()
    page.context.close()
