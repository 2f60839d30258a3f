"""Demand read off a history: days, rates, opening, patience, service; and the scenarios made of it."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from simulation.demand import demand
from simulation.history.localtime import utc_ms
from simulation.history.recorded import NotReadable, Recorded, Service, Staffed, Visit
from simulation.plan_scenarios import again, level
from simulation.recorded_parts import prefixes
from simulation.scenario import Desk, Rates, RecordedDays

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = 60_000
DAYS = (date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7))


def at(day: date, hour: float) -> int:
    return utc_ms(day, round(hour * 3600), ZONE)


def visit(day: date, hour: float, **said: object) -> Visit:
    arrived = at(day, hour)
    facts: dict[str, object] = {"called_at": arrived + 10 * MINUTE, "service_ms": 5 * MINUTE, "business": "A"} | said
    return Visit(arrived_at=arrived, **facts)  # type: ignore[arg-type]


def recorded(visits: list[Visit], **said: object) -> Recorded:
    empty = Recorded(
        source="journal",
        time_zone="Asia/Shanghai",
        rows=len(visits),
        days=DAYS,
        visits=tuple(visits),
        staffing=(),
        service={"A": Service(300.0, 0.5, 10)},
        names={},
        cleaning=(),
        wait_meaning="issue-to-first-call",
    )
    return replace(empty, **said)  # type: ignore[arg-type]


def two_days() -> list[Visit]:
    return [visit(day, 9 + i / 8) for day in DAYS[:2] for i in range(8)]


def test_rates_are_means_over_days_with_the_quietest_and_the_busiest():
    fitted = demand(recorded([*two_days(), visit(DAYS[0], 9.01), visit(DAYS[0], 9.02)]))
    nine = fitted.total[36]
    assert (nine.mean, nine.low, nine.high) == (3.0, 2, 4)
    assert (fitted.opens, fitted.closes) == (36, 40)
    assert fitted.days == DAYS[:2]


def test_a_day_with_less_than_half_the_usual_visits_is_left_out_and_named():
    fitted = demand(recorded([*two_days(), visit(DAYS[2], 10), visit(DAYS[2], 11)]))
    assert (fitted.days, fitted.other_days) == (DAYS[:2], (DAYS[2],))


def test_stray_arrivals_do_not_open_the_hall():
    usual = [visit(day, 9 + i / 40) for day in DAYS for i in range(40)]
    fitted = demand(recorded([*usual, visit(DAYS[0], 3), visit(DAYS[1], 22)]))
    assert (fitted.opens, fitted.closes) == (36, 40)
    assert fitted.outside == pytest.approx(2 / 122)


def test_patience_counts_those_who_were_served_as_having_waited():
    left = [visit(DAYS[0], 9.5, called_at=None, left_at=at(DAYS[0], 9.5) + 20 * MINUTE, service_ms=None)]
    fitted = demand(recorded([*two_days(), *left])).businesses["A"]
    assert fitted.patience_s == pytest.approx((16 * 10 + 20) * 60)
    assert demand(recorded(two_days())).businesses["A"].patience_s is None


def test_a_business_without_services_takes_the_halls_and_none_at_all_is_refused():
    visits = [*two_days(), visit(DAYS[0], 9.3, business="B")]
    services = {"A": Service(100.0, 1.0, 10), "C": Service(400.0, 0.0, 5)}
    pooled = demand(recorded(visits, service=services)).businesses["B"].service
    assert (pooled.mean_s, pooled.n) == (200.0, 15)
    assert pooled.cv == pytest.approx((((2 * 100**2 * 10 + 400**2 * 5) / 15) / 200**2 - 1) ** 0.5)
    with pytest.raises(NotReadable, match="no-service"):
        demand(recorded(visits, service={}))


def test_an_unknown_spread_is_an_assumption_and_becomes_exponential():
    history = recorded(two_days(), service={"A": Service(300.0, None, 10)})
    fitted = demand(history)
    assert fitted.businesses["A"].cv_assumed
    assert level(history, fitted, 2, 1200).businesses["A"].service.kind == "exponential"


def test_a_level_opens_so_many_windows_from_opening_on():
    history = recorded(two_days())
    scenario = level(history, demand(history), 3, 1200)
    assert len(scenario.windows) == 3
    assert scenario.windows[0].schedule == ((9 * 3600, 86_400),)
    rates = scenario.businesses["A"].arrivals
    assert isinstance(rates, Rates)
    assert sum(p.per_hour / 4 for p in rates.pieces) == pytest.approx(8)
    assert scenario.target_s == 1200


def test_priority_keeps_its_share_and_head_start():
    visits = [visit(DAYS[0], 9 + i / 8, priority=("priority",) if i % 4 == 0 else ()) for i in range(8)]
    history = recorded(visits, head_starts={"priority": 90_000})
    (found,) = level(history, demand(history), 1, 60).classes
    assert (found.code, found.head_start_s, found.share) == ("priority", 90.0, {"A": 0.25})


def test_recorded_days_come_again_with_recorded_windows_which_stay_until_the_last_is_done():
    staffing = tuple(
        Staffed(at(day, 9 + q / 4), windows) for day in DAYS[:2] for q, windows in enumerate((1.0, 1.6, 0.4, 1.0))
    )
    history = recorded(two_days(), staffing=staffing)
    fitted = demand(history)
    assert fitted.windows == pytest.approx(1.0)
    scenario = again(history, fitted, 1200)
    assert scenario is not None
    first, second = scenario.windows
    assert first.days == (((32400.0, 34200.0), (35100.0, 86400.0)),) * 2
    assert isinstance(second, Desk)
    assert second.open_on(0) == ((33300.0, 34200.0),)
    arrivals = scenario.businesses["A"].arrivals
    assert isinstance(arrivals, RecordedDays)
    assert [len(day) for day in arrivals.days] == [8, 8]
    assert arrivals.days[0][1] == round(9.125 * 3_600_000)
    assert again(recorded(two_days()), fitted, 1200) is None


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["A", "B"], {"A": "A", "B": "B"}),
        (["IN", "PS"], {"IN": "A", "PS": "B"}),
        (["A", "AB"], {"A": "A", "AB": "B"}),
        (["Ż"], {"Ż": "A"}),
    ],
)
def test_codes_become_number_prefixes(codes: list[str], expected: dict[str, str]):
    assert prefixes(codes) == expected


def test_many_codes_get_two_letters_each_its_own():
    found = prefixes([f"o{i}" for i in range(40)])
    assert len(set(found.values())) == 40
    assert all(len(code) == 2 for code in found.values())
