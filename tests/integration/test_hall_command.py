"""`onedoor hall` beside a running server and without one: checked, exported, changed now and from a day on."""

import json
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from queue_server import hall_file
from queue_server.cli import main
from queue_server.core.numbering import business_day
from queue_server.storage import plans
from queue_server.storage.upgrade import upgrade
from tests.running.changed_hall import changed_by, edited, made, stored, windows
from tests.running.client import HALL, refused
from tests.running.crowd import sound
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.staff import PASSWORD, Person

WAIT_S = 10
DAY = 86_400_000


def eventually(ask: Any, wanted: Any) -> None:
    """Ask until the answer is the wanted one."""
    ends = time.monotonic() + WAIT_S
    while (got := ask()) != wanted:
        assert time.monotonic() < ends, got
        time.sleep(0.05)


def test_an_export_can_be_checked_and_imported_and_changes_nothing(hall: Hall, tmp_path: Path):
    file = tmp_path / "hall.yaml"
    assert hall.command("hall", "export", "-o", str(file)).output == ""
    assert hall_file.read(file) == stored(hall.database)
    assert hall.command("hall", "export").output == file.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["hall", "check", str(file)]).exit_code == 0
    assert hall.command("hall", "import", str(file), "--yes").output == ""
    assert hall.command("hall", "import", str(file)).output == "Nothing would change.\n"
    assert "There is no hall north; there is main." in hall.command("hall", "export", "--hall", "north").output
    sound(hall)


def test_a_running_server_takes_the_new_hall_and_everybody_sees_it(hall: Hall, tmp_path: Path):
    clerk = hall.socket(hall.tokens["clerk"])
    clerk.join()
    more = [*windows(12, serves={"A": "5 min", "G": 0}), {"window": 13, "zone": "3", "serves": {"G": 0}}]
    file = edited(tmp_path, windows=more)
    told = hall.command("hall", "import", str(file))
    assert told.exit_code == 0, told.output
    assert "- window 9: reluctance for A 10 min → 5 min\n" in told.output
    assert "- window 9: serves Z no longer\n" in told.output
    assert "- window 12 removed\n- window 13 added\n" in told.output
    assert told.output.endswith("Nothing was changed; --yes does it.\n")
    assert [w["window"] for w in hall.clerk.board()["windows"]] == list(range(1, 13))
    done = hall.command("hall", "import", str(file), "--yes")
    assert done.output.endswith("The hall is changed.\n"), done.output
    numbers = [*range(1, 12), 13]
    assert [w["window"] for w in hall.clerk.board()["windows"]] == numbers
    eventually(lambda: [w["window"] for w in hall.clerk.ask(HALL).json()["windows"]], numbers)
    refused(hall.clerk.ask(f"{HALL}/windows/12"), 404, "unknown-window")
    assert hall.kiosk.take("G")["number"] == "G001"
    assert hall.clerk.done(13, "next")["number"] == "G001"
    assert clerk.act(12, "next", "a-key-of-the-old-hall")["body"]["code"] == "unknown-window"
    entries = [e for e in journal(hall) if e["act"] == "hall-changed"]
    assert [hall_file.parse(e["facts"]["definition"]) for e in entries] == [hall_file.read(file)]
    assert entries[0]["by"].startswith("administrator")
    assert hall.database.sql("SELECT * FROM hall_plans") == []
    sound(hall)
    hall.server.stop()
    hall.server.start()
    assert [w["window"] for w in hall.clerk.board()["windows"]] == numbers


