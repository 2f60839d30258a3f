"""Experiments: figures by the core's own measures, the same from any number of processes, and an end when asked."""

import json

import pytest

from queue_server.core.journal import tickets
from queue_server.core.measures import summary, utilisation
from simulation.cli import load
from simulation.engine import run_day
from simulation.executors import ALONE, Executor
from simulation.experiment import Cancelled, days_per_replication, run
from simulation.players import Engine
from simulation.report import Report
from simulation.scenario import Scenario
from tests.unit.simulation.halls import recorded, scenario_of

ENGINES: tuple[Engine, ...] = ("kernel", "simpy")
RATES = {"kind": "rates", "pieces": [{"start_ms": 0, "end_ms": 7_200_000, "per_hour": 100}]}
BUSY = scenario_of(
    {"A": RATES, "B": RATES}, 3, patience={"kind": "exponential", "mean_s": 200}, target_s=30, horizon_s=86_400
)


@pytest.fixture(scope="module")
def busy_report() -> Report:
    return run(BUSY, days=6, seed=3)


def test_one_day_has_the_figures_of_its_journal():
    day = run_day(BUSY, seed=3, day=0)
    told = summary(tickets(day.entries).values(), 30_000)
    found = run(BUSY, days=1, seed=3)
    assert found.overall.wait_mean_s == pytest.approx((told.wait_mean or 0) / 1000)
    assert found.overall.wait_p50_s == (told.wait_p50 or 0) / 1000
    assert found.overall.wait_p90_s == (told.wait_p90 or 0) / 1000
    assert found.overall.within_target == told.within_target
    assert found.overall.service_mean_s == pytest.approx((told.service_mean or 0) / 1000)
    assert (found.overall.customers, found.overall.served) == (told.issued, told.served)
    assert found.overall.left + found.overall.unserved == told.void
    assert found.overall.half_width_s is None
    by_journal = utilisation(day.entries, day.midnight + 86_400_000)
    assert {n: w.utilisation for n, w in found.windows.items()} == pytest.approx(by_journal)


def test_businesses_and_windows_add_up(busy_report: Report):
    whole = busy_report.overall
    assert whole.customers == busy_report.customers == sum(f.customers for f in busy_report.businesses.values())
    assert whole.served == sum(f.served for f in busy_report.businesses.values())
    assert whole.served == sum(w.served for w in busy_report.windows.values())
    assert whole.customers == whole.served + whole.left + whole.unserved
    assert whole.abandoned == whole.left / whole.customers
    assert whole.left > 0
    assert (whole.wait_all_mean_s or 0) > 0


@pytest.mark.parametrize("executor", [Executor(processes=2), Executor(threads=2), Executor(threads=3)], ids=str)
def test_several_workers_find_what_one_finds(busy_report: Report, executor: Executor):
    heard: list[tuple[int, int]] = []
    found = run(BUSY, days=6, seed=3, progress=lambda done, days: heard.append((done, days)), executor=executor)
    assert found == busy_report
    assert max(heard) == (6, 6)


@pytest.mark.parametrize("name", ["crowded_hall", "default_hall", "mm10"])
def test_both_engines_find_the_same_figures(name: str):
    by_kernel, by_engine = (run(load(name), days=2, seed=5, engine=engine).as_json() for engine in ENGINES)
    assert by_kernel.pop("engine") != by_engine.pop("engine")
    assert by_kernel == by_engine


def test_both_engines_find_the_same_figures_of_second_businesses():
    document = load("crowded_hall").model_dump()
    first, second = list(document["businesses"])[:2]
    document["businesses"][first]["later"] = {"share": 0.5, "business": second}
    scenario = Scenario.model_validate(document)
    by_kernel, by_engine = (run(scenario, days=2, seed=5, engine=engine).as_json() for engine in ENGINES)
    assert by_kernel.pop("engine") != by_engine.pop("engine")
    assert by_kernel == by_engine
    plain = run(load("crowded_hall"), days=2, seed=5)
    assert by_kernel["businesses"][second]["customers"] > plain.businesses[second].customers
    assert by_kernel["businesses"][first]["customers"] == plain.businesses[first].customers


def test_another_seed_finds_other_days(busy_report: Report):
    assert run(BUSY, days=6, seed=4) != busy_report


def test_the_report_is_plain_json(busy_report: Report):
    said = json.loads(json.dumps(busy_report.as_json()))
    assert {"engine", "scenario", "days", "seed", "customers", "overall", "businesses", "windows"} <= set(said)
    assert set(said["businesses"]) == {"A", "B"}
    assert set(said["windows"]) == {"1", "2", "3"}
    assert set(said["overall"]) == set(said["businesses"]["A"])


def test_visitors_of_the_warm_up_are_served_but_not_counted():
    scenario = scenario_of(
        {"A": recorded([0, 10_000, 20_000])}, warm_up_s=10, service={"kind": "constant", "mean_s": 60}
    )
    found = run(scenario, days=1, seed=1)
    assert (found.customers, found.overall.wait_mean_s) == (2, (50 + 100) / 2)


def test_a_window_is_measured_up_to_the_horizon():
    scenario = scenario_of({"A": recorded([0])}, horizon_s=120, service={"kind": "constant", "mean_s": 60})
    assert run(scenario, days=1, seed=1).windows[1].utilisation == 0.5


def test_whole_rounds_of_recorded_days_are_the_replications():
    three = scenario_of({"A": recorded([0, 0], [0, 0, 0], [0])})
    assert [days_per_replication(three, days) for days in (1, 3, 6, 7, 9)] == [1, 1, 3, 1, 3]
    found = run(three, days=6, seed=1)
    assert (found.replications, found.days_per_replication) == (2, 3)
    assert (found.customers, found.windows[1].served) == (12, 12)


def test_an_empty_hall_has_no_figures():
    found = run(scenario_of({"A": recorded([])}), days=2, seed=1).overall
    assert (found.customers, found.wait_mean_s, found.within_target, found.abandoned) == (0, None, None, None)


@pytest.mark.parametrize("executor", [ALONE, Executor(processes=2), Executor(threads=2)], ids=str)
def test_it_ends_when_asked(executor: Executor):
    heard: list[int] = []
    with pytest.raises(Cancelled):
        run(
            BUSY,
            days=200,
            seed=3,
            progress=lambda done, _: heard.append(done),
            cancelled=lambda: True,
            executor=executor,
        )
    assert heard[-1] <= 20


@pytest.mark.parametrize(("days", "seed"), [(0, 1), (1, -1), (1, 2**96)])
def test_nonsense_is_refused(days: int, seed: int):
    with pytest.raises(ValueError, match=r"days|seed"):
        run(BUSY, days=days, seed=seed)


def test_the_hall_is_the_same_after_sending_it_to_another_process():
    assert Scenario.model_validate_json(BUSY.model_dump_json()) == BUSY
