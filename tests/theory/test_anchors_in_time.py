"""Arrivals that change with time, and small halls solved exactly: the formulas against known values."""

from math import pi, sin
from statistics import NormalDist, fmean

import pytest

from simulation.theory.chain import SmallHall
from simulation.theory.erlang import MMc
from simulation.theory.in_time import Wave, busy_chance, followed
from simulation.theory.priority import priority_waits
from simulation.theory.staffing import by_offered_load, by_period

BOTH = frozenset({0, 1})


@pytest.mark.parametrize(("wave", "most"), [(Wave(30, 20, 5), 33.92232270), (Wave(100, 20, 1), 114.14213562)])
def test_offered_load(wave: Wave, most: float):
    assert wave.most_load() == pytest.approx(most, abs=6e-9)
    over_time = [wave.offered_load(2 * pi * k / 10_000) for k in range(10_000)]
    assert max(over_time) == pytest.approx(most, abs=1e-5)


def test_the_offered_load_is_largest_after_the_arrivals_are():
    assert Wave(100, 20, 1).offered_load(3 * pi / 4) == pytest.approx(114.14213562, abs=6e-9)


# The known values of the chances are means of 21 samples an hour, ends included; the mean over the hour is as given.
@pytest.mark.parametrize(
    ("mean", "swing", "service", "lag", "hours", "worst", "over"),
    [
        (16, 1, 2, 0, 306, 0.33354533, 10),
        (16, 1, 2, 1 / 2, 304, 0.10321983, 0),
        (32, 0.5, 4, 0, 312, 0.11467432, 1),
        (32, 0.5, 4, 1 / 4, 311, 0.09625411, 0),
    ],
)
def test_windows_hour_by_hour(
    mean: float,
    swing: float,
    service: float,
    lag: float,
    hours: int,
    worst: float,
    over: int,
):
    def rate(t: float) -> float:
        return mean * (1 + swing * sin(2 * pi * t / 24))

    plan = by_period(rate, service, 0.1, range(25), lag)
    found = followed(rate, service, range(25), plan, room=80)
    assert sum(plan) == hours
    assert max(period.must_wait for period in found) == pytest.approx(worst, abs=1e-6)
    assert sum(period.must_wait > 0.11 for period in found) == over


def test_the_forward_equations_come_to_rest_at_erlang_c():
    (still,) = followed(lambda _: 1.4, 1, [0, 200], [2], room=150, rounds=1)
    assert followed(lambda _: 1.4, 1, [0, 20], [2], room=150, rounds=12)[0].must_wait == pytest.approx(
        MMc(1.4, 1, 2).waits_longer(0), abs=1e-6
    )
    assert still.worst == pytest.approx(MMc(1.4, 1, 2).waits_longer(0), abs=1e-6)


@pytest.mark.parametrize(
    ("target", "mean", "least", "most"),
    [(0.1, 0.1023, 0.0930, 0.1108), (0.5, 0.4936, 0.4720, 0.5140), (0.9, 0.9014, 0.8923, 0.9115)],
)
def test_windows_by_offered_load_keep_the_chance_of_waiting_steady(
    target: float, mean: float, least: float, most: float
):
    wave, beta = Wave(100, 20, 1), NormalDist().inv_cdf(1 - target)
    loads = [wave.offered_load(2 * pi * k / 2_000) for k in range(2_000)]
    chances = [busy_chance(load, by_offered_load(load, beta)) for load in loads]
    assert (fmean(chances), min(chances), max(chances)) == pytest.approx((mean, least, most), abs=5e-4)


def test_a_small_hall_of_one_class_is_erlang_c():
    (wait,) = SmallHall((1.4,), (1.0,), (frozenset({0}),) * 2, room=200).mean_waits()
    assert wait == pytest.approx(MMc(1.4, 1, 2).mean_wait(), abs=1e-9)


def test_a_small_hall_whose_windows_serve_all_is_cobhams():
    found = SmallHall((0.5, 0.9), (1.0, 1.0), (BOTH, BOTH), room=80).mean_waits()
    assert found == pytest.approx(priority_waits((0.5, 0.9), 1, 2), abs=1e-8)


def test_a_small_hall_keeps_rates_of_service_apart():
    """One window, two classes: Cobham's mean residual service over what is left of the time."""
    arrivals, service = (0.2, 0.4), (0.5, 2.0)
    found = SmallHall(arrivals, service, (BOTH,), room=140).mean_waits()
    residual = sum(a / m**2 for a, m in zip(arrivals, service, strict=True))
    first = residual / (1 - arrivals[0] / service[0])
    assert found == pytest.approx((first, first / (1 - 0.4 - 0.2)), abs=1e-8)
