"""A hall of the first version goes on under the new rules: old tickets and an old journal, nothing lost or retold."""

import time

import pytest

from tests.running.client import refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, SECOND_MS, later, soon
from tests.running.older import OldHall
from tests.running.process import into_the_day
from tests.running.truth import entries, whole

# The old hall's last entry lies so far ahead that its clock stands still while the server starts.
AHEAD_MS = 30 * SECOND_MS


class Upgraded:
    """The old hall under the new server, and its tickets by what became of them."""

    def __init__(self, start: Start, database: Database) -> None:
        old = OldHall(database, int(time.time() * 1000) + into_the_day() + AHEAD_MS)
        at = old.at
        self.waiting, self.called, self.serving, self.missed, self.finished, self.void = (old.take() for _ in range(6))
        called = {"state": "called", "called_at": at, "counted_at": at, "calls": 1}
        old.act("called", self.serving, window=3, **called)
        old.act("started", self.serving, state="serving", started_at=at)
        old.act("called", self.missed, window=4, **called)
        old.act("recalled", self.missed, calls=2)
        old.act("recalled", self.missed, calls=3)
        old.act("missed", self.missed, state="missed", missed_at=at)
        old.act("called", self.finished, window=5, **called)
        old.act("finished", self.finished, state="finished", started_at=at, finished_at=at, outcome="accepted")
        old.act("voided", self.void, state="void", finished_at=at, reason="走了")
        old.act("called", self.called, window=2, **called)
        old.close()
        self.old = old
        self.hall: Hall = start(database)


@pytest.fixture
def upgraded(start: Start, database: Database) -> Upgraded:
    """A hall of the first version, just upgraded."""
    return Upgraded(start, database)


def test_old_tickets_stand_where_they_stood(upgraded: Upgraded):
    hall = upgraded.hall
    for before in upgraded.old.tickets.values():
        now = hall.manager.ticket(before["id"])
        for name in ("number", "state", "place", "window", "called_at", "calls", "finished_at", "outcome"):
            assert now[name] == before[name], (before["number"], name)
        assert (now["turn"], now["later"], now["tie"], now["hold"], now["returns"]) == (1, [], None, None, 0)
        assert now["queued_at"] == before["issued_at"], "its one wait began with its number"
    board = hall.kiosk.board()
    assert [w["state"] for w in board["windows"]][1:3] == ["calling", "serving"]
    assert board["calls"][0]["number"] == "A002"
    assert hall.clerk.view(2)["ticket"]["why"]["cause"] == "longest"
    assert len(hall.manager.ask("/api/v1/halls/main/journal").text.splitlines()) == len(entries(hall))
    whole(hall)


def test_an_old_call_is_taken_back(upgraded: Upgraded):
    back = upgraded.hall.clerk.done(2, "undo")
    assert (back["id"], back["state"], back["window"]) == (upgraded.called, "waiting", None)
    assert [call["window"] for call in upgraded.hall.kiosk.board()["calls"]] == [5, 4, 4, 4, 3]
    whole(upgraded.hall)


def test_old_tickets_live_by_the_new_rules(upgraded: Upgraded):
    hall, clerk = upgraded.hall, upgraded.hall.clerk
    assert clerk.done(1, "next")["id"] == upgraded.waiting
    clerk.done(1, "hold", kind="awaiting", awaits=upgraded.serving)
    clerk.done(2, "start")
    assert clerk.done(2, "transfer", business="B", note="请转办", to_window=6)["turn"] == 2
    assert clerk.done(3, "finish", outcome="completed")["outcome"] == "completed"
    assert hall.manager.ticket(upgraded.waiting)["state"] == "waiting"
    assert clerk.done(4, "requeue", ticket=upgraded.missed)["returns"] == 1
    assert clerk.done(5, "mark-timing", ticket=upgraded.finished)["timing_wrong"] is True
    refused(clerk.act(6, "requeue", ticket=upgraded.void), 409, "wrong-state")
    assert clerk.done(6, "next")["id"] == upgraded.waiting
    assert clerk.done(6, "finish-next", outcome="accepted")["id"] == upgraded.called
    assert hall.kiosk.take("A")["number"] == "A007"
    whole(hall)


def test_old_timers_still_fire(upgraded: Upgraded):
    hall = upgraded.hall
    later(hall, AHEAD_MS + 29 * MINUTE_MS)
    hall.kiosk.take("A")
    assert hall.manager.ticket(upgraded.missed)["state"] == "missed"
    later(hall, 2 * MINUTE_MS)
    soon(hall, upgraded.missed, state="void")
    assert hall.manager.ticket(upgraded.waiting)["state"] == "waiting"
    whole(hall)
