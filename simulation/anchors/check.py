"""Whether the engines find what theory knows: every anchor beside its replications, for each engine and seed."""

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

from simulation.anchors.anchor import Anchor, Formula
from simulation.anchors.formulas import formula_anchors
from simulation.anchors.known import hall_anchors
from simulation.anchors.steady import Steady
from simulation.experiment import Replications
from simulation.players import Engine
from simulation.stop_rule import LEAST, too_wide
from simulation.tally import DayTally
from simulation.workers import Workers

# Further off than so many standard deviations, a figure is wrong: by chance one in sixteen thousand is.
FARTHEST = 4.0
# The kernel stops at so many visitors a hall, even where the interval is still wider than asked.
MOST_VISITORS = 40_000_000
# SimPy is slow, and plays the first days of the same halls, so many visitors or days, whatever half-width that gives.
SIMPY_VISITORS = 20_000
SIMPY_DAYS = (5, 20)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One anchor by one engine and seed; what was simulated is None where only the formula is judged.

    `half_width` is half of the 95 % interval, `z` how many standard deviations the simulated figure is off, `narrow`
    whether the interval is as narrow as was asked.
    """

    name: str
    exact: float
    known: str
    simulated: float | None
    half_width: float | None
    z: float | None
    engine: str | None
    seed: int | None
    replications: int
    customers: int
    narrow: bool
    holds: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """How to check: with these engines, so many seeds, until half the intervals are `precision` of their figures.

    Only halls whose name holds `only` are played; by so many `processes`.
    """

    engines: tuple[Engine, ...] = ("kernel", "simpy")
    seed: int = 1
    seeds: int = 3
    precision: float = 0.05
    only: str = ""
    processes: int = 1


Task = tuple[str, Engine, int, float]


def check(wish: Wish, progress: Progress | None = None) -> Iterator[Row]:
    """The rows of the halls, each by each engine and seed, and then those that are judged by their formula alone.

    Every hall has seeds of its own, as halls that share their chance would all be lucky or unlucky together.
    `progress` hears how many runs of how many are done.
    """
    tasks: list[Task] = [
        (hall.name, engine, wish.seed + place * wish.seeds + k, wish.precision)
        for place, hall in enumerate(halls())
        if wish.only in hall.name
        for engine in wish.engines
        for k in range(wish.seeds)
    ]
    for done, rows in enumerate(_done(tasks, wish.processes), start=1):
        yield from rows
        if progress is not None:
            progress(done, len(tasks))
    yield from (_by_formula(anchor) for anchor in formula_anchors() if wish.only in anchor.name)


@cache
def halls() -> Mapping[Steady, list[Anchor]]:
    """The halls with their anchors, in the order of the table."""
    found: dict[Steady, list[Anchor]] = {}
    for anchor in hall_anchors():
        found.setdefault(anchor.hall, []).append(anchor)
    return found


def _done(tasks: Sequence[Task], processes: int) -> Iterator[list[Row]]:
    if processes == 1 or len(tasks) == 1:
        yield from map(_play, tasks)
        return
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_play, tasks)


def _play(task: Task) -> list[Row]:
    name, engine, seed, precision = task
    hall, anchors = next((hall, anchors) for hall, anchors in halls().items() if hall.name == name)
    scenario = hall.scenario()

    def excess(parts: Sequence[DayTally]) -> float:
        return max(too_wide(anchor.told(parts, hall), precision) for anchor in anchors)

    with Workers(scenario, seed, engine) as workers:
        played = Replications(workers, 1)
        if engine == "kernel":
            played.until(excess, least=LEAST, most=max(LEAST, int(MOST_VISITORS / scenario.expected_a_day)))
        else:
            least, most = SIMPY_DAYS
            played.up_to(max(least, min(most, int(SIMPY_VISITORS / scenario.expected_a_day))))
    return [_row(anchor, played.parts, engine, seed, precision) for anchor in anchors]


def _by_formula(anchor: Formula) -> Row:
    return Row(
        anchor.name, anchor.exact, anchor.known, None, None, None, None, None, 0, 0, narrow=True, holds=anchor.agrees
    )


def _row(anchor: Anchor, parts: Sequence[DayTally], engine: Engine, seed: int, precision: float) -> Row:
    found = anchor.told(parts, anchor.hall)
    off = None if found is None else found.off(anchor.exact)
    return Row(
        name=f"{anchor.hall.name}: {anchor.name}",
        exact=anchor.exact,
        known=anchor.known,
        simulated=None if found is None else found.value,
        half_width=None if found is None else found.estimate().half_width,
        z=off,
        engine=engine,
        seed=seed,
        replications=len(parts),
        customers=sum(group.customers for part in parts for group in part.businesses.values()),
        narrow=too_wide(found, precision) <= 1,
        holds=anchor.agrees and off is not None and abs(off) < FARTHEST,
    )
