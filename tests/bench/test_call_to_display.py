"""How long from the clerk's call to the number on the wall: measured in the browser that shows it."""

import json
import os
import sys
import time

from playwright.sync_api import Browser

from tests.running.database import Database
from tests.running.fixtures import Start

CALLS = int(os.environ.get("ONEDOOR_CALLS", "100"))
# A row stands still for eight seconds before the next one pushes it down; faster calls would measure that rule.
GAP_S = 8.3

WATCH = """() => {
  window.seen = {};
  const look = () => document.querySelectorAll('[data-call]').forEach((row) => {
    const call = row.dataset.call;
    if (!(call in window.seen)) requestAnimationFrame(() => { window.seen[call] ??= Date.now(); });
  });
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def test_call_to_display(browser: Browser, start: Start, sqlite_database: Database) -> None:
    """P50, P90, P99 and the worst over a hundred calls; every call must be shown."""
    hall = start(sqlite_database)
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{hall.server.base}/display/main")
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    took = []
    for _ in range(CALLS):
        hall.kiosk.take("A")
        sent = time.time() * 1000
        hall.clerk.done(1, "next")
        call = str(hall.manager.board()["calls"][0]["id"])
        page.wait_for_function("id => id in window.seen", arg=call, timeout=15_000)
        took.append(page.evaluate("id => window.seen[id]", call) - sent)
        hall.clerk.done(1, "finish", outcome="completed")
        page.wait_for_timeout(GAP_S * 1000)
    page.close()
    took.sort()
    figures = {f"p{q}_ms": round(took[max(0, -(-len(took) * q // 100) - 1)], 1) for q in (50, 90, 99, 100)}
    sys.stdout.write(json.dumps({"calls": len(took), **figures}) + "\n")
    assert len(took) == CALLS
