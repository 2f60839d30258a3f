"""The kiosk reads aloud: the whole task by four keys, every page in three languages, the countdown; nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.kiosk.conftest import LANGUAGES, Kiosk

SLOW = 15_000
TITLES = {"zh-Hans": "您来办什么业务？", "zh-Hant": "您來辦什麼業務？", "en": "What have you come for?"}
COUNTED = {"zh-Hans": "还有 10 秒。", "zh-Hant": "還有 10 秒。", "en": "10 seconds left."}


class Heard(list[tuple[str, list[str]]]):
    """What was asked to be read so far: the language, and the pieces in order."""

    def all(self) -> list[str]:
        """The pieces of all of it."""
        return [piece for _, said in self for piece in said]


@contextmanager
def heard(page: Page) -> Iterator[Heard]:
    """Listens; whatever the page asked for stood on it, and nothing of it was left out."""
    said, answers = Heard(), []

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.path.startswith("/kiosk/speech/"):
            said.append((address.path.rsplit("/", 1)[1], parse_qs(address.query)["say"]))

    page.on("request", asked)
    page.on("response", lambda reply: answers.append(reply) if "/kiosk/speech/" in reply.url else None)
    yield said
    for reply in answers:
        told = parse_qs(urlsplit(reply.url).query)["say"]
        assert reply.status in {200, 206}, told
        assert reply.headers["left-out"] == "0", told


def reach(page: Page, key: str) -> None:
    """Goes down until that key has the focus."""
    for _ in range(40):
        if page.locator(f"{key}:focus").count():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_task_by_four_keys_and_speech(page: Page, kiosk: Kiosk, language: str):
    kiosk.open(page, language, heard=True)
    with heard(page) as said:
        page.locator("main h1").focus()
        # Whoever uses the keys is read to from then on.
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-voice]")).to_have_attribute("aria-pressed", "true")
        reach(page, "[data-business=C]")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_have_attribute("data-page", "business")
        reach(page, ".toggle")
        page.keyboard.press("Enter")
        reach(page, ".business .go")
        page.keyboard.press("Enter")
        page.locator("[data-slip=shown]").wait_for(timeout=SLOW)
        page.wait_for_timeout(500)
        number = page.locator("[data-number]").inner_text()
        assert {lang for lang, _ in said} == {language}
        assert number in said.all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_read_and_nothing_of_it_is_left_out(page: Page, kiosk: Kiosk, language: str):
    kiosk.open(page, language, heard=True)
    with heard(page) as said:
        page.locator("[data-voice]").click()
        page.wait_for_timeout(300)
        assert said[-1] == (language, [TITLES[language], *said[-1][1][1:]])
        for key in page.locator("main button, footer .larger").all():
            key.focus()
        page.locator("[data-check-in-door]").click()
        page.locator("[data-letter=A]").click()
        page.locator("[data-back]").click()
        page.locator("[data-business=B]").click()
        for key in page.locator("main button").all():
            key.focus()
        page.locator("[data-item]").nth(1).click()
        page.locator("[data-more-business]").click()
        page.locator("[data-later=Z]").click()
        page.locator("[data-back]").click()
        page.locator("[data-print]").click()
        page.locator("[data-list=shown]").wait_for(timeout=SLOW)
        page.locator("[data-back]").click()
        page.locator(".business .go").click()
        page.locator("[data-slip=shown]").wait_for(timeout=SLOW)
        page.wait_for_timeout(500)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_countdown_is_spoken_to_everybody(page: Page, kiosk: Kiosk, language: str):
    page.clock.install()
    kiosk.open(page, language, heard=True)
    with heard(page) as said:
        page.locator("[data-business=A]").click()
        page.clock.fast_forward(31_000)
        page.locator(".timeout").wait_for()
        page.wait_for_timeout(200)
        page.clock.run_for(9_000)
        page.wait_for_timeout(200)
        assert page.locator("#more-time").inner_text() in said.all()
        assert COUNTED[language] in said.all()


def test_the_voice_is_for_one_visitor(page: Page, kiosk: Kiosk):
    page.clock.install()
    # Where nothing can be heard, the page goes on all the same.
    kiosk.open(page)
    page.locator("[data-large]").click()
    expect(page.locator("[data-voice]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-voice]").click()
    expect(page.locator("html")).to_have_class("elder")
    page.locator("[data-voice]").click()
    page.wait_for_timeout(300)
    page.clock.fast_forward(51_000)
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    expect(page.locator("[data-voice]")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("html")).not_to_have_class("elder")
