"""Calls that nobody presses for: where the hall says so, a window that stands ready calls whoever comes."""

from collections.abc import Callable
from pathlib import Path

from tests.running.database import Database
from tests.running.hall import Hall, hall_with

Start = Callable[..., Hall]


def by_itself(start: Start, database: Database, folder: Path) -> Hall:
    return start(database, file=hall_with(folder, auto_call=True))


def test_whoever_comes_is_called_to_the_window_that_stands_ready_longest(
    database: Database, start: Start, tmp_path: Path
) -> None:
    hall = by_itself(start, database, tmp_path)
    for window in (3, 2):
        assert hall.clerk.act(window, "next").status_code == 204
    first, second, third = (hall.kiosk.take("A") for _ in range(3))
    assert hall.clerk.view(3)["ticket"]["id"] == first["id"]
    assert hall.clerk.view(2)["ticket"]["id"] == second["id"]
    assert hall.clerk.ticket(third["id"])["state"] == "waiting"
    # After a finish alone nobody is called: the clerk has not asked for the next one.
    hall.clerk.done(3, "finish", outcome="completed")
    assert hall.clerk.view(3)["ticket"] is None
    assert hall.command("journal", "verify").exit_code == 0


def test_the_least_reluctant_window_comes_before_the_one_that_stands_ready_longer(
    database: Database, start: Start, tmp_path: Path
) -> None:
    hall = by_itself(start, database, tmp_path)
    # Window 9 is there for codes and pick-ups: ten minutes reluctant to everything else.
    for window in (9, 2, 3):
        assert hall.clerk.act(window, "next").status_code == 204
    first, second, third = (hall.kiosk.take("A") for _ in range(3))
    assert [hall.clerk.view(window)["ticket"]["id"] for window in (2, 3, 9)] == [first["id"], second["id"], third["id"]]


def test_finish_and_next_that_finds_nobody_stands_ready_and_is_undone_whole(
    database: Database, start: Start, tmp_path: Path
) -> None:
    hall = by_itself(start, database, tmp_path)
    ticket = hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    assert hall.clerk.act(1, "finish-next", outcome="completed").status_code == 204
    back = hall.clerk.done(1, "undo")
    assert (back["id"], back["state"]) == (ticket["id"], "called")
    hall.clerk.done(1, "finish", outcome="completed")
    # The undo has taken back that the window stood ready.
    assert hall.kiosk.take("A")["state"] == "waiting"
    assert hall.clerk.view(1)["ticket"] is None


def test_a_paused_window_calls_nobody_by_itself(database: Database, start: Start, tmp_path: Path) -> None:
    hall = by_itself(start, database, tmp_path)
    assert hall.clerk.act(4, "next").status_code == 204
    hall.clerk.done(4, "pause", reason="meal")
    hall.kiosk.take("B")
    hall.clerk.done(4, "unpause")
    assert hall.clerk.view(4)["ticket"] is None
    assert hall.clerk.done(4, "next")["business"] == "B"


def test_a_window_that_serves_somebody_on_stands_ready_no_more(
    database: Database, start: Start, tmp_path: Path
) -> None:
    hall = by_itself(start, database, tmp_path)
    hall.kiosk.take("A")
    hall.clerk.done(1, "next")
    kept = hall.clerk.done(1, "hold", kind="papers-kept")
    assert hall.clerk.act(1, "next").status_code == 204
    hall.clerk.done(1, "resume", ticket=kept["id"])
    hall.clerk.done(1, "finish", outcome="completed")
    hall.kiosk.take("A")
    assert hall.clerk.view(1)["ticket"] is None, "after a finish alone nobody is called"


def test_without_the_setting_nobody_is_called_by_itself(hall: Hall) -> None:
    assert hall.clerk.act(1, "next").status_code == 204
    hall.kiosk.take("A")
    assert hall.clerk.view(1)["ticket"] is None


def test_a_call_by_itself_survives_a_restart(database: Database, start: Start, tmp_path: Path) -> None:
    hall = by_itself(start, database, tmp_path)
    assert hall.clerk.act(5, "next").status_code == 204
    hall.server.kill()
    hall.server.start()
    ticket = hall.kiosk.take("C")
    assert hall.clerk.view(5)["ticket"]["id"] == ticket["id"]
