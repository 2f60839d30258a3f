"""Recorded days again as a scenario, and patience fitted to those who left."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simulation.experiment import run
from simulation.history import technion
from simulation.history.localtime import utc_ms
from simulation.history.recorded import NotReadable, Recorded, Service, Staffed, Visit
from simulation.patience import fitted
from simulation.replay import replay
from tests.unit.simulation.test_history_technion import DATA

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


def at(day: date, seconds: int) -> int:
    return utc_ms(day, seconds, ZONE)


def served(day: date, came: int, called: int, done: int, window: int = 1, *, priority: bool = False) -> Visit:
    return Visit(
        at(day, came),
        "X",
        called_at=at(day, called),
        started_at=at(day, called),
        finished_at=at(day, done),
        service_ms=(done - called) * 1000,
        window=window,
        priority=("vip",) if priority else (),
    )


def history(*visits: Visit, service: dict[str, Service] | None = None) -> Recorded:
    staffed = (Staffed(at(MONDAY, 0), 1.0), Staffed(at(MONDAY, 900), 1.6), Staffed(at(TUESDAY, 900), 0.4))
    return Recorded(
        source="made-up",
        time_zone="Asia/Shanghai",
        rows=len(visits),
        days=(MONDAY, TUESDAY),
        visits=visits,
        staffing=staffed,
        service=service or {},
        names={},
        cleaning=(),
        wait_meaning="",
        head_starts={"vip": 90_000},
    )


VISITS = (
    served(MONDAY, 10, 20, 50),
    served(MONDAY, 30, 50, 110, window=2, priority=True),
    served(TUESDAY, 900, 900, 930),
    Visit(at(TUESDAY, 910), "X", left_at=at(TUESDAY, 925)),
)


def test_recorded_days_become_a_scenario():
    made = replay(history(*VISITS), target_s=30)
    business = made.businesses["X"]
    assert business.arrivals.model_dump()["days"] == ((10_000, 30_000), (900_000, 910_000))
    assert business.service.model_dump()["values_s"] == (30, 30, 60)
    assert business.patience is not None
    assert [desk.days for desk in made.windows] == [(((0, 1800),), ()), (((900, 1800),), ())]
    assert [(c.code, c.head_start_s, c.share) for c in made.classes] == [("vip", 90, {"X": 0.25})]
    assert (made.cycle, made.start.date, made.target_s) == (2, MONDAY, 30)
    assert run(made, days=4, seed=1).customers == 8


def test_windows_counted_anew_are_away_once_silent():
    with pytest.raises(NotReadable, match="no-windows"):
        replay(history(*VISITS), away_after_min=5)
    busy = [served(MONDAY, s, s, s + 890) for s in range(0, 3600, 900)]
    made = replay(history(*busy), away_after_min=5)
    assert [desk.days for desk in made.windows] == [(((0, 3600),),)]


def test_a_log_that_tells_only_the_mean_service():
    visit = Visit(at(MONDAY, 10), "X", called_at=at(MONDAY, 20))
    told = {"X": Service(60, None, 9)}
    assert replay(history(visit, service=told)).businesses["X"].service.model_dump() == {
        "kind": "exponential",
        "mean_s": 60,
    }
    told = {"X": Service(60, 0.5, 9)}
    assert replay(history(visit, service=told)).businesses["X"].service.kind == "lognormal"
    with pytest.raises(NotReadable, match="no-service"):
        replay(history(visit))


def test_nobody_left_means_endless_patience():
    assert fitted(VISITS[:3]) is None


def test_patience_is_found_behind_the_calls_that_cut_it_short():
    # Patience of 100 s, called after 60 s on average: those who left waited far less than their patience was.
    chance = np.random.Generator(np.random.Philox(3))
    visits = []
    for patience, called in zip(chance.exponential(100, 4000), chance.exponential(60, 4000), strict=True):
        end = round(min(patience, called) * 1000)
        visits.append(Visit(0, "X", called_at=end) if called <= patience else Visit(0, "X", left_at=end))
    found = fitted(visits)
    assert found is not None
    assert found.expected_s == pytest.approx(100, rel=0.1)
    assert sorted(found.values_s)[100] == pytest.approx(100 * np.log(2), rel=0.1)


@pytest.mark.skipif(not (DATA / "january.txt.gz").exists(), reason="the bank's log is not on this machine")
def test_january_of_the_bank_is_as_far_off_as_the_docs_say():
    found = run(replay(technion.read(DATA / "january.txt.gz")), days=29, seed=1)
    assert found.customers == 30_161
    assert found.overall.wait_all_mean_s == pytest.approx(23.6, abs=6)
