"""Both engines against theory: the exact value must lie in the 99 % interval over independent replications."""

import json
from typing import Any

import pytest
from scipy.special import stdtrit

from simulation.experiment import run
from simulation.players import Engine
from simulation.report import Report
from simulation.scenario import Scenario
from simulation.scenario_text import read
from simulation.theory.erlang import ErlangA, MMc
from simulation.theory.priority import priority_waits
from simulation.theory.service import one_window_wait


def hall(
    rates: dict[str, float],
    service: dict[str, Any],
    windows: int,
    hours: tuple[float, float],
    **more: Any,
) -> Scenario:
    """A hall in steady state: arrivals per minute per business, `windows` windows, hours of warm-up and of arrivals."""
    warm_up, horizon = (round(h * 3600) for h in hours)
    patience = more.pop("patience", None)
    return read(
        json.dumps(
            {
                "name": "steady state",
                "businesses": {
                    code: {
                        "arrivals": {
                            "kind": "rates",
                            "pieces": [{"start_ms": 0, "end_ms": horizon * 1000, "per_hour": a_minute * 60}],
                        },
                        "service": service,
                        "patience": patience,
                    }
                    for code, a_minute in rates.items()
                },
                "windows": [
                    {"window": n, "reluctance": dict.fromkeys(rates, 0), "schedule": [[0, 86400]]}
                    for n in range(1, windows + 1)
                ],
                "warm_up_s": warm_up,
                "horizon_s": horizon,
                "start": {"date": "2026-01-05", "time_zone": "UTC"},
                **more,
            }
        )
    )


def holds(exact: float, value: float | None, half_width: float | None, report: Report) -> bool:
    """Whether the exact value lies in the 99 % interval (the report's is of 95 %)."""
    assert value is not None
    assert half_width is not None
    df = report.replications - 1
    return abs(value - exact) <= half_width * float(stdtrit(df, 0.995) / stdtrit(df, 0.975))


@pytest.mark.parametrize("engine", ["kernel", "simpy"])
def test_one_window(engine: Engine):
    found = run(hall({"A": 1.4}, {"kind": "exponential", "mean_s": 30}, 1, (2, 23)), days=14, seed=11, engine=engine)
    exact = MMc(arrivals=1.4, service=2, windows=1)
    assert holds(exact.mean_wait() * 60, found.overall.wait_mean_s, found.overall.half_width_s, found)
    assert holds(0.7, found.windows[1].utilisation, found.windows[1].half_width, found)


@pytest.mark.parametrize("engine", ["kernel", "simpy"])
def test_one_window_with_constant_service(engine: Engine):
    found = run(hall({"A": 1.4}, {"kind": "constant", "mean_s": 30}, 1, (2, 23)), days=10, seed=12, engine=engine)
    exact = one_window_wait(0.7, cv=0, mean_service=30)
    assert holds(exact, found.overall.wait_mean_s, found.overall.half_width_s, found)


@pytest.mark.parametrize("engine", ["kernel", "simpy"])
def test_ten_windows(engine: Engine):
    target = MMc(arrivals=9, service=1, windows=10)
    scenario = hall({"A": 9}, {"kind": "exponential", "mean_s": 60}, 10, (3, 15), target_s=60)
    found = run(scenario, days=10, seed=13, engine=engine)
    overall = found.overall
    assert holds(target.mean_wait() * 60, overall.wait_mean_s, overall.half_width_s, found)
    assert holds(target.percentile(0.9) * 60, overall.wait_p90_s, overall.wait_p90_half_width_s, found)
    assert holds(1 - target.waits_longer(1), overall.within_target, overall.within_target_half_width, found)


@pytest.mark.parametrize("engine", ["kernel", "simpy"])
def test_ten_windows_with_impatient_visitors(engine: Engine):
    exact = ErlangA(arrivals=12, service=1, leaving=1, windows=10)
    patience = {"kind": "exponential", "mean_s": 60}
    found = run(hall({"A": 12}, patience, 10, (1, 6), patience=patience), days=6, seed=14, engine=engine)
    overall = found.overall
    assert holds(exact.abandoned(), overall.abandoned, overall.abandoned_half_width, found)
    assert holds(exact.mean_wait() * 60, overall.wait_all_mean_s, overall.wait_all_half_width_s, found)


@pytest.mark.parametrize("engine", ["kernel", "simpy"])
def test_strict_priority_is_a_head_start_of_a_day(engine: Engine):
    classes = [{"code": "first", "head_start_s": 86400, "share": {"A": 1}}]
    scenario = hall({"A": 1.8, "B": 7.2}, {"kind": "exponential", "mean_s": 60}, 10, (3, 15), classes=classes)
    found = run(scenario, days=6, seed=15, engine=engine)
    for code, exact in zip("AB", priority_waits((1.8, 7.2), service=1, windows=10), strict=True):
        figures = found.businesses[code]
        assert holds(exact * 60, figures.wait_mean_s, figures.half_width_s, found)
