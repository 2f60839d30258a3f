"""What happens by itself when its time has come, with the server's own clock moved on."""

from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from queue_server.core.journal import parse
from tests.running.client import API, refused
from tests.running.crowd import sound, together
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall, hall_with
from tests.running.staff import PASSWORD

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


def soon(hall: Hall, ticket: dict[str, Any], state: str) -> dict[str, Any]:
    """The ticket once it is in that state; the writer looks at its timers every second."""
    end = monotonic() + 20
    while True:
        now = next(t for t in hall.manager.every() if t["id"] == ticket["id"])
        if now["state"] == state:
            return now
        assert monotonic() < end, now
        sleep(0.05)


def missed(hall: Hall, window: int) -> dict[str, Any]:
    """A visitor who was called three times and did not come."""
    ticket = hall.kiosk.take("A")
    hall.clerk.done(window, "next")
    for _ in range(2):
        hall.odds.ahead.value += 20_000
        hall.clerk.done(window, "recall")
    hall.clerk.done(window, "missed")
    return ticket


def test_yesterdays_tickets_are_swept_at_the_start_of_the_day(hall: Hall):
    late = missed(hall, 2)
    waiting, called, serving, finished = (hall.kiosk.take(business) for business in "BCDE")
    for window in (3, 4, 5, 6):
        hall.clerk.done(window, "next")
    voided = hall.kiosk.take("F")
    hall.clerk.done(5, "start")
    hall.clerk.done(6, "finish", outcome="accepted")
    hall.odds.ahead.value += DAY_MS
    for ticket in (voided, called, serving, waiting, late):
        assert soon(hall, ticket, "void")["state"] == "void"
    assert next(t for t in hall.manager.every() if t["id"] == finished["id"])["state"] == "finished"
    assert {w["state"] for w in hall.kiosk.board()["windows"]} == {"free"}, "nobody stands at a window overnight"
    swept = [parse(line) for (line,) in hall.database.sql("SELECT line FROM journal WHERE act = 'voided'")]
    assert len(swept) == 5
    assert {entry.by for entry in swept} == {"timer"}
    assert {(entry.set or {})["reason"] for entry in swept} == {"day-over", "return-over"} or {
        (entry.set or {})["reason"] for entry in swept
    } == {"day-over"}
    assert hall.kiosk.take("B")["number"] == "B001", "a new day counts anew"
    assert hall.command("journal", "verify").exit_code == 0


def test_a_business_day_ends_at_four_in_the_morning(hall: Hall):
    """A ticket taken just before four o'clock is of the day before; just after, the numbers start again."""
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    four = now.replace(hour=4, minute=0, second=0, microsecond=0) + timedelta(days=1)
    hall.odds.ahead.value = int((four - now).total_seconds() * 1000) - 30_000
    last = hall.kiosk.take("A")
    hall.odds.ahead.value += 31_000
    soon(hall, last, "void")
    first = hall.kiosk.take("A")
    assert (last["number"], first["number"]) == ("A001", "A001")
    days = [day for (day,) in hall.database.sql("SELECT day FROM tickets ORDER BY entered")]
    assert days == [(four - timedelta(days=1)).date().isoformat(), four.date().isoformat()]


def emptied(hall: Hall, *windows: int) -> None:
    """Wait until nobody sits at these windows."""
    end = monotonic() + 20
    while any(hall.clerk.view(window)["clerk"] for window in windows):
        assert monotonic() < end
        sleep(0.05)


def test_whoever_forgot_to_sign_out_is_signed_out_at_the_start_of_the_day(hall: Hall):
    left, busy = hall.person("chen"), hall.person("wang")
    left.done(5, "sign-in")
    busy.done(6, "sign-in")
    visitor = hall.kiosk.take("A")
    busy.done(6, "next")
    hall.odds.ahead.value += DAY_MS
    emptied(hall, 5, 6)
    told = [
        parse(line)
        for (line,) in hall.database.sql('SELECT line FROM journal WHERE "window" IN (5, 6) ORDER BY entry_no')
    ]
    over = [(e.act, e.window) for e in told if e.by == "timer"]
    assert over == [("voided", 6), ("clerk-signed-out", 5), ("clerk-signed-out", 6)], (
        "first the tickets, then the seats"
    )
    assert [(e.facts or {})["reason"] for e in told if e.act == "clerk-signed-out"] == ["day-over"] * 2
    assert soon(hall, visitor, "void")["window"] == 6
    states = {w["window"]: w["state"] for w in hall.kiosk.board()["windows"]}
    assert (states[5], states[6]) == ("free", "free"), "a window stays as open as it was"
    refused(left.act(5, "next"), 403, "not-your-window")
    again = hall.client()
    again.sign_in("chen", PASSWORD)
    again.done(6, "sign-in")
    hall.odds.ahead.value += 2_000
    hall.kiosk.take("A")
    assert again.done(6, "next")["number"] == "A001", "whoever sits down today stays"
    assert hall.command("journal", "verify").exit_code == 0


