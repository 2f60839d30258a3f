"""Grounds for priority granted and withdrawn at a real server, who may grant them, and timings that are not true."""

from pathlib import Path

import yaml

from queue_server import hall_file
from queue_server.core.measures import summary
from queue_server.core.turns import turns
from simulation.history import kinds
from tests.running.changed_hall import edited, stored
from tests.running.client import HALL, refused
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.moments import MINUTE_MS, later
from tests.running.own_hall import go_to, monday
from tests.running.truth import entries, whole


def test_a_ground_granted_places_from_the_moment_of_entering(hall: Hall):
    first = hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    second = hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    graded = hall.clerk.done(5, "grade", ticket=second["id"], priority=["elderly", "disabled", "elderly"])
    assert graded["priority"] == ["elderly", "disabled"]
    assert graded["place"] == second["issued_at"] - 20 * MINUTE_MS, "the largest head start, never added up"
    assert hall.clerk.done(5, "next")["id"] == second["id"]
    assert hall.clerk.done(6, "next")["id"] == first["id"]
    whole(hall)


def test_a_ground_withdrawn_gives_the_place_back(hall: Hall):
    first = hall.kiosk.take("A")
    later(hall, MINUTE_MS)
    second = hall.kiosk.take("A", "elderly")
    graded = hall.clerk.done(5, "grade", ticket=second["id"], priority=[])
    assert (graded["priority"], graded["place"]) == ([], second["issued_at"])
    assert hall.clerk.done(5, "next")["id"] == first["id"]
    whole(hall)


def test_a_ticket_that_is_over_is_told_so_though_its_ground_is_gone(hall: Hall, tmp_path: Path):
    over = hall.kiosk.take("A", "elderly")["id"]
    hall.manager.void(over, "nobody came for it")
    left = [each for each in hall_file.dump(stored(hall.database))["classes"] if each["code"] != "elderly"]
    changed = hall.command("hall", "import", str(edited(tmp_path, classes=left)), "--yes")
    assert changed.exit_code == 0, changed.output
    hall.server.stop()
    hall.server.start()
    refused(hall.clerk.act(5, "grade", ticket=over, priority=[]), 409, "wrong-state")
    refused(hall.clerk.act(5, "rejoin", ticket=over), 409, "wrong-state")


def test_what_a_grade_refuses(hall: Hall):
    ticket = hall.kiosk.take("A")["id"]
    problem = refused(hall.clerk.act(5, "grade", ticket=ticket, priority=["vip"]), 422, "unknown-class")
    assert problem["priority"] == "vip"
    refused(hall.clerk.act(5, "grade", ticket="0" * 32, priority=[]), 404, "unknown-ticket")
    assert refused(hall.clerk.act(5, "grade", ticket=ticket), 422, "invalid-body")["field"] == "priority"
    refused(hall.person("chen0105").act(5, "grade", ticket=ticket, priority=[]), 403, "not-your-window")
    hall.clerk.done(5, "next")
    hall.clerk.done(5, "finish", outcome="accepted")
    refused(hall.clerk.act(5, "grade", ticket=ticket, priority=["elderly"]), 409, "wrong-state")
    whole(hall)


def test_a_ground_that_a_window_grants_is_not_claimed_at_the_kiosk(start: Start, database: Database, tmp_path: Path):
    said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    next(c for c in said["classes"] if c["code"] == "serviceman")["granted_by"] = "window"
    file = tmp_path / "own.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    hall = start(database, file=file)
    body = {"business": "A", "priority": ["serviceman"]}
    problem = refused(hall.kiosk.tell(f"{HALL}/tickets", body), 403, "may-not-grant")
    assert (problem["priority"], problem["granted_by"]) == ("serviceman", "window")
    ticket = hall.kiosk.take("A", "elderly")["id"]
    graded = hall.clerk.done(5, "grade", ticket=ticket, priority=["elderly", "serviceman"])
    assert graded["priority"] == ["elderly", "serviceman"]
    whole(hall)


def test_a_wrong_timing_is_marked(hall: Hall):
    hall.kiosk.take("A")
    ticket = hall.clerk.done(5, "next")["id"]
    refused(hall.clerk.act(5, "mark-timing", ticket=ticket), 409, "wrong-state")
    hall.clerk.done(5, "start")
    hall.clerk.done(5, "finish", outcome="accepted")
    marked = hall.clerk.done(5, "mark-timing", ticket=ticket)
    assert (marked["timing_wrong"], marked["state"], marked["outcome"]) == (True, "finished", "accepted")
    assert entries(hall)[-1].act == "timing-marked"
    refused(hall.clerk.act(5, "mark-timing", ticket="0" * 32), 404, "unknown-ticket")
    refused(hall.clerk.act(5, "mark-timing"), 422, "invalid-body")
    refused(hall.person("chen0105").act(5, "mark-timing", ticket=ticket), 403, "not-your-window")
    whole(hall)


def test_a_wrong_timing_is_no_part_of_the_figures_but_its_wait_is(hall: Hall, tmp_path: Path):
    go_to(hall, monday(), "09:00")
    for minutes in (4, 90):
        hall.kiosk.take("A")
        later(hall, MINUTE_MS)
        ticket = hall.clerk.done(5, "next")["id"]
        hall.clerk.done(5, "start")
        later(hall, minutes * MINUTE_MS)
        hall.clerk.done(5, "finish", outcome="accepted")
    hall.clerk.done(5, "mark-timing", ticket=ticket)
    figures = summary(turns(entries(hall)), target=MINUTE_MS)
    assert figures.served == figures.called == 2
    assert 4 * MINUTE_MS <= (figures.service_mean or 0) < 5 * MINUTE_MS, "ninety minutes at the window are left out"
    assert (figures.wait_mean or 0) >= MINUTE_MS
    file = tmp_path / "journal.jsonl"
    file.write_text(hall.manager.ask(f"{HALL}/journal").text, encoding="utf-8")
    planned = kinds.read(file).service["A"]
    assert (planned.n, round(planned.mean_s / 60)) == (1, 4), "neither does the planner learn from it"
