"""Taking back the last act of a window at a real server: what comes back, what goes from the displays, what is late."""

from pathlib import Path
from typing import Any

import pytest

from queue_server.core.journal import START
from tests.running.client import refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall, hall_with
from tests.running.moments import SECOND_MS, later, soon
from tests.running.truth import acts, entries, whole

UNDO_MS = 10 * SECOND_MS


def called(hall: Hall, window: int, business: str = "A") -> str:
    """Somebody who was called to a window; the ticket's id."""
    hall.kiosk.take(business)
    ticket: str = hall.clerk.done(window, "next")["id"]
    return ticket


def served(hall: Hall, window: int, business: str = "A") -> str:
    """Somebody who is served at a window; the ticket's id."""
    ticket = called(hall, window, business)
    hall.clerk.done(window, "start")
    return ticket


def undone(hall: Hall, window: int) -> dict[str, Any]:
    """The last act is taken back, as the view of the window promised."""
    assert hall.clerk.view(window)["undo"] is not None
    back = hall.clerk.done(window, "undo")
    assert hall.clerk.view(window)["undo"] is None, "what was taken back cannot be taken back again"
    return back


def test_a_call_taken_back_goes_from_the_displays(hall: Hall):
    socket = hall.socket(hall.tokens["kiosk"])
    joined = socket.join()
    before = hall.kiosk.take("A", "elderly")
    hall.clerk.done(5, "next")
    assert [call["number"] for call in hall.kiosk.board()["calls"]] == [before["number"]]
    shown = hall.clerk.view(5)["undo"]
    assert (shown["act"], shown["number"]) == ("called", before["number"])
    back = undone(hall, 5)
    for name in ("state", "place", "window", "called_at", "calls"):
        assert back[name] == before[name], name
    board = socket.board(joined["version"] + 3)
    assert board["calls"] == hall.kiosk.board()["calls"] == []
    shown = board["windows"][4]
    assert (shown["window"], shown["state"], shown["number"], shown["calls"]) == (5, "free", None, 0)
    assert hall.clerk.done(6, "next")["id"] == before["id"], "it waits where it waited"
    assert [(c["number"], c["window"]) for c in hall.kiosk.board()["calls"]] == [(before["number"], 6)]
    whole(hall)


def test_a_recall_taken_back_leaves_the_call(hall: Hall):
    called(hall, 5)
    later(hall, 20 * SECOND_MS)
    assert hall.clerk.done(5, "recall")["calls"] == 2
    assert undone(hall, 5)["calls"] == 1
    assert [call["recall"] for call in hall.kiosk.board()["calls"]] == [False]
    whole(hall)


def test_a_finish_taken_back_serves_on(hall: Hall):
    ticket = served(hall, 5)
    before = hall.manager.ticket(ticket)
    hall.clerk.done(5, "finish", outcome="completed")
    back = undone(hall, 5)
    assert back == before
    assert (back["state"], back["window"], back["outcome"]) == ("serving", 5, None)
    assert hall.clerk.view(5)["ticket"]["id"] == ticket
    assert hall.clerk.done(5, "finish", outcome="accepted")["outcome"] == "accepted"
    whole(hall)


def test_finish_and_next_is_taken_back_whole(hall: Hall):
    first = served(hall, 5)
    second = hall.kiosk.take("A")["id"]
    assert hall.clerk.done(5, "finish-next", outcome="accepted")["id"] == second
    assert undone(hall, 5)["id"] == first, "the one served stands there again"
    assert [hall.manager.ticket(t)["state"] for t in (first, second)] == ["serving", "waiting"]
    assert [call["number"] for call in hall.kiosk.board()["calls"]] == ["A001"]
    told = [entry for entry in entries(hall) if entry.act == "undone"]
    assert len({entry.act_id for entry in told}) == 1, "one act with two entries"
    assert [entry.ticket for entry in told] == [second, first]
    whole(hall)


def test_a_finish_that_let_somebody_back_is_taken_back_whole(hall: Hall):
    spouse = served(hall, 2)
    ticket = served(hall, 1)
    hall.clerk.done(1, "hold", kind="awaiting", awaits=spouse)
    before = hall.manager.ticket(ticket)
    hall.clerk.done(2, "finish", outcome="accepted")
    assert hall.manager.ticket(ticket)["state"] == "waiting"
    undone(hall, 2)
    assert hall.manager.ticket(spouse)["state"] == "serving"
    assert hall.manager.ticket(ticket) == before, "put aside again, until that turn really ends"
    hall.clerk.done(2, "finish", outcome="accepted")
    assert hall.manager.ticket(ticket)["state"] == "waiting"
    whole(hall)


def test_a_finish_is_not_taken_back_once_who_it_let_back_was_called(hall: Hall):
    spouse = served(hall, 2)
    ticket = served(hall, 1)
    hall.clerk.done(1, "hold", kind="awaiting", awaits=spouse)
    hall.clerk.done(2, "finish", outcome="accepted")
    assert hall.clerk.done(3, "next")["id"] == ticket
    assert hall.clerk.view(2)["undo"] is None
    refused(hall.clerk.act(2, "undo"), 409, "undo-overtaken")
    whole(hall)


def test_a_transfer_taken_back_is_the_same_turn_again(hall: Hall):
    ticket = served(hall, 5)
    before = hall.manager.ticket(ticket)
    sent = hall.clerk.done(5, "transfer", business="B", note="请转办", to_window=6)
    assert (sent["turn"], sent["tie"]) == (2, "w6")
    assert undone(hall, 5) == before
    hall.clerk.done(5, "finish", outcome="accepted")
    whole(hall)


