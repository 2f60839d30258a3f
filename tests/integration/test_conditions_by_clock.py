"""What the clock and the queues do with the hall: opening hours, lunch, exceptions, last ticket, quotas, the alarm."""

from datetime import date, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.running.client import HALL, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.lives import all_whole
from tests.running.own_hall import go_to, moment, monday, own_file
from tests.running.truth import entries

DAY = timedelta(days=1)
WORKED = ("monday", "tuesday", "wednesday", "thursday", "friday")
HOURS = {
    "hours": dict.fromkeys(WORKED, "09:00-12:00, 13:30-17:00"),
    "last_ticket": "30 min",
}


def opened(hall: Hall, *, opens: bool) -> None:
    """Wait until the hall itself has seen that it opened or closed."""
    end = monotonic() + 20
    while hall.kiosk.board()["open"] != opens:
        assert monotonic() < end
        sleep(0.05)


def closed_until(hall: Hall, business: str = "A") -> int:
    """When numbers are given again, as who comes now is told (ms UTC)."""
    told: int = refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": business}), 409, "hall-closed")["opens"]
    return told


@pytest.fixture
def weekly(start: Start, database: Database, tmp_path: Path) -> Hall:
    """A hall with lunch, a short Wednesday, Friday off, the Saturday after worked for it, and pick-up on Saturdays."""
    first = monday()
    opening = {**HOURS, "exceptions": {str(first + 2 * DAY): "09:00-11:00"}}
    calendar = {"holidays": [str(first + 4 * DAY)], "make_up": {str(first + 5 * DAY): "friday"}}
    own = {"opening": {"hours": {"sunday": "10:00-11:00"}}}
    file = own_file(tmp_path, businesses={"Z": own}, opening=opening, calendar=calendar)
    return start(database, file=file)


WEEK: list[tuple[int, str, tuple[int, str] | None]] = [
    (0, "08:59", (0, "09:00")),
    (0, "09:00", None),
    (0, "11:59", None),
    (0, "12:30", (0, "13:30")),
    (0, "13:30", None),
    (0, "16:29", None),
    (0, "16:31", (1, "09:00")),
    (1, "17:01", (2, "09:00")),
    (2, "10:29", None),
    (2, "10:31", (3, "09:00")),
    (3, "18:00", (5, "09:00")),
    (4, "10:00", (5, "09:00")),
    (5, "10:00", None),
    (6, "10:00", (7, "09:00")),
]


def test_numbers_are_given_in_the_opening_hours_of_each_day(weekly: Hall):
    hall, first = weekly, monday()
    for day, wall, opens in WEEK:
        go_to(hall, first + day * DAY, wall)
        if opens is None:
            hall.kiosk.take("A")
        else:
            assert closed_until(hall) == moment(first + opens[0] * DAY, opens[1]), (day, wall)
    assert hall.kiosk.take("Z")["number"] == "Z001", "pick-up has hours of its own: Sunday from ten"
    all_whole(hall)


def test_a_business_with_hours_of_its_own_does_not_keep_the_halls(weekly: Hall):
    hall, first = weekly, monday()
    go_to(hall, first, "10:00")
    assert closed_until(hall, "Z") == moment(first + 6 * DAY, "10:00")
    hall.kiosk.take("A")
    all_whole(hall)


def test_opening_and_closing_are_told_when_they_happen(weekly: Hall):
    hall, first = weekly, monday()
    steps = [("08:00", False), ("09:01", True), ("12:01", False), ("13:31", True), ("17:01", False)]
    for wall, opens in steps:
        go_to(hall, first, wall)
        opened(hall, opens=opens)
        assert hall.kiosk.ask(f"{HALL}/conditions").json()["open"] is opens
    told = [
        (e.act, e.by)
        for e in entries(hall)
        if e.act in ("hall-opened", "hall-closed") and e.at > moment(first, "08:30")
    ]
    assert told == [(act, "timer") for act in ("hall-opened", "hall-closed") * 2]
    all_whole(hall)


def test_who_waits_at_the_last_closing_is_still_served(weekly: Hall):
    hall, first = weekly, monday()
    go_to(hall, first, "16:20")
    ticket = hall.kiosk.take("A")
    go_to(hall, first, "17:10")
    opened(hall, opens=False)
    assert hall.clerk.done(5, "next")["id"] == ticket["id"]
    all_whole(hall)