def test_what_is_in_use_cannot_be_taken_away(hall: Hall, tmp_path: Path):
    hall.add(Person("chen", "clerk", "陈静", "0105"))
    chen = hall.client()
    chen.sign_in("chen", PASSWORD)
    assert chen.act(12, "sign-in").status_code == 200
    first, second = hall.kiosk.take("A"), hall.kiosk.take("B", "elderly")
    hall.clerk.done(3, "next")
    base = hall_file.read(hall_file.DEFAULT)
    said = hall_file.dump(base)
    left = [b for b in said["businesses"] if b["code"] != "A"]
    fewer = [{**w, "serves": {code: ms for code, ms in w["serves"].items() if code != "A"}} for w in windows(3, 12)]
    classes = [each for each in said["classes"] if each["code"] != "elderly"]
    file = edited(tmp_path, windows=fewer, businesses=left, classes=classes)
    for words in ((), ("--yes",)):
        told = hall.command("hall", "import", str(file), *words)
        assert told.exit_code == 1
        assert "This cannot be done now:" in told.output
        assert f"business A is not in the file, and is needed by ticket {first['number']}." in told.output
        assert f"class elderly is not in the file, and is needed by ticket {second['number']}." in told.output
        at_three = {first["number"], second["number"]} - {
            w["number"] for w in hall.clerk.board()["windows"] if w["window"] != 3
        }
        assert any(f"window 3 is not in the file, and is needed by ticket {n}." in told.output for n in at_three)
        assert "window 12 is not in the file, and a clerk sits there." in told.output
    assert hall.database.sql("SELECT * FROM hall_plans") == []
    assert stored(hall.database) == base


def test_a_plan_waits_as_long_as_somebody_needs_what_it_takes_away(hall: Hall, tmp_path: Path):
    """Between the command and the writer a visitor may come."""
    hall.kiosk.take("G")
    hall.clerk.done(12, "next")
    with hall.database.engine().begin() as db:
        new = hall_file.read(edited(tmp_path, windows=windows(12)))
        plans.keep(db, plans.Plan(new, 1, 1, "administrator"))
    time.sleep(2.5)
    assert len(stored(hall.database).windows) == 12
    assert "hall-change-waits" in hall.server.said()
    hall.clerk.done(12, "start")
    hall.clerk.done(12, "finish", outcome="accepted")
    eventually(lambda: len(stored(hall.database).windows), 11)
    sound(hall)


def test_timers_follow_the_new_settings_at_once(hall: Hall, tmp_path: Path):
    number = hall.kiosk.take("A")["number"]
    hall.clerk.done(1, "next")
    settings = {**hall_file.dump(hall_file.read(hall_file.DEFAULT))["settings"], "missed_timer": "1 s", "max_calls": 1}
    assert hall.command("hall", "import", str(edited(tmp_path, settings=settings)), "--yes").exit_code == 0
    eventually(lambda: [(t["number"], t["state"]) for t in hall.manager.every()], [(number, "missed")])


def test_a_change_from_a_day_on_comes_when_that_day_starts(hall: Hall, tmp_path: Path):
    hall.kiosk.take("G")
    hall.clerk.done(12, "next")
    tomorrow = next_day(hall.clerk.board()["at"])
    file = edited(tmp_path, windows=windows(12))
    said = hall.command("hall", "import", str(file), "--from", tomorrow, "--yes")
    assert said.output.endswith(f"It takes effect when {tomorrow} starts.\n"), said.output
    again = hall.command("hall", "import", str(edited(tmp_path, windows=windows(11))), "--from", tomorrow, "--yes")
    assert again.exit_code == 0, "what is asked for last counts"
    assert f"a change on {tomorrow}" in hall.command("hall", "import", str(file)).output
    time.sleep(1.5)
    assert len(stored(hall.database).windows) == 12
    hall.odds.ahead.value = DAY
    eventually(lambda: [w.number for w in stored(hall.database).windows], [*range(1, 11), 12])
    told = journal(hall)
    acts = [entry["act"] for entry in told]
    assert acts.index("voided") < acts.index("hall-changed"), "the day before ended first"
    sound(hall)


