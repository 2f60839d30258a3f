"""Every kiosk page in three languages and both ways up: axe finds nothing, nothing is too small, nothing is cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.kiosk.conftest import LANGUAGES, Kiosk

MEASURE = """([smallest, closest]) => {
  const shown = [...document.querySelectorAll("#app *")].filter((each) => !each.closest(".heard") && each.getClientRects().length);
  const text = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const size = (each) => parseFloat(getComputedStyle(each).fontSize);
  const box = (each) => each.getBoundingClientRect();
  const wrapped = (each) => {
    const inside = document.createRange();
    inside.selectNodeContents(each);
    const lines = [...inside.getClientRects()];
    return lines.some((line) => line.top > lines[0].bottom - 4);
  };
  const told = (each) => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 20)}`;
  return {
    small: shown.filter((each) => text(each) && size(each) < smallest).map(told),
    targets: shown.filter((each) => each.tagName === "BUTTON" && Math.min(box(each).width, box(each).height) < 101.9).map(told),
    high: shown.filter((each) => each.tagName === "BUTTON" && box(each).top < 0.12 * innerHeight).map(told),
    tight: shown.filter((each) => text(each) && parseFloat(getComputedStyle(each).lineHeight) < closest * size(each) && wrapped(each)).map(told),
    cut: shown.filter((each) => each.tagName === "BUTTON" && each.scrollHeight > each.clientHeight + 3).map(told),
    outside: shown.filter((each) => text(each) && (box(each).right > innerWidth + 1 || box(each).bottom > innerHeight + 1)).map(told),
    scrolls: [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth],
  };
}"""  # noqa: E501 -- a program in another language
# In pixels of the drawing, and the distance of lines: of every page, and in 大字.
USUAL, LARGE = (28.9, 1.09), (41.9, 1.295)
FINE = {"small": [], "targets": [], "high": [], "tight": [], "cut": [], "outside": [], "scrolls": [0, 0]}


def look(page: Page, name: str) -> None:
    large = page.locator("html.elder").count() > 0
    found = page.evaluate(MEASURE, LARGE if large else USUAL)
    if page.viewport_size and page.viewport_size["width"] > page.viewport_size["height"]:
        found["high"] = []  # Across, the keys begin right below the header, as drawn.
    assert found == FINE, name
    assert [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]] == [], name


@pytest.mark.parametrize("letters", ["usual", "large"])
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_read_and_pressed(
    page: Page, kiosk: Kiosk, language: str, size: tuple[int, int], letters: str
):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.clock.install()
    kiosk.open(page, language)
    if letters == "large":
        page.locator("[data-large]").click()
    look(page, "start")
    page.locator("[data-check-in-door]").click()
    page.locator("[data-letter=A]").click()
    look(page, "code")
    page.locator("[data-back]").click()
    # The one with the most items.
    page.locator("[data-business=C]").click()
    if letters == "large":
        page.locator("[data-grounds]").click()
    page.locator(".toggle").first.click()
    look(page, "priority")
    if letters == "large":
        page.locator("[data-back]").click()
        look(page, "business")
    page.locator("[data-more-business]").click()
    page.locator("[data-later=D]").click()
    look(page, "later")
    page.locator("[data-back]").click()
    page.locator("[data-print]").click()
    page.clock.fast_forward(2_000)
    page.locator("[data-list=shown]").wait_for(timeout=15_000)
    look(page, "list")
    page.locator("[data-back]").click()
    page.clock.fast_forward(33_000)
    page.locator(".timeout").wait_for()
    look(page, "time-out")
    page.locator(".go").click()
    page.clock.fast_forward(500)
    page.locator(".business .go").click()
    page.locator("[data-number]").wait_for(timeout=15_000)
    page.clock.fast_forward(2_000)
    page.locator("img.slip").wait_for(timeout=15_000)
    look(page, "number")
    page.clock.fast_forward(15_000)
    kiosk.wire.cut = True
    kiosk.agent.follower.look()
    page.clock.fast_forward(2_500)
    page.locator("[data-page=no-server]").wait_for()
    page.get_by_role("button", name=LANGUAGES[language]).click()
    look(page, "no server")
