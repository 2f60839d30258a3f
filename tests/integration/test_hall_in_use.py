"""What cases, bookings and tickets need of a hall is not taken away by a new file; a damaged row keeps nothing."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import JSON, insert, update

from queue_server import hall_file
from queue_server.core.booking import BookingRules
from queue_server.core.business import Item
from queue_server.core.journal import canonical
from queue_server.core.numbering import business_day
from queue_server.storage import halls
from queue_server.storage.rows import DAMAGED
from queue_server.storage.tables import bookings, cases, tickets
from queue_server.storage.tables import halls as rows
from tests.running.changed_hall import changed_by, edited, made, stored, windows
from tests.running.database import Database

HOUR, DAY = 3_600_000, 86_400_000


def test_open_cases_and_bookings_keep_their_business(database: Database, tmp_path: Path):
    made(database)
    of_a = {"hall": "main", "business": "A"}
    opened = [("CASE1", None), ("CASE2", 2)]
    booked = [("BOOK1", "booked"), ("BOOK2", "checked-in"), ("BOOK3", "booked")]
    with database.engine().begin() as db:
        for code, closed_at in opened:
            row = {"id": code, "code": code, "opened_at": 1, "missing": [], "closed_at": closed_at}
            db.execute(insert(cases), {**of_a, **row})
        for code, state in booked:
            row = {"id": code, "code": code, "slot": 1, "reviewed": False, "priority": [], "state": state}
            db.execute(insert(bookings), {**of_a, **row})
    said = hall_file.dump(stored(database))
    left = [business for business in said["businesses"] if business["code"] != "A"]
    fewer = [
        {**window, "serves": {code: ms for code, ms in window["serves"].items() if code != "A"}} for window in windows()
    ]
    told = changed_by(database, "import", str(edited(tmp_path, businesses=left, windows=fewer)), "--yes")
    assert told.exit_code == 1
    assert "business A is not in the file, and is needed by case CASE1.\n" in told.output
    assert "business A is not in the file, and is needed by bookings BOOK1, BOOK3.\n" in told.output


def test_open_cases_and_bookings_keep_what_they_are_about(database: Database, tmp_path: Path):
    made(database)
    plain = stored(database)
    first = plain.businesses[0]
    bookable = replace(first, items=(Item("odd", first.names),), booking=BookingRules())
    more = replace(plain, businesses=(bookable, *plain.businesses[1:]))
    with database.engine().begin() as db:
        db.execute(update(rows).values(definition=canonical(halls.written(more))))
        of_a = {"hall": "main", "business": first.code, "item": "odd"}
        db.execute(insert(cases), {**of_a, "id": "c", "code": "CASE1", "opened_at": 1, "missing": []})
        for code, state in (("BOOK1", "booked"), ("BOOK2", "cancelled")):
            row = {"id": code, "code": code, "slot": 1, "reviewed": False, "priority": ["elderly"], "state": state}
            db.execute(insert(bookings), {**of_a, **row})
    classes = [each for each in hall_file.dump(plain)["classes"] if each["code"] != "elderly"]
    told = changed_by(database, "import", str(edited(tmp_path, plain, classes=classes)), "--yes")
    assert told.exit_code == 1
    for part, by in (("item odd", "case CASE1"), ("item odd", "booking BOOK1"), ("class elderly", "booking BOOK1")):
        assert f"{part} is not in the file, and is needed by {by}.\n" in told.output
    part = f"booking of business {first.code}"
    assert f"{part} is not in the file, and is needed by booking BOOK1.\n" in told.output


@pytest.mark.parametrize("state", ["waiting", DAMAGED])
def test_a_ticket_that_nobody_can_read_keeps_no_hall_from_changing(database: Database, tmp_path: Path, state: str):
    made(database)
    bad = {"id": "t", "hall": "main", "number": "A001", "business": "A", "day": "2026-11-24", "language": "en"}
    bad |= {"state": state, "issued_at": 1, "place": 1, "entered": 1, "ahead_at_issue": 0, "calls": 0}
    with database.engine().begin() as db:
        db.execute(insert(tickets), {**bad, "later": JSON.NULL, "priority": JSON.NULL})
    done = changed_by(database, "import", str(edited(tmp_path, windows=windows(12))), "--yes")
    assert done.exit_code == 0, done.output


def test_a_change_that_waits_is_told_beforehand_and_an_import_takes_its_place(
    sqlite_database: Database, tmp_path: Path
):
    made(sqlite_database)
    with sqlite_database.engine().begin() as db:
        of_a = {"hall": "main", "business": "A", "item": "new"}
        db.execute(insert(cases), {**of_a, "id": "c", "code": "CASE1", "opened_at": 1, "missing": []})
    said = hall_file.dump(stored(sqlite_database))["businesses"]
    fewer = [{**b, "items": [i for i in b["items"] if (b["code"], i["code"]) != ("A", "new")]} for b in said]
    less = edited(tmp_path, businesses=fewer)
    day = business_day(time.time_ns() // 1_000_000 + 6 * DAY, "Asia/Shanghai", 4 * HOUR)
    told = changed_by(sqlite_database, "import", str(less), "--from", day, "--yes").output
    assert f"If nothing changes until {day}, it will wait for these:\n- item new is not in the file" in told
    for then, changes in ((edited(tmp_path, windows=windows(12)), True), (hall_file.DEFAULT, False)):
        sqlite_database.sql("UPDATE hall_plans SET takes_effect_at = 1")
        took_its_place = changed_by(sqlite_database, "import", str(then), "--yes")
        assert "What was to change before and still waited is called off.\n" in took_its_place.output
        assert len(sqlite_database.sql("SELECT * FROM hall_plans")) == changes
