"""Rows that make no sense any more: the journal mends them, what it cannot mend is set aside, and others go on."""

import time
from typing import Any

import pytest

from tests.running.client import API, HALL, new_key, refused
from tests.running.crowd import sound
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall

# What SQLite takes into any column, whatever its kind; PostgreSQL only takes text for text.
ANYWHERE = [
    ("state", "gone"),
    ("business", "?"),
    ("day", "someday"),
    ("priority", '"not a list"'),
    ("priority", "[1]"),
]
ON_SQLITE = [
    ("priority", "["),
    ("place", "soon"),
    ("entered", "x"),
    ("issued_at", b"\xff"),
    ("calls", "many"),
    ("number", 7),
    ("language", 1.5),
    ("due_at", "later"),
    ("window", "five"),
    ("called_at", "then"),
]


def spoil(hall: Hall, ticket: str, column: str, value: Any) -> None:
    """Write nonsense into a ticket's row, past the server."""
    statement = {
        "state": "UPDATE tickets SET state = :value WHERE id = :id",
        "business": "UPDATE tickets SET business = :value WHERE id = :id",
        "day": "UPDATE tickets SET day = :value WHERE id = :id",
        "priority": "UPDATE tickets SET priority = :value WHERE id = :id",
        "place": "UPDATE tickets SET place = :value WHERE id = :id",
        "entered": "UPDATE tickets SET entered = :value WHERE id = :id",
        "issued_at": "UPDATE tickets SET issued_at = :value WHERE id = :id",
        "calls": "UPDATE tickets SET calls = :value WHERE id = :id",
        "number": "UPDATE tickets SET number = :value WHERE id = :id",
        "language": "UPDATE tickets SET language = :value WHERE id = :id",
        "due_at": "UPDATE tickets SET due_at = :value WHERE id = :id",
        "window": 'UPDATE tickets SET "window" = :value WHERE id = :id',
        "called_at": "UPDATE tickets SET called_at = :value WHERE id = :id",
    }[column]
    hall.database.sql(statement, value=value, id=ticket)


def spoil_journal(hall: Hall, ticket: str) -> None:
    """Make the ticket's first line unreadable, so that nothing can mend its row."""
    first = "(SELECT min(entry_no) FROM journal WHERE ticket = :id)"
    hall.database.sql(f"UPDATE journal SET line = '{{}}' WHERE entry_no = {first}", id=ticket)  # noqa: S608 -- constant


def calm(hall: Hall) -> None:
    """Nothing was unforeseen."""
    said = hall.server.said()
    assert "act-broken" not in said
    assert "batch-broken" not in said
    assert "server-error" not in said


def mended(hall: Hall, ticket: dict[str, Any], seconds: float = 10) -> None:
    """The row tells the same as before; what nobody touches is mended within a minute."""
    hall.odds.ahead.value += 61_000
    end = time.monotonic() + seconds
    while True:
        row = hall.database.sql("SELECT state, number, business FROM tickets WHERE id = :id", id=ticket["id"])[0]
        if tuple(row) == ("waiting", ticket["number"], ticket["business"]):
            return
        assert time.monotonic() < end, row
        time.sleep(0.05)


def check_waiting(hall: Hall, column: str, value: Any) -> None:
    """A damaged waiting ticket: the acts go on, its row is mended, and it is called in its turn."""
    first, second = hall.kiosk.take("A"), hall.kiosk.take("A")
    spoil(hall, first["id"], column, value)
    assert hall.nobody.ask(f"{API}/tickets/{first['token']}").json()["number"] == first["number"]
    assert [t["id"] for t in hall.manager.every()][:1] == [first["id"]] or column == "entered"
    for path in (f"{HALL}/windows/1", f"{HALL}/board"):
        assert hall.manager.ask(path).status_code == 200
    hall.kiosk.take("B")
    if column != "due_at":
        mended(hall, first)
    called = [hall.clerk.done(window, "next")["id"] for window in (1, 2)]
    assert called == [first["id"], second["id"]]
    sound(hall)
    calm(hall)


@pytest.mark.parametrize(("column", "value"), ANYWHERE)
def test_a_damaged_waiting_ticket_is_mended(hall: Hall, column: str, value: Any):
    check_waiting(hall, column, value)


@pytest.mark.parametrize(("column", "value"), ON_SQLITE)
def test_nonsense_in_any_column_is_mended(start: Start, sqlite_database: Database, column: str, value: Any):
    if column in ("window", "called_at"):
        hall = start(sqlite_database)
        ticket = hall.kiosk.take("A")
        hall.clerk.done(1, "next")
        spoil(hall, ticket["id"], column, value)
        hall.odds.ahead.value += 61_000
        time.sleep(1.5)
        assert hall.clerk.done(1, "start")["id"] == ticket["id"]
        sound(hall)
        calm(hall)
    else:
        check_waiting(start(sqlite_database), column, value)


def test_nonsense_at_the_head_of_the_queue_stops_nobody(start: Start, sqlite_database: Database):
    """The very next press calls the damaged ticket itself, mended on the way."""
    hall = start(sqlite_database)
    ticket = hall.kiosk.take("A")
    spoil(hall, ticket["id"], "place", "soon")
    assert hall.clerk.done(1, "next")["id"] == ticket["id"]
    calm(hall)


