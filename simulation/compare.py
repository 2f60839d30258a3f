"""Two plans on the same visitors: what differs between them, with an interval of the difference itself.

Every visitor's numbers are drawn by name (seed, day, business, purpose, visitor), so the same days of both scenarios
have the same visitors as far as both have them at all, and what luck they share goes out of the difference. Law,
Simulation Modeling and Analysis, 11.2: common random numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import inf, lcm
from typing import Any

from simulation.executors import ALONE, Executor
from simulation.experiment import Asked, Progress, Replications, check
from simulation.figures import FIGURES
from simulation.intervals import Estimate, Measured
from simulation.players import Engine
from simulation.scenario import Scenario
from simulation.stop_rule import LEAST, next_look
from simulation.tally import KINDS, DayTally, Group, together
from simulation.workers import Workers


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both plans, and the second's less the first's with half of its 95 % interval.

    `saved` is how many times the days it would have taken for the same interval with other visitors in each plan; None
    where nothing was measured, or where the difference is always the same.
    """

    first: float | None
    second: float | None
    difference: float | None
    half_width: float | None
    saved: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no room for no difference."""
        return self.difference is not None and self.half_width is not None and abs(self.difference) > self.half_width


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both plans by name, and the differences in each figure: of all, by business (of both) and by kind of visitor.

    `reached` says whether the interval became as narrow as was asked (None: nothing was asked).
    """

    first: str
    second: str
    days: int
    seed: int
    replications: int
    days_per_replication: int
    overall: dict[str, Difference]
    businesses: dict[str, dict[str, Difference]]
    kinds: dict[str, dict[str, Difference]]
    reached: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain values for a JSON document."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Enough:
    """Until half the interval of the difference in `figure` (a name of `FIGURES`) is at most `half_width`."""

    figure: str
    half_width: float


class UnlikeHalls(ValueError):
    """Two scenarios that have no business in common."""


# What both plans' replications come to, side by side.
Pair = tuple[Sequence[Group], Sequence[Group]]


def compare(
    first: Scenario,
    second: Scenario,
    *,
    days: int,
    seed: int,
    enough: Enough | None = None,
    progress: Progress | None = None,
    cancelled: Asked | None = None,
    executor: Executor = ALONE,
    engine: Engine = "kernel",
) -> Comparison:
    """Play the same days of both; with `enough`, `days` are the most.

    Raises `UnlikeHalls`, and `Cancelled` when `cancelled()` says so.
    """
    check(days, seed)
    codes = [code for code in first.businesses if code in second.businesses]
    cycle = lcm(first.cycle, second.cycle)
    if not codes:
        raise UnlikeHalls("no business in common")
    size = cycle if days % cycle == 0 and days >= 2 * cycle else 1
    targets = (round(first.target_s * 1000), round(second.target_s * 1000))

    def workers(of: Scenario) -> Workers:
        return Workers(of, seed, engine, executor)

    with workers(first) as ones, workers(second) as others:
        heard = (_half(progress, 0), _half(progress, 1))
        plans = (Replications(ones, size, heard[0], cancelled), Replications(others, size, heard[1], cancelled))
        reached = _played(plans, days // size, enough, targets)
    return Comparison(
        first=first.name,
        second=second.name,
        days=len(plans[0].parts) * size,
        seed=seed,
        replications=len(plans[0].parts),
        days_per_replication=size,
        overall=_differences(_pair(plans, of_all), targets),
        businesses={code: _differences(_pair(plans, of_business(code)), targets) for code in codes},
        kinds={kind: _differences(_pair(plans, of_kind(kind)), targets) for kind in KINDS},
        reached=reached,
    )


def _played(
    plans: tuple[Replications, Replications], most: int, enough: Enough | None, targets: tuple[int, int]
) -> bool | None:
    count = most if enough is None else min(LEAST, most)
    while True:
        for plan in plans:
            plan.up_to(count)
        if enough is None:
            return None
        found = _pair(plans, of_all)
        width = difference(found, enough.figure, targets).half_width
        wide = inf if width is None else width / enough.half_width
        if wide <= 1 or count == most:
            return wide <= 1
        count = min(most, next_look(count, wide))


def of_all(part: DayTally) -> Group:
    """All visitors of a replication."""
    return together(list(part.businesses.values()))


def of_business(code: str) -> Callable[[DayTally], Group]:
    """Those of one business."""
    return lambda part: part.businesses[code]


def of_kind(kind: str) -> Callable[[DayTally], Group]:
    """Those of one kind: ordinary, with priority, back with missing papers."""
    return lambda part: part.kinds[kind]


def _pair(plans: tuple[Replications, Replications], of: Callable[[DayTally], Group]) -> Pair:
    return [of(part) for part in plans[0].parts], [of(part) for part in plans[1].parts]


def _differences(found: Pair, targets: tuple[int, int]) -> dict[str, Difference]:
    return {name: difference(found, name, targets) for name in FIGURES}


def difference(found: Pair, figure: str, targets: tuple[int, int]) -> Difference:
    """The difference in a figure, replication by replication; `targets` are the target waits (ms) of both plans."""
    one, other = (FIGURES[figure](groups, target) for groups, target in zip(found, targets, strict=True))
    if one is None or other is None:
        return Difference(_value(one), _value(other), None, None, None)
    paired = Measured(other.value - one.value, other.errors - one.errors).estimate()
    return Difference(one.value, other.value, paired.value, paired.half_width, _saved(one, other, paired))


def _value(found: Measured | None) -> float | None:
    return None if found is None else found.value


def _saved(one: Measured, other: Measured, paired: Estimate) -> float | None:
    apart = [each.estimate().half_width for each in (one, other)]
    if not paired.half_width or None in apart:
        return None
    return sum((width or 0) ** 2 for width in apart) / paired.half_width**2


def _half(progress: Progress | None, place: int) -> Progress | None:
    """Both plans are played one after the other, each half of the whole."""
    if progress is None:
        return None
    return lambda done, of: progress(place * of + done, 2 * of)
