"""Chance: numbers by name that do not disturb one another, and families with the mean and spread they promise."""

import numpy as np
import pytest

from simulation.chance import Constant, Duration, Empirical, Exponential, Gamma, Lognormal, Weibull
from simulation.draws import Customer, customers
from simulation.kernel_run import Kernel
from simulation.kernel_tally import tallies
from simulation.scenario import Scenario
from tests.unit.simulation.halls import recorded, scenario_of


def services(seed: int, day: int, codes: str = "A", **more: object) -> list[tuple[int, ...]]:
    """Service and patience of three visitors of each of these businesses."""
    family = {"kind": "exponential", "mean_s": 60}
    found = customers(scenario_of({c: recorded([0] * 3) for c in codes.split()}, patience=family, **more), seed, day)
    return [(c.service, c.patience or 0) for c in found]


def test_a_number_is_made_of_its_name_alone():
    assert services(1, 2) == services(1, 2)
    far = [services(seed, 2) for seed in (1, 2, 2**32, 2**64, 2**96 - 1)]
    numbers = [
        n for drawn in (*far, services(1, 3), services(1, 2, "B"), services(1, 2, "AA")) for p in drawn for n in p
    ]
    assert len(set(numbers)) == len(numbers)


def test_one_more_business_changes_no_other():
    assert services(1, 2, "A") == services(1, 2, "A B")[:3]
    assert services(1, 2, "B") == services(1, 2, "A B")[3:]


@pytest.mark.parametrize(
    ("family", "mean", "deviation"),
    [
        (Constant(mean_s=7), 7, 0),
        (Exponential(mean_s=60), 60, 60),
        (Lognormal(mean_s=60, cv=0.5), 60, 30),
        (Gamma(mean_s=60, cv=0.3), 60, 18),
        (Gamma(mean_s=60, cv=1.6), 60, 96),
        (Weibull(shape=2, scale_s=60), 53.1736, 27.7951),
        (Weibull(shape=0.8, scale_s=60), 67.9802, 85.6980),
        (Empirical(values_s=(10, 20, 60)), 30, np.std([10, 20, 60])),
    ],
)
def test_families_have_the_mean_and_spread_they_promise(family: Duration, mean: float, deviation: float):
    scenario = scenario_of({"A": recorded([0] * 200_000)}, service=family.model_dump())
    found = np.array([c.service for c in customers(scenario, seed=4, day=0)]) / 1000
    assert found.mean() == pytest.approx(mean, rel=0.01)
    assert found.std() == pytest.approx(deviation, rel=0.02)
    assert family.expected_s == pytest.approx(mean)


def rates(*per_hour: float) -> Scenario:
    """Two hours of one business at these rates."""
    pieces = [{"start_ms": i * 3_600_000, "end_ms": (i + 1) * 3_600_000, "per_hour": r} for i, r in enumerate(per_hour)]
    return scenario_of({"A": {"kind": "rates", "pieces": pieces}})


