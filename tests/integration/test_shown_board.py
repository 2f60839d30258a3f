"""What the board tells the screens of single windows, and the hours it tells of a closed hall."""

from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.integration.test_profiles import with_profiles
from tests.running.client import HALL
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.own_hall import go_to, monday, own_file

WORKED = ("monday", "tuesday", "wednesday", "thursday", "friday")
HOURS = dict.fromkeys(WORKED, "09:00-12:00, 13:30-17:00")
HOUR = 3_600_000


def shown(hall: Hall, window: int) -> dict[str, Any]:
    """What the board tells of one window."""
    found: dict[str, Any] = next(each for each in hall.kiosk.board()["windows"] if each["window"] == window)
    return found


def test_a_window_tells_how_often_it_called_and_whom_it_would_call_next(hall: Hall) -> None:
    first, second = hall.kiosk.take("A"), hall.kiosk.take("B")
    assert (shown(hall, 5)["next"], shown(hall, 5)["calls"]) == (first["number"], 0)
    hall.clerk.done(5, "next")
    now = shown(hall, 5)
    assert (now["state"], now["number"], now["calls"]) == ("calling", first["number"], 1)
    assert now["next"] == second["number"]
    hall.clerk.done(6, "next")
    assert [shown(hall, window)["next"] for window in (5, 6)] == [None, None]


def test_a_paused_window_tells_why_and_calls_nobody_and_help_is_not_told(hall: Hall) -> None:
    hall.kiosk.take("A")
    hall.clerk.done(5, "help")
    hall.clerk.done(5, "pause", reason="meal")
    assert shown(hall, 5) == {
        "window": 5,
        "state": "paused",
        "number": None,
        "paused": "meal",
        "calls": 0,
        "next": None,
        "serves": None,
    }
    hall.clerk.done(5, "unpause")
    assert (shown(hall, 5)["paused"], shown(hall, 5)["next"]) == (None, "A001")
    hall.clerk.done(5, "close")
    assert (shown(hall, 5)["state"], shown(hall, 5)["next"]) == ("closed", None)


def test_whoever_is_tied_to_a_window_is_next_there_and_nowhere_else_before_others(hall: Hall) -> None:
    tied = hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "transfer", business="B", note="请到 4 号窗口", to_window=4)
    other = hall.kiosk.take("A")
    assert (shown(hall, 4)["next"], shown(hall, 6)["next"]) == (tied["number"], other["number"])


def test_in_an_evacuation_nobody_is_next(hall: Hall) -> None:
    hall.kiosk.take("A")
    hall.manager.tell(f"{HALL}/evacuate")
    assert shown(hall, 5)["next"] is None


def test_a_window_serves_what_its_clerk_is_able_to(database: Database, start: Start, tmp_path: Path) -> None:
    hall = start(database, file=with_profiles(tmp_path))
    person = hall.person("chen")
    assert hall.command("staff", "profile", "--name", "chen", "--profile", "codes-only").exit_code == 0
    hall.kiosk.take("A")
    code = hall.kiosk.take("G")
    person.done(1, "sign-in")
    assert (shown(hall, 1)["serves"], shown(hall, 1)["next"]) == (["G", "Z"], code["number"])
    assert shown(hall, 2)["serves"] is None


def test_a_closed_hall_tells_the_hours_of_the_day_on_which_it_opens(
    database: Database, start: Start, tmp_path: Path
) -> None:
    hall = start(database, file=own_file(tmp_path, opening={"hours": HOURS}))
    day = monday()
    spans = [{"starts": 9 * HOUR, "ends": 12 * HOUR}, {"starts": 13 * HOUR + HOUR // 2, "ends": 17 * HOUR}]
    following = {"day": str(day + timedelta(days=1)), "spans": spans}
    for wall, opens, told in (
        ("08:00", False, {"day": str(day), "spans": spans}),
        ("09:01", True, None),
        ("12:01", False, {"day": str(day), "spans": spans}),
        ("17:01", False, following),
    ):
        go_to(hall, day, wall)
        end = monotonic() + 20
        while hall.kiosk.board()["open"] != opens:
            assert monotonic() < end
            sleep(0.05)
        assert hall.kiosk.board()["hours"] == told, wall


def test_a_day_closed_early_tells_the_hours_of_the_next(database: Database, start: Start, tmp_path: Path) -> None:
    hall = start(database, file=own_file(tmp_path, opening={"hours": HOURS}))
    day = monday()
    go_to(hall, day, "10:00")
    hall.kiosk.take("A")
    assert hall.manager.tell(f"{HALL}/close-early").status_code == 200
    assert hall.kiosk.board()["hours"]["day"] == str(day + timedelta(days=1))


def test_a_hall_without_hours_tells_none(hall: Hall) -> None:
    assert hall.manager.tell(f"{HALL}/close-early").status_code == 200
    board = hall.kiosk.board()
    assert (board["open"], board["hours"]) == (False, None)
