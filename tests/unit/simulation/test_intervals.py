"""Intervals over replications against worked examples, and by how often they hold what they should."""

import numpy as np
import pytest
from scipy.special import stdtrit

from simulation.intervals import Estimate, percentile, ratio


def test_equal_replications_give_the_textbook_interval():
    # Five means 8, 9, 10, 11, 12 of ten visitors each: s = sqrt(2.5), t(4, 97.5 %) = 2.776.
    found = ratio([80, 90, 100, 110, 120], [10] * 5)
    assert found.value == 10
    assert found.half_width == pytest.approx(2.7764451 * (2.5 / 5) ** 0.5)


def test_unequal_replications_count_by_their_visitors():
    assert ratio([10, 0], [1, 3]).value == 2.5


def test_one_replication_has_no_interval_and_none_has_no_value():
    assert ratio([5], [2]) == Estimate(2.5, None)
    assert ratio([0, 0], [0, 0]) == Estimate(None, None)
    assert percentile([np.array([], dtype=np.int64)], 0.9) == Estimate(None, None)


def test_a_percentile_is_that_of_all_samples_together():
    parts = [np.array([1, 2, 3, 4, 5]), np.array([6, 7, 8, 9, 10])]
    assert percentile(parts, 0.9).value == 9
    # The replications' own are 5 and 10, so the errors are -4 and 1.
    assert percentile(parts, 0.9).half_width == pytest.approx(float(stdtrit(1, 0.975)) * (17 / 2) ** 0.5)


def test_95_of_100_intervals_hold_the_true_value():
    chance = np.random.Generator(np.random.Philox(17))
    mean_held = most_held = 0
    for _ in range(400):
        days = [chance.exponential(1000, size=int(chance.integers(60, 140))).astype(np.int64) for _ in range(20)]
        mean = ratio([float(day.sum()) for day in days], [len(day) for day in days])
        most = percentile(days, 0.9)
        assert None not in (*mean, *most)
        mean_held += abs((mean.value or 0) - 999.5) <= (mean.half_width or 0)
        most_held += abs((most.value or 0) - 1000 * np.log(10)) <= (most.half_width or 0)
    assert 0.92 <= mean_held / 400 <= 0.98
    assert 0.92 <= most_held / 400 <= 0.985
