"""Replications: many simulated days of one scenario, by one worker or several, into one and the same report."""

from collections.abc import Callable, Sequence
from contextlib import closing

from simulation.executors import ALONE, Executor
from simulation.kernel_run import LARGEST_SEED
from simulation.players import Engine
from simulation.report import Report, report
from simulation.scenario import Scenario
from simulation.stop_rule import Excess, Stopped, StopRule, next_look
from simulation.tally import DayTally, replication
from simulation.workers import Workers

Progress = Callable[[int, int], None]
# Whether the work was asked to end.
Asked = Callable[[], bool]


class Cancelled(Exception):
    """The experiment was asked to stop before its last day."""


class Replications:
    """The replications of one scenario and seed, each of `size` days, played when they are asked for.

    `progress` hears how many days of how many are done; `cancelled()` ends the work with `Cancelled`.
    """

    def __init__(
        self,
        workers: Workers,
        size: int,
        progress: Progress | None = None,
        cancelled: Asked | None = None,
    ) -> None:
        self._workers, self._size = workers, size
        self._progress, self._cancelled = progress, cancelled
        self.parts: list[DayTally] = []

    def up_to(self, count: int) -> Sequence[DayTally]:
        """At least the first `count` of them; those that there are already are not played again."""
        begin, end = len(self.parts) * self._size, count * self._size
        found: dict[int, DayTally] = {}
        with closing(self._workers.play(begin, end)) as batches:
            for batch in batches:
                found.update(batch)
                if self._progress is not None:
                    self._progress(begin + len(found), end)
                if self._cancelled is not None and begin + len(found) < end and self._cancelled():
                    raise Cancelled
        in_order = [found[day] for day in range(begin, end)]
        self.parts += [replication(in_order[at : at + self._size]) for at in range(0, len(in_order), self._size)]
        return self.parts

    def until(self, excess: Excess, *, least: int, most: int) -> bool:
        """From `least` on as many as it takes for the intervals to be narrow; False when `most` were not enough."""
        count = min(least, most)
        while (wide := excess(self.up_to(count))) > 1 and count < most:
            count = min(most, next_look(count, wide))
        return wide <= 1


def run(
    scenario: Scenario,
    *,
    days: int,
    seed: int,
    stop: StopRule | None = None,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
    executor: Executor = ALONE,
    engine: Engine = "kernel",
) -> Report:
    """Simulate `days` days (numbered from 0) and report; raises `Cancelled` when `cancelled()` says so.

    With `stop`, `days` are the most, and it ends before them once the interval is narrow enough.
    `progress` hears how many days of how many are done. The report depends on the scenario, days and seed alone:
    neither the engine changes its figures, nor who works on it.
    """
    check(days, seed)
    size = days_per_replication(scenario, days)
    with Workers(scenario, seed, engine, executor) as workers:
        played, stopped = Replications(workers, size, progress, cancelled), None
        if stop is None:
            played.up_to(days // size)
        else:
            reached = played.until(stop.excess(scenario), least=stop.least, most=days // size)
            stopped = Stopped(stop.figure, stop.relative, reached)
    return report(scenario.name, seed, size, scenario.target_s, played.parts, engine, stopped)


def check(days: int, seed: int) -> None:
    """Raise `ValueError` for a number of days or a seed that nothing can be played with."""
    if days < 1:
        raise ValueError("days: at least one")
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"seed: from 0 to {LARGEST_SEED}")


def days_per_replication(scenario: Scenario, days: int) -> int:
    """One day, or one round through the recorded days when `days` is at least two whole rounds.

    Recorded days are not a sample of anything: only whole rounds are like one another, so only they give an interval.
    """
    cycle = scenario.cycle
    return cycle if days % cycle == 0 and days >= 2 * cycle else 1
