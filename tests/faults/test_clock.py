"""Somebody moves the machine's clock: the hall's time goes on evenly, and the journal tells of it."""

import json
import time

import pytest

from tests.running.crowd import sound
from tests.running.hall import Hall

HOUR_MS = 3_600_000


def told(hall: Hall) -> list[int]:
    """The differences the journal has noted (ms)."""
    lines = hall.database.sql("SELECT line FROM journal WHERE act = 'clock-differs' ORDER BY entry_no")
    return [json.loads(line)["facts"]["difference_ms"] for (line,) in lines]


def soon(hall: Hall, count: int) -> list[int]:
    """The differences once there are so many; the writer looks every second."""
    end = time.monotonic() + 10
    while len(found := told(hall)) < count:
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


@pytest.mark.parametrize("step", [HOUR_MS, -HOUR_MS])
def test_a_stepped_clock_is_journalled_once_and_moves_nothing(hall: Hall, step: int):
    first = hall.kiosk.take("A")
    hall.odds.stepped.value = step
    noted = soon(hall, 1)
    assert abs(noted[0] - step) < 2_000
    second = hall.kiosk.take("A")
    assert 0 <= second["issued_at"] - first["issued_at"] < 60_000, "hall time goes by the monotonic clock"
    time.sleep(1.2)
    assert told(hall) == noted, "the same difference is told once"
    assert "clock-differs" in hall.server.said()
    hall.odds.stepped.value = 0
    assert abs(soon(hall, 2)[1]) < 2_000, "that it is right again is told, too"
    sound(hall)


def test_a_small_difference_is_nobodys_business(hall: Hall):
    hall.odds.stepped.value = 4_000
    hall.kiosk.take("A")
    time.sleep(1.2)
    assert told(hall) == []
