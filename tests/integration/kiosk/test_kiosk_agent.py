"""The agent before a real server: one press one ticket, lost answers, lost server, lost printer, nothing kept."""

import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from kiosk.agent import Agent, KioskSettings
from kiosk.printer import printer_at
from kiosk.slip import slip
from tests.escpos_emulator.printer import EscposPrinter
from tests.running.database import sqlite
from tests.running.hall import Hall, running
from tests.running.wire import Wire, free_port

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("hall")
    with sqlite(folder) as database, running(database, folder, public_url="https://hall.example.gov") as hall:
        yield hall


@pytest.fixture
def wire(hall: Hall) -> Iterator[Wire]:
    between = Wire(hall.server.base)
    yield between
    between.close()


@pytest.fixture
def agent(hall: Hall, wire: Wire, request: pytest.FixtureRequest) -> Iterator[Agent]:
    made = Agent(KioskSettings(wire.url, hall.tokens["kiosk"], printer=printer_at(getattr(request, "param", "screen"))))
    made.follower.look()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def touch(agent: Agent) -> FlaskClient:
    return agent.app.test_client()


def press(touch: FlaskClient, key: str, business: str = "A", **other: Any) -> Any:
    return touch.put(f"/kiosk/presses/{key}", json={"business": business, "language": "zh-Hans", **other})


def settled(touch: FlaskClient, key: str) -> dict[str, Any]:
    until = time.monotonic() + 8
    while (answer := touch.get(f"/kiosk/presses/{key}").json)["slip"]["state"] in {"waiting", "printing"}:
        assert time.monotonic() < until
        time.sleep(0.02)
    return answer


def test_a_press_is_a_ticket_and_a_slip_on_the_screen(touch: FlaskClient):
    taken = press(touch, "press-on-the-screen", "C", priority=["elderly"], language="en")
    assert taken.status_code == 200
    assert taken.json["ticket"]["number"].startswith("C0")
    assert settled(touch, "press-on-the-screen")["slip"] == {
        "state": "shown", "reason": None, "copies_left": 2, "picture": 1
    }  # fmt: skip
    drawn = Image.open(io.BytesIO(touch.get("/kiosk/presses/press-on-the-screen/slip.png").data))
    assert (drawn.mode, drawn.width) == ("1", 576)


def test_a_double_tap_is_one_ticket_and_one_slip(hall: Hall):
    with EscposPrinter() as emulator:
        agent = Agent(KioskSettings(hall.server.base, hall.tokens["kiosk"], printer=printer_at(emulator.address)))
        agent.start()
        before = len(hall.manager.every())
        numbers: list[str] = []
        taps = [
            threading.Thread(
                target=lambda: numbers.append(
                    press(agent.app.test_client(), "press-tapped-five-times").json["ticket"]["number"]
                )
            )
            for _ in range(5)
        ]
        for tap in taps:
            tap.start()
        for tap in taps:
            tap.join()
        assert len(numbers) == 5
        assert len(set(numbers)) == 1
        assert len(hall.manager.every()) == before + 1
        (paper,) = emulator.slips(1)
        facts = agent.presses.find("press-tapped-five-times").slips[0].facts
        drawn = slip(facts)
        assert ImageChops.logical_xor(paper.crop((0, 0, *drawn.size)), drawn).getbbox() is None
        agent.stop()
        assert len(emulator.roll.slips) == 1


def test_a_lost_answer_is_asked_for_with_the_same_key(touch: FlaskClient, wire: Wire, hall: Hall):
    before = len(hall.manager.every())
    wire.lose_answers = 2
    taken = press(touch, "press-with-lost-answers", "D")
    assert taken.status_code == 200
    assert wire.lose_answers == 0
    assert len(hall.manager.every()) == before + 1
    assert taken.json["ticket"]["number"] in {each["number"] for each in hall.manager.every()}


def test_a_restarted_agent_gives_the_same_number_to_the_same_press(touch: FlaskClient, hall: Hall):
    number = press(touch, "press-before-the-restart").json["ticket"]["number"]
    again = Agent(KioskSettings(hall.server.base, hall.tokens["kiosk"]))
    again.start()
    assert press(again.app.test_client(), "press-before-the-restart").json["ticket"]["number"] == number
    again.stop()


