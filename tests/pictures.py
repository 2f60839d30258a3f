"""Takes the pictures of docs/images from a hall that really runs: `python -m tests.pictures`."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.console import sign_in, sit
from tests.e2e.floor import SIZE as FLOOR_SIZE
from tests.e2e.floor import business, find, open_floor, part
from tests.e2e.guide import SIZE, choose, key, mark, open_tablet
from tests.e2e.mornings import busy_hall, busy_morning, crowd
from tests.e2e.shared_hall import SharedHall, shared_hall
from tests.running.kiosk import running_kiosk

IMAGES = Path(__file__).parents[1] / "docs" / "images"
LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
PLAN_S = 240


def kiosk(browser: Browser, hall: SharedHall) -> None:
    """The touch page in portrait and landscape, and the slips it prints."""
    with running_kiosk(hall.server.base, hall.tokens["kiosk"]) as running:
        page = browser.new_page(viewport={"width": 1080, "height": 1920})
        for language, button in LANGUAGES.items():
            page.goto(running.url)
            page.locator(".biz").first.wait_for()
            page.get_by_role("button", name=button).click()
            page.locator("[data-business=E]").wait_for()
            if language == "zh-Hans":
                keep(page, "kiosk-start")
            else:
                keep(page, f"kiosk-start-{language}")
            page.locator("[data-business=E]").click()
            page.locator(".go").wait_for()
            keep(page, f"kiosk-confirm-{language}")
            page.locator(".go").click()
            page.locator("[data-slip=shown]").wait_for()
            page.wait_for_timeout(600)
            keep(page, f"kiosk-number-{language}")
            slip = page.locator("img.slip")
            picture = page.request.get(str(slip.evaluate("image => image.src"))).body()
            (IMAGES / f"slip-{language}.png").write_bytes(picture)
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto(running.url)
        page.locator(".biz").first.wait_for()
        keep(page, "kiosk-start-landscape")
        page.close()


def display(browser: Browser, hall: SharedHall) -> None:
    """The hall display with four calls, its information layout, and what it shows when the link is lost."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    page.goto(f"{hall.server.base}/display/main")
    page.locator(".row").first.wait_for()
    hall.clerk.done(12, "next")
    page.wait_for_timeout(9_000)
    keep(page, "display-calls")
    info = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    info.goto(f"{hall.server.base}/display/main?layout=info")
    info.locator("table").wait_for()
    keep(info, "display-info")
    hall.server.freeze()
    page.wait_for_timeout(13_000)
    keep(page, "display-stale")
    hall.server.thaw()
    info.close()
    page.close()


def windows(browser: Browser, hall: SharedHall) -> None:
    """Screens at windows, lying and upright, in three languages: called, served, paused, old; and a zone's display."""
    hall.clerk.done(7, "finish", outcome="completed")
    hall.clerk.done(7, "next")
    hall.clerk.done(10, "pause", reason="meal")
    for language in LANGUAGES:
        end = "" if language == "zh-Hans" else f"-{language}"
        for name, window, width, height in (
            ("window-calling", 7, 1920, 1080),
            ("window-serving", 6, 800, 480),
            ("window-upright", 7, 480, 800),
            ("window-paused", 10, 800, 480),
        ):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{hall.server.base}/display/main/window/{window}?language={language}")
            page.locator(".foot").wait_for()
            page.wait_for_timeout(1_500)
            keep(page, f"{name}{end}")
            page.close()
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{hall.server.base}/display/main?zone=2&language={language}")
        page.locator(".row").first.wait_for()
        keep(page, f"display-zone{end}")
        page.close()
    page = browser.new_page(viewport={"width": 800, "height": 480}, locale="zh-CN")
    page.goto(f"{hall.server.base}/display/main/window/7")
    page.locator(".foot").wait_for()
    hall.server.freeze()
    page.locator(".foot.stale").wait_for()
    keep(page, "window-stale")
    hall.server.thaw()
    page.close()
    hall.clerk.done(10, "unpause")


def console(browser: Browser, hall: SharedHall) -> None:
    """The console: nobody at the window, a visitor with notes in three languages, each form, paused, offline."""
    busy_morning(hall)
    clerk = hall.add_clerk()
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{hall.server.base}/console")
    sign_in(page, clerk)
    sit(page, 5)
    page.wait_for_timeout(1_500)
    keep(page, "console-idle")
    page.keyboard.press("Enter")
    page.locator("[data-state='called']").wait_for()
    page.keyboard.press("k")
    page.locator("[data-state='serving']").wait_for()
    page.wait_for_timeout(1_500)
    for language in LANGUAGES:
        page.locator(f"[data-language='{language}']").click()
        keep(page, "console-serving" if language == "zh-Hans" else f"console-serving-{language}")
    page.locator("[data-language='zh-Hans']").click()
    for stroke, name in (("h", "hold"), ("t", "transfer"), ("o", "keys")):
        page.keyboard.press(stroke)
        page.locator(f"[data-panel='{name}']").wait_for()
        keep(page, f"console-{name}")
        page.keyboard.press("Escape")
    missing_papers(page)
    hall.server.freeze()
    page.locator(".lost-band").wait_for()
    page.wait_for_timeout(1_500)
    keep(page, "console-offline")
    hall.server.thaw()
    page.locator(".back-band").wait_for()
    page.keyboard.press("f")
    page.locator("[data-state='nobody']").wait_for()
    page.keyboard.press("b")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.locator("[data-state='paused']").wait_for()
    page.locator(".back-band").wait_for(state="detached")
    keep(page, "console-paused")
    context.close()