def test_a_day_that_has_begun_or_is_none_is_refused_and_a_planned_change_can_be_called_off(
    sqlite_database: Database, tmp_path: Path
):
    made(sqlite_database)
    same, other = hall_file.DEFAULT, edited(tmp_path, windows=windows(12))
    for day, why in (("2020-01-01", "has begun"), ("soon", "is not a date"), ("0001-01-01", "is not a date")):
        told = changed_by(sqlite_database, "import", str(other), "--from", day)
        assert (told.exit_code, why in told.output) == (1, True), told.output
    later = next_day(time.time_ns() // 1_000_000 + 5 * DAY)
    assert changed_by(sqlite_database, "import", str(other), "--from", later, "--yes").exit_code == 0
    assert len(sqlite_database.sql("SELECT * FROM hall_plans")) == 1
    off = changed_by(sqlite_database, "import", str(same), "--from", later, "--yes")
    assert off.output == f"What was to change on {later} stays as it is.\n"
    assert sqlite_database.sql("SELECT * FROM hall_plans") == []


def test_without_a_server_the_next_start_changes_the_hall(start: Start, database: Database, tmp_path: Path):
    made(database)
    done = changed_by(database, "import", str(edited(tmp_path, windows=windows(12))), "--yes")
    assert done.output.endswith("It is stored and takes effect with the next start of the server.\n"), done.output
    assert len(stored(database).windows) == 12
    hall = start(database)
    eventually(lambda: len(hall.clerk.board()["windows"]), 11)
    sound(hall)


def test_numbers_given_today_count_on_in_the_same_time_bands(start: Start, database: Database, tmp_path: Path):
    said = hall_file.dump(hall_file.read(hall_file.DEFAULT))["businesses"]

    def with_quotas(**bands: int) -> list[dict[str, Any]]:
        return [{**business, **({"quotas": bands} if business["code"] == "A" else {})} for business in said]

    hall = start(database, file=edited(tmp_path, businesses=with_quotas(day=3)))
    hall.kiosk.take("A")
    hall.kiosk.take("A")
    more = edited(tmp_path, businesses=with_quotas(**{"00:00-24:00": 3, "00:00-23:59": 900}))
    assert hall.command("hall", "import", str(more), "--yes").output.endswith("The hall is changed.\n")
    assert hall.kiosk.take("A")["number"] == "A003"
    refused(hall.kiosk.tell(f"{HALL}/tickets", {"business": "A"}), 409, "quota-used")
    sound(hall)


def test_a_database_without_a_hall_says_how_to_begin(database: Database):
    upgrade(database.engine())
    for words in (["export"], ["import", str(hall_file.DEFAULT), "--yes"]):
        told = changed_by(database, *words)
        assert (told.exit_code, "There is no hall yet" in told.output) == (1, True), told.output


def test_another_server_on_the_same_database_takes_the_new_hall_too(
    start: Start, postgres_database: Database, tmp_path: Path
):
    hall = start(postgres_database)
    second = hall.client(hall.tokens["clerk"], hall.add_server())
    more = [*windows(), {"window": 13, "zone": "3", "serves": {"G": 0}}]
    assert hall.command("hall", "import", str(edited(tmp_path, windows=more)), "--yes").exit_code == 0
    for client in (hall.clerk, second):
        eventually(lambda client=client: len(client.ask(HALL).json()["windows"]), 13)
        eventually(lambda client=client: client.ask(f"{HALL}/windows/13").status_code, 200)
    sound(hall)


def test_a_plan_that_is_no_hall_stops_nobody(hall: Hall):
    hall.database.sql("INSERT INTO hall_plans VALUES ('main', 1, '{}', 1, 'somebody')")
    time.sleep(1.5)
    assert hall.kiosk.take("A")["number"] == "A001"
    assert "hall-not-changed" in hall.server.said()


def journal(hall: Hall) -> list[dict[str, Any]]:
    """Every entry of the hall."""
    return [json.loads(line) for line in hall.manager.ask(f"{HALL}/journal").text.splitlines()]


def next_day(at: int) -> str:
    """The date in Shanghai a day after `at` (ms UTC)."""
    return business_day(at + DAY, "Asia/Shanghai", 4 * 3_600_000)
