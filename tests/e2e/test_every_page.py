"""Every page of every room in a browser: nothing it asks for is missing, it complains of nothing, it has its icon."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from tests.e2e.console import part, sign_in, sit
from tests.e2e.floor import open_floor
from tests.e2e.guide import choose, key, open_tablet
from tests.e2e.guide import part as guide_part
from tests.e2e.shared_hall import SharedHall
from tests.running.kiosk import running_kiosk

# The icon as the browser itself would load it: its address, what came, and how wide it is drawn.
ICON = """async () => {
  const links = [...document.querySelectorAll('link[rel~=icon]')].map((link) => link.href);
  const reply = await fetch(links[0]);
  const image = new Image();
  image.src = links[0];
  await image.decode();
  const type = reply.headers.get('content-type');
  return { links, status: reply.status, type, text: await reply.text(), width: image.naturalWidth };
}"""


@contextmanager
def watched(browser: Browser, **how: str) -> Iterator[Page]:
    """A page that must find all it asks for, from its own server, and complain of nothing."""
    context = browser.new_context(**{"locale": "zh-CN", **how})  # type: ignore[arg-type]  # plain options of the browser
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []

    def answered(reply: Response) -> None:
        asked.append(reply.url)
        if reply.status >= 400:
            wrong.append(f"{reply.status} {reply.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            wrong.append(f"{message.type}: {message.text}")

    page.on("response", answered)
    page.on("requestfailed", lambda request: wrong.append(f"{request.failure} {request.url}"))
    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    icon = page.evaluate(ICON)
    here = urlsplit(page.url).netloc
    # A failure that comes of going away would say nothing about the page.
    found, strangers = list(wrong), [url for url in asked if urlsplit(url).netloc not in {here, ""}]
    context.close()
    assert found == []
    assert strangers == []
    assert asked
    assert len(icon["links"]) == 1
    assert urlsplit(icon["links"][0]).netloc == here
    assert icon["status"] == 200
    assert icon["type"].startswith("image/svg+xml")
    assert icon["width"] > 0
    assert "#0B4F5C" in icon["text"]


def display(page: Page, hall: SharedHall) -> None:
    page.goto(f"{hall.server.base}/display/main")
    expect(page.locator(".idle, .row").first).to_be_visible()


def information(page: Page, hall: SharedHall) -> None:
    page.goto(f"{hall.server.base}/display/main?layout=info")
    expect(page.locator("table").first).to_be_visible()


def phone(page: Page, hall: SharedHall) -> None:
    ticket = hall.kiosk.take("A")
    page.goto(f"{hall.server.base}/t/{ticket['token']}")
    expect(page.locator("body")).to_contain_text(ticket["number"])


def console(page: Page, hall: SharedHall) -> None:
    number = hall.kiosk.take("A")["number"]
    page.goto(f"{hall.server.base}/")
    sign_in(page, hall.add_clerk())
    sit(page, 5)
    expect(part(page, "next")).to_have_text(number)
    page.keyboard.press("Enter")
    expect(part(page, "number")).to_have_text(number)


def guide(page: Page, hall: SharedHall) -> None:
    open_tablet(page, hall, hall.add_guide())
    choose(page, "Z")
    key(page, "take").click()
    expect(guide_part(page, "number")).to_be_visible()


def floor(page: Page, hall: SharedHall) -> None:
    open_floor(page, hall, hall.add_manager())
    expect(page.locator("tr[data-business='A']")).to_be_visible()


def planner(page: Page, hall: SharedHall) -> None:
    manager = hall.add_manager()
    page.goto(f"{hall.server.base}/planner")
    page.locator("input").first.fill(manager.name)
    page.locator("input[type=password]").fill(manager.password)
    page.keyboard.press("Enter")
    expect(page.locator("form.order")).to_be_visible()


def reader(page: Page, hall: SharedHall) -> None:
    page.goto(f"{hall.server.base}/api/docs")
    expect(page.get_by_text("/api/v1/halls/{hall}/journal").first).to_be_visible()


@pytest.mark.parametrize("opened", [display, information, phone, console, guide, floor, planner, reader])
def test_a_page_of_the_server_finds_all_it_asks_for(
    browser: Browser, live_hall: SharedHall, opened: Callable[[Page, SharedHall], None]
) -> None:
    with watched(browser) as page:
        opened(page, live_hall)


def test_the_touch_page_finds_all_it_asks_for_at_its_kiosk(browser: Browser, live_hall: SharedHall) -> None:
    with running_kiosk(live_hall.server.base, live_hall.tokens["kiosk"]) as touch, watched(browser) as page:
        page.goto(touch.url)
        page.locator("[data-business=C]").click()
        page.locator(".go").click()
        expect(page.locator("[data-number]")).to_contain_text("C")
