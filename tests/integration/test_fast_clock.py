"""A hall for show: its clock is fast, says so, goes on where it stopped, and a real hall never gets one."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.client import HALL
from tests.running.hall import Hall
from tests.running.served import Served

SPEED = 60


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
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
