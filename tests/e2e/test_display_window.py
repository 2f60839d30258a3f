"""The screens at windows: every state in three languages and sizes, stale, evacuated, refused, unknown."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.displays import LANGUAGES, screen, wrong
from tests.e2e.shared_hall import SharedHall
from tests.running.client import HALL

SIZES = ((1920, 1080), (800, 480), (480, 800))
WINDOW = 5
WORDS = {
    "zh-Hans": ("请等候叫号", "请到本窗口办理", "正在办理", "暂停服务", "用餐时间", "本窗口未开", "请准备", "请看"),
    "zh-Hant": ("請等候叫號", "請到本窗口辦理", "正在辦理", "暫停服務", "用餐時間", "本窗口未開", "請準備", "請看"),
    "en": (
        *("Please wait for your number", "Please come to this window", "Being served", "Paused", "Meal time"),
        *("This window is not open", "please get ready", "Please see window"),
    ),
}


@pytest.fixture
def at_window(browser: Browser, live_hall: SharedHall) -> Iterator[Callable[..., Page]]:
    """Opens screens at a window."""
    opened: list[Page] = []

    def show(query: str = "", size: tuple[int, int] = SIZES[0], window: int = WINDOW) -> Page:
        page = screen(browser, f"{live_hall.server.base}/display/main/window/{window}{query}", *size)
        opened.append(page)
        return page

    yield show
    for page in opened:
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_said_and_can_be_read(
    at_window: Callable[..., Page], live_hall: SharedHall, language: str
) -> None:
    free, called, serving, paused, meal, closed, ready, see = WORDS[language]
    page = at_window(f"?language={language}")

    def says(state: str, *words: str) -> None:
        expect(page.locator("main")).to_have_attribute("data-state", state)
        for word in words:
            expect(page.locator("main")).to_contain_text(word)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(f"() => innerWidth === {width}")
            page.wait_for_timeout(100)
            assert wrong(page) == [], (state, width)

    says("free", free)
    first, second = live_hall.kiosk.take("A")["number"], live_hall.kiosk.take("C")["number"]
    expect(page.locator(".next .num")).to_have_text(first)
    live_hall.clerk.done(WINDOW, "next")
    says("calling", first, called, second, ready)
    expect(page.locator(".who")).to_have_class(re.compile(r"\blit\b"))
    live_hall.clerk.done(WINDOW, "start")
    says("serving", first, serving)
    expect(page.locator(".who")).not_to_have_class(re.compile(r"\blit\b"))
    live_hall.clerk.done(WINDOW, "finish", outcome="completed")
    live_hall.clerk.done(WINDOW, "help")
    live_hall.clerk.done(WINDOW, "pause", reason="meal")
    says("paused", paused, meal, see)
    expect(page.locator(".plate")).to_have_css("border-top-style", "dashed")
    expect(page.locator(".next")).to_have_count(0)
    live_hall.clerk.done(WINDOW, "unpause")
    live_hall.clerk.done(WINDOW, "close")
    says("closed", closed, see)


def test_help_is_never_shown(at_window: Callable[..., Page], live_hall: SharedHall) -> None:
    page = at_window()
    expect(page.locator("main")).to_have_attribute("data-state", "free")
    page.wait_for_timeout(500)
    before = page.locator("section.who, footer").all_inner_texts()
    live_hall.clerk.done(WINDOW, "help")
    page.wait_for_timeout(1_000)
    assert page.locator("section.who, footer").all_inner_texts() == before


def test_a_pause_during_a_service_is_said_beside_the_visitor(
    at_window: Callable[..., Page], live_hall: SharedHall
) -> None:
    number = live_hall.kiosk.take("A")["number"]
    page = at_window()
    live_hall.clerk.done(WINDOW, "next")
    live_hall.clerk.done(WINDOW, "start")
    live_hall.clerk.done(WINDOW, "pause", reason="meal")
    expect(page.locator("footer")).to_contain_text("办完这位后暂停服务")
    expect(page.locator(".number")).to_have_text(number)


def test_each_recall_is_counted(at_window: Callable[..., Page], live_hall: SharedHall) -> None:
    live_hall.kiosk.take("A")
    page = at_window()
    live_hall.clerk.done(WINDOW, "next")
    expect(page.locator("footer")).to_contain_text("第 1 次")
    page.wait_for_timeout(3_200)
    live_hall.clerk.done(WINDOW, "recall")
    expect(page.locator("footer")).to_contain_text("第 2 次")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_is_told_to_leave(at_window: Callable[..., Page], live_hall: SharedHall, language: str) -> None:
    page = at_window(f"?language={language}")
    assert live_hall.manager.tell(f"{HALL}/evacuate").ok
    expect(page.locator(".leaving .large")).to_have_count(3)
    expect(page.locator(".place, .who, .foot")).to_have_count(0)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)
        assert wrong(page) == [], width


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_since_when_it_is_old_lights_nothing_and_comes_back(
    at_window: Callable[..., Page], live_hall: SharedHall, language: str
) -> None:
    number = live_hall.kiosk.take("A")["number"]
    live_hall.clerk.done(WINDOW, "next")
    page = at_window(f"?language={language}", SIZES[1])
    expect(page.locator(".lit .number")).to_have_text(number)
    live_hall.server.freeze()
    expect(page.locator(".foot.stale")).to_contain_text(re.compile(r"\d\d:\d\d"), timeout=11_000)
    expect(page.locator(".lit")).to_have_count(0)
    expect(page.locator(".number")).to_have_text(number)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)
        assert wrong(page) == [], width
    live_hall.server.thaw()
    expect(page.locator(".foot.stale")).to_have_count(0)
    expect(page.locator(".lit .number")).to_have_text(number)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "最远看到"), ("zh-Hant", "最遠看到"), ("en", "can be read from")],
)
def test_a_panel_that_cannot_be_read_from_the_farthest_seat_is_refused(
    at_window: Callable[..., Page], language: str, words: str
) -> None:
    page = at_window(f"?language={language}&mm=160&d=6", SIZES[1])
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator(".number, .plate")).to_have_count(0)


def test_it_keeps_twelve_millimetres_for_each_metre(at_window: Callable[..., Page], live_hall: SharedHall) -> None:
    live_hall.kiosk.take("A")
    live_hall.clerk.done(WINDOW, "next")
    page = at_window("?mm=476&d=3.5", (1280, 720))
    high = page.locator(".number").evaluate("each => parseFloat(getComputedStyle(each).fontSize) * 0.75")
    text = page.locator(".said").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert high * 476 / 1280 >= 12 * 3.5
    assert text * 476 / 1280 >= 5.4 * 3.5 - 0.1
    assert wrong(page) == []


@pytest.mark.parametrize("window", ["77", "x"])
def test_an_unknown_window_is_said_in_every_language(at_window: Callable[..., Page], window: str) -> None:
    page = at_window(window=window)
    for words in (f"没有 {window} 号窗口", f"沒有 {window} 號窗口", f"no window {window}"):
        expect(page.locator("main")).to_contain_text(words)
