"""The voice in real browsers: one screen of several speaks, one sound after another, what is heard is what is read."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.floor import open_floor, part
from tests.e2e.shared_hall import SharedHall, shared_hall
from tests.running.client import HALL
from tests.running.screen import Screen, log

# Of two policies a browser takes the last.
ALLOWED = "--autoplay-policy=no-user-gesture-required"
ASKING = "--autoplay-policy=document-user-activation-required"
# Keeps when each sound of the page began and ended, and every caption it showed.
LISTENING = """
window.sounds = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...how) {
  const sound = { begins: performance.now(), ends: null };
  window.sounds.push(sound);
  this.addEventListener("ended", () => (sound.ends = performance.now()));
  start.apply(this, how);
};
window.captions = [];
new MutationObserver(() => {
  const said = document.querySelector(".foot .said")?.textContent;
  if (said && window.captions.at(-1) !== said) window.captions.push(said);
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
Launch = Callable[..., Browser]


@pytest.fixture
def quiet_hall(tmp_path: Path) -> Iterator[SharedHall]:
    """A hall in which nobody was called yet: in one that others have used a voice owes half a minute of calls."""
    with shared_hall(tmp_path) as hall:
        yield hall


@pytest.fixture
def wall(launch_browser: Launch, browser_type_launch_args: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Opens displays, each on a machine of its own, in a browser that lets a page sound, or asks for a touch first."""
    opened: list[Browser] = []

    def show(hall: SharedHall, query: str = "", policy: str = ALLOWED) -> Page:
        browser = launch_browser(args=[*browser_type_launch_args["args"], policy])
        opened.append(browser)
        context: BrowserContext = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
        context.add_init_script(LISTENING)
        page = context.new_page()
        page.goto(f"{hall.server.base}/display/main{query}")
        page.locator(".idle, .row").first.wait_for()
        return page

    yield show
    for browser in opened:
        browser.close()


def call(hall: SharedHall, window: int) -> str:
    """Take a number and call it."""
    number: str = hall.kiosk.take("A")["number"]
    assert hall.clerk.done(window, "next")["number"] == number
    return number


def said(hall: SharedHall, number: str) -> list[tuple[str, str]]:
    """What the log tells of a number."""
    return [(line["language"], line["outcome"]) for line in log(hall.manager) if line["number"] == number]


def speaks(page: Page, hall: SharedHall) -> bool:
    """Whether the hall has a screen that speaks."""
    page.wait_for_timeout(50)
    zones = hall.kiosk.ask(f"{HALL}/voice").json()["zones"]
    return any(zone["speaks"] for zone in zones)


def test_one_screen_of_two_speaks_one_sound_after_another_and_both_show_it(
    wall: Callable[..., Page], quiet_hall: SharedHall
) -> None:
    first = wall(quiet_hall)
    expect(first.locator(".foot .silent")).to_have_count(0)
    second = wall(quiet_hall)
    numbers = [call(quiet_hall, window) for window in (1, 2)]
    first.wait_for_function("sounds.length === 4 && sounds[3].ends !== null", timeout=40_000)
    sounds = first.evaluate("sounds")
    assert all(before["ends"] <= after["begins"] for before, after in pairwise(sounds))
    assert second.evaluate("sounds.length") == 0
    words = [
        said_so
        for window, number in enumerate(numbers, 1)
        for said_so in (f"请 {number} 号，到 {window} 号窗口", f"Number {number}, please go to window {window}")
    ]
    for page in (first, second):
        expect(page.locator(".foot .said")).to_have_count(0)
        assert page.evaluate("captions") == words
    assert [said(quiet_hall, number) for number in numbers] == [[("cmn", "said"), ("en", "said")]] * 2


def test_when_the_speaking_screen_is_switched_off_the_other_goes_on(
    wall: Callable[..., Page], quiet_hall: SharedHall
) -> None:
    first = wall(quiet_hall)
    while not speaks(first, quiet_hall):
        pass
    second = wall(quiet_hall)
    number = call(quiet_hall, 3)
    first.wait_for_function("sounds.length === 1")
    first.close()
    second.wait_for_function("sounds.length === 2 && sounds[1].ends !== null", timeout=40_000)
    expect(second.locator(".foot .said")).to_have_count(0)
    assert said(quiet_hall, number) == [("cmn", "broken-off"), ("cmn", "said"), ("en", "said")]


def test_the_floor_says_when_nobody_speaks(page: Page, live_hall: SharedHall) -> None:
    open_floor(page, live_hall, live_hall.add_manager())
    expect(part(page, "voice")).to_have_text("No screen says the calls")
    screen = Screen(live_hall)
    expect(part(page, "voice")).to_have_count(0)
    screen.socket.close()


@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "无语音"), ("zh-Hant", "無語音"), ("en", "No voice")])
def test_a_browser_that_allows_no_sound_says_so_and_one_touch_helps(
    wall: Callable[..., Page], live_hall: SharedHall, language: str, words: str
) -> None:
    page = wall(live_hall, f"?language={language}&zone=2", ASKING)
    expect(page.locator(".foot .silent")).to_have_text(words)
    page.mouse.click(900, 500)
    expect(page.locator(".foot .silent")).to_have_count(0)
    assert speaks(page, live_hall)