def missing_papers(page: Page) -> None:
    """The slip of missing papers as it is filled in, and left again."""
    page.keyboard.press("p")
    asked = page.locator("[data-panel='tell']")
    asked.wait_for()
    if (item := asked.locator("select")).count() > 0:
        item.select_option(index=1)
    boxes = asked.locator("[type='checkbox']")
    for place in (1, 3):
        boxes.nth(place).check()
    asked.locator("[name^='reason-']").first.fill("复印件看不清，请带原件")
    keep(page, "console-missing-papers")
    # Nobody is finished while a paper is marked missing.
    for place in (1, 3):
        boxes.nth(place).uncheck()
    page.keyboard.press("Escape")


def guide(browser: Browser, hall: SharedHall) -> None:
    """The guide's tablet: papers checked in three languages, the missing list, offline."""
    hall.clerk.done(6, "help")
    person = hall.add_guide()
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="zh-CN")
    page.add_init_script("window.print = () => {}")
    open_tablet(page, hall, person)
    keep(page, "guide-start")
    choose(page, "G", "new")
    key(page, "take").click()
    page.locator("[data-part='number']").wait_for()
    keep(page, "guide-number")
    key(page, "done").click()
    choose(page, "E", "new")
    for paper, found in (("application", "here"), ("licence", "missing"), ("process", "here"), ("test-report", "here")):
        mark(page, paper, found)
    key(page, "more-time").click()
    for language in LANGUAGES:
        page.locator(f".top [data-language='{language}']").click()
        keep(page, "guide-papers" if language == "zh-Hans" else f"guide-papers-{language}")
    page.locator(".top [data-language='zh-Hans']").click()
    hall.server.freeze()
    page.locator(".lost-band").wait_for()
    page.wait_for_timeout(1_500)
    keep(page, "guide-offline")
    hall.server.thaw()
    page.locator(".tablet[data-link='up']").wait_for()
    key(page, "tell").click()
    page.locator("[data-part='slip']").wait_for()
    page.locator(".back-band").wait_for(state="detached")
    keep(page, "guide-slip")
    page.close()
    hall.clerk.done(6, "help-ended")


def floor(browser: Browser, hall: SharedHall) -> None:
    """The managers' floor on a busy morning in three languages, a business to suspend, the order explained, offline."""
    waits, called = busy_hall(hall)
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    open_floor(page, hall, hall.add_manager())
    page.wait_for_timeout(1_500)
    for language in LANGUAGES:
        page.locator(f".top [data-language='{language}']").click()
        keep(page, "floor" if language == "zh-Hans" else f"floor-{language}")
    page.locator(".top [data-language='zh-Hans']").click()
    page.set_viewport_size({"width": FLOOR_SIZE[0], "height": FLOOR_SIZE[1]})
    business(page, "C").get_by_role("button").click()
    keep(page, "floor-suspend")
    find(page, waits)
    part(page, "passing").wait_for()
    page.locator("#other").fill(called)
    page.keyboard.press("Enter")
    part(page, "before").wait_for()
    keep(page, "floor-order")
    page.locator("[data-key='back']").click()
    hall.server.freeze()
    page.locator(".lost-band").wait_for()
    page.wait_for_timeout(1_500)
    keep(page, "floor-offline")
    hall.server.thaw()
    page.close()


def planner(browser: Browser, hall: SharedHall) -> None:
    """The planner after a run on the sample that comes along."""
    manager = hall.add_manager()
    page = browser.new_page(viewport={"width": 1440, "height": 1300}, locale="zh-CN")
    page.goto(f"{hall.server.base}/planner")
    page.locator("input").first.fill(manager.name)
    page.locator("input[type=password]").fill(manager.password)
    page.keyboard.press("Enter")
    page.locator("form.order button[type=submit]").click()
    page.locator("section.say").wait_for(timeout=PLAN_S * 1000)
    page.wait_for_timeout(1_500)
    page.screenshot(path=IMAGES / "planner.png", full_page=True)
    page.close()


PARTS = {
    "kiosk": kiosk,
    "display": display,
    "windows": windows,
    "console": console,
    "guide": guide,
    "planner": planner,
    "floor": floor,
}


def keep(page: Page, name: str) -> None:
    """One picture; a busy machine may just have been out of reach for a moment, and its band is no part of it."""
    page.locator(".back-band").wait_for(state="detached")
    page.wait_for_timeout(400)
    page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    """All pictures, anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chosen = sys.argv[1:] or list(PARTS)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        shared_hall(Path(folder)) as hall,
        playwright.chromium.launch(
            executable_path=os.environ.get("ONEDOOR_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        ) as browser,
    ):
        crowd(hall)
        time.sleep(2)
        for name in chosen:
            PARTS[name](browser, hall)


if __name__ == "__main__":
    main()
