"""What staff do with the hall, seen at the kiosk and on the wall: suspended, closed early, evacuated, and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.e2e.kiosk.conftest import LANGUAGES, Kiosk
from tests.e2e.kiosk.test_kiosk_look import look
from tests.running.client import HALL
from tests.running.hall import Hall

NOTICE = {
    "zh-Hans": "系统维护，预计下午两点恢复。急办的请到三号窗口登记。",
    "zh-Hant": "系統維護，預計下午兩點恢復。急辦的請到三號窗口登記。",
    "en": "Under repair until about two in the afternoon. If it is urgent, leave your name at window 3.",
}
SIZES = ((1080, 1920), (1920, 1080))
SLOW = 15_000


@contextmanager
def until_back(hall: Hall, act: str, back: str, body: object = None) -> Iterator[Callable[[], None]]:
    """The hall after an act of a manager; gives what ends it, which is done in any case."""
    assert hall.manager.tell(f"{HALL}/{act}", body).status_code == 200
    over: list[bool] = []

    def end() -> None:
        over.append(hall.manager.tell(f"{HALL}/{back}").ok)

    try:
        yield end
    finally:
        if not over:
            end()


def looks_well(page: Page, name: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        look(page, f"{name} {width}")


def test_a_suspended_business_keeps_its_place_and_says_why(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page)
    card = page.locator("[data-business=E]")
    page.locator("[data-business=C]").click()
    notice = {"notice": NOTICE}
    with until_back(hall, "businesses/E/suspend", "businesses/E/resume", notice) as resume:
        page.get_by_role("button", name="返回").click()
        expect(card).to_have_attribute("aria-disabled", "true", timeout=SLOW)
        for language, name in LANGUAGES.items():
            page.get_by_role("button", name=name).click()
            expect(card).to_contain_text(NOTICE[language])
            looks_well(page, f"suspended {language}")
        assert card.evaluate("card => getComputedStyle(card).borderStyle") == "dashed"
        card.press("Enter")
        expect(page.locator("main")).to_have_attribute("data-page", "stopped")
        expect(page.locator(".go")).to_have_count(0)
        expect(page.locator("main")).to_contain_text(NOTICE["en"])
        looks_well(page, "the notice")
        resume()
        expect(page.locator("main")).to_have_attribute("data-page", "business", timeout=SLOW)


def test_a_suspended_business_cannot_be_added_to_a_visit(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page, "zh-Hant")
    with until_back(hall, "businesses/D/suspend", "businesses/D/resume", {"notice": NOTICE}):
        page.locator("[data-business=C]").click()
        page.locator("[data-more-business]").click()
        expect(page.locator("[data-later=D]")).to_contain_text(NOTICE["zh-Hant"], timeout=SLOW)
        looks_well(page, "one of the others is suspended")
        page.locator("[data-later=D]").click(force=True)
        page.locator("[data-later=Z]").click()
        expect(page.locator("[data-later][aria-pressed=true]")).to_have_count(1)


def test_a_press_that_came_after_the_suspension_is_refused_in_words(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page, "en")
    # The page goes on with what it knew, so that the press is made before it hears of the suspension.
    known = page.request.get(f"{kiosk.url}kiosk/state").json()
    page.route("**/kiosk/state", lambda asked: asked.fulfill(json=known))
    page.locator("[data-business=F]").click()
    with until_back(hall, "businesses/F/suspend", "businesses/F/resume", {"notice": NOTICE}):
        page.locator(".go").click()
        expect(page.locator("main")).to_contain_text("Business F is suspended", timeout=SLOW)


def test_who_closed_early_is_believed_by_every_key(page: Page, kiosk: Kiosk, hall: Hall):
    words = {"zh-Hans": "今天已停止取号", "zh-Hant": "今天已停止取號", "en": "No more numbers today"}
    kiosk.open(page)
    with until_back(hall, "close-early", "back-to-normal") as back:
        expect(page.get_by_role("heading")).to_have_text(words["zh-Hans"], timeout=SLOW)
        expect(page.locator(".biz:not([aria-disabled=true])")).to_have_count(0)
        for language, name in LANGUAGES.items():
            page.get_by_role("button", name=name).click()
            expect(page.get_by_role("heading")).to_have_text(words[language])
            looks_well(page, f"closed {language}")
        back()
        expect(page.locator(".biz[aria-disabled=true]")).to_have_count(0, timeout=SLOW)


def test_everybody_is_told_to_leave_in_three_languages_at_kiosk_and_wall(page: Page, kiosk: Kiosk, hall: Hall):
    wall = page.context.new_page()
    wall.goto(f"{hall.server.base}/display/main")
    wall.locator(".idle, .row").first.wait_for()
    kiosk.open(page)
    with until_back(hall, "evacuate", "back-to-normal") as back:
        expect(page.locator("main")).to_have_attribute("data-page", "evacuated", timeout=SLOW)
        expect(wall.locator(".idle, .row")).to_have_count(0, timeout=SLOW)
        for words in ("离开大厅", "離開大廳", "leave the hall"):
            expect(page.locator(".leaving")).to_contain_text(words)
            expect(wall.locator(".leaving")).to_contain_text(words)
        looks_well(page, "evacuated")
        back()
        expect(page.locator("main")).to_have_attribute("data-page", "start", timeout=SLOW)
        expect(wall.locator(".idle, .row").first).to_be_visible(timeout=SLOW)
