"""The tablet for every reader and in bad times: languages, keyboard, screen reader, sizes, a server that is gone."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.guide import SIZE, choose, find, key, mark, open_tablet, part
from tests.e2e.loss import WITHIN_S, listen, told_after_s
from tests.e2e.shared_hall import SharedHall

# Everything that can be touched: how small the smallest is, how far down the lowest reaches, whether words stick out.
KEYS = """() => {
  const keys = [...document.querySelectorAll('.tablet button, .tablet input')];
  const boxes = keys.map((key) => key.getBoundingClientRect());
  return {
    smallest: Math.min(...boxes.flatMap((box) => [box.width, box.height])),
    lowest: Math.max(...boxes.map((box) => box.bottom)),
    exits: Math.min(...[...document.querySelectorAll('.exits .key')].map((key) => key.getBoundingClientRect().height)),
    cut: keys.filter((key) => key.scrollWidth > key.clientWidth + 1 || key.scrollHeight > key.clientHeight + 1)
      .map((key) => key.textContent),
    page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
  };
}"""


@pytest.fixture
def tablet(browser: Browser, live_hall: SharedHall) -> Iterator[Page]:
    """The tablet of a guide who has signed in."""
    with browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="zh-CN") as context:
        page = context.new_page()
        page.add_init_script("window.print = () => {}")
        open_tablet(page, live_hall, live_hall.add_guide())
        yield page


def fits(page: Page) -> None:
    """Every target is at least 48 px, the exits 84, all of it in sight, and no word is cut."""
    found: dict[str, Any] = page.evaluate(KEYS)
    assert found["smallest"] >= 48
    assert found["exits"] >= 84
    assert found["lowest"] <= SIZE[1]
    assert found["cut"] == []
    assert found["page"] == list(SIZE)


def sound(page: Page) -> None:
    """What axe finds serious or worse must be nothing."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    assert [broken for broken in found if broken["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ("替来访者取号", "没带齐，取号先咨询", "一次性告知单")),
        ("zh-Hant", ("替來訪者取號", "沒帶齊，取號先諮詢", "一次性告知單")),
        ("en", ("Get a number for a visitor", "Number, ask first", "Missing papers, all at once")),
    ],
)
def test_every_page_fits_and_reads_well_in_each_language(
    tablet: Page, live_hall: SharedHall, language: str, words: tuple[str, str, str]
) -> None:
    visitor = live_hall.kiosk.take("B", "elderly")
    live_hall.clerk.done(3, "help")
    live_hall.clerk.done(4, "help")
    live_hall.clerk.done(6, "help")
    tablet.locator(f".top [data-language='{language}']").click()
    expect(tablet.locator("html")).to_have_attribute("lang", language)
    expect(tablet.get_by_role("heading", name=words[0])).to_be_visible()
    expect(tablet.locator(".more")).to_contain_text("1")

    def looked_at() -> None:
        fits(tablet)
        sound(tablet)

    looked_at()
    tablet.locator("[data-business='C']").click()
    looked_at()
    tablet.locator("[data-item='permit']").click()
    mark(tablet, "licence", "missing")
    mark(tablet, "application", "here")
    tablet.locator("main .reads").get_by_role("button").nth(["zh-Hans", "zh-Hant", "en"].index(language)).click()
    expect(key(tablet, "take")).to_contain_text(words[1])
    looked_at()
    key(tablet, "later").click()
    looked_at()
    key(tablet, "later-done").click()
    key(tablet, "tell").click()
    expect(part(tablet, "slip")).to_contain_text(words[2])
    looked_at()
    find(tablet, visitor["number"])
    looked_at()
    key(tablet, "done").click()
    choose(tablet, "Z")
    key(tablet, "take").click()
    expect(part(tablet, "number")).to_be_visible()
    looked_at()
    key(tablet, "done").click()
    key(tablet, "booking").click()
    looked_at()


def test_a_number_is_given_by_keyboard_alone(tablet: Page, live_hall: SharedHall) -> None:
    tablet.locator("[data-business='E']").focus()
    tablet.keyboard.press("Enter")
    expect(tablet.locator("main")).to_be_focused()
    for _ in range(2):
        tablet.keyboard.press("Tab")
    expect(tablet.locator("[data-item='new']")).to_be_focused()
    tablet.keyboard.press("Enter")
    key(tablet, "take").focus()
    tablet.keyboard.press("Enter")
    expect(part(tablet, "number")).to_be_visible()
    expect(tablet.locator("main")).to_be_focused()
    assert len(live_hall.manager.every(state="waiting")) == 1