def test_a_server_that_is_away_is_said_and_the_press_holds_until_it_is_back(
    touch: FlaskClient, agent: Agent, wire: Wire, hall: Hall
):
    before = len(hall.manager.every())
    wire.cut = True
    lost = press(touch, "press-without-server")
    assert (lost.status_code, lost.json["code"]) == (503, "no-server")
    agent.follower.look()
    assert touch.get("/kiosk/state").json["server"] == "lost"
    wire.cut = False
    assert press(touch, "press-without-server").status_code == 200
    agent.follower.look()
    assert touch.get("/kiosk/state").json["server"] == "ok"
    assert len(hall.manager.every()) == before + 1


def test_a_refusal_is_told_in_the_visitors_language(touch: FlaskClient):
    refused = press(touch, "press-for-nothing-known", "Y", language="en")
    assert refused.status_code == 422
    assert refused.json["code"] == "unknown-business"
    assert "Y" in refused.json["detail"]


def test_a_wrong_token_is_seen_before_anybody_presses(hall: Hall):
    agent = Agent(KioskSettings(hall.server.base, "nobody-made-this-token"))
    agent.follower.look()
    assert agent.app.test_client().get("/kiosk/state").json["server"] == "refused"


@pytest.mark.parametrize("agent", [f"tcp:127.0.0.1:{free_port()}"], ids=["nobody-listens"], indirect=True)
def test_a_printer_that_is_away_never_loses_the_number(touch: FlaskClient):
    taken = press(touch, "press-without-printer", "G").json
    assert taken["ticket"]["number"].startswith("G0")
    assert settled(touch, "press-without-printer")["slip"]["reason"] == "printer-refused"
    assert touch.get("/healthz").json["printer"] == "printer-refused"


def test_copies_are_marked_and_few(touch: FlaskClient, agent: Agent):
    press(touch, "press-with-copies")
    for left in (1, 0, 0):
        settled(touch, "press-with-copies")
        assert touch.post("/kiosk/presses/press-with-copies/copy").json["slip"]["copies_left"] == left
    assert [each.facts.copy for each in agent.presses.find("press-with-copies").slips] == [False, True, True]


def test_nothing_of_a_visitor_stays(touch: FlaskClient, agent: Agent):
    press(touch, "press-that-is-over")
    settled(touch, "press-that-is-over")
    assert touch.delete("/kiosk/presses/press-that-is-over").status_code == 204
    assert touch.get("/kiosk/presses/press-that-is-over").status_code == 410
    assert touch.get("/kiosk/presses/press-that-is-over/slip.png").status_code == 404
    assert press(touch, "press-that-is-over").status_code == 410
    assert agent.presses._presses["press-that-is-over"].visit is None


def test_a_press_cannot_change_its_wish(touch: FlaskClient):
    press(touch, "press-of-one-wish", "A")
    assert press(touch, "press-of-one-wish", "B").json["code"] == "press-reused"


def test_bad_presses_are_named(touch: FlaskClient):
    assert press(touch, "short").status_code == 400
    assert press(touch, "press-without-language", language="fr").status_code == 400
    assert press(touch, "press-with-odd-class", priority="elderly").status_code == 400
    assert touch.put("/kiosk/presses/press-without-json-body", data="x").status_code == 415


def test_another_site_cannot_press(touch: FlaskClient):
    put = {"json": {"business": "A", "language": "en"}}
    assert (
        touch.put("/kiosk/presses/press-from-elsewhere", **put, headers={"Origin": "https://evil.example"}).status_code
        == 403
    )
    assert touch.get("/kiosk/state", headers={"Host": "evil.example"}).status_code == 403


def test_the_board_keeps_the_page_informed(touch: FlaskClient, agent: Agent, hall: Hall):
    press(touch, "press-that-is-counted", "F")
    agent.follower.look()
    state = touch.get("/kiosk/state").json
    assert state["waiting"]["F"]["waiting"] >= 1
    assert state["hall"]["names"]["zh-Hant"]
    assert abs(state["now"] - time.time() * 1000 - hall.odds.ahead.value) < 60_000


def test_the_page_is_served_with_its_facts(touch: FlaskClient, tmp_path: Path):
    answer = touch.get("/")
    assert answer.status_code == 200
    assert '"hall": "main"' in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
