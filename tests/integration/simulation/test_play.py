"""Days played on a real server: no error, all adds up, beside the simulation; stopped, refused, with mischief."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.core.journal import parse, tickets
from simulation.draws import customers
from simulation.scenario_text import read
from tests.running.client import HALL, Client
from tests.running.hall import Hall
from tests.running.served import ROOT, Served, onedoor

SPEED = 300
PATIENCE_S = 90
NINE = 9 * 3600


def scenario(folder: Path, **other: Any) -> Path:
    """Half an hour of one business at two windows alike, which stay half an hour longer."""
    said: dict[str, Any] = {
        "name": "short",
        "businesses": {
            "A": {
                "arrivals": {
                    "kind": "rates",
                    "pieces": [{"start_ms": NINE * 1000, "end_ms": (NINE + 1800) * 1000, "per_hour": 50}],
                },
                "service": {"kind": "exponential", "mean_s": 150},
            }
        },
        "windows": [{"window": n, "reluctance": {"A": 0}, "schedule": [[NINE, NINE + 3600]]} for n in (1, 2)],
    }
    file = folder / "short.json"
    file.write_text(json.dumps({**said, **other}), encoding="utf-8")
    return file


class Playing:
    """`onedoor play` against a server."""

    def __init__(self, server: Client, folder: Path, token: str | None = None) -> None:
        self._token = folder / "play.token"
        self._token.write_text(token or str(server.headers["Authorization"]).removeprefix("Bearer "), encoding="utf-8")
        self._server = server

    def words(self, file: Path | str, *words: str) -> list[str]:
        """The command."""
        there = ("--server", self._server.base, "--token-file", str(self._token))
        return onedoor("play", str(file), *there, "--json", "--progress", "json", *words)

    def run(self, file: Path | str, *words: str) -> tuple[int, dict[str, Any], str]:
        """Exit status, report, and what it said besides."""
        ran = subprocess.run(
            self.words(file, *words), capture_output=True, text=True, check=False, cwd=ROOT, timeout=PATIENCE_S
        )
        return ran.returncode, json.loads(ran.stdout) if ran.stdout else {}, ran.stderr


@pytest.fixture
def show(tmp_path: Path) -> Iterator[Client]:
    """A manager's program at a hall for show."""
    served = Served(tmp_path)
    with served.start("--clock-speed", str(SPEED)) as manager:
        yield manager
    served.stop()


def issued(manager: Client) -> list[tuple[str, int]]:
    """Which numbers were given at which hall time (ms UTC)."""
    entries = [parse(line) for line in manager.ask(f"{HALL}/journal").text.splitlines()]
    return [(ticket.business, ticket.issued_at) for ticket in tickets(entries).values()]


def nobody_is_left(manager: Client) -> None:
    """No window is open or has anybody, and nobody waits, is called, served, held or missed."""
    board = manager.ask(f"{HALL}/board").json()
    assert {window["number"] for window in board["windows"]} == {None}
    assert {window["state"] for window in board["windows"] if window["window"] in {1, 2}} == {"closed"}
    for state in ("waiting", "called", "serving", "held", "missed"):
        assert manager.ask(f"{HALL}/tickets?state={state}").json()["items"] == []


