"""The clock of a hall for show: so many times as fast, from where it was told, forward only; the real one as before."""

import pytest

from queue_server.clock import Clock, ShowClock

SECOND = 1_000_000_000


class Ticks:
    """The machine's two clocks, moved by hand."""

    def __init__(self) -> None:
        self.wall = 1_795_500_000 * SECOND
        self.monotonic = 77 * SECOND

    def pass_by(self, seconds: float) -> None:
        """So long passes, as both clocks count it."""
        self.wall += round(seconds * SECOND)
        self.monotonic += round(seconds * SECOND)


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Ticks:
    found = Ticks()
    monkeypatch.setattr("time.time_ns", lambda: found.wall)
    monkeypatch.setattr("time.monotonic_ns", lambda: found.monotonic)
    return found


def test_the_real_clock_runs_by_the_monotonic_one_and_notices_a_stepped_wall(ticks: Ticks):
    clock = Clock()
    began = clock.now()
    ticks.pass_by(90)
    ticks.wall += 3_600 * SECOND
    assert clock.now() == began + 90_000 == clock.real()
    assert clock.difference() == 3_600_000
    assert clock.speed == 1


@pytest.mark.parametrize("speed", [1, 7, 60, 600])
def test_a_clock_for_show_runs_so_many_times_as_fast_while_real_time_goes_on_evenly(ticks: Ticks, speed: int):
    clock = ShowClock(speed)
    began = clock.now()
    assert began == clock.real() == 1_795_500_000_000
    ticks.pass_by(12.345)
    assert clock.now() == began + 12_345 * speed
    assert clock.real() == began + 12_345
    assert clock.difference() == 0


def test_it_goes_on_from_the_hall_s_last_entry_and_never_from_before(ticks: Ticks):
    later = 1_800_000_000_000
    assert ShowClock(60, later).now() == later
    assert ShowClock(60, 5).now() == 1_795_500_000_000


def test_it_is_put_forward_and_never_back(ticks: Ticks):
    clock = ShowClock(60)
    ticks.pass_by(1)
    to = clock.now() + 5_000_000
    clock.forward(to)
    assert clock.now() == to
    ticks.pass_by(2)
    assert clock.now() == to + 120_000
    clock.forward(to)
    assert clock.now() == to + 120_000
