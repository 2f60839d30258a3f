"""Chance by number: the generator's known answers, numbers between 0 and 1, and the normal distribution's quantiles."""

import math

import pytest
from scipy.special import ndtri
from scipy.stats import gamma

from simulation.gamma_curve import curve
from simulation.kernel_chance import (
    EXPONENTIAL,
    GAMMA,
    LOGNORMAL,
    LONGEST,
    VALUES,
    WEIBULL,
    WORD,
    duration,
    normal,
    on_curve,
    philox,
    uniform,
)
from simulation.kernel_run import real, whole

PI = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0)


@pytest.mark.parametrize(
    ("counter_and_key", "words"),
    [
        ((0, 0, 0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((WORD,) * 6, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (PI, (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
    ],
)
def test_philox_gives_its_known_answers(counter_and_key: tuple[int, ...], words: tuple[int, ...]) -> None:
    assert tuple(philox(*counter_and_key)) == words


def test_two_words_make_a_number_from_nought_to_just_under_one() -> None:
    assert uniform(0, 0) == 0.0
    assert uniform(WORD, WORD) == 1 - 2**-53
    assert uniform(1 << 31, 0) == 0.5
    assert uniform(0, 1 << 6) == 2**-53


@pytest.mark.parametrize("u", [1e-300, 1e-12, 0.001, 0.0749, 0.075, 0.3, 0.5, 0.9, 0.925, 0.9251, 0.999999, 1 - 2**-53])
def test_the_normal_quantile_is_right_everywhere(u: float) -> None:
    assert normal(u) == pytest.approx(ndtri(u), rel=2e-15, abs=1e-16)


def test_durations_are_whole_and_never_without_end() -> None:
    values, none = whole([7, 9]), real([])
    last = 1 - 2**-53
    assert duration(EXPONENTIAL, 1000.0, 0.0, values, 0, none, 1 - math.exp(-2)) == 2000
    assert duration(EXPONENTIAL, 1e9, 0.0, values, 0, none, last) == LONGEST
    assert duration(LOGNORMAL, math.log(1000), 1.0, values, 0, none, 0.5) == 1000
    assert duration(LOGNORMAL, math.log(1000), 1.0, values, 0, none, 0.0) == 0
    assert duration(LOGNORMAL, math.log(1000), 20.0, values, 0, none, last) == LONGEST
    assert duration(WEIBULL, math.log(1000), 1 / 3, values, 0, none, 1 - math.exp(-8)) == 2000
    assert duration(WEIBULL, math.log(1e9), 10.0, values, 0, none, last) == LONGEST
    assert duration(WEIBULL, math.log(1000), 10.0, values, 0, none, 0.0) == 0
    assert [duration(VALUES, 2.0, 0.0, values, 0, none, u) for u in (0.0, 0.49, 0.5, last)] == [7, 7, 9, 9]
    one, long = real(curve(1000, 1)), real(curve(1e9, 20))
    assert duration(GAMMA, 0.0, 0.0, values, 0, one, 1 - math.exp(-2)) == 2000
    assert [duration(GAMMA, 0.0, 0.0, values, 0, long, u) for u in (0.0, 0.5, last)] == [0, 0, LONGEST]


@pytest.mark.parametrize(("cv", "off"), [(0.001, 1e-9), (0.3, 1e-9), (1, 1e-8), (2, 1e-7), (20, 1e-5)])
def test_a_gamma_curve_gives_the_quantiles(cv: float, off: float) -> None:
    nodes, law = real(curve(60, cv)), gamma(cv**-2, scale=60 * cv**2)
    for u in (2**-53, 1e-9, 0.001, 0.0749, 0.3, 0.5, 0.7777, 0.99, 1 - 1e-9, 1 - 2**-53):
        exact = law.ppf(u) if u < 0.5 else law.isf(1 - u)
        assert on_curve(nodes, 0, u) == pytest.approx(exact, rel=off, abs=1e-12)
