"""The guide's tablet: both exits, every act on a number found again, help, and what is refused, said in a sentence."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.guide import SIZE, choose, find, key, mark, open_tablet, part, touch_dead
from tests.e2e.shared_hall import RECALL_GAP_S, SharedHall
from tests.running.client import HALL
from tests.running.hall import Hall

DOUBLE_MS = 900


@pytest.fixture
def tablet(browser: Browser, live_hall: SharedHall) -> Iterator[Page]:
    """The tablet of a guide who has signed in; what the page throws fails the test, and printing is counted."""
    with browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, locale="zh-CN") as context:
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; }")
        open_tablet(page, live_hall, live_hall.add_guide())
        yield page
        assert thrown == []


def consultations(hall: Hall) -> int:
    """How many questions were counted today."""
    many: int = hall.manager.ask(f"{HALL}/floor").json()["consultations"]
    return many


def given(page: Page, hall: Hall) -> dict[str, Any]:
    """The ticket whose number the page shows."""
    number = part(page, "number").text_content()
    return hall.manager.every(number=number)[0]


def test_three_touches_give_a_number(tablet: Page, live_hall: SharedHall) -> None:
    tablet.locator("[data-business='E']").click()
    tablet.locator("[data-item='new']").click()
    key(tablet, "take").click()
    expect(part(tablet, "number")).to_have_text(re.compile(r"^E\d{3}$"))
    expect(part(tablet, "ahead")).to_have_text("前面还有 0 人")
    ticket = given(tablet, live_hall)
    assert (ticket["business"], ticket["item"], ticket["state"]) == ("E", "new", "waiting")
    expect(part(tablet, "qr")).to_have_count(0)  # this hall has no address for phones
    key(tablet, "done").click()
    expect(tablet.get_by_role("heading", name="替来访者取号")).to_be_visible()
    expect(tablet.locator(".done li")).to_contain_text(ticket["number"])


def test_a_visit_carries_all_that_was_chosen(tablet: Page, live_hall: SharedHall) -> None:
    choose(tablet, "Z")  # one item only: two touches
    tablet.locator("[data-ground='elderly']").click()
    key(tablet, "more-time").click()
    key(tablet, "later").click()
    for business in ("G", "A"):
        tablet.locator(f"[data-business='{business}']").click()
    expect(tablet.locator("[data-business='A']")).to_contain_text("第 2 项")
    key(tablet, "later-done").click()
    tablet.locator("main [data-language='en']").click()
    key(tablet, "take").click()
    expect(part(tablet, "more-time")).to_have_text("We wait longer when you are called")
    expect(tablet.locator(".given")).to_contain_text("Priority: Older people")
    expect(tablet.locator(".given")).to_contain_text("Then: Organization code · Metrology permits")
    ticket = given(tablet, live_hall)
    assert (ticket["priority"], ticket["later"], ticket["language"]) == (["elderly"], ["G", "A"], "en")
    assert ticket["more_time"] is True


def test_no_key_works_before_its_time_and_says_why(tablet: Page, live_hall: SharedHall) -> None:
    take = key(tablet, "take")
    expect(take).to_have_attribute("aria-disabled", "true")
    expect(take).to_contain_text("先选业务")
    touch_dead(tablet, "take")
    expect(part(tablet, "message")).to_have_text("先选业务")
    tablet.locator("[data-business='C']").click()
    expect(take).to_contain_text("先选事项")
    touch_dead(tablet, "take")
    tablet.locator("[data-item='scrap']").click()
    expect(key(tablet, "tell")).to_contain_text("没有标“缺”的材料")
    touch_dead(tablet, "tell")
    expect(part(tablet, "message")).to_have_text("没有标“缺”的材料")
    assert live_hall.manager.every(state="waiting") == []


def test_missing_papers_leave_by_the_list_and_without_a_number(tablet: Page, live_hall: SharedHall) -> None:
    before = consultations(live_hall)
    choose(tablet, "E", "new")
    mark(tablet, "application", "here")
    mark(tablet, "licence", "missing")
    mark(tablet, "environment", "missing")
    tablet.locator("main [data-language='zh-Hant']").click()
    key(tablet, "tell").click()
    slip = part(tablet, "slip")
    expect(slip).to_have_attribute("lang", "zh-Hant")
    expect(slip.locator(".missing li")).to_have_text(["營業執照副本", "環境影響評價文件可以先受理，以後再補"])
    expect(slip).to_contain_text("還缺這 2 樣")
    expect(slip).to_contain_text("其餘 1 樣已核對")
    expect(slip.locator(".open li")).to_have_text(["生產工藝流程圖", "產品檢驗報告", "符合產業政策的證明"])
    expect(slip).to_contain_text("材料齊全後 30 個工作日辦結")
    tablet.wait_for_function("() => window.printed === 1")
    assert consultations(live_hall) == before + 1
    assert live_hall.manager.every(state="waiting") == []
    # One page as wide as the roll, with the slip and nothing else on it.
    paper = tablet.pdf(prefer_css_page_size=True).decode("latin-1")
    width, height = (float(found) for found in re.findall(r"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)[0])
    box = slip.bounding_box()
    assert box is not None
    assert width == pytest.approx(80 / 25.4 * 72, abs=1)
    assert height == pytest.approx(box["height"] * 0.75, abs=8)
    assert len(re.findall(r"/Type /Page\b", paper)) == 1
    key(tablet, "print").click()
    tablet.wait_for_function("() => window.printed === 2")
    assert consultations(live_hall) == before + 1, "printing again is no second question"


def test_who_lacks_a_paper_may_still_take_a_number_to_ask(tablet: Page, live_hall: SharedHall) -> None:
    choose(tablet, "G", "renew")
    for paper in ("application", "old-code", "licence"):
        mark(tablet, paper, "here")
    expect(key(tablet, "take")).to_contain_text("材料带齐了，取号")
    mark(tablet, "licence", "missing")
    expect(key(tablet, "take")).to_contain_text("没带齐，取号先咨询")
    key(tablet, "take").click()
    expect(part(tablet, "number")).to_be_visible()
    assert given(tablet, live_hall)["item"] == "renew"


def test_one_touch_counts_a_question_and_a_double_touch_is_one(tablet: Page, live_hall: SharedHall) -> None:
    before = consultations(live_hall)
    tablet.locator("[data-business='C']").click()
    key(tablet, "consult").dblclick()
    expect(part(tablet, "message")).to_have_text(f"已记一次咨询，今天第 {before + 1} 次")
    expect(tablet.locator(".done li")).to_contain_text("答了咨询，未取号 C 特种设备")
    tablet.wait_for_timeout(DOUBLE_MS)
    assert consultations(live_hall) == before + 1
    key(tablet, "consult").click()
    expect(key(tablet, "consult")).to_contain_text(f"今天 {before + 2} 次")


def test_help_is_shown_with_its_waiting_time_and_ended(tablet: Page, live_hall: SharedHall) -> None:
    live_hall.clerk.done(7, "help")
    call = tablet.locator("[data-help='7']")
    expect(call).to_contain_text("7 号窗口求助")
    expect(call).to_contain_text(re.compile(r"已等 00:0[2-9]"))
    call.get_by_role("button", name="我过去").click()
    expect(call).to_have_count(0)
    expect(part(tablet, "message")).to_have_text("7 号窗口的求助已结束，请过去")
    assert live_hall.manager.view(7)["help"] is False


def test_help_that_a_colleague_ended_first_is_said(tablet: Page, live_hall: SharedHall) -> None:
    live_hall.clerk.done(7, "help")
    go = tablet.locator("[data-help='7'] button")
    expect(go).to_be_visible()
    # The colleague was quicker by a moment: the page has not looked again yet.
    tablet.route("**/floor", lambda route: route.abort())
    live_hall.clerk.done(7, "help-ended")
    go.click()
    expect(part(tablet, "message")).to_contain_text("7 号窗口没有求助")


def test_priority_is_granted_and_withdrawn(tablet: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    find(tablet, visitor["number"].lower())
    tablet.locator("[data-ground='pregnant']").click()
    expect(part(tablet, "message")).to_have_text(f"{visitor['number']} 的优先已改")
    assert live_hall.manager.ticket(visitor["id"])["priority"] == ["pregnant"]
    tablet.wait_for_timeout(DOUBLE_MS)
    tablet.locator("[data-ground='pregnant']").click()
    expect(tablet.locator("[data-ground='pregnant']")).to_have_attribute("aria-pressed", "false")
    assert live_hall.manager.ticket(visitor["id"])["priority"] == []


def test_a_waiting_number_gets_time_and_another_business(tablet: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    find(tablet, visitor["number"])
    expect(key(tablet, "requeue")).to_contain_text("没有过号")
    expect(key(tablet, "rejoin")).to_contain_text("没有挂起")
    key(tablet, "more-time").click()
    expect(part(tablet, "message")).to_have_text(f"{visitor['number']} 已多给时间")
    expect(key(tablet, "more-time")).to_have_attribute("aria-disabled", "true")
    key(tablet, "move").click()
    tablet.locator("[data-business='D']").click()
    expect(part(tablet, "message")).to_have_text(f"{visitor['number']} 已改业务，位置不变")
    moved = live_hall.manager.ticket(visitor["id"])
    assert (moved["business"], moved["more_time"], moved["place"]) == ("D", True, visitor["place"])


def test_a_missed_number_comes_back(tablet: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    live_hall.clerk.done(5, "next")
    for _ in range(2):
        tablet.wait_for_timeout(RECALL_GAP_S * 1_000 + 200)
        live_hall.clerk.done(5, "recall")
    live_hall.clerk.done(5, "missed")
    find(tablet, visitor["number"])
    expect(key(tablet, "move")).to_contain_text("等候时才能改")
    key(tablet, "requeue").click()
    expect(part(tablet, "message")).to_have_text(f"{visitor['number']} 已重排")
    assert live_hall.manager.ticket(visitor["id"])["state"] == "waiting"


@pytest.mark.parametrize(("kind", "reason"), [("papers-with-visitor", None), ("papers-kept", "材料在窗口")])
def test_a_number_on_hold_comes_back_unless_its_papers_are_at_a_window(
    tablet: Page, live_hall: SharedHall, kind: str, reason: str | None
) -> None:
    visitor = live_hall.kiosk.take("C")
    live_hall.clerk.done(5, "next")
    live_hall.clerk.done(5, "start")
    live_hall.clerk.done(5, "hold", kind=kind)
    find(tablet, visitor["number"])
    if reason is None:
        key(tablet, "rejoin").click()
        expect(part(tablet, "message")).to_have_text(f"{visitor['number']} 已恢复排队")
    else:
        expect(key(tablet, "rejoin")).to_contain_text(reason)
    state = live_hall.manager.ticket(visitor["id"])["state"]
    assert state == ("waiting" if reason is None else "held")


def test_what_the_server_refuses_is_said_in_its_sentence(tablet: Page, live_hall: SharedHall) -> None:
    visitor = live_hall.kiosk.take("C")
    find(tablet, visitor["number"])
    live_hall.manager.void(visitor["id"], "left")
    key(tablet, "more-time").click()
    expect(part(tablet, "message")).to_contain_text(f"{visitor['number']} 号现在的状态不能这样做")
    key(tablet, "again").click()
    expect(part(tablet, "ticket")).to_contain_text("弃号")
    expect(tablet.locator("[data-ground='elderly']")).to_contain_text("这个号已结束")
    tablet.locator("#sought").fill("Z999")
    tablet.keyboard.press("Enter")
    expect(part(tablet, "message")).to_have_text("今天没有 Z999 号，请核对。")
    tablet.locator("#sought").fill("999")
    tablet.keyboard.press("Enter")
    expect(part(tablet, "message")).to_have_text("号码是字母加数字，如 C036。")


def test_a_slip_of_an_earlier_visit_leads_back_to_its_clerk(tablet: Page, live_hall: SharedHall) -> None:
    person = live_hall.add_clerk()
    clerk = live_hall.client()
    clerk.sign_in(person.name, person.password)
    clerk.done(5, "sign-in")
    live_hall.kiosk.take("E")
    clerk.done(5, "next")
    clerk.done(5, "start")
    code = clerk.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    key(tablet, "case").click()
    expect(tablet.locator("#code")).to_be_focused()
    touch_dead(tablet, "take")
    expect(part(tablet, "message")).to_have_text("先填编号")
    tablet.locator("#code").fill("2222222")
    tablet.keyboard.press("Enter")
    expect(part(tablet, "message")).to_contain_text("没有这个办件编号")
    tablet.locator("#code").fill(code.lower())
    tablet.keyboard.press("Enter")
    expect(part(tablet, "tie")).to_have_text("回到原来的窗口或经办人")
    ticket = given(tablet, live_hall)
    assert (ticket["business"], ticket["item"], ticket["state"]) == ("E", "new", "waiting")
