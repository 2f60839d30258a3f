"""Windows, their businesses and weights at a real server: main work, reluctance, holding back; and nobody starves."""

from pathlib import Path

from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, later
from tests.running.own_hall import own_file
from tests.running.truth import acts, whole

WINDOWS = [
    {"window": 1, "zone": "1", "serves": {"A": 0, "B": "10 min"}},
    {"window": 2, "zone": "1", "serves": {"B": 0}, "not_before": {"B": "5 min"}},
]


def test_each_window_calls_by_its_own_weights(start: Start, sqlite_database: Database, tmp_path: Path):
    hall = start(sqlite_database, file=own_file(tmp_path, windows=WINDOWS))
    second = hall.kiosk.take("B")
    later(hall, 4 * MINUTE_MS)
    main = hall.kiosk.take("A")
    never = hall.kiosk.take("C")
    assert hall.clerk.act(2, "next").status_code == 204, "this window holds back until somebody has waited five minutes"
    called = hall.clerk.done(1, "next")
    assert (called["id"], called["why"]["cause"]) == (main["id"], "main-work"), "ten minutes are not used up"
    later(hall, MINUTE_MS)
    assert hall.clerk.done(2, "next")["id"] == second["id"]
    assert acts(hall, second["id"]) == ["issued", "ripened", "called"]
    hall.clerk.done(1, "finish", outcome="completed")
    assert hall.clerk.act(1, "next").status_code == 204, "what no window lists is never called there"
    assert hall.manager.ticket(never["id"])["state"] == "waiting"
    later_main = _second_business_after_its_lead(hall)
    assert hall.clerk.done(1, "finish-next", outcome="completed")["id"] == later_main
    whole(hall)


def _second_business_after_its_lead(hall: Hall) -> str:
    """Somebody who came for the second business eleven minutes before the main one is called first."""
    first = hall.kiosk.take("B")["id"]
    later(hall, 11 * MINUTE_MS)
    main: str = hall.kiosk.take("A")["id"]
    called = hall.clerk.done(1, "next")
    assert (called["id"], called["why"]["reluctance_ms"]) == (first, 10 * MINUTE_MS)
    return main


def test_an_endless_stream_of_priority_is_passed_by_who_came_before_their_head_start(
    start: Start, sqlite_database: Database, tmp_path: Path
):
    hall = start(sqlite_database, file=own_file(tmp_path, windows=WINDOWS[:1]))
    ordinary = hall.kiosk.take("A")
    first = hall.kiosk.take("A", "elderly")
    called = [hall.clerk.done(1, "next")]
    while called[-1]["id"] != ordinary["id"] and len(called) < 20:
        # Whenever somebody is served, two more come who have a ground: strict priority would never end.
        later(hall, 4 * MINUTE_MS)
        for _ in range(2):
            hall.kiosk.take("A", "elderly")
        called.append(hall.clerk.done(1, "finish-next", outcome="completed"))
    assert (called[0]["id"], called[-1]["id"]) == (first["id"], ordinary["id"])
    assert all(t["issued_at"] < ordinary["issued_at"] + 20 * MINUTE_MS for t in called), "whoever came later waits"
    waiting = [t for t in hall.manager.every() if t["state"] == "waiting"]
    assert {tuple(t["priority"]) for t in waiting} == {("elderly",)}, "called while others with a ground still wait"
    whole(hall)
