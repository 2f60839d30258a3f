"""A hall for show: its clock is fast, says so, goes on where it stopped, and a real hall never gets one."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.client import HALL, Client
from tests.running.hall import Hall

STARTS_S = 40
SPEED = 60


class Served:
    """`onedoor serve` as an operator starts it, on one SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/show.db"
        self._log = folder / "serve.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.said = ""

    def start(self, *words: str) -> Client:
        """Start it, and give a manager's program that speaks to it."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                _onedoor("serve", "--database", self.url, "--port", "0", *words), stdout=log
            )
        end = time.monotonic() + STARTS_S
        while "http" not in (said := self._log.read_text(encoding="utf-8")):
            assert time.monotonic() < end
            assert self._process.poll() is None, said
            time.sleep(0.05)
        base = said.split("/display")[0].split()[-1]
        token = subprocess.run(
            _onedoor("token", "create", "--database", self.url, "--role", "manager"),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        return Client(base, token)

    def refused(self, *words: str) -> str:
        """What it says when it does not start."""
        ran = subprocess.run(
            _onedoor("serve", "--database", self.url, "--port", "0", *words),
            capture_output=True,
            text=True,
            check=False,
            timeout=STARTS_S,
        )
        assert ran.returncode != 0
        return ran.stderr

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            assert self._process.wait(20) == 0
            self._process = None


def _onedoor(*words: str) -> list[str]:
    return [sys.executable, "-m", "queue_server.cli", *words]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()))
    found = Served(tmp_path)
    yield found
    found.stop()


def test_hall_time_runs_fast_and_the_board_says_so(served: Served):
    with served.start("--clock-speed", str(SPEED)) as manager:
        before, first = time.monotonic(), manager.ask(f"{HALL}/board").json()
        one = time.monotonic()
        time.sleep(1)
        two, last = time.monotonic(), manager.ask(f"{HALL}/board").json()
        after = time.monotonic()
        assert first["speed"] == last["speed"] == SPEED
        # Each board was read between its question and its answer.
        assert (two - one) * SPEED * 1000 <= last["at"] - first["at"] + 2
        assert last["at"] - first["at"] <= (after - before) * SPEED * 1000 + 2


def test_a_hall_for_show_goes_on_where_it_stopped_at_any_speed(served: Served):
    with served.start("--clock-speed", "600") as manager:
        ahead = manager.ask(f"{HALL}/board").json()["at"] + 40 * 86_400_000
        forward = manager.tell(f"{HALL}/clock/forward", {"at": ahead})
        assert (forward.status_code, forward.json()) == (200, {"at": ahead, "speed": 600})
        issued = manager.take("A")["issued_at"]
        assert issued >= ahead
    served.stop()
    with served.start() as manager:
        board = manager.ask(f"{HALL}/board").json()
        assert board["speed"] == 1
        assert 0 <= board["at"] - issued < 600_000
        lines = [json.loads(line) for line in manager.ask(f"{HALL}/journal").text.splitlines()]
        told = [(line["act"], line["facts"]["speed"]) for line in lines if line["act"].startswith("clock-")]
        assert told == [("clock-speed", 600), ("clock-forward", 600), ("clock-speed", 1)]
        assert manager.act(1, "next").json()["called_at"] >= board["at"], "time does not stand still meanwhile"


def test_a_real_hall_s_database_is_never_run_fast(served: Served):
    with served.start() as manager:
        manager.take("A")
        refused = manager.tell(f"{HALL}/clock/forward", {"at": 4_000_000_000_000})
        assert (refused.status_code, refused.json()["code"]) == (409, "clock-real")
    served.stop()
    said = served.refused("--clock-speed", "60")
    assert "a real hall's clock is never sped up" in said
    assert "Traceback" not in said
    with served.start() as manager:
        assert manager.ask(f"{HALL}/board").json()["speed"] == 1


@pytest.mark.parametrize("speed", ["0", "601", "fast"])
def test_a_speed_out_of_bounds_is_refused_in_a_sentence(served: Served, speed: str):
    assert "--clock-speed" in served.refused("--clock-speed", speed)


@pytest.mark.parametrize("at", [-1, 4_102_444_800_001, "soon", None, 1.5])
def test_only_a_moment_moves_the_clock(hall: Hall, at: object):
    refused = hall.manager.tell(f"{HALL}/clock/forward", {"at": at})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-body")
    assert hall.clerk.tell(f"{HALL}/clock/forward", {"at": 1}).status_code == 403
