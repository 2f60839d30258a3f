"""The console's papers: all that is missing on one slip in the visitor's language, on promise, and a slip once more."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.console import WINDOW, form, hidden, in_sight, key, part
from tests.e2e.shared_hall import SharedHall
from tests.e2e.test_console_look import amiss
from tests.running.client import HALL

COUNTED = "() => { window.printed = 0; window.print = () => { window.printed += 1; }; }"
REASON = "只写「厨房设备」，要写明「燃气灶具」"


@pytest.fixture
def printer(console_page: Page) -> Page:
    """The console, with printing counted."""
    console_page.evaluate(COUNTED)
    return console_page


def came(page: Page, hall: SharedHall, number: dict[str, Any]) -> None:
    """The next visitor is called and comes."""
    expect(part(page, "next")).to_have_text(number["number"])
    page.keyboard.press("Enter")
    expect(part(page, "number")).to_have_text(number["number"])
    page.keyboard.press("k")
    expect(page.locator("[data-state='serving']")).to_be_visible()


def visitor(hall: SharedHall, business: str, item: str, language: str = "zh-Hans") -> dict[str, Any]:
    """Somebody takes a number for an item."""
    body = {"business": business, "item": item, "language": language}
    taken: dict[str, Any] = hall.kiosk.tell(f"{HALL}/tickets", body).json()
    return taken


def paper(page: Page, code: str) -> Locator:
    """A line of the checklist."""
    return part(page, "papers").locator(f"[data-paper='{code}']")


def printed(page: Page, times: int) -> None:
    """So often the page was printed, and not once more."""
    page.wait_for_function("times => window.printed === times", arg=times)


@pytest.mark.usefixtures("clerk")
def test_all_that_is_missing_is_ticked_and_printed_in_the_visitors_language(
    printer: Page, live_hall: SharedHall
) -> None:
    came(printer, live_hall, visitor(live_hall, "E", "new", "zh-Hant"))
    expect(part(printer, "papers").get_by_role("button")).to_have_count(6)
    printer.keyboard.press("a")
    printer.keyboard.press("2")
    expect(paper(printer, "licence")).to_have_attribute("data-mark", "missing")
    printer.keyboard.press("4")
    printer.keyboard.press("2")
    expect(paper(printer, "licence")).to_have_attribute("data-mark", "here")
    printer.keyboard.press("2")
    expect(paper(printer, "licence")).to_have_accessible_name("营业执照副本，缺")
    printer.keyboard.press("Escape")
    # Accepted is what is pre-chosen; while papers are missing the main key says what comes first.
    expect(key(printer, "main")).to_contain_text("出告知单：缺 2 样")
    assert amiss(printer) == []
    printer.wait_for_timeout(900)  # longer than a double press
    printer.keyboard.press("Enter")
    expect(form(printer, "tell")).to_contain_text("其余 4 样算已核对")
    printer.locator("[name='reason-licence']").fill(REASON)
    assert amiss(printer) == []
    printer.wait_for_timeout(900)
    printer.locator("[name='reason-licence']").press("Enter")
    slip = part(printer, "slip")
    expect(slip).to_have_attribute("lang", "zh-Hant")
    expect(slip).to_contain_text("還缺這 2 樣")
    expect(slip.locator(".missing li")).to_have_text([f"營業執照副本{REASON}", "產品檢驗報告"])
    expect(slip).to_contain_text("其餘 4 樣已核對，不用再帶。除此之外不再要別的。")
    expect(slip).to_contain_text("30 個工作日")
    expect(slip).to_contain_text(f"直接回 {WINDOW} 號窗口")
    expect(slip).to_contain_text("第 1 次告知")
    printed(printer, 1)
    code = part(printer, "code").text_content() or ""
    case = live_hall.manager.ask(f"{HALL}/cases/{code}").json()
    assert (case["missing"], case["item"]) == (["licence", "test-report"], "new")
    assert amiss(printer) == []
    printer.locator("[data-answer='again']").click()
    expect(part(printer, "copy")).to_have_text("副本")
    printed(printer, 2)


@pytest.mark.usefixtures("clerk")
def test_who_comes_back_is_known_and_a_slip_is_printed_again_by_its_code(printer: Page, live_hall: SharedHall) -> None:
    came(printer, live_hall, visitor(live_hall, "E", "new"))
    printer.keyboard.press("3")
    form(printer, "tell").locator("[name='missing-licence']").check()
    printer.locator("[name='reason-licence']").fill(REASON)
    printer.wait_for_timeout(900)
    form(printer, "tell").locator("[data-answer='go']").click()
    printed(printer, 1)
    code = part(printer, "code").text_content() or ""
    printer.keyboard.press("Escape")
    printer.keyboard.press("p")
    printer.locator("#case-code").fill(code.lower())
    printer.keyboard.press("Enter")
    expect(part(printer, "copy")).to_have_text("副本")
    printed(printer, 2)
    printer.keyboard.press("Escape")
    came(printer, live_hall, live_hall.kiosk.tell(f"{HALL}/cases/{code}/tickets").json())
    expect(paper(printer, "licence")).to_contain_text("上次缺")
    expect(paper(printer, "application")).to_contain_text("今日已核")
    printer.keyboard.press("p")
    reason = form(printer, "tell").locator("[name='reason-licence']")
    expect(reason).to_be_focused()
    expect(reason).to_have_value(REASON)  # what was written the last time
    printer.keyboard.press("Escape")
    paper(printer, "licence").click()
    expect(paper(printer, "licence")).to_contain_text("今日补齐")
    expect(key(printer, "main")).to_contain_text("办完这位，叫下一位")


@pytest.mark.usefixtures("clerk")
def test_on_promise_only_minor_papers_are_owed(printer: Page, live_hall: SharedHall) -> None:
    number = visitor(live_hall, "G", "new", "en")
    came(printer, live_hall, number)
    printer.keyboard.press("4")
    papers = form(printer, "promise")
    expect(papers.get_by_role("checkbox")).to_have_count(1)
    go = papers.locator("[data-answer='go']")
    expect(go).to_have_text("容缺受理还没有欠交的材料，至少勾一样")
    papers.locator("#last-day").press("Enter")
    expect(papers.locator("[name='missing-mandate']")).to_be_focused()
    printer.keyboard.press("Escape")
    paper(printer, "seal").click()
    printer.keyboard.press("j")
    expect(go).to_contain_text("公章不能容缺")
    printer.keyboard.press("Escape")
    paper(printer, "seal").click()
    printer.keyboard.press("4")
    papers.locator("[name='missing-mandate']").check()
    printer.wait_for_timeout(900)
    papers.locator("[data-answer='go']").click()
    slip = part(printer, "slip")
    expect(slip.get_by_role("heading")).to_have_text("Accepted on promise")
    expect(slip).to_contain_text("Accepted; this paper is still owed")
    expect(slip).to_contain_text("Promised for")
    printed(printer, 1)
    assert live_hall.manager.ticket(number["id"])["outcome"] == "accepted-on-promise"
    key(printer, "undo").click()
    expect(part(printer, "number")).to_have_text(number["number"])
    expect(slip).to_have_count(0)


@pytest.mark.usefixtures("clerk")
def test_the_item_can_be_chosen_and_a_pre_reviewed_visit_is_shown(printer: Page, live_hall: SharedHall) -> None:
    number = live_hall.kiosk.take("E")
    came(printer, live_hall, number)
    expect(part(printer, "papers").get_by_role("button")).to_have_count(0)
    part(printer, "item").select_option("change")
    expect(part(printer, "papers").get_by_role("button").first).to_be_visible()
    expect(part(printer, "reviewed")).to_have_count(0)
    printer.locator(".console").focus()
    printer.keyboard.press("f")
    expect(printer.locator("[data-state='nobody']")).to_be_visible()
    cases = live_hall.manager.ask(f"{HALL}/cases").json()["items"]
    assert "change" in [case["item"] for case in cases if case["business"] == "E"], "what was chosen is what was served"


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_longest_list_and_its_slip_are_seen_whole(printer: Page, live_hall: SharedHall, language: str) -> None:
    printer.locator(f".top [data-language='{language}']").click()
    came(printer, live_hall, visitor(live_hall, "A", "new", language))
    printer.keyboard.press("a")
    for digit in "123456":
        printer.keyboard.press(digit)
    printer.keyboard.press("Escape")
    assert hidden(printer) == []
    assert in_sight(printer, "[data-control='main']")
    printer.wait_for_timeout(900)
    printer.keyboard.press("p")
    expect(form(printer, "tell").locator("[name='reason-application']")).to_be_focused()
    for field in form(printer, "tell").locator("[name^='reason-']").all():
        field.fill(REASON)
    assert hidden(printer) == []
    form(printer, "tell").locator("[data-answer='go']").click()
    printed(printer, 1)
    expect(part(printer, "code")).to_be_visible()
    assert in_sight(printer, ".slip")
    assert in_sight(printer, "[data-part='message']")
    assert hidden(printer) == []
    # On paper it is one strip again, as wide as the roll.
    printer.emulate_media(media="print")
    box = printer.locator(".slip").bounding_box()
    assert box is not None
    assert round(box["width"] / 96 * 25.4) == 80
