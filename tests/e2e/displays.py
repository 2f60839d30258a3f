"""What the tests of displays share: screens of any size, and what is to be seen on them."""

from typing import Any

from playwright.sync_api import Browser, Page

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
# Words that stick out of the screen or of their part of it, lie over others, or are smaller than the screen allows.
_WRONG = """() => {
  const main = document.querySelector("main");
  const least = parseFloat(main.style.getPropertyValue("--text")) - 0.5;
  const wrong = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const boxes = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim();
    if (!words) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize);
    if (size < least) wrong.push(`small ${size}: ${words}`);
    if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) wrong.push(`out: ${words}`);
    boxes.push([words, box]);
  }
  for (const part of main.querySelectorAll("header, section, footer, li, .who, .place")) {
    if (part.scrollWidth > part.clientWidth + 2) wrong.push(`wide: ${part.className} ${part.textContent}`);
  }
  for (const [above, below] of [["header", ".place"], ["header", ".who"], [".place > *", ".foot"], [".who > :not(.border)", ".foot"]]) {
    for (const upper of main.querySelectorAll(above)) for (const lower of main.querySelectorAll(below)) {
      if (upper.getBoundingClientRect().bottom > lower.getBoundingClientRect().top + 2) wrong.push(`over: ${upper.textContent} ${below}`);
    }
  }
  return wrong;
}"""  # noqa: E501 -- a script of its own


def screen(browser: Browser, address: str, width: int, height: int) -> Page:
    """A screen of that size, in a context of its own; it goes with its context."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto(address)
    return page


def wrong(page: Page) -> list[str]:
    """What nobody could read on it."""
    found: list[Any] = page.evaluate(_WRONG)
    return [str(each) for each in found]
