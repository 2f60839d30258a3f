"""Who plays the days: this thread, threads of this process or other processes; the days are the same by whomever."""

import gc
import multiprocessing
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Literal, Self

from simulation.engine import run_day
from simulation.kernel_run import Kernel
from simulation.kernel_tally import tallies
from simulation.scenario import Scenario
from simulation.tally import DayTally, tally

# The kernel plays everything that has figures; SimPy is what it is compared with.
Engine = Literal["kernel", "simpy"]
Batch = dict[int, DayTally]
# A batch of days is small enough for smooth progress and a quick end, and large against the cost of handing it over.
BATCHES_PER_WORKER = 16
VISITORS_PER_BATCH: dict[Engine, int] = {"kernel": 200_000, "simpy": 10_000}


class Workers:
    """So many `threads` of this process or other `processes` for one scenario and seed, until the `with` ends."""

    def __init__(
        self, scenario: Scenario, seed: int, engine: Engine = "kernel", *, processes: int = 1, threads: int = 1
    ) -> None:
        self._scenario, self._seed, self._engine = scenario, seed, engine
        self._processes, self._count = processes, max(1, processes, threads)
        self._own: Callable[[range], Batch] | None = None
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the workers go; days that nobody began are not played."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def play(self, begin: int, end: int) -> Generator[Batch, None, None]:
        """The days from `begin` to before `end`, in batches as they are done; none where it does not lie before it."""
        by_visitors = VISITORS_PER_BATCH[self._engine] / max(1.0, self._scenario.expected_a_day)
        size = max(1, int(min(by_visitors, (end - begin) / (self._count * BATCHES_PER_WORKER))))
        parts = [range(first, min(first + size, end)) for first in range(begin, end, size)]
        if self._count == 1 or len(parts) <= 1:
            self._own = self._own or player(self._scenario, self._seed, self._engine)
            yield from map(self._own, parts)
            return
        self._pool = self._pool or self._started()
        futures: list[Future[Batch]] = [self._pool.submit(_play, part) for part in parts]
        for done in as_completed(futures):
            yield done.result()

    def _started(self) -> Executor:
        if self._processes > 1:
            # Started afresh, not forked: a forked child would share the sockets and threads of a server.
            fresh = multiprocessing.get_context("spawn")
            told = (self._scenario.model_dump_json(), self._seed, self._engine)
            return ProcessPoolExecutor(self._processes, fresh, _prepare, told)
        told_here = (self._scenario, self._seed, self._engine)
        return ThreadPoolExecutor(self._count, initializer=_prepare, initargs=told_here)


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
