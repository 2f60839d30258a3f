"""The tablet in a hall of its own rules: bookings, an address for phones, priorities that only some may grant."""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from queue_server import hall_file
from tests.e2e.guide import SIZE, choose, find, key, open_tablet, part, touch_dead
from tests.running.client import HALL
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.staff import Person

MORNING = 10
STAFF = itertools.count(201)


def morning() -> str:
    """A time zone in which it is morning now, so that today still has slots whenever the test runs."""
    ahead = MORNING - datetime.now(UTC).hour
    return f"Etc/GMT{-(ahead if ahead >= -12 else ahead + 24):+d}"


@pytest.fixture(scope="module")
def own_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall open all day, with more classes than fit in one row."""
    folder = tmp_path_factory.mktemp("own")
    said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    said["time_zone"] = morning()
    week = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    said["opening"] = {"hours": dict.fromkeys(week, "05:00-22:00")}
    said["businesses"][0]["booking"] = {"step": "15 min", "capacity": 4, "days_ahead": 14}
    names = {"zh-Hans": "抱小孩", "zh-Hant": "抱小孩", "en": "With a child"}
    said["classes"] += [
        {"code": "child", "head_start": "10 min", "granted_by": "guide", "names": names},
        {"code": "fast", "head_start": "10 min", "granted_by": "window", "names": {**names, "zh-Hans": "绿色通道"}},
    ]
    file = folder / "own.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    with sqlite(folder) as database, running(database, Path(folder), file, "http://hall.example") as hall:
        yield hall


@pytest.fixture
def tablet(browser: Browser, own_hall: Hall) -> Iterator[Page]:
    """The tablet of this hall's guide."""
    guide = own_hall.add(Person(f"zhou{next(STAFF)}", "guide", "周敏", f"{next(STAFF):04}"))
    with browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="zh-CN") as context:
        page = context.new_page()
        open_tablet(page, own_hall, guide)
        yield page


def test_a_booking_is_checked_in_by_its_code(tablet: Page, own_hall: Hall) -> None:
    day = datetime.now(ZoneInfo(morning())).date().isoformat()
    slots = own_hall.manager.ask(f"{HALL}/slots", params={"business": "A", "day": day}).json()["items"]
    wish = {"business": "A", "item": "new", "slot": slots[-1]["slot"], "reviewed": True}
    code = own_hall.manager.tell(f"{HALL}/bookings", wish).json()["code"]
    key(tablet, "booking").click()
    key(tablet, "more-time").click()
    tablet.locator("#code").fill(f"{code[:3]} {code[3:]}")
    key(tablet, "take").click()
    expect(part(tablet, "more-time")).to_be_visible()
    number = part(tablet, "number").text_content()
    ticket = own_hall.manager.every(number=number)[0]
    assert (ticket["business"], ticket["item"], ticket["more_time"]) == ("A", "new", True)
    key(tablet, "done").click()
    key(tablet, "booking").click()
    tablet.locator("#code").fill(code)
    key(tablet, "take").click()
    expect(part(tablet, "message")).to_contain_text(code)
    expect(part(tablet, "number")).to_have_count(0)


def codes(text: str) -> list[set[tuple[int, int]]]:
    """The dark modules of the eight codes, one for each mask, that say the same."""
    found = []
    for mask in range(8):
        code = QRCode(error_correction=ERROR_CORRECT_M, border=4, mask_pattern=mask)
        code.add_data(text, optimize=0)
        rows = code.get_matrix()
        found.append({(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark})
    return found


def test_phones_get_a_code_that_opens_the_own_number(tablet: Page) -> None:
    choose(tablet, "Z")
    with tablet.expect_response("**/tickets") as answered:
        key(tablet, "take").click()
    qr = part(tablet, "qr")
    expect(qr).to_have_attribute("aria-label", "用手机看进度的二维码")
    path = qr.locator("path").get_attribute("d") or ""
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h", path)}
    assert drawn in codes(f"http://hall.example/t/{answered.value.json()['token']}")


def test_a_guide_grants_what_guides_grant_and_no_more(tablet: Page, own_hall: Hall) -> None:
    choose(tablet, "E", "new")
    expect(tablet.locator("[data-ground='child']")).to_contain_text("导办可给")
    fast = tablet.locator("[data-ground='fast']")
    expect(fast).to_have_attribute("aria-disabled", "true")
    expect(fast).to_contain_text("只有窗口能给")
    fast.click(force=True)  # dead, but there to say why
    expect(part(tablet, "message")).to_have_text("只有窗口能给")
    tablet.locator("[data-ground='child']").click()
    key(tablet, "take").click()
    number = part(tablet, "number").text_content() or ""
    assert own_hall.manager.every(number=number)[0]["priority"] == ["child"]
    # What a window has granted may be withdrawn by whoever looks after the visitor.
    id_ = own_hall.manager.every(number=number)[0]["id"]
    own_hall.clerk.tell(f"{HALL}/tickets/{id_}/grade", {"priority": ["fast"]})
    find(tablet, number)
    expect(fast).to_have_attribute("aria-pressed", "true")
    fast.click()
    expect(fast).to_have_attribute("aria-pressed", "false")
    assert own_hall.manager.every(number=number)[0]["priority"] == []


def test_a_suspended_business_keeps_its_place_and_says_so(tablet: Page, own_hall: Hall) -> None:
    notice = {"zh-Hans": "系统故障", "zh-Hant": "系統故障", "en": "Down"}
    own_hall.manager.tell(f"{HALL}/businesses/D/suspend", {"notice": notice})
    suspended = tablet.locator("[data-business='D']")
    expect(suspended).to_contain_text("暂停受理")
    suspended.click(force=True)
    expect(part(tablet, "message")).to_have_text("暂停受理")
    own_hall.manager.tell(f"{HALL}/businesses/D/resume", {})
    expect(suspended).not_to_contain_text("暂停受理")


def test_a_full_page_fits_with_two_rows_of_priorities(tablet: Page) -> None:
    choose(tablet, "E", "new")
    touch_dead(tablet, "tell")  # the message takes room, too
    expect(part(tablet, "message")).not_to_be_empty()
    expect(key(tablet, "more-papers")).to_be_visible()
    lowest = tablet.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.key')].map((key) => key.getBoundingClientRect().bottom))"
    )
    assert lowest <= SIZE[1]
    key(tablet, "more-papers").click()
    expect(tablet.locator("[data-paper='environment']")).to_be_visible()
