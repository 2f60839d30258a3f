"""The demo's start page in a browser: three languages, every screen, a play begun and ended, and the display's mark."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.running.demo import Demo

MARKS = {"zh-Hans": "演示 ×600", "zh-Hant": "示範 ×600", "en": "Demo ×600"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo"), "--speed", "600")
    yield demo
    assert demo.ctrl_c() == 0


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_the_start_page_leads_to_every_screen_in_three_languages(page: Page, demo: Demo):
    page.goto(demo.start_page)
    for language, key, heading in (
        ("zh-Hans", "简", "演示大厅"),
        ("zh-Hant", "繁", "示範大廳"),
        ("en", "EN", "Demo hall"),
    ):
        page.get_by_text(key, exact=True).click()
        expect(page.locator("h1")).to_have_text(heading)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("[data-screen]")).to_have_count(7)
        assert Axe().run(page).violations_count == 0
    assert page.locator("[data-screen=kiosk]").get_attribute("href") == demo.addresses[0]


def _open_the_phone(page: Page, demo: Demo) -> None:
    page.goto(demo.start_page)
    page.goto(demo.start_page + (page.locator("[data-screen=phone]").get_attribute("href") or "").removeprefix("/"))


def test_the_phone_opens_once_there_is_a_number_and_the_key_plays_a_day_and_stops_it(page: Page, demo: Demo):
    _open_the_phone(page, demo)
    expect(page.get_by_text("请先在取号机上取一个号")).to_be_visible()
    page.goto(demo.start_page)
    page.get_by_role("button", name="以 ×600 演示一天").click()
    # A play begins before the hall opens: only once somebody was given a number is there a phone page to open.
    expect(page.locator(".told")).to_contain_text(re.compile("取号 [1-9]"), timeout=30_000)
    page.get_by_role("button", name="停止演示").click()
    expect(page.locator(".told")).to_contain_text("账目相符", timeout=60_000)
    assert Axe().run(page).violations_count == 0
    _open_the_phone(page, demo)
    expect(page.locator("h1")).to_have_text(re.compile(r"[A-Z][0-9]{3}"))


@pytest.mark.parametrize("language", MARKS)
@pytest.mark.parametrize("layout", ["", "&layout=info"])
def test_the_display_of_a_hall_for_show_says_so(page: Page, demo: Demo, language: str, layout: str):
    page.goto(f"{demo.start_page}display/main?language={language}{layout}")
    expect(page.locator(".header .show")).to_have_text(MARKS[language])
