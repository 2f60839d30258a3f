"""The papers before the number: the item's checklist, the list to take home, and a number for whoever lacks some."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.kiosk.conftest import Kiosk
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.hall import Hall
from tests.running.wire import free_port

SLOW = 15_000


def test_the_item_chosen_goes_with_the_number(page: Page, kiosk: Kiosk, hall: Hall):
    kiosk.open(page)
    page.locator("[data-business=B]").click()
    expect(page.locator("[data-item][aria-pressed=true]")).to_have_text("新办")
    expect(page.locator("[data-paper]")).to_have_count(6)
    page.locator("[data-item=change]").click()
    expect(page.locator("[data-paper]")).to_have_text(["1申请表", "2原证书", "3变更证明材料"])
    page.locator("[data-consult]").click()
    number = page.locator("[data-number]").inner_text(timeout=SLOW)
    assert next(each for each in hall.manager.every() if each["number"] == number)["item"] == "change"


def test_the_list_is_printed_and_no_number_is_taken(page: Page, kiosk_with: Callable[[str], Kiosk], hall: Hall):
    before = len(hall.manager.every())
    with EscposPrinter() as emulator:
        kiosk = kiosk_with(emulator.address)
        kiosk.open(page)
        page.locator("[data-business=Z]").click()
        page.locator("[data-print]").dblclick()
        expect(page.locator("[data-list=printed]")).to_contain_text("正在打印材料清单", timeout=SLOW)
        assert len(emulator.slips(1)) == 1
        page.locator(".go").click()
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    assert len(hall.manager.every()) == before


def test_a_list_that_was_not_printed_stands_on_the_screen(page: Page, kiosk_with: Callable[[str], Kiosk]):
    kiosk = kiosk_with(f"tcp:127.0.0.1:{free_port()}")
    kiosk.open(page)
    page.locator("[data-business=Z]").click()
    papers = page.locator(".papers b").all_inner_texts()
    page.locator("[data-print]").click()
    expect(page.get_by_role("heading")).to_have_text("清单没有打印出来", timeout=SLOW)
    expect(page.locator(".papers b")).to_have_text(papers)


def test_a_list_is_forgotten_with_its_visitor(page: Page, kiosk: Kiosk):
    page.clock.install()
    kiosk.open(page)
    page.locator("[data-business=Z]").click()
    page.locator("[data-print]").click()
    page.clock.fast_forward(2_000)
    picture = page.locator("img.slip")
    picture.wait_for(timeout=SLOW)
    address = picture.get_attribute("src") or ""
    page.clock.fast_forward(51_000)
    expect(page.locator("main")).to_have_attribute("data-page", "start")
    assert page.request.get(kiosk.url + address.lstrip("/")).status == 404


def test_in_large_letters_the_papers_come_in_pages(page: Page, kiosk: Kiosk):
    kiosk.open(page)
    page.locator("[data-large]").click()
    page.locator("[data-business=B]").click()
    expect(page.locator("[data-paper]")).to_have_count(3)
    page.locator("[data-more-papers]").click()
    expect(page.locator("[data-paper]").last).to_contain_text("6")