def test_a_screen_reader_hears_names_and_states(tablet: Page) -> None:
    choose(tablet, "G", "cancel")
    paper = tablet.get_by_role("group", name="情况说明")
    paper.get_by_role("button", name="缺").click()
    expect(paper.get_by_role("button", name="缺")).to_have_attribute("aria-pressed", "true")
    expect(paper.get_by_role("button", name="有")).to_have_attribute("aria-pressed", "false")
    expect(tablet.get_by_role("group", name="优先").get_by_role("button", name="老人")).to_be_visible()
    expect(tablet.get_by_role("search").get_by_label("查号")).to_be_visible()
    expect(tablet.get_by_role("group", name="来访者看").get_by_role("button", name="English")).to_be_visible()


def test_without_a_server_no_key_works_and_the_page_says_so(tablet: Page, live_hall: SharedHall) -> None:
    choose(tablet, "E", "new")
    mark(tablet, "licence", "missing")
    expect(key(tablet, "take")).to_have_attribute("aria-disabled", "false")
    before = live_hall.manager.ask("/api/v1/halls/main/floor").json()["consultations"]
    listen(tablet)
    live_hall.server.freeze()
    expect(tablet.get_by_role("alert")).to_have_text("连不上服务器，现在按键都不起作用")
    assert told_after_s(tablet) < WITHIN_S
    expect(part(tablet, "link")).to_have_text("未连接")
    assert tablet.locator(".key:not([aria-disabled='true'])").count() == 0
    for name in ("take", "tell", "consult", "find", "more-time"):
        key(tablet, name).click(force=True)
    tablet.locator("[data-paper='application'] .here").click(force=True)
    tablet.locator("#sought").fill("E001")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("main[data-place='visit']")).to_be_visible()
    expect(tablet.locator("[data-paper='application'] .here")).to_have_attribute("aria-pressed", "false")
    expect(key(tablet, "take")).to_have_css("border-style", "dashed")
    fits(tablet)
    sound(tablet)
    live_hall.server.thaw()
    expect(tablet.locator(".back-band")).to_contain_text("断开期间没有取号，也没有计数")
    expect(tablet.locator("[data-paper='licence'] .missing")).to_have_attribute("aria-pressed", "true")
    assert live_hall.manager.every(state="waiting") == []
    assert live_hall.manager.ask("/api/v1/halls/main/floor").json()["consultations"] == before
    key(tablet, "take").click()
    expect(part(tablet, "number")).to_be_visible()


def test_a_press_without_an_answer_gives_one_number_when_repeated(tablet: Page, live_hall: SharedHall) -> None:
    choose(tablet, "C", "scrap")
    lost: list[str] = []

    def swallow(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())  # the server did it, and its answer never came
            route.abort()
        else:
            route.continue_()

    tablet.route("**/tickets", swallow)
    key(tablet, "take").click()
    expect(part(tablet, "message")).to_have_text("没有送到：连不上服务器。")
    tablet.wait_for_timeout(900)
    key(tablet, "take").click()
    expect(part(tablet, "number")).to_be_visible()
    assert lost
    assert len(live_hall.manager.every(state="waiting")) == 1


def test_a_session_that_ends_leads_to_the_sign_in_page_with_the_reason(tablet: Page) -> None:
    tablet.context.clear_cookies()
    expect(tablet.get_by_role("status")).to_contain_text("登录已过期，请重新登录", timeout=8_000)
    sound(tablet)


def test_a_wrong_password_and_signing_out_are_said(tablet: Page) -> None:
    tablet.get_by_role("button", name="退出").click()
    expect(tablet.get_by_role("status")).to_have_text("已退出登录。")
    tablet.locator("#sign-in-name").fill("nobody")
    tablet.locator("#sign-in-password").fill("not the word")
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("alert")).to_contain_text("姓名或密码不对")
    expect(tablet.locator("#sign-in-password")).to_be_focused()