def test_arrivals_follow_their_rates():
    day = [c.at for d in range(40) for c in customers(rates(60, 0, 120), seed=5, day=d)]
    hours = np.bincount(np.array(day) // 3_600_000, minlength=3)
    assert hours[1] == 0
    assert hours[0] / 40 == pytest.approx(60, abs=4 * (60 / 40) ** 0.5)
    assert hours[2] / 40 == pytest.approx(120, abs=4 * (120 / 40) ** 0.5)


def test_gaps_between_arrivals_are_exponential():
    found = np.diff([c.at for c in customers(rates(*[3600] * 10), seed=6, day=0)])
    assert found.mean() == pytest.approx(1000, rel=0.02)
    assert found.std() == pytest.approx(1000, rel=0.03)


def test_higher_rates_move_visitors_but_keep_their_service():
    few, many = (customers(rates(r, r), seed=7, day=0) for r in (30, 60))
    assert [c.service for c in few] == [c.service for c in many[: len(few)]]
    assert all(a.at >= b.at for a, b in zip(few, many, strict=False))


DAYS = 3_000


def of_days(*own: float, hall: float = 0) -> np.ndarray:
    """How many visitors come to each business (row) on each of many days, 50 on a usual one."""
    pieces = [{"start_ms": 0, "end_ms": 3_600_000, "per_hour": 50}]
    each = {code: {"kind": "rates", "pieces": pieces, "day_cv": cv} for code, cv in zip("ABC", own, strict=False)}
    drawn = tallies(list(each), Kernel(scenario_of(each, day_cv=hall), 9), 0, DAYS)
    return np.array([[day.businesses[code].customers for day in drawn] for code in each], dtype=float)


def cv_of(counts: np.ndarray) -> float:
    """How much days differ beyond what chance alone gives."""
    return float(max(0.0, counts.var() - counts.mean()) ** 0.5 / counts.mean())


def test_days_are_as_busy_and_quiet_as_was_said():
    steady, varied = of_days(0, 0.3)
    assert cv_of(steady) < 0.03
    assert cv_of(varied) == pytest.approx(0.3, abs=0.02)
    assert [steady.mean(), varied.mean()] == pytest.approx([50, 50], rel=0.02)
    assert abs(np.corrcoef(steady, varied)[0, 1]) < 0.06
    assert (of_days(0, 0.3)[1] == of_days(0.2, 0.3)[1]).all(), "no business changes another"


def test_a_busy_day_of_the_hall_is_one_of_every_business():
    one, other = of_days(0, 0.4, hall=0.3)
    assert cv_of(one) == pytest.approx(0.3, abs=0.02)
    assert cv_of(other) == pytest.approx(((1 + 0.3**2) * (1 + 0.4**2) - 1) ** 0.5, abs=0.03)
    shared = float(np.cov(one, other)[0, 1] / one.mean() / other.mean())
    assert shared == pytest.approx(0.3**2, abs=0.015)


def test_a_busier_day_moves_visitors_but_keeps_their_service():
    plain = rates(30, 30).model_dump()
    busy = {**plain, "day_cv": 0.5}
    few, many = (customers(Scenario.model_validate(each), seed=7, day=2) for each in (plain, busy))
    least = min(len(few), len(many))
    assert len(few) != len(many)
    assert [c.service for c in few[:least]] == [c.service for c in many[:least]]


def test_nobody_comes_at_no_rate():
    assert customers(rates(0, 0), seed=8, day=0) == []
    assert customers(scenario_of({"A": {"kind": "rates", "pieces": []}}), seed=8, day=0) == []


def test_recorded_days_come_as_they_were_and_again_after_the_last():
    scenario = scenario_of({"A": {"kind": "recorded", "days": [[30, 10], []]}})
    assert [[c.at for c in customers(scenario, 1, day)] for day in range(3)] == [[10, 30], [], [10, 30]]


def test_classes_have_their_shares():
    classes = [
        {"code": "elderly", "head_start_s": 60, "share": {"A": 0.2}},
        {"code": "pregnant", "head_start_s": 60, "share": {"A": 0.05}},
    ]
    scenario = scenario_of({"A": {"kind": "recorded", "days": [[0] * 20_000]}}, classes=classes)
    grounds = [c.grounds for c in customers(scenario, 9, 0)]
    assert grounds.count(("elderly",)) / 20_000 == pytest.approx(0.2, abs=0.01)
    assert grounds.count(("pregnant",)) / 20_000 == pytest.approx(0.05, abs=0.01)
    assert grounds.count(()) / 20_000 == pytest.approx(0.75, abs=0.01)


def test_checked_papers_shorten_the_service_of_the_same_visitors():
    def services(share: float) -> list[tuple[int, bool]]:
        document = rates(600).model_dump()
        short = {"kind": "exponential", "mean_s": 30}
        document["businesses"]["A"] |= {"reviewed": {"share": share, "service": short}}
        return [(c.service, c.reviewed) for c in customers(Scenario.model_validate(document), seed=5, day=0)]

    none, half = services(0), services(0.5)
    assert 0.4 < sum(reviewed for _, reviewed in half) / len(half) < 0.6
    for (long, _), (service, reviewed) in zip(none, half, strict=True):
        assert abs(service - (long / 2 if reviewed else long)) <= 1


def test_a_larger_share_only_adds_to_those_who_come_back_or_are_away():
    def drawn(share: float) -> list[Customer]:
        document = rates(600, 600).model_dump()
        back = {"kind": "constant", "mean_s": 5}
        document["businesses"]["A"] |= {"returning": share, "absent": {"share": share, "back_after": back}}
        return customers(Scenario.model_validate(document), seed=5, day=0)

    few, many = drawn(0.2), drawn(0.6)
    for chosen, share in ((few, 0.2), (many, 0.6)):
        assert sum(c.tie is not None for c in chosen) / len(chosen) == pytest.approx(share, abs=0.05)
        assert sum(c.absent for c in chosen) / len(chosen) == pytest.approx(share, abs=0.05)
        assert {c.back for c in chosen} == {5000}
    for one, same in zip(few, many, strict=True):
        assert same.absent or not one.absent
        assert same.tie is not None or one.tie is None
