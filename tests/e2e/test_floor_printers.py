"""The floor tells of printers: a real kiosk's cover is seen within three seconds, and whose slip was not printed."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.floor import SIZE, open_floor, part
from tests.e2e.shared_hall import SharedHall
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.client import HALL
from tests.running.kiosk import running_kiosk

LOCALES = {"zh-CN": "取号机", "zh-TW": "取號機", "en-GB": "Kiosk"}


@pytest.fixture
def floor(browser: Browser, live_hall: SharedHall, request: pytest.FixtureRequest) -> Iterator[Page]:
    locale = getattr(request, "param", "zh-CN")
    with browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale=locale) as context:
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        open_floor(page, live_hall, live_hall.add_manager())
        yield page
        assert thrown == []


def test_a_cover_that_is_opened_is_on_the_floor_within_three_seconds(floor: Page, live_hall: SharedHall):
    row = floor.locator("[data-todo=printer]")
    with (
        EscposPrinter() as emulator,
        running_kiosk(live_hall.server.base, live_hall.tokens["kiosk"], emulator.address) as kiosk,
    ):
        kiosk.agent.app.test_client().get("/healthz")
        expect(floor.locator(".todo small")).to_have_text("没有要处理的")
        time.sleep(1)
        emulator.fail("cover-open")
        expect(row).to_have_text("取号机 1：打印机盖子开着，请盖好。", timeout=3_000)
        touch = kiosk.agent.app.test_client()
        taken: Any = touch.put("/kiosk/presses/press-with-open-cover", json={"business": "A", "language": "en"}).json
        number = taken["ticket"]["number"]
        slipless = floor.locator(f"[data-todo=no-slip][data-number={number}]")
        slipless.get_by_role("button").click()
        expect(part(floor, "ticket")).to_contain_text(number)
        floor.keyboard.press("Escape")
        emulator.mend()
        expect(row).to_have_count(0)
        touch.post("/kiosk/presses/press-with-open-cover/copy")
        expect(slipless).to_have_count(0)


@pytest.mark.parametrize("floor", list(LOCALES), indirect=True)
def test_every_trouble_fits_and_is_said_in_the_manager_s_language(floor: Page, live_hall: SharedHall):
    codes = ["printer-paper-out", "printer-cutter", "printer-broken", "printer-strange"]
    said = [{"kiosk": f"东门 {nr}", "trouble": code, "ago_ms": 60_000} for nr, code in enumerate(codes, 1)]
    slip = {"number": "C036", "state": "failed", "reason": "printer-paper-out", "ago_ms": 5_000}
    said[0]["slips"] = [slip]
    try:
        for each in said:
            assert live_hall.kiosk.tell(f"{HALL}/printers", each).ok
        rows = floor.locator("[data-todo=printer]")
        expect(rows).to_have_count(len(codes))
        word = LOCALES[floor.evaluate("navigator.language")]
        assert all(text.startswith(f"{word} 东门") for text in rows.all_inner_texts())
        expect(rows.last).to_contain_text("printer-strange")
        expect(floor.locator("[data-todo=no-slip]")).to_contain_text("C036")
        page = floor.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        assert page == list(SIZE)
        broken: list[dict[str, Any]] = Axe().run(floor).response["violations"]
        assert [each for each in broken if each["impact"] != "minor"] == []
    finally:
        for each in said:
            live_hall.kiosk.tell(f"{HALL}/printers", {**each, "leaving": True})
