"""The stop rule: it ends when the interval is narrow, looks seldom, and its intervals still hold what they should."""

from math import inf

import numpy as np
import pytest

from simulation.executors import Executor
from simulation.experiment import run
from simulation.figures import FIGURES
from simulation.intervals import Measured, measured_ratio
from simulation.options import FIGURE_NAMES
from simulation.stop_rule import LEAST, Stopped, StopRule, next_look, too_wide
from tests.unit.simulation.halls import recorded, scenario_of

RATES = {"kind": "rates", "pieces": [{"start_ms": 0, "end_ms": 7_200_000, "per_hour": 100}]}
HALL = scenario_of({"A": RATES}, 3, service={"kind": "exponential", "mean_s": 90})
RULE = StopRule("wait_mean_s", 0.1)


def test_it_ends_once_the_interval_is_narrow_and_not_much_later():
    found = run(HALL, days=5_000, seed=1, stop=RULE)
    assert found.stopped == Stopped("wait_mean_s", 0.1, reached=True)
    assert LEAST < found.days < 5_000
    assert (found.overall.half_width_s or inf) <= 0.1 * (found.overall.wait_mean_s or 0) / 1.1
    before = run(HALL, days=found.days // 2 - 1, seed=1).overall
    assert (before.half_width_s or 0) > 0.1 * (before.wait_mean_s or 0) / 1.1


def test_days_that_were_played_are_the_same_without_the_rule_and_by_several_workers():
    found = run(HALL, days=5_000, seed=2, stop=RULE)
    assert run(HALL, days=5_000, seed=2, stop=RULE, executor=Executor(threads=2)) == found
    assert run(HALL, days=found.days, seed=2).overall == found.overall


def test_it_says_when_the_days_did_not_do():
    found = run(HALL, days=40, seed=1, stop=StopRule("wait_p90_s", 0.001))
    assert (found.days, found.stopped) == (40, Stopped("wait_p90_s", 0.001, reached=False))
    assert found.as_json()["stopped"] == {"figure": "wait_p90_s", "relative": 0.001, "reached": False}


def test_what_never_happens_is_never_narrow_and_what_is_always_alike_is_at_once():
    assert run(HALL, days=60, seed=1, stop=StopRule("abandoned", 0.1)).stopped == Stopped("abandoned", 0.1, False)
    same = scenario_of({"A": recorded([0, 0], [0, 0])}, service={"kind": "constant", "mean_s": 60})
    found = run(same, days=200, seed=1, stop=RULE)
    assert (found.replications, found.days, found.stopped) == (LEAST, 2 * LEAST, Stopped("wait_mean_s", 0.1, True))


@pytest.mark.parametrize(("excess", "look"), [(inf, 200), (10, 200), (1.2, 152), (1.0001, 106), (1, 105)])
def test_the_next_look_is_where_it_should_do_but_not_too_far_off(excess: float, look: int):
    assert next_look(100, excess) == look


def test_an_interval_is_measured_against_what_was_asked_of_the_unknown_value():
    found = Measured(100.0, np.array([-1.0, 1.0, -1.0, 1.0]))
    width = found.estimate().half_width or 0
    assert too_wide(found, 0.25) == pytest.approx(width / 20)
    assert too_wide(None, 0.25) == too_wide(Measured(1.0, np.array([0.0])), 0.25) == inf


def test_95_of_100_intervals_hold_the_true_value_although_the_rule_looked_at_them():
    chance = np.random.Generator(np.random.Philox(23))
    held = 0
    for _ in range(400):
        means: list[float] = []
        count = LEAST
        while True:
            means += [float(chance.exponential(1, 5).mean()) for _ in range(count - len(means))]
            found = measured_ratio(means, [1.0] * count)
            wide = too_wide(found, 0.06)
            if wide <= 1:
                break
            count = next_look(count, wide)
        assert found is not None
        held += abs(found.value - 1) <= (found.estimate().half_width or 0)
    assert 0.92 <= held / 400 <= 0.98


def test_a_figure_for_the_rule_is_one_of_the_report():
    assert set(FIGURE_NAMES) == set(FIGURES)
