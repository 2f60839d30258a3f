"""The report: which visitors each figure is over, and intervals from the differences between replications."""

import math

import numpy as np
import pytest

from simulation.report import Figures, report
from simulation.tally import AtWindow, DayTally, Group

SECOND = 1000


def a_day(called: list[int], left: list[int], never: int = 0) -> DayTally:
    waits, gone = (np.array([s * SECOND for s in each], dtype=np.int64) for each in (called, left))
    group = Group(len(called) + len(left) + never, len(called), waits, gone, waits)
    return DayTally({"A": group}, {1: AtWindow(3_600_000, 1_800_000, len(called))})


def overall(*days: DayTally, target_s: float = 20) -> Figures:
    return report("hall", 1, 1, target_s, days, "kernel").overall


def test_intervals_come_from_the_differences_between_replications():
    found = overall(*(a_day([wait] * 10, []) for wait in (10, 20, 30)))
    for mean, half_width in (
        (found.wait_mean_s, found.half_width_s),
        (found.wait_all_mean_s, found.wait_all_half_width_s),
    ):
        assert mean == 20
        assert half_width == pytest.approx(4.302653 * 10 / math.sqrt(3), rel=1e-6)
    assert found.within_target == found.called_in_time == pytest.approx(2 / 3)
    assert found.within_target_half_width == found.called_in_time_half_width
    assert found.customers == 30


def test_the_share_within_target_is_of_those_called_and_the_share_called_in_time_of_all():
    found = overall(*[a_day([1, 30], [1, 3], never=1)] * 2)
    assert (found.within_target, found.called_in_time) == (0.5, 0.2)
    assert (found.abandoned, found.unserved) == (0.4, 2)


def test_waits_of_all_count_those_who_left_until_they_left():
    found = overall(*[a_day([1], [1, 3], never=1)] * 2)
    assert (found.wait_mean_s, found.wait_p90_s) == (1, 1)
    assert found.wait_all_mean_s == pytest.approx(5 / 3)
    assert found.wait_all_p90_s == 3