def test_a_server_that_was_off_overnight_ends_seats_before_anything_else(hall: Hall):
    hall.person("chen").done(5, "sign-in")
    hall.server.stop()
    hall.odds.ahead.value += DAY_MS
    hall.server.start()
    wang = hall.person("wang")
    assert wang.done(5, "sign-in")["clerk"]["name"] == "wang 静"
    assert wang.ask(f"{API}/session").json()["window"] == 5


def test_seats_end_however_many_tickets_are_swept_before(hall: Hall):
    """More tickets than one batch sweeps: where a visitor is still called, the seat waits for the next batch."""
    windows = range(1, 13)
    for window in windows:
        hall.person(f"clerk{window}").done(window, "sign-in")
    together(*[lambda: [hall.client(hall.tokens["kiosk"]).take("A") for _ in range(65)]] * 4)
    for window in windows:
        hall.clerk.done(window, "next")
    hall.odds.ahead.value += DAY_MS
    emptied(hall, *windows)
    assert {t["state"] for t in hall.manager.every()} == {"void"}
    assert {w["state"] for w in hall.kiosk.board()["windows"]} == {"free"}
    sound(hall)


def test_who_does_not_come_back_in_time_is_voided(hall: Hall):
    ticket = missed(hall, 1)
    hall.odds.ahead.value += 29 * MINUTE_MS
    hall.kiosk.take("B")
    assert hall.clerk.every(state="missed")[0]["id"] == ticket["id"]
    hall.odds.ahead.value += MINUTE_MS
    soon(hall, ticket, "void")
    (reason,) = hall.database.sql("SELECT reason FROM tickets WHERE id = :id", id=ticket["id"])[0]
    assert reason == "return-over"


@pytest.fixture
def quick_to_miss(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall where one is missed by itself a minute after the last call that counted."""
    return start(database, file=hall_with(tmp_path, missed_timer="1 min", max_calls=2))


def test_the_missed_timer_frees_the_window(quick_to_miss: Hall):
    hall = quick_to_miss
    ticket = hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    hall.odds.ahead.value += 5 * MINUTE_MS
    assert hall.clerk.done(1, "recall")["calls"] == 2, "before the second call nothing misses anybody"
    hall.odds.ahead.value += MINUTE_MS
    soon(hall, ticket, "missed")
    assert hall.clerk.view(1)["ticket"] is None


def test_overdue_timers_fire_after_a_restart_before_anything_else(hall: Hall):
    ticket = hall.kiosk.take("A")
    hall.server.stop()
    hall.odds.ahead.value += DAY_MS
    hall.server.start()
    hall.clerk.act(1, "next")
    assert soon(hall, ticket, "void")["called_at"] is None, "yesterday's ticket is not called today"


def test_however_much_is_overdue_it_fires_before_the_first_act(hall: Hall):
    """More than one commit sweeps: the first call of a new day finds nobody of the day before."""
    together(*[lambda: [hall.client(hall.tokens["kiosk"]).take("A") for _ in range(110)]] * 2)
    hall.server.stop()
    hall.odds.ahead.value += DAY_MS
    hall.server.start()
    assert hall.clerk.act(1, "next").status_code == 204, "yesterday's tickets are not called today"
    assert hall.kiosk.take("A")["number"] == "A001"
    assert {t["called_at"] for t in hall.manager.every()} == {None}
    sound(hall)


def test_hall_time_never_runs_back(hall: Hall):
    first = hall.kiosk.take("A")
    hall.server.stop()
    hall.odds.ahead.value = -HOUR_MS
    hall.server.start()
    second = hall.kiosk.take("A")
    assert second["issued_at"] >= first["issued_at"]
    assert hall.clerk.done(1, "next")["id"] == first["id"]
    assert hall.command("journal", "verify").exit_code == 0
