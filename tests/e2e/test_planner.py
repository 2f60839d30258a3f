"""The planner in a real browser: sign in, run the sample, read what it says, stop a run, give it nonsense."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.shared_hall import SharedHall

RUN_MS = 240_000


@pytest.fixture
def planner(browser: Browser, live_hall: SharedHall) -> Iterator[Page]:
    """The planner's page with a manager signed in."""
    manager = live_hall.add_manager()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_hall.server.base}/planner")
    page.locator("input").first.fill(manager.name)
    page.locator("input[type=password]").fill(manager.password)
    page.keyboard.press("Enter")
    expect(page.locator("form.order")).to_be_visible()
    yield page
    context.close()


def test_the_sample_says_how_many_windows_are_needed(planner: Page) -> None:
    planner.locator("[name=from]").fill("4")
    planner.locator("[name=to]").fill("5")
    planner.locator("form.order button[type=submit]").click()
    expect(planner.locator("section.say")).to_be_visible(timeout=RUN_MS)
    expect(planner.locator("section.say")).to_contain_text(re.compile(r"\d"))
    planner.get_by_role("button", name="表格").first.click()
    expect(planner.locator("table").first).to_be_visible()
    found = [v for v in Axe().run(planner).response["violations"] if v["impact"] in {"serious", "critical"}]
    assert found == []


def test_a_run_can_be_stopped(planner: Page) -> None:
    planner.locator("form.order button[type=submit]").click()
    planner.get_by_role("button", name=re.compile("取消|停止")).click()
    expect(planner.locator(".notice")).to_be_visible()


def test_a_file_that_is_no_history_is_said_plainly(planner: Page, tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.csv"
    nonsense.write_bytes(b"\x89PNG not a history")
    planner.locator("select[name=source]").select_option("file")
    planner.locator("input[type=file]").set_input_files(nonsense)
    planner.locator("form.order button[type=submit]").click()
    expect(planner.get_by_role("alert")).to_be_visible()


def test_a_clerk_is_told_that_planning_is_for_managers(browser: Browser, live_hall: SharedHall) -> None:
    clerk = live_hall.add_clerk()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_hall.server.base}/planner")
    page.locator("input").first.fill(clerk.name)
    page.locator("input[type=password]").fill(clerk.password)
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("管理者")
    expect(page.locator("form.order")).to_have_count(0)
    context.close()