def test_a_day_closed_early_does_not_open_after_lunch(weekly: Hall):
    hall, first = weekly, monday()
    go_to(hall, first, "11:00")
    hall.manager.tell(f"{HALL}/close-early")
    assert closed_until(hall) == moment(first + DAY, "09:00")
    go_to(hall, first, "14:00")
    closed_until(hall)
    assert hall.manager.tell(f"{HALL}/back-to-normal").status_code == 200
    hall.kiosk.take("A")
    all_whole(hall)


def numbers(hall: Hall, many: int, business: str = "A") -> list[int]:
    """The statuses of so many who want a number."""
    wish = {"business": business}
    return [hall.kiosk.tell(f"{HALL}/tickets", wish).status_code for _ in range(many)]


def test_quotas_by_day_and_by_time_band(start: Start, database: Database, tmp_path: Path):
    quotas = {"09:00-12:00": 2, "12:00-17:00": 3, "day": 4}
    hall = start(database, file=own_file(tmp_path, businesses={"A": {"quotas": quotas}}))
    first = monday()
    go_to(hall, first, "09:30")
    assert numbers(hall, 3) == [201, 201, 409]
    problem = refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "quota-used")
    assert (problem["business"], problem["most"]) == ("A", 2)
    assert numbers(hall, 1, "B") == [201], "it is the quota of one business"
    by_way_of_b = {"business": "B", "later": ["A"]}
    assert refused(hall.kiosk.tell(f"{HALL}/tickets", by_way_of_b), 409, "quota-used")["business"] == "A"
    go_to(hall, first, "12:00")
    assert numbers(hall, 3) == [201, 201, 409], "the day's four are given out"
    assert refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "quota-used")["most"] == 4
    given = hall.manager.every()
    assert [t["number"] for t in given if t["business"] == "A"] == ["A001", "A002", "A003", "A004"]
    go_to(hall, first + DAY, "13:00")
    assert hall.kiosk.tell(f"{HALL}/tickets", by_way_of_b).status_code == 201, "a new day counts anew"
    assert numbers(hall, 3) == [201, 201, 409], "and who comes from elsewhere later counts, too"
    all_whole(hall)


def alarms(hall: Hall) -> list[str]:
    """The businesses that ring, after the writer has looked again."""
    # Any act makes the writer look at the queues; its own wake does so within a second.
    end = monotonic() + 1.6
    now: list[str] = []
    while monotonic() < end:
        now = hall.kiosk.ask(f"{HALL}/conditions").json()["alarms"]
        sleep(0.1)
    return now


def test_the_alarm_rings_at_its_limit_and_ends_well_below(start: Start, database: Database, tmp_path: Path):
    hall = start(database, file=own_file(tmp_path, businesses={"A": {"alarm": 10}}))
    numbers(hall, 9)
    assert alarms(hall) == []
    numbers(hall, 1)
    assert alarms(hall) == ["A"]
    hall.clerk.done(5, "next")
    assert alarms(hall) == ["A"], "one call does not end it"
    numbers(hall, 1)
    hall.clerk.done(5, "finish-next", outcome="completed")
    assert alarms(hall) == ["A"]
    hall.clerk.done(5, "finish-next", outcome="completed")
    assert alarms(hall) == [], "below nine tenths it is over"
    told = [(e.act, (e.facts or {})["business"], (e.facts or {})["waiting"]) for e in entries(hall) if "alarm" in e.act]
    assert told == [("alarm-raised", "A", 10), ("alarm-ended", "A", 8)]
    floor: dict[str, Any] = hall.manager.ask(f"{HALL}/floor").json()
    assert floor["conditions"]["alarms"] == []
    all_whole(hall)


def test_the_official_calendar_is_read_day_by_day(start: Start, database: Database, tmp_path: Path):
    """As the notices of October go: a week off, the Sunday before and the Saturday after are worked."""
    off = [monday() + (7 + n) * DAY for n in range(3, 10)]
    worked: dict[date, str] = {monday() + 6 * DAY: "thursday", monday() + 19 * DAY: "friday"}
    calendar = {"holidays": [f"{off[0]} to {off[-1]}"], "make_up": {str(day): keeps for day, keeps in worked.items()}}
    hall = start(database, file=own_file(tmp_path, opening=HOURS, calendar=calendar))
    for n in range(5, 21):
        day = monday() + n * DAY
        go_to(hall, day, "10:00")
        works = day in worked or (day not in off and day.weekday() < 5)
        assert numbers(hall, 1) == [201 if works else 409], day
    all_whole(hall)
