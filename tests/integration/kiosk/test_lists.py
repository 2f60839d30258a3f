"""Checklists before a real server: printed once a press as a slip without a number, and gone with their visitor."""

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from kiosk.agent import Agent, KioskSettings
from kiosk.papers_slip import PapersFacts, UnknownItem, papers_facts, papers_slip
from kiosk.printer import printer_at
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.database import sqlite
from tests.running.hall import Hall, running

pytestmark = pytest.mark.integration
WISH = {"business": "B", "item": "reissue", "language": "en"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with sqlite(folder) as database, running(database, Path(folder)) as hall:
        yield hall


def made(hall: Hall, printer: str) -> Agent:
    return Agent(KioskSettings(hall.server.base, hall.tokens["kiosk"], printer=printer_at(printer)))


@pytest.fixture
def agent(hall: Hall) -> Iterator[Agent]:
    agent = made(hall, "screen")
    agent.follower.look()
    agent.start()
    yield agent
    agent.stop()


@pytest.fixture
def touch(agent: Agent) -> FlaskClient:
    return agent.app.test_client()


def settled(touch: FlaskClient, press: str) -> dict[str, Any]:
    until = time.monotonic() + 8
    while (answer := touch.get(f"/kiosk/lists/{press}").json)["state"] in {"waiting", "printing"}:
        assert time.monotonic() < until
        time.sleep(0.02)
    return answer


def test_a_list_is_shown_and_takes_no_number(touch: FlaskClient, agent: Agent, hall: Hall):
    before = len(hall.manager.every())
    assert touch.put("/kiosk/lists/list-on-the-screen", json=WISH).status_code == 200
    assert settled(touch, "list-on-the-screen") == {"state": "shown", "reason": None, "picture": True}
    shown = Image.open(io.BytesIO(touch.get("/kiosk/lists/list-on-the-screen/list.png").data))
    facts = agent.lists.find("list-on-the-screen").facts
    assert isinstance(facts, PapersFacts)
    assert facts.papers[:2] == (("Application form", False), ("Business licence (copy)", False))
    assert ImageChops.logical_xor(shown.convert("1"), papers_slip(facts, 576)).getbbox() is None
    assert len(hall.manager.every()) == before


def test_the_same_press_is_one_list_on_paper(hall: Hall):
    with EscposPrinter() as emulator:
        agent = made(hall, emulator.address)
        agent.follower.look()
        agent.start()
        touch = agent.app.test_client()
        for _ in range(2):
            touch.put("/kiosk/lists/list-on-paper-twice", json=WISH)
        settled(touch, "list-on-paper-twice")
        agent.stop()
        assert len(emulator.slips(1)) == 1


def test_nothing_of_a_list_stays(touch: FlaskClient):
    touch.put("/kiosk/lists/list-that-is-forgotten", json=WISH)
    assert touch.delete("/kiosk/lists/list-that-is-forgotten").status_code == 204
    assert touch.get("/kiosk/lists/list-that-is-forgotten").json["code"] == "press-over"
    assert touch.get("/kiosk/lists/list-that-is-forgotten/list.png").status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [({"item": "none"}, 404), ({"business": "Y"}, 404), ({"item": 3}, 400), ({"language": "xx"}, 400)],
)
def test_bad_lists_are_named(touch: FlaskClient, change: dict[str, object], status: int):
    assert touch.put("/kiosk/lists/list-that-is-bad-1", json={**WISH, **change}).status_code == status


def test_before_the_hall_is_known_there_is_no_list(hall: Hall):
    touch = made(hall, "screen").app.test_client()
    assert touch.put("/kiosk/lists/list-of-no-hall-yet", json=WISH).json["code"] == "no-server"


def test_the_item_goes_with_the_press(touch: FlaskClient, hall: Hall):
    press = {"business": "B", "language": "en", "item": "change"}
    number = touch.put("/kiosk/presses/press-with-an-item", json=press).json["ticket"]["number"]
    assert next(each for each in hall.manager.every() if each["number"] == number)["item"] == "change"
    assert touch.put("/kiosk/presses/press-with-no-item1", json={**press, "item": 1}).status_code == 400


def test_a_list_says_what_may_follow_later_in_the_hall_s_own_time():
    paper = {"code": "p", "names": {"zh-Hans": "照片", "en": "Photo"}, "minor": True}
    item = {"code": "i", "names": {"zh-Hans": "新办", "en": "New"}, "papers": [paper]}
    business = {"code": "A", "names": {"zh-Hans": "业务", "en": "Business"}, "items": [item]}
    hall = {"names": {"zh-Hans": "大厅"}, "time_zone": "Asia/Shanghai", "businesses": [business]}
    wish = {"business": "A", "item": "i", "language": "en"}
    facts = papers_facts(hall, wish, 1_795_500_000_000, "2")
    assert (facts.hall, facts.item, facts.papers, facts.kiosk) == ("大厅", "New", (("Photo", True),), "2")
    assert facts.printed == "2026-11-24 14:00"
    later = papers_slip(facts, 384)
    assert later.width == 384
    assert (
        papers_slip(PapersFacts("en", "大厅", "Business", "New", (("Photo", False),), facts.printed, "2"), 384).height
        < later.height
    )
    with pytest.raises(UnknownItem):
        papers_facts(hall, {**wish, "item": "other"}, 0, "2")
