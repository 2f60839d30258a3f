"""Whoever comes back with a case and is done leaves it closed, at a real server; undo opens it again."""

from datetime import timedelta
from typing import Any

from tests.running.client import HALL
from tests.running.hall import Hall
from tests.running.lives import all_whole, twice
from tests.running.own_hall import go_to, monday
from tests.running.visits import CASES, at_window, seated


def troubled(hall: Hall) -> list[dict[str, Any]]:
    """What a manager must look at."""
    found: list[dict[str, Any]] = hall.manager.ask(CASES, params={"troubles": "yes"}).json()["items"]
    return found


def test_whoever_is_done_leaves_the_case_closed_and_undo_opens_it_again(hall: Hall) -> None:
    first = monday()
    go_to(hall, first, "09:00")
    chen = seated(hall, "chen0105", 5)
    at_window(hall, chen, 5)
    code = chen.done(5, "papers-missing", item="new", missing=["licence"])["case"]["code"]
    path = f"{CASES}/{code}"
    hall.kiosk.tell(f"{path}/tickets")
    chen.done(5, "next")
    chen.done(5, "start")
    before = chen.ask(path).json()
    done = twice(hall, chen, f"{HALL}/windows/5/finish", {"outcome": "certificate-handed-over"})
    closed = chen.ask(path).json()
    assert (closed["outcome"], closed["missing"], closed["return_by"]) == ("certificate-handed-over", [], None)
    assert (done["case"]["code"], closed["closed_at"]) == (code, done["finished_at"])
    chen.done(5, "undo")
    assert chen.ask(path).json() == before, "the case is as it was"
    chen.done(5, "finish", outcome="referred")
    assert chen.ask(path).json() == before, "who is sent elsewhere still has a case"
    go_to(hall, first + timedelta(days=30), "09:00")
    assert [each["code"] for each in troubled(hall)] == [code]
    chen.done(5, "sign-in")
    hall.kiosk.tell(f"{path}/tickets")
    chen.done(5, "next")
    chen.done(5, "finish", outcome="completed")
    assert troubled(hall) == []
    all_whole(hall)