def test_a_short_day_adds_up_and_waits_as_long_as_simulated(show: Client, tmp_path: Path):
    file = scenario(tmp_path)
    status, said, err = Playing(show, tmp_path).run(file, "--seed", "5")
    assert status == 0, err
    drawn = customers(read(file.read_bytes()), 5, 0)
    assert (said["errors"], said["wrong"], said["guests"], said["differences"]) == (0, [], 0, [])
    assert said["issued"] == said["reconciliation"]["A"]["issued"] == len(drawn) == said["served"]
    assert said["reconciliation"]["A"]["by_state"]["finished"] == len(drawn)
    assert said["speed"] == SPEED
    nobody_is_left(show)
    # The same visitors at the same moments: apart by the time of an answer at this speed, as measured, and no more.
    moments = sorted(at for _, at in issued(show))
    gaps = [at - one.at for at, one in zip(moments, drawn, strict=True)]
    lags = said["lags"]
    assert max(gaps) - min(gaps) <= round(1000 * (lags["arrival_most_s"] - lags["arrival_least_s"]))
    # First come, first served at windows alike, with nobody leaving: every later call is made up of time lost before
    # it, so no wait, and so no mean or quantile of waits, can be off by more than all that and the numbers' shifts.
    waits = said["waits"]["A"]
    bound = lags["bound_s"]
    assert waits["server"]["called"] == waits["simulation"]["called"] == len(drawn)
    for name in ("mean_s", "p50_s", "p90_s"):
        assert abs(waits["server"][name] - waits["simulation"][name]) <= bound
    # And the time lost is that of an answer at this speed, not something else; the way to the server is allowed for.
    answer_s = said["answer"]["mean_ms"] * SPEED / 1000
    assert said["answer"]["hall_s"] == pytest.approx(answer_s)
    assert said["answer"]["count"] == sum(each["count"] for each in said["answers"].values())
    assert abs(lags["service_mean_s"]) < 2 * answer_s
    # Simulated with these delays it is off by no more than that, either, so the two lie within twice as much.
    assert waits["late"]["times"] == 20
    assert abs(waits["server"]["mean_s"] - waits["late"]["mean_s"]) <= 2 * bound
    told = [json.loads(line) for line in err.splitlines()]
    assert {"day", "time", "issued", "waiting", "served", "errors"} <= set(told[-1])


