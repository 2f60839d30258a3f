"""How soon a page tells that its server is gone, by its own clock: from the last word heard to the band drawn."""

from playwright.sync_api import Page

WITHIN_S = 2.0
# The page listens to two things, small answers over HTTP and messages on its socket ("4" begins what is no mere ping);
# both are noted where it reads them, so that neither the test's slowness nor a server that still speaks counts.
_NOTES = """() => {
  const plain = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await plain(...asked);
    if (answer.ok && String(asked[0]).endsWith("/healthz")) window.lastHeard = performance.now();
    return answer;
  };
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
  Object.defineProperty(MessageEvent.prototype, "data", { configurable: true, get() {
    const said = get.call(this);
    if (typeof said === "string" && said.startsWith("4")) window.lastHeard = performance.now();
    return said;
  } });
  new MutationObserver(() => {
    if (window.lossTold || !document.querySelector(".lost-band")) return;
    window.lossTold = true;
    requestAnimationFrame(() => { window.lossDrawn = performance.now(); });
  }).observe(document.body, { subtree: true, childList: true });
}"""


def listen(page: Page) -> None:
    """Let the page note what it hears from now on; it must hear something before its server goes."""
    page.evaluate(_NOTES)
    page.wait_for_function("() => window.lastHeard !== undefined")


def told_after_s(page: Page) -> float:
    """Seconds from the last word to the band on the screen, once it is there."""
    page.wait_for_function("() => window.lossDrawn !== undefined")
    took: float = page.evaluate("() => window.lossDrawn - window.lastHeard") / 1000
    return took