@pytest.mark.parametrize("kind", ["papers-with-visitor", "papers-kept", "awaiting"])
def test_a_hold_taken_back_serves_on(hall: Hall, kind: str):
    ticket = served(hall, 5)
    before = hall.manager.ticket(ticket)
    hall.clerk.done(5, "hold", kind=kind)
    assert undone(hall, 5) == before
    assert hall.clerk.view(5)["held"] == []
    whole(hall)


def test_a_miss_taken_back_is_called_again(hall: Hall):
    ticket = called(hall, 5)
    for _ in range(2):
        later(hall, 20 * SECOND_MS)
        hall.clerk.done(5, "recall")
    before = hall.manager.ticket(ticket)
    hall.clerk.done(5, "missed")
    assert undone(hall, 5) == before
    assert hall.clerk.view(5)["missed"] == []
    hall.clerk.done(5, "start")
    whole(hall)


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("move", {"business": "B"}),
        ("grade", {"priority": ["pregnant"]}),
        ("more-time", {}),
    ],
)
def test_what_was_done_with_somebody_waiting_is_taken_back(hall: Hall, act: str, body: dict[str, Any]):
    before = hall.kiosk.take("A")
    hall.clerk.done(5, act, ticket=before["id"], **body)
    back = undone(hall, 5)
    assert {**before, "token": None} == back
    whole(hall)


def test_after_ten_seconds_it_is_too_late(hall: Hall):
    called(hall, 5)
    later(hall, UNDO_MS - SECOND_MS)
    hall.kiosk.take("B")
    assert hall.clerk.view(5)["undo"] is not None
    later(hall, 2 * SECOND_MS)
    assert refused(hall.clerk.act(5, "undo"), 409, "undo-too-late")["seconds"] == 10
    assert hall.clerk.view(5)["undo"] is None
    whole(hall)


def test_nothing_is_taken_back_twice(hall: Hall):
    ticket = called(hall, 5)
    undone(hall, 5)
    refused(hall.clerk.act(5, "undo"), 409, "nothing-to-undo")
    hall.clerk.done(5, "next")
    undone(hall, 5)
    assert acts(hall, ticket) == ["issued", "called", "undone", "called", "undone"]
    whole(hall)


def test_where_nothing_was_done_there_is_nothing_to_take_back(hall: Hall):
    refused(hall.clerk.act(5, "undo"), 409, "nothing-to-undo")
    hall.clerk.done(5, "pause", reason="meal")
    refused(hall.clerk.act(5, "undo"), 409, "nothing-to-undo")
    hall.clerk.done(5, "unpause")
    called(hall, 6)
    refused(hall.clerk.act(5, "undo"), 409, "nothing-to-undo")
    hall.clerk.done(6, "pause", reason="meal")
    refused(hall.clerk.act(6, "undo"), 409, "nothing-to-undo")
    whole(hall)


def test_what_another_window_has_taken_up_is_overtaken(hall: Hall):
    ticket = served(hall, 5)
    hall.clerk.done(5, "transfer", business="B", note="请转办")
    assert hall.clerk.done(6, "next")["id"] == ticket
    assert hall.clerk.view(5)["undo"] is None
    refused(hall.clerk.act(5, "undo"), 409, "undo-overtaken")
    whole(hall)


def test_what_a_timer_has_changed_is_overtaken(start: Start, database: Database, tmp_path: Path):
    hall = start(database, file=hall_with(tmp_path, hold_timer="2 s", undo_within="1 min"))
    ticket = served(hall, 5)
    hall.clerk.done(5, "hold", kind="awaiting")
    later(hall, 2 * SECOND_MS)
    soon(hall, ticket, state="waiting")
    refused(hall.clerk.act(5, "undo"), 409, "undo-overtaken")
    whole(hall)


def test_what_a_timer_did_at_a_window_is_nobodys_to_take_back(start: Start, database: Database, tmp_path: Path):
    hall = start(database, file=hall_with(tmp_path, missed_timer="30 s", max_calls=1, undo_within="1 min"))
    ticket = called(hall, 5)
    later(hall, 30 * SECOND_MS)
    soon(hall, ticket, state="missed")
    refused(hall.clerk.act(5, "undo"), 409, "nothing-to-undo")
    whole(hall)


def test_an_act_of_before_a_restart_is_taken_back_after_it(hall: Hall):
    ticket = served(hall, 5)
    hall.clerk.done(5, "transfer", business="B", note="请转办")
    hall.server.kill()
    hall.server.start()
    back = hall.clerk.done(5, "undo")
    assert (back["id"], back["state"], back["window"], back["turn"]) == (ticket, "serving", 5, 1)
    whole(hall)


def test_a_journal_that_was_changed_takes_nothing_back(hall: Hall):
    ticket = called(hall, 5)
    forge = "UPDATE journal SET hash = :hash WHERE ticket = :ticket AND act = 'issued'"
    hall.database.sql(forge, hash=START, ticket=ticket)
    assert refused(hall.clerk.act(5, "undo"), 503, "row-damaged")["ticket"] == ticket
    assert hall.manager.ticket(ticket)["state"] == "called"


def test_only_who_sits_there_takes_back(hall: Hall):
    chen, wang = hall.person("chen0105"), hall.person("wang0207")
    chen.done(5, "sign-in")
    hall.kiosk.take("A")
    chen.done(5, "next")
    refused(wang.act(5, "undo"), 403, "not-your-window")
    assert chen.done(5, "undo")["state"] == "waiting"
    whole(hall)