def test_two_days_with_mischief_and_a_stranger_among_the_visitors(show: Client, tmp_path: Path):
    playing = Playing(show, tmp_path)
    rush = {"kind": "rates", "pieces": [{"start_ms": NINE * 1000, "end_ms": (NINE + 1200) * 1000, "per_hour": 80}]}
    one = {"arrivals": rush, "service": {"kind": "exponential", "mean_s": 60}}
    file = scenario(
        tmp_path,
        businesses={"A": {**one, "patience": {"kind": "exponential", "mean_s": 400}}, "C": one},
        windows=[{"window": n, "reluctance": {"A": 0, "C": 0}, "schedule": [[NINE, NINE + 3000]]} for n in (1, 2, 3)],
    )
    process = subprocess.Popen(
        # With this seed each of the kinds below befalls somebody who never runs out of patience.
        playing.words(file, "--days", "2", "--mischief", "200", "--seed", "5902"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    assert json.loads(process.stderr.readline())["errors"] == 0
    stranger = show.take("A")
    out, err = process.communicate(timeout=PATIENCE_S)
    said = json.loads(out)
    assert process.returncode == 0, err + json.dumps(said["wrong"] + said["first_errors"])
    assert said["days"] == 2
    at_windows = {"no-show", "hold", "kept", "transfer", "help", "papers-missing", "second", "pause"}
    assert {*at_windows, "granted", "moved", "more-time"} <= set(said["mischief"])
    assert said["guests"] == 1
    assert said["issued"] + 1 == len(issued(show)) == sum(each["issued"] for each in said["reconciliation"].values())
    items = show.ask(f"{HALL}/tickets?limit=1000").json()["items"]
    assert next(each for each in items if each["id"] == stranger["id"])["state"] == "finished"
    acts = {parse(line).act for line in show.ask(f"{HALL}/journal").text.splitlines()}
    assert {"missed", "requeued", "held", "resumed", "rejoined", "transferred", "recalled", "turn-finished"} <= acts
    assert {"priority-changed", "moved", "more-time-given", "window-paused", "window-resumed"} <= acts
    assert {"help-asked", "help-ended", "case-opened", "case-papers-asked"} <= acts
    assert {
        parse(line).facts["speed"] for line in show.ask(f"{HALL}/journal").text.splitlines() if '"clock-' in line
    } == {SPEED}


def test_ctrl_c_ends_a_day_with_nobody_called(show: Client, tmp_path: Path):
    process = subprocess.Popen(
        Playing(show, tmp_path).words(scenario(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    end = time.monotonic() + PATIENCE_S
    while not show.ask(f"{HALL}/tickets?state=serving").json()["items"]:
        assert time.monotonic() < end
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)
    said = json.loads(out)
    assert process.returncode == 0, err
    assert said["stopped"] is True
    assert said["errors"] == 0
    assert said["sent_away"] >= 1
    nobody_is_left(show)


def test_a_server_that_dies_ends_the_play_with_a_sentence(tmp_path: Path):
    served = Served(tmp_path)
    with served.start("--clock-speed", str(SPEED)) as manager:
        process = subprocess.Popen(
            Playing(manager, tmp_path).words(scenario(tmp_path, **crowd())),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        end = time.monotonic() + PATIENCE_S
        while not manager.ask(f"{HALL}/tickets?state=serving").json()["items"]:
            assert time.monotonic() < end
            time.sleep(0.02)
    served.stop()
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert "The server gives no answer any more" in err
    assert "Traceback" not in err


def crowd() -> dict[str, Any]:
    """So many people that something is asked of the server all the time."""
    rush = {"kind": "rates", "pieces": [{"start_ms": NINE * 1000, "end_ms": (NINE + 3600) * 1000, "per_hour": 900}]}
    return {"businesses": {"A": {"arrivals": rush, "service": {"kind": "exponential", "mean_s": 60}}}}


def test_a_play_does_not_enter_a_real_hall_unasked(hall: Hall, tmp_path: Path):
    file = scenario(tmp_path)
    status, _, err = Playing(hall.manager, tmp_path).run(file)
    assert status == 1
    assert "--training" in err
    assert issued(hall.manager) == []
    status, _, err = Playing(hall.manager, tmp_path, hall.tokens["clerk"]).run(file, "--training")
    assert status == 1
    assert "The journal cannot be read" in err
    visitor = hall.kiosk.take("A")
    hall.manager.done(1, "next")
    status, _, err = Playing(hall.manager, tmp_path).run(file, "--training")
    assert status == 1
    assert f"Window 1 has visitor {visitor['number']}" in err
    assert len(issued(hall.manager)) == 1


def test_a_training_hall_is_played_in_real_time_and_begins_at_once(hall: Hall, tmp_path: Path):
    moments = {"kind": "recorded", "days": [[100, 600, 700]]}
    file = scenario(
        tmp_path,
        businesses={"A": {"arrivals": moments, "service": {"kind": "constant", "mean_s": 0.4}}},
        windows=[{"window": n, "reluctance": {"A": 0}, "schedule": [[0, 3]]} for n in (1, 2)],
    )
    began = time.monotonic()
    status, said, err = Playing(hall.manager, tmp_path).run(file, "--training", "--windows", "2")
    assert status == 0, err
    assert time.monotonic() - began < 40
    assert (said["speed"], said["issued"], said["served"]) == (1, 3, 3)
    assert abs(said["waits"]["A"]["difference_s"]) <= said["lags"]["bound_s"]
    states = {window["window"]: window["state"] for window in hall.manager.ask(f"{HALL}/board").json()["windows"]}
    assert (states[1], states[2]) == ("free", "closed"), "the other windows are left to people"


def test_it_brings_a_hall_of_its_own(tmp_path: Path):
    file = scenario(
        tmp_path,
        businesses={
            "Q": {"arrivals": {"kind": "recorded", "days": [[5]]}, "service": {"kind": "constant", "mean_s": 9}}
        },
        windows=[{"window": 77, "reluctance": {"Q": 0}, "schedule": [[0, 1200]]}],
    )
    ran = subprocess.run(
        onedoor("play", str(file), "--speed", "600"),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=PATIENCE_S,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Issued 1, served 1, left 0, sent away at the end 0, errors 0." in ran.stdout
    assert "at ×600" in ran.stdout
    assert "1 finished" in ran.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--windows", "1-"), "names no windows"),
        (("--windows", "55"), "no window 55"),
        (("--server", "http://127.0.0.1:9"), "both --server and --token-file"),
        (("no-such-file",), "cannot be read"),
    ],
)
def test_what_cannot_be_played_is_said_with_status_2(words: tuple[str, ...], says: str):
    ran = subprocess.run(onedoor("play", *words), capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert says in ran.stderr


def test_a_server_that_is_not_there_is_said(tmp_path: Path):
    token = tmp_path / "token"
    token.write_text("x", encoding="utf-8")
    words = ("--server", "http://127.0.0.1:9", "--token-file", str(token))
    ran = subprocess.run(onedoor("play", *words), capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 1
    assert "does not let the play in" in ran.stderr
    assert "Traceback" not in ran.stderr
