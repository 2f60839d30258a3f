"""The formulas against known values, to the last digit given."""

from math import erf, inf, sqrt

import pytest

from simulation.theory.erlang import Bounded, ErlangA, MMc, erlang_b, erlang_c
from simulation.theory.limits import garnett, halfin_whitt
from simulation.theory.priority import priority_waits
from simulation.theory.service import constant_service_wait, near_wait, one_window_wait
from simulation.theory.staffing import Need, least_windows, need

TEN_DIGITS = 6e-11


def close(value: float) -> object:
    """Equal to the ten decimals that the known value has."""
    return pytest.approx(value, rel=0, abs=TEN_DIGITS)


@pytest.mark.parametrize(
    ("windows", "load", "known"), [(5, 3, 0.1100543478), (10, 10, 0.2145823431), (100, 100, 0.0757004527)]
)
def test_erlang_b(windows: int, load: float, known: float):
    assert erlang_b(windows, load) == close(known)


@pytest.mark.parametrize(
    ("windows", "load", "known"),
    [
        (5, 3, 0.2361516035),
        (10, 8, 0.4091801508),
        (10, 9, 0.6687315241),
        (12, 10, 0.4493882243),
        (20, 18, 0.5507690048),
        (100, 90, 0.2169404809),
    ],
)
def test_erlang_c(windows: int, load: float, known: float):
    assert erlang_c(windows, load) == close(known)


def test_mmc_with_ten_windows():
    hall = MMc(arrivals=9, service=1, windows=10)
    assert hall.mean_wait() == close(0.6687315241)
    assert hall.waits_longer(1) == close(0.2460125794)
    assert hall.percentile(0.9) == close(1.9002124843)
    assert hall.percentile(0.2) == 0


def test_windows_that_cannot_keep_up_mean_an_endless_wait():
    hall = MMc(arrivals=10, service=1, windows=10)
    assert (hall.mean_wait(), hall.percentile(0.5), hall.waits_longer(100)) == (inf, inf, 1)
    assert priority_waits((1, 9), 1, 10)[1] == inf


def test_ciw_read_me_hall():
    assert MMc(arrivals=0.2, service=0.1, windows=3).mean_wait() == close(4.4444444444)


def test_simmer_vignette_hall():
    chances = Bounded(arrivals=3, service=4, windows=2, room=3).chances()
    assert sum(n * p for n, p in enumerate(chances)) == close(0.7623400366)
    assert chances[-1] == close(0.0493601463)


@pytest.mark.parametrize(
    ("an_hour", "service_min", "within_min", "share", "windows", "reached"),
    [
        (60, 8, 15, 0.9, 10, 0.990377),
        (60, 8, 10, 0.8, 9, 0.812819),
        (120, 6, 15, 0.9, 13, 0.942180),
        (40, 12, 15, 0.9, 10, 0.966412),
    ],
)
def test_least_windows(
    an_hour: float, service_min: float, within_min: float, share: float, windows: int, reached: float
):
    found = least_windows(an_hour / 60, 1 / service_min, within_min, share)
    hall = MMc(an_hour / 60, 1 / service_min, found)
    assert (found, 1 - hall.waits_longer(within_min)) == (windows, pytest.approx(reached, abs=5e-7))


def test_windows_and_persons_for_a_promise_a_limit_of_work_and_time_away():
    found = need(100 / 30, 1 / 3, within=20 / 60, share=0.8, busy=0.85, away=0.3)
    assert found == Need(14, 20, close(0.1741319336), close(0.8883500192), close(0.7142857143))


def test_a_limit_of_work_takes_more_windows_than_the_promise():
    assert need(10, 1, within=60, share=0.5).windows == 10 + 1
    assert need(10, 1, within=60, share=0.5, busy=0.8).windows == 13


def test_wait_at_the_least_windows():
    assert MMc(1, 1 / 8, 10).mean_wait() == pytest.approx(1.636721, abs=5e-7)


