"""Replications: many simulated days of one scenario, by one worker or several, into one and the same report."""

import gc
import multiprocessing
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Literal

from simulation.engine import run_day
from simulation.kernel_run import LARGEST_SEED, Kernel
from simulation.kernel_tally import tallies
from simulation.report import Report, report
from simulation.scenario import Scenario
from simulation.tally import DayTally, replication, tally

# The kernel plays everything that has figures; SimPy is what it is compared with.
Engine = Literal["kernel", "simpy"]
Progress = Callable[[int, int], None]
Batch = dict[int, DayTally]
# A batch of days is small enough for smooth progress and a quick end, and large against the cost of handing it over.
BATCHES_PER_WORKER = 16
VISITORS_PER_BATCH: dict[Engine, int] = {"kernel": 200_000, "simpy": 10_000}


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
    threads: int = 1,
    engine: Engine = "kernel",
) -> Report:
    """Simulate `days` days (numbered from 0) and report; raises `Cancelled` when `cancelled()` says so.

    `progress` hears how many days of how many are done. The report depends on the scenario, days and seed alone:
    neither the engine changes its figures, nor how many `threads` of this process or other `processes` work on it.
    """
    if days < 1:
        raise ValueError("days: at least one")
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"seed: from 0 to {LARGEST_SEED}")
    found: dict[int, DayTally] = {}
    source = _batches(scenario, seed, days, engine, processes, threads)
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
    return report(scenario.name, seed, size, scenario.target_s, parts, engine)


def days_per_replication(scenario: Scenario, days: int) -> int:
    """One day, or one round through the recorded days when `days` is at least two whole rounds.

    Recorded days are not a sample of anything: only whole rounds are like one another, so only they give an interval.
    """
    cycle = scenario.cycle
    return cycle if days % cycle == 0 and days >= 2 * cycle else 1


def _batches(
    scenario: Scenario, seed: int, days: int, engine: Engine, processes: int, threads: int
) -> Generator[Batch, None, None]:
    workers = max(1, processes, threads)
    by_visitors = VISITORS_PER_BATCH[engine] / max(1.0, scenario.expected_a_day)
    size = max(1, int(min(by_visitors, days / (workers * BATCHES_PER_WORKER))))
    parts = [range(first, min(first + size, days)) for first in range(0, days, size)]
    if workers == 1 or days == 1:
        play = player(scenario, seed, engine)
        for part in parts:
            yield play(part)
        return
    pool: Executor
    if processes > 1:
        # Started afresh, not forked: a forked child would share the sockets and threads of a server.
        fresh = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(processes, fresh, _prepare, (scenario.model_dump_json(), seed, engine))
    else:
        pool = ThreadPoolExecutor(threads, initializer=_prepare, initargs=(scenario, seed, engine))
    try:
        futures: list[Future[Batch]] = [pool.submit(_play, part) for part in parts]
        for done in as_completed(futures):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


# Each worker has its own room to play in.
_mine = threading.local()


def _prepare(scenario: Scenario | str, seed: int, engine: Engine) -> None:
    read = Scenario.model_validate_json(scenario) if isinstance(scenario, str) else scenario
    _mine.play = player(read, seed, engine)


def _play(days: range) -> Batch:
    played: Batch = _mine.play(days)
    return played


def player(scenario: Scenario, seed: int, engine: Engine = "kernel") -> Callable[[range], Batch]:
    """What plays a range of days, day after day the same whoever plays it; not for several threads at once."""
    if engine == "simpy":
        return lambda days: {day: _by_engine(scenario, seed, day) for day in days}
    kernel, codes = Kernel(scenario, seed), list(scenario.businesses)
    return lambda days: dict(zip(days, tallies(codes, kernel, days.start, days.stop), strict=True))


def _by_engine(scenario: Scenario, seed: int, day: int) -> DayTally:
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
