"""Calling one number past the order, only where the hall allows it, with a reason; and windows that serve less."""

from pathlib import Path

import pytest
import yaml

from queue_server import hall_file
from tests.running.client import refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.truth import entries, whole

REASON = "老人由导办陪同，先办"


@pytest.fixture
def own_hall(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall that allows direct calls, and whose window 12 is for codes and pick-up alone."""
    said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    said["settings"] = {**said.get("settings", {}), "direct_call": True}
    next(w for w in said["windows"] if w["window"] == 12)["serves"] = {"G": 0, "Z": 0}
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return start(database, file=file)


def test_a_direct_call_keeps_its_reason(own_hall: Hall):
    hall = own_hall
    first, second = hall.kiosk.take("A"), hall.kiosk.take("A")
    called = hall.clerk.done(5, "call-given", ticket=second["id"], reason=REASON)
    assert (called["id"], called["state"], called["why"]["cause"]) == (second["id"], "called", "direct")
    view = hall.clerk.view(5)
    assert view["ticket"]["why"]["cause"] == "direct"
    assert [(note["text"], note["act"]) for note in view["notes"]] == [(REASON, "called")]
    assert REASON not in "".join(line for (line,) in hall.database.sql("SELECT line FROM journal"))
    assert [call["number"] for call in hall.kiosk.board()["calls"]] == [second["number"]]
    assert hall.clerk.done(6, "next")["id"] == first["id"], "everybody else is called in order"
    whole(hall)


def test_what_a_direct_call_refuses(own_hall: Hall):
    hall = own_hall
    ticket, code = hall.kiosk.take("A")["id"], hall.kiosk.take("G")["id"]
    given = {"ticket": ticket, "reason": REASON}
    problem = refused(hall.clerk.act(12, "call-given", **given), 409, "not-here")
    assert (problem["business"], problem["window"]) == ("A", 12)
    refused(hall.clerk.act(5, "call-given", ticket="0" * 32, reason=REASON), 404, "unknown-ticket")
    assert refused(hall.clerk.act(5, "call-given", ticket=ticket), 422, "invalid-body")["field"] == "reason"
    refused(hall.person("chen0105").act(5, "call-given", **given), 403, "not-your-window")
    hall.clerk.done(5, "pause", reason="meal")
    refused(hall.clerk.act(5, "call-given", **given), 409, "window-paused")
    hall.clerk.done(5, "close")
    refused(hall.clerk.act(5, "call-given", **given), 409, "window-closed")
    hall.clerk.done(12, "next")
    refused(hall.clerk.act(12, "call-given", **given), 409, "window-busy")
    refused(hall.clerk.act(6, "call-given", ticket=code, reason=REASON), 409, "wrong-state")
    assert [e.act for e in entries(hall) if e.ticket == ticket] == ["issued"]
    assert hall.database.sql("SELECT count(*) FROM notes")[0][0] == 0
    whole(hall)


def test_where_the_hall_does_not_allow_it_nobody_is_called_past_the_order(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    refused(hall.clerk.act(5, "call-given", ticket=ticket, reason=REASON), 409, "direct-call-off")
    assert hall.manager.ticket(ticket)["state"] == "waiting"
    whole(hall)


def test_nobody_is_sent_to_a_window_that_does_not_serve_the_business(own_hall: Hall):
    hall = own_hall
    hall.kiosk.take("A")
    hall.clerk.done(5, "next")
    problem = refused(hall.clerk.act(5, "transfer", business="B", note="请转办", to_window=12), 409, "not-there")
    assert (problem["business"], problem["window"]) == ("B", 12)
    assert hall.clerk.done(5, "transfer", business="G", note="请转办", to_window=12)["tie"] == "w12"
    whole(hall)