def test_erlang_a_with_fifty_windows():
    hall = ErlangA(arrivals=48, service=1, leaving=0.5, windows=50)
    assert hall.abandoned() == close(0.0309122492)
    assert hall.mean_wait() * 60 == pytest.approx(3.7095, abs=5e-5)
    assert hall.percentile(0.9) * 60 == pytest.approx(12.4446, abs=5e-5)
    assert hall.queue() == pytest.approx(2.9676, abs=5e-5)
    assert hall.utilisation() == pytest.approx(0.930324, abs=5e-7)
    patient = MMc(arrivals=48, service=1, windows=50)
    assert patient.mean_wait() * 60 == pytest.approx(20.8337, abs=5e-5)
    assert patient.percentile(0.9) * 60 == pytest.approx(58.1387, abs=5e-5)
    assert patient.mean_wait() * 48 == pytest.approx(16.6669, abs=5e-5)


def test_erlang_a_overloaded():
    hall = ErlangA(arrivals=12, service=1, leaving=1, windows=10)
    assert hall.must_wait() == close(0.7576078383)
    assert hall.abandoned() == pytest.approx(0.213632353, abs=5e-10)
    assert hall.queue() == close(2.5635882355)


def test_nobody_waits_at_the_median_of_an_idle_hall():
    assert ErlangA(arrivals=1, service=1, leaving=1, windows=10).percentile(0.5) == 0


@pytest.mark.parametrize(
    ("beta", "known"),
    [(0.25, 0.7209321134), (0.5, 0.5045386410), (1, 0.2233612748), (1.5, 0.0846903945), (2, 0.0268813624)],
)
def test_halfin_whitt(beta: float, known: float):
    assert halfin_whitt(beta) == close(known)


def test_halfin_whitt_is_near_the_exact_value_of_a_large_hall():
    assert erlang_c(110, 100) == pytest.approx(0.237008, abs=5e-7)


@pytest.mark.parametrize(
    ("beta", "known"), [(-1, 0.8413447), (0, 0.5), (0.5, 0.3085375), (1, 0.1586553), (2, 0.0227501)]
)
def test_the_limit_with_impatience_like_service(beta: float, known: float):
    assert garnett(beta) == pytest.approx(known, abs=6e-8)


@pytest.mark.parametrize("leaving", [0.5, 2])
@pytest.mark.parametrize("beta", [-1, 0, 1])
def test_erlang_a_nears_the_limit_with_other_patience(beta: float, leaving: float):
    load = 40_000
    hall = ErlangA(arrivals=load, service=1, leaving=leaving, windows=round(load + beta * sqrt(load)))
    assert hall.must_wait() == pytest.approx(garnett(beta, 1, leaving), abs=0.001)


@pytest.mark.parametrize("beta", [-1, 0, 0.5, 1, 2])
def test_erlang_a_nears_the_normal_limit_when_patience_is_like_service(beta: float):
    load = 10_000
    hall = ErlangA(arrivals=load, service=1, leaving=1, windows=round(load + beta * sqrt(load)))
    assert hall.must_wait() == pytest.approx((1 - erf(beta / sqrt(2))) / 2, abs=0.003)


def test_strict_priority():
    high, low = priority_waits((1.8, 7.2), 1, 10)
    assert (high, low) == (close(0.0815526249), close(0.8155262489))
    assert (1.8 * high + 7.2 * low) / 9 == close(0.6687315241)


@pytest.mark.parametrize(("cv", "known"), [(0, 2), (0.5, 2.5), (0.8, 3.28), (1, 4), (1.5, 6.5)])
def test_one_window_with_any_service(cv: float, known: float):
    assert one_window_wait(0.8, cv) == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize(("windows", "load", "known"), [(1, 0.8, 2.0), (2, 1.6, 0.90328388), (10, 9, 0.34458205)])
def test_constant_service(windows: int, load: float, known: float):
    assert constant_service_wait(windows, load) == pytest.approx(known, abs=6e-9)


@pytest.mark.parametrize(("cv", "known"), [(0, 0.334366), (0.6, 0.454737), (0.8, 0.548360), (1.5, 1.086689)])
def test_any_service_at_several_windows_approximately(cv: float, known: float):
    assert near_wait(10, 9, cv) == pytest.approx(known, abs=6e-7)


def test_the_approximation_is_three_percent_below_the_exact_wait_of_constant_service():
    assert near_wait(10, 9, 0) / constant_service_wait(10, 9) == pytest.approx(0.970, abs=5e-4)