def test_what_the_journal_cannot_mend_is_set_aside(hall: Hall):
    lost, other = hall.kiosk.take("A"), hall.kiosk.take("A")
    spoil(hall, lost["id"], "day", "someday")
    spoil_journal(hall, lost["id"])
    refused(hall.nobody.ask(f"{API}/tickets/{lost['token']}"), 503, "row-damaged")
    void = f"{HALL}/tickets/{lost['id']}/void"
    assert refused(hall.manager.tell(void, {"reason": "x"}), 503, "row-damaged")["ticket"] == lost["id"]
    assert hall.clerk.done(1, "next")["id"] == other["id"]
    refused(hall.manager.tell(void, {"reason": "x"}), 503, "row-damaged")
    assert [t["id"] for t in hall.manager.every()] == [other["id"]]
    hall.clerk.done(1, "finish", outcome="accepted")
    assert hall.clerk.act(1, "next").status_code == 204
    assert "ticket-damaged" in hall.server.said()
    assert hall.command("journal", "verify").exit_code == 1, "the damage is told"
    assert hall.kiosk.take("A")["number"] == "A003", "its number is not given again"
    calm(hall)


def test_a_window_gets_free_of_a_ticket_nobody_can_read(hall: Hall):
    lost, other = hall.kiosk.take("A"), hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    spoil(hall, lost["id"], "priority", "7")
    spoil_journal(hall, lost["id"])
    refused(hall.clerk.act(1, "finish", outcome="accepted"), 503, "row-damaged")
    assert hall.clerk.done(1, "next")["id"] == other["id"]
    assert hall.clerk.done(1, "finish", outcome="accepted")["state"] == "finished"
    calm(hall)


def test_a_repeated_request_whose_entry_is_damaged_says_so(hall: Hall):
    key = new_key()
    ticket = hall.kiosk.take("A", key=key)
    hall.database.sql("UPDATE journal SET line = 'x' WHERE ticket = :id", id=ticket["id"])
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"} | {"priority": []}, key), 503, "row-damaged")
    hall.database.sql("DELETE FROM journal WHERE ticket = :id", id=ticket["id"])
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"} | {"priority": []}, key), 503, "row-damaged")
    assert hall.kiosk.take("A")["number"] == "A002"
    calm(hall)


def test_a_counter_set_back_gives_no_number_twice(hall: Hall):
    for _ in range(3):
        hall.kiosk.take("A")
    hall.database.sql("UPDATE counters SET last = 0")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 503, "row-damaged")
    assert hall.kiosk.take("B")["number"] == "B001", "other businesses are not affected"
    hall.database.sql("UPDATE counters SET last = 3 WHERE prefix = 'A'")
    assert hall.kiosk.take("A")["number"] == "A004"
    sound(hall)
    calm(hall)


def test_a_hall_set_back_writes_nothing_twice(hall: Hall):
    hall.kiosk.take("A")
    last = hall.database.sql("SELECT last_no FROM halls")[0][0]
    hall.database.sql("UPDATE halls SET last_no = last_no - 1")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 503, "row-damaged")
    hall.database.sql("UPDATE halls SET last_no = :last", last=last)
    assert hall.kiosk.take("A")["number"] == "A002"
    sound(hall)
    calm(hall)


def test_a_hall_whose_definition_is_lost_refuses_and_recovers(hall: Hall):
    kept = hall.database.sql("SELECT definition FROM halls")[0][0]
    hall.database.sql("UPDATE halls SET definition = '{'")
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 503, "storage-unavailable")
    hall.database.sql("UPDATE halls SET definition = :kept", kept=kept)
    assert hall.kiosk.take("A")["number"] == "A001"


def test_a_window_whose_row_is_lost_is_closed(hall: Hall):
    hall.kiosk.take("A")
    hall.database.sql('DELETE FROM windows WHERE "window" = 3')
    refused(hall.clerk.act(3, "next"), 409, "window-closed")
    assert hall.clerk.act(4, "next").status_code == 200
    calm(hall)


def test_an_overdue_timer_on_a_damaged_ticket_stops_no_other(hall: Hall):
    lost, other = hall.kiosk.take("A"), hall.kiosk.take("B")
    spoil(hall, lost["id"], "day", "someday")
    spoil_journal(hall, lost["id"])
    hall.odds.ahead.value += 86_400_000
    assert hall.kiosk.take("A")["number"] == "A001"
    end = time.monotonic() + 10
    while next(t for t in hall.manager.every() if t["id"] == other["id"])["state"] != "void":
        assert time.monotonic() < end
        time.sleep(0.05)
    calm(hall)


def test_a_damaged_window_row_leaves_the_board_and_its_publishing_alive(sqlite_database: Database, start: Start):
    hall = start(sqlite_database)
    display = hall.socket(hall.token("kiosk"))
    display.join()
    hall.database.sql('UPDATE windows SET "window" = \'five\' WHERE "window" = 5')
    shown = hall.clerk.board()["windows"]
    assert [w["window"] for w in shown] == [*range(1, 13)]
    assert [w["window"] for w in shown if w["state"] == "closed"] == [5], "a window whose row is lost is closed"
    hall.kiosk.take("A")
    version = hall.clerk.board()["version"]
    assert display.board(version)["version"] >= version
    hall.database.sql('UPDATE windows SET "window" = 5 WHERE "window" = \'five\'')
    hall.kiosk.take("A")
    assert display.board(version + 1)["version"] > version
