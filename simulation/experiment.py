"""Replications: many simulated days of one scenario, in this process or several, into one and the same report."""

import gc
import multiprocessing
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager

from simulation.engine import run_day
from simulation.report import Report, report
from simulation.scenario import Scenario
from simulation.tally import DayTally, replication, tally

Progress = Callable[[int, int], None]
Batch = dict[int, DayTally]
# A batch of days is small enough for smooth progress and a quick end, and large against the cost of sending it.
BATCHES_PER_PROCESS = 16
VISITORS_PER_BATCH = 10_000


class Cancelled(Exception):
    """The experiment was asked to stop before its last day."""


def run(
    scenario: Scenario,
    *,
    days: int,
    seed: int,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    processes: int = 1,
) -> Report:
    """Simulate `days` days (numbered from 0) and report; raises `Cancelled` when `cancelled()` says so.

    `progress` hears how many days of how many are done. The report depends on the scenario, days and seed alone.
    """
    if days < 1:
        raise ValueError("days: at least one")
    if seed < 0:
        raise ValueError("seed: not negative")
    found: dict[int, DayTally] = {}
    source = _here(scenario, seed, days) if processes <= 1 or days == 1 else _elsewhere(scenario, seed, days, processes)
    try:
        for batch in source:
            found.update(batch)
            if progress is not None:
                progress(len(found), days)
            if cancelled is not None and len(found) < days and cancelled():
                raise Cancelled
    finally:
        source.close()
    size = days_per_replication(scenario, days)
    in_order = [found[day] for day in range(days)]
    parts = [replication(in_order[start : start + size]) for start in range(0, days, size)]
    return report(scenario.name, seed, size, scenario.target_s, parts)


def days_per_replication(scenario: Scenario, days: int) -> int:
    """One day, or one round through the recorded days when `days` is at least two whole rounds.

    Recorded days are not a sample of anything: only whole rounds are like one another, so only they give an interval.
    """
    cycle = scenario.cycle
    return cycle if days % cycle == 0 and days >= 2 * cycle else 1


def _here(scenario: Scenario, seed: int, days: int) -> Generator[Batch, None, None]:
    for day in range(days):
        yield {day: one_day(scenario, seed, day)}


def _elsewhere(scenario: Scenario, seed: int, days: int, processes: int) -> Generator[Batch, None, None]:
    by_visitors = VISITORS_PER_BATCH / max(1.0, scenario.expected_a_day)
    size = max(1, int(min(by_visitors, days / (processes * BATCHES_PER_PROCESS))))
    # Started afresh, not forked: a forked child would share the sockets and threads of a server.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, fresh, _prepare, (scenario.model_dump_json(),))
    try:
        futures: list[Future[Batch]] = [
            pool.submit(_batch, seed, range(first, min(first + size, days))) for first in range(0, days, size)
        ]
        for done in as_completed(futures):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


_prepared: list[Scenario] = []


def _prepare(document: str) -> None:
    _prepared[:] = [Scenario.model_validate_json(document)]


def _batch(seed: int, days: range) -> Batch:
    return {day: one_day(_prepared[0], seed, day) for day in days}


def one_day(scenario: Scenario, seed: int, day: int) -> DayTally:
    """One simulated day and what it adds to the figures."""
    with _nothing_collected():
        return tally(scenario, run_day(scenario, seed, day))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    # A day makes tens of thousands of objects and no cycles; looking for cycles among them takes a quarter of the time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
