"""The managers' floor: what it opens with, and the acts on windows, businesses, numbers and the whole hall."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.floor import SIZE, business, find, key, open_floor, part, window
from tests.e2e.shared_hall import SharedHall
from tests.running.client import HALL

# What sticks out of its box, and how large the page is.
FITS = """() => ({
  cut: [...document.querySelectorAll('.w, .key, .tag, .name, .sum')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.textContent),
  page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
})"""


@pytest.fixture
def floor(browser: Browser, live_hall: SharedHall) -> Iterator[Page]:
    """The floor of a manager who has signed in; what the page throws fails the test."""
    with browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="zh-CN") as context:
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        open_floor(page, live_hall, live_hall.add_manager())
        yield page
        assert thrown == []


def stands(hall: SharedHall) -> dict[str, Any]:
    """How the hall stands."""
    now: dict[str, Any] = hall.manager.ask(f"{HALL}/conditions").json()
    return now


def sound(page: Page) -> None:
    """Nothing sticks out, and what axe finds is minor at most."""
    found: dict[str, Any] = page.evaluate(FITS)
    assert found == {"cut": [], "page": list(SIZE)}
    broken: list[dict[str, Any]] = Axe().run(page).response["violations"]
    assert [each for each in broken if each["impact"] != "minor"] == []


def test_the_floor_opens_with_a_sentence_and_lets_the_manager_help(floor: Page, live_hall: SharedHall) -> None:
    expect(part(floor, "first")).to_have_text("现在没有人在等。")
    called = live_hall.kiosk.take("C")
    live_hall.clerk.done(5, "next")
    live_hall.clerk.done(7, "pause", reason="meal")
    live_hall.kiosk.take("Z")
    expect(part(floor, "first")).to_contain_text("1 人在等，最长 0 分。等得最久的是 Z 领证。")
    expect(window(floor, 5)).to_have_attribute("data-doing", "called")
    expect(window(floor, 5)).to_contain_text(called["number"])
    expect(window(floor, 7)).to_contain_text("用餐")
    expect(business(floor, "Z").locator("td").first).to_have_text("1")
    expect(part(floor, "verdict")).to_have_text("对得上")
    live_hall.clerk.done(5, "help")
    expect(part(floor, "first")).to_contain_text("5 号窗口刚刚求助。")
    key(floor, "helps").click()
    expect(part(floor, "message")).to_have_text("5 号窗口的求助已结束，请过去")
    assert live_hall.manager.view(5)["help"] is False
    # By keyboard alone: open the window's panel, resume, and go back to where one was.
    window(floor, 7).focus()
    floor.keyboard.press("Enter")
    expect(floor.get_by_role("heading", name="7 号窗口")).to_be_focused()
    key(floor, "unpause").focus()
    floor.keyboard.press("Enter")
    expect(part(floor, "message")).to_have_text("7 号窗口已恢复服务")
    assert live_hall.manager.view(7)["state"] == "open"
    expect(key(floor, "unpause")).to_have_count(0)
    expect(floor.get_by_role("heading", name="7 号窗口")).to_be_focused()
    floor.keyboard.press("Escape")
    expect(window(floor, 7)).to_be_focused()
    with floor.expect_download() as taken:
        key(floor, "csv").click()
    assert re.fullmatch(r"main-\d{6}\.csv", taken.value.suggested_filename)
    rows = taken.value.path().read_text("utf-8-sig").splitlines()
    assert rows[0] == "字母,业务类型,等候,最长已等（分）,窗口,标记,截至"
    assert [row.split(",")[2] for row in rows if row.startswith("Z,")] == ["1"]


def test_a_business_is_suspended_with_a_notice_its_queue_moved_and_it_resumes(
    floor: Page, live_hall: SharedHall
) -> None:
    visitor = live_hall.kiosk.take("D")
    business(floor, "D").get_by_role("button").click()
    english = floor.locator("[data-notice='en']")
    expect(english).to_have_value(re.compile("Standardization permits is suspended"))
    english.fill(" ")
    expect(key(floor, "suspend")).to_contain_text("三种文字都要写")
    key(floor, "suspend").click(force=True)
    assert stands(live_hall)["suspended"] == {}
    english.fill("Back at two.")
    key(floor, "suspend").click()
    expect(part(floor, "suspended")).to_be_visible()
    notice = stands(live_hall)["suspended"]["D"]
    assert notice["en"] == "Back at two."
    assert notice["zh-Hant"].startswith("標準化因系統故障暫停受理")
    part(floor, "to").select_option("B")
    key(floor, "move-waiting").click()
    expect(part(floor, "message")).to_have_text("1 人从 D 转到 B，位置不变")
    moved = live_hall.manager.ticket(visitor["id"])
    assert (moved["business"], moved["place"]) == ("B", visitor["place"])
    key(floor, "back").click()
    business(floor, "B").get_by_role("button").click()
    expect(part(floor, "to").locator("option[value='E']")).to_have_count(1)
    expect(part(floor, "to").locator("option[value='D']")).to_have_count(0)
    key(floor, "back").click()
    business(floor, "D").get_by_role("button").click()
    key(floor, "resume").click()
    expect(part(floor, "message")).to_have_text("D 已恢复受理")
    key(floor, "back").click()
    expect(business(floor, "D").locator(".tag")).to_have_count(0)


def test_an_evacuation_asks_once_and_is_lifted(floor: Page, live_hall: SharedHall) -> None:
    key(floor, "evacuate").click()
    expect(floor.get_by_role("heading", name="疏散大厅？")).to_be_focused()
    key(floor, "not").click()
    assert stands(live_hall)["evacuated"] is False
    key(floor, "evacuate").click()
    key(floor, "sure").click()
    expect(part(floor, "first")).to_contain_text("大厅正在疏散，不取号也不叫号。")
    assert stands(live_hall)["evacuated"] is True
    key(floor, "back-to-normal").click()
    expect(floor.get_by_role("heading", name="解除疏散？")).to_be_visible()
    key(floor, "sure").click()
    expect(part(floor, "message")).to_have_text("大厅已恢复正常")
    key(floor, "close-early").click()
    key(floor, "sure").click()
    expect(part(floor, "first")).to_contain_text("今天已提前停止取号")
    assert stands(live_hall)["closed_day"] is not None
    key(floor, "back-to-normal").click()
    key(floor, "sure").click()
    expect(key(floor, "close-early")).to_be_visible()
    assert stands(live_hall)["closed_day"] is None


def test_the_order_is_explained_and_a_number_changed(floor: Page, live_hall: SharedHall) -> None:
    ordinary, elderly = live_hall.kiosk.take("C"), live_hall.kiosk.take("C", "elderly")
    called = live_hall.clerk.done(5, "next")
    assert called["id"] == elderly["id"]
    find(floor, elderly["number"])
    expect(part(floor, "why")).to_contain_text("有优先（老人）")
    find(floor, ordinary["number"].lower())
    expect(part(floor, "passing")).to_contain_text("前面还有 0 人。")
    expect(part(floor, "passing")).to_contain_text(f"都不会先于 {ordinary['number']} 号")
    floor.locator("#other").fill(elderly["number"])
    floor.keyboard.press("Enter")
    expect(part(floor, "before")).to_contain_text("有优先或按期补件返回，按规则排位提前")
    floor.locator("[data-ground='pregnant']").click()
    expect(part(floor, "message")).to_have_text(f"{ordinary['number']} 的优先已改")
    expect(key(floor, "mark-timing")).to_contain_text("还没有开始办理")
    key(floor, "void").click()
    expect(part(floor, "message")).to_have_text("请先写原因。")
    part(floor, "void-reason").fill("重复取号")
    key(floor, "void").click()
    expect(part(floor, "ticket")).to_have_attribute("data-state", "void")
    changed = live_hall.manager.ticket(ordinary["id"])
    assert (changed["state"], changed["priority"]) == ("void", ["pregnant"])


def test_a_window_that_somebody_left_is_freed_and_a_case_handed_over(floor: Page, live_hall: SharedHall) -> None:
    person, colleague = live_hall.add_clerk(), live_hall.add_clerk()
    clerk = live_hall.client()
    clerk.sign_in(person.name, person.password)
    clerk.done(5, "sign-in")
    live_hall.kiosk.take("E")
    clerk.done(5, "next")
    clerk.done(5, "start")
    case = clerk.done(5, "papers-missing", item="new", missing=["licence"])["case"]
    window(floor, 5).click()
    key(floor, "free").click()
    key(floor, "free-now").click()
    expect(part(floor, "message")).to_have_text("5 号窗口已腾出")
    assert live_hall.manager.view(5)["clerk"] is None
    # Nobody of this name works here any more: the case is on the list, with why.
    live_hall.database.sql(f"UPDATE cases SET owner = NULL WHERE code = '{case['code']}'")  # noqa: S608 -- a code
    floor.reload()
    row = floor.locator(f"[data-case='{case['code']}']")
    expect(row).to_contain_text("没有人负责")
    row.get_by_role("button").click()
    part(floor, "to-clerk").fill("9999")
    part(floor, "hand-over-reason").fill("原来的人调走了")
    key(floor, "hand-over").click()
    expect(part(floor, "message")).to_contain_text("9999")
    part(floor, "to-clerk").fill(colleague.number)
    key(floor, "hand-over").click()
    expect(part(floor, "message")).to_have_text(f"办件 {case['code']} 已交给工号 {colleague.number}")
    assert live_hall.manager.ask(f"{HALL}/cases/{case['code']}").json()["owner"]["number"] == colleague.number


def test_a_case_is_found_by_its_code_its_clock_stopped_and_it_is_closed(floor: Page, live_hall: SharedHall) -> None:
    clerk, _ = live_hall.clerk, live_hall.kiosk.take("E")
    clerk.done(5, "next")
    code = clerk.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    floor.locator("#sought").fill(code.lower())
    key(floor, "find").click()
    expect(floor.get_by_role("heading", name=f"办件 {code}")).to_be_focused()
    expect(key(floor, "stop-clock")).to_have_count(0)
    live_hall.kiosk.tell(f"{HALL}/cases/{code}/tickets")
    clerk.done(5, "next")
    clerk.done(5, "finish", outcome="accepted")
    floor.locator("#sought").fill(code)
    key(floor, "find").click()
    key(floor, "stop-clock").click()
    expect(part(floor, "message")).to_have_text("请先写原因。")
    part(floor, "stop-reason").fill("现场核查")
    key(floor, "stop-clock").click()
    expect(part(floor, "message")).to_have_text(f"办件 {code} 的计时已停")
    sound(floor)
    key(floor, "run-clock").click()
    expect(part(floor, "message")).to_have_text(f"办件 {code} 的计时已恢复")
    expect(key(floor, "run-clock")).to_have_count(0)
    for language in ("zh-Hant", "en", "zh-Hans"):
        floor.locator(f".top [data-language='{language}']").click()
        expect(floor.locator("html")).to_have_attribute("lang", language)
        sound(floor)
    key(floor, "close-case").click()
    expect(part(floor, "message")).to_have_text("请先选结果。")
    part(floor, "outcome").select_option("certificate-handed-over")
    key(floor, "close-case").click()
    expect(part(floor, "message")).to_have_text(f"办件 {code} 已结案")
    expect(part(floor, "closed")).to_contain_text("发证")
    expect(key(floor, "hand-over")).to_have_count(0)
    assert live_hall.manager.ask(f"{HALL}/cases/{code}").json()["outcome"] == "certificate-handed-over"


def test_without_a_server_the_page_says_so_within_two_seconds_and_no_key_works(
    floor: Page, live_hall: SharedHall
) -> None:
    live_hall.clerk.done(5, "help")
    expect(key(floor, "helps")).to_be_visible()
    floor.evaluate(
        """() => { window.cut = performance.now(); new MutationObserver(() => {
            if (document.querySelector(".lost-band") && !window.told) window.told = performance.now() - window.cut;
        }).observe(document.body, { subtree: true, childList: true }); }"""
    )
    live_hall.server.freeze()
    expect(floor.get_by_role("alert")).to_have_text("连不上服务器，现在按键都不起作用")
    # Half a second is for the test's own way from noting the moment to cutting the link.
    assert floor.evaluate("() => window.told") < 2_500
    expect(key(floor, "helps")).to_have_css("border-style", "dashed")
    for name in ("helps", "evacuate", "find"):
        key(floor, name).click(force=True)
    expect(floor.locator(".floor")).to_have_attribute("data-place", "overview")
    sound(floor)
    live_hall.server.thaw()
    expect(floor.locator(".back-band")).to_be_visible()
    assert live_hall.manager.view(5)["help"] is True


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ("要处理", "暂停受理", "疏散大厅？")),
        ("zh-Hant", ("要處理", "暫停受理", "疏散大廳？")),
        ("en", ("To do", "Suspend", "Evacuate the hall?")),
    ],
)
def test_every_part_fits_and_reads_well_in_each_language(
    floor: Page, live_hall: SharedHall, language: str, words: tuple[str, str, str]
) -> None:
    visitor = live_hall.kiosk.take("B", "elderly")
    live_hall.clerk.done(3, "next")
    live_hall.clerk.done(4, "help")
    live_hall.clerk.done(6, "pause", reason="back-office")
    floor.locator(f".top [data-language='{language}']").click()
    expect(floor.locator("html")).to_have_attribute("lang", language)
    expect(floor.get_by_role("heading", name=words[0])).to_be_visible()
    expect(window(floor, 6)).to_have_attribute("data-doing", "paused")
    sound(floor)
    window(floor, 5).click()
    sound(floor)
    key(floor, "back").click()
    business(floor, "C").get_by_role("button").click()
    expect(floor.get_by_role("heading", name=words[1])).to_be_visible()
    sound(floor)
    find(floor, visitor["number"])
    sound(floor)
    key(floor, "evacuate").click()
    expect(floor.get_by_role("heading", name=words[2])).to_be_visible()
    sound(floor)


def test_only_a_manager_gets_to_the_floor(browser: Browser, live_hall: SharedHall) -> None:
    clerk = live_hall.add_clerk()
    with browser.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.goto(f"{live_hall.server.base}/floor")
        page.locator("#sign-in-name").fill(clerk.name)
        page.locator("#sign-in-password").fill(clerk.password)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("现场只供管理者使用")
        expect(page.locator(".floor")).to_have_count(0)
