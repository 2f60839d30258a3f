"""The commands `simulate` and `scenario`, as a person or a program meets them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from queue_server.core.journal import chain, parse, tickets, verify
from queue_server.core.ticket import FINAL
from simulation.cli import SHIPPED, scenario, simulate
from tests.unit.simulation.halls import scenario_of

RATES = {"kind": "rates", "pieces": [{"start_ms": 0, "end_ms": 3_600_000, "per_hour": 40}]}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.json"
    path.write_text(scenario_of({"A": RATES}).model_dump_json(), encoding="utf-8")
    return path


def call(*words: object) -> Result:
    """Run `simulate` with these words."""
    return CliRunner().invoke(simulate, [str(word) for word in words])


def test_the_report_as_json_and_nothing_else(small: Path):
    done = call(small, "--days", 3, "--seed", 2, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["engine"], said["days"], said["seed"]) == ("kernel", 3, 2)
    assert said["overall"]["half_width_s"] > 0
    assert call(small, "--days", 3, "--seed", 2, "--json").stdout == done.stdout
    by_simpy = json.loads(call(small, "--days", 3, "--seed", 2, "--json", "--engine", "simpy").stdout)
    assert by_simpy == {**said, "engine": "simpy"}


def test_the_report_for_a_person(small: Path):
    said = call(small, "--days", 3).stdout
    assert "small: 3 days, seed 1, 3 replications" in said
    assert "±" in said


def test_the_days_end_when_the_interval_is_narrow(small: Path):
    done = call(small, "--precision", 0.2, "--figure", "wait_p90_s", "--json")
    said = json.loads(done.stdout)
    assert said["stopped"] == {"figure": "wait_p90_s", "relative": 0.2, "reached": True}
    assert said["overall"]["wait_p90_half_width_s"] <= 0.2 * said["overall"]["wait_p90_s"]
    assert 30 <= said["days"] < 10_000
    assert (
        "wait_p90_s is still wider than asked (± 0.10% of it)"
        in call(small, "--days", 30, "--precision", 0.001, "--figure", "wait_p90_s").stdout
    )


def test_how_far_it_is_told_to_a_program(small: Path):
    done = call(small, "--days", 40, "--progress", "json", "--json")
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert told[-1] == {"done": 40, "of": 40}
    assert [each["done"] for each in told] == sorted({each["done"] for each in told})
    assert json.loads(done.stdout)["days"] == 40
    assert call(small, "--days", 40, "--progress", "none").stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal there ends its programs in another way")
@pytest.mark.parametrize("words", [["2"], ["2", "--engine", "simpy"]], ids=" ".join)
def test_ctrl_c_ends_it_without_a_report(words: list[str]):
    """As at a terminal, where every process of the command gets the signal."""
    command = [sys.executable, "-c", "from queue_server.cli import main; main()", "simulate", "default_hall", "--days"]
    running = subprocess.Popen(
        [*command, "1000000", "--progress", "json", "--processes", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert running.stderr is not None
        assert json.loads(running.stderr.readline())["of"] == 1_000_000
        os.killpg(running.pid, signal.SIGINT)
        out, told = running.communicate(timeout=60)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
    assert (running.returncode, out) == (130, "")
    *progress, last = told.splitlines()
    assert last == "Ended as asked; nothing is reported."
    assert all(line.startswith("{") for line in progress), told


def test_a_shipped_scenario_goes_by_its_name():
    assert "about 720 visitors a day" in CliRunner().invoke(scenario, ["check", "default_hall"]).stdout


def test_the_journal_of_simulated_days_is_sound(small: Path, tmp_path: Path):
    out = tmp_path / "journal.jsonl"
    assert call(small, "--days", 2, "--journal", out).exit_code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    entries, rows, previous = [parse(text) for text in lines], [], "0" * 64
    for entry, text in zip(entries, lines, strict=True):
        previous = chain(previous, text)
        rows.append((entry.no, entry.at, text, previous))
    assert list(verify(rows, "simulation")) == []
    found = tickets(entries).values()
    assert {ticket.day for ticket in found} == {"2026-01-05", "2026-01-06"}
    assert all(ticket.state in FINAL for ticket in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read: No such file"),
        ("{", "Invalid JSON"),
        ("{}", "businesses: Field required"),
        ('{"name": "x", "businesses": {}, "windows": 3}', "windows: Input should be a valid"),
    ],
)
def test_what_is_no_scenario_is_said_and_ends_with_2(tmp_path: Path, text: str | None, said: str):
    path = tmp_path / "wrong.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    for done in (call(path), CliRunner().invoke(scenario, ["check", str(path)])):
        assert done.exit_code == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--days", "0"],
        ["--seed", "-1"],
        ["--seed", str(2**96)],
        ["--days", "x"],
        ["--precision", "0"],
        ["--figure", "luck"],
    ],
)
def test_wrong_numbers_end_with_2(small: Path, words: list[str]):
    assert call(small, *words).exit_code == 2


def test_the_schema_is_printed():
    said = json.loads(CliRunner().invoke(scenario, ["schema"]).stdout)
    assert said["title"] == "Scenario"
    assert "windows" in said["required"]
    assert SHIPPED.is_dir()


def test_head_starts_are_compared_on_the_same_visitors(small: Path):
    plain = scenario_of({"A": RATES}, classes=[{"code": "elderly", "head_start_s": 60, "share": {"A": 0.3}}])
    small.write_text(plain.model_dump_json(), encoding="utf-8")
    words = ["head-starts", str(small), "--days", "4", "--minutes", "0, 20,strict"]
    done = CliRunner().invoke(scenario, words)
    assert done.exit_code == 0, done.output
    rows = [line.split() for line in done.stdout.splitlines()[3:]]
    assert [row[0] for row in rows] == ["0", "20", "strict"]
    assert float(rows[0][7]) > float(rows[2][7]), "those with a ground wait less"
    assert float(rows[0][1]) < float(rows[2][1]), "and the others more"
    assert CliRunner().invoke(scenario, words).stdout == done.stdout


@pytest.mark.parametrize("wrong", ["soon", "-1", "1441"])
def test_what_is_no_head_start_is_refused(small: Path, wrong: str):
    done = CliRunner().invoke(scenario, ["head-starts", str(small), "--minutes", f"0,{wrong}"])
    assert done.exit_code == 2
    assert f"{wrong} is no head start" in done.output
