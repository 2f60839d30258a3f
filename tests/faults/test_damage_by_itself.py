"""Damaged rows in the way of what nobody presses for: it is told and put right, and every other act goes on."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.running.booked import BOOKINGS, DAY, at, book, bookable
from tests.running.client import refused
from tests.running.crowd import sound
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall, hall_with
from tests.running.own_hall import go_to, monday
from tests.running.visits import CASES, at_window, seated

IN_TICKET = {
    "day": "UPDATE tickets SET day = 'someday' WHERE id = :id",
    "priority": "UPDATE tickets SET priority = '7' WHERE id = :id",
}
IN_BOOKING = {
    "priority": "UPDATE bookings SET priority = '7' WHERE code = :code",
    "business": "UPDATE bookings SET business = '??' WHERE code = :code",
}
NO_JOURNAL = "UPDATE journal SET line = '{}' WHERE ticket = :id"
FORGOTTEN = "UPDATE journal SET line = '{}' WHERE act = 'booked'"


def until(true: Callable[[], bool]) -> None:
    """The writer wakes once a second."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def calm(hall: Hall) -> None:
    """Nothing was unforeseen."""
    said = hall.server.said()
    for broken in ("act-broken", "batch-broken", "server-error", "by-itself-rests"):
        assert broken not in said


def ready(hall: Hall, window: int) -> None:
    """A window stands ready though somebody waits: the ticket it would call cannot be read at that moment."""
    hall.database.sql('UPDATE windows SET ready_since = 1 WHERE "window" = :window', window=window)


@pytest.mark.parametrize(("column", "told"), [("day", True), ("priority", False)], ids=["journalled", "lost"])
def test_a_damaged_head_stops_no_call_by_itself(
    database: Database, start: Start, tmp_path: Path, column: str, *, told: bool
):
    hall = start(database, file=hall_with(tmp_path, auto_call=True))
    first, second = hall.kiosk.take("A"), hall.kiosk.take("A")
    hall.database.sql(IN_TICKET[column], id=first["id"])
    if not told:
        hall.database.sql(NO_JOURNAL, id=first["id"])
    ready(hall, 1)
    assert hall.kiosk.take("B")["number"] == "B001"
    called = first if told else second
    until(lambda: (hall.clerk.view(1)["ticket"] or {}).get("id") == called["id"])
    assert ("ticket-damaged" in hall.server.said()) is not told
    assert hall.clerk.done(1, "start")["id"] == called["id"]
    if told:
        sound(hall)
    calm(hall)


def test_a_damaged_visitor_at_a_ready_window_stops_no_other_window(database: Database, start: Start, tmp_path: Path):
    hall = start(database, file=hall_with(tmp_path, auto_call=True))
    lost = hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    hall.database.sql(IN_TICKET["priority"], id=lost["id"])
    hall.database.sql(NO_JOURNAL, id=lost["id"])
    ready(hall, 1)
    assert hall.clerk.act(2, "next").status_code == 204
    assert hall.kiosk.take("A")["number"] == "A002"
    until(lambda: "ticket-damaged" in hall.server.said())
    until(lambda: hall.clerk.view(1)["ticket"] is not None)
    assert hall.clerk.view(1)["ticket"]["number"] == "A002", "nobody is seen at window 1 any more"
    calm(hall)


def state(hall: Hall, code: str) -> str:
    return str(hall.database.sql("SELECT state FROM bookings WHERE code = :code", code=code)[0][0])


@pytest.mark.parametrize("column", IN_BOOKING)
def test_a_damaged_booking_is_mended_and_runs_out_like_every_other(
    database: Database, start: Start, tmp_path: Path, column: str
):
    hall = bookable(start, database, tmp_path)
    codes = [book(hall.clerk, at(wall)).json()["code"] for wall in ("09:00", "09:30")]
    hall.database.sql(IN_BOOKING[column], code=codes[0])
    go_to(hall, monday() + DAY, "09:00")
    until(lambda: {state(hall, code) for code in codes} == {"expired"})
    row = hall.database.sql("SELECT business, priority FROM bookings WHERE code = :code", code=codes[0])[0]
    assert row[0] == "A"
    assert row[1] in ([], "[]")
    assert hall.kiosk.take("A")["number"] == "A001"
    calm(hall)


def test_a_booking_that_nobody_can_read_is_set_aside_once(database: Database, start: Start, tmp_path: Path):
    hall = bookable(start, database, tmp_path)
    codes = [book(hall.clerk, at(wall)).json()["code"] for wall in ("09:00", "09:30")]
    hall.database.sql(FORGOTTEN)
    hall.database.sql(IN_BOOKING["priority"], code=codes[0])
    refused(hall.kiosk.tell(f"{BOOKINGS}/{codes[0]}/check-in"), 503, "row-damaged")
    go_to(hall, monday() + DAY, "09:00")
    until(lambda: state(hall, codes[1]) == "expired")
    assert state(hall, codes[0]) == "damaged"
    refused(hall.kiosk.tell(f"{BOOKINGS}/{codes[0]}/check-in"), 503, "row-damaged")
    hall.odds.ahead.value += 61_000
    assert hall.kiosk.take("A")["number"] == "A001"
    assert hall.server.said().count("booking-damaged") == 1
    calm(hall)


def test_a_damaged_booking_is_mended_when_its_visitor_comes(database: Database, start: Start, tmp_path: Path):
    hall = bookable(start, database, tmp_path)
    made = book(hall.clerk, at("09:00"), priority=["elderly"]).json()
    go_to(hall, monday(), "09:00")
    hall.database.sql(IN_BOOKING["priority"], code=made["code"])
    ticket: dict[str, Any] = hall.kiosk.tell(f"{BOOKINGS}/{made['code']}/check-in").json()
    assert (ticket["number"], ticket["priority"]) == ("A001", ["elderly"])
    assert state(hall, made["code"]) == "checked-in"
    calm(hall)


@pytest.mark.parametrize("told", [True, False], ids=["journalled", "lost"])
def test_a_damaged_case_of_somebody_put_aside_stops_no_night(hall: Hall, *, told: bool):
    """Who is put aside overnight comes back with a case; one whose case nobody can read stops no other timer."""
    go_to(hall, monday(), "16:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5, item="new")
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    back = hall.kiosk.tell(f"{CASES}/{code}/tickets").json()
    chen.done(5, "next")
    chen.done(5, "hold", kind="papers-with-visitor")
    other = hall.kiosk.take("B")
    hall.database.sql("UPDATE cases SET missing = '7'")
    if not told:
        hall.database.sql("UPDATE journal SET line = '{}' WHERE \"case\" IS NOT NULL")
        refused(hall.manager.ask(f"{CASES}/{code}"), 503, "row-damaged")
        assert hall.manager.ask(CASES).json()["items"] == []
    go_to(hall, monday() + DAY, "09:00")
    until(lambda: hall.clerk.ticket(other["id"])["state"] == "void")
    assert hall.kiosk.take("A")["number"] == "A001"
    assert hall.clerk.ticket(back["id"])["state"] == ("void" if told else "held")
    assert ("timer-lost" in hall.server.said()) is not told
    calm(hall)
