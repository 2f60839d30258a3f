"""Figures of simulated days with their 95 % intervals, by batches of days: the days inside one need not be alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from scipy.special import stdtrit

from queue_server.core.measures import quantile
from queue_server.core.ticket import State, Ticket

# At most so many batches; each needs at least one day.
BATCHES = 10
CONFIDENCE = 0.95
NINE_IN_TEN = 0.9


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day: waits (ms) of those called and of the others, how many of these left, work done, the last finish.

    A wait ends with the first call, or with leaving; whoever was not called by midnight has waited until then.
    """

    called: tuple[int, ...]
    uncalled: tuple[int, ...]
    left: int
    service_ms: int
    last_done_ms: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over batches and half the width of its 95 % interval."""

    mean: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan does: waits in seconds, shares between 0 and 1, `n` visitors in `days` days.

    `within_target` is the share of all who took a number that were called within the target; `last_done_s` is when
    the last visitor was done, in seconds after midnight.
    """

    n: int
    days: int
    wait_mean_s: Estimate
    wait_p90_s: Estimate
    within_target: Estimate
    left: float
    never_called: float
    work_s: float
    last_done_s: float


def of_day(tickets: Sequence[Ticket], midnight: int) -> DayFigures:
    """The figures of one day's tickets as they ended; `midnight` is the ms UTC at which the day began."""
    called = [t for t in tickets if t.called_at is not None]
    lost = [t for t in tickets if t.called_at is None and t.finished_at is not None]
    done = [t for t in called if t.state is State.FINISHED]
    return DayFigures(
        called=tuple(t.called_at - t.issued_at for t in called if t.called_at is not None),
        uncalled=tuple(t.finished_at - t.issued_at for t in lost if t.finished_at is not None),
        left=sum(t.reason == "left" for t in lost),
        service_ms=sum((t.finished_at or 0) - (t.started_at or 0) for t in done),
        last_done_ms=max((t.finished_at or 0 for t in done), default=midnight) - midnight,
    )


def figures(batches: Sequence[Sequence[DayFigures]], target_s: float) -> Figures:
    """The figures over at least two batches of days, each with its fair share of whatever days there are."""
    days = [day for batch in batches for day in batch]
    n = sum(len(day.called) + len(day.uncalled) for day in days)
    return Figures(
        n=n,
        days=len(days),
        wait_mean_s=_estimate([_mean(_waits(batch)) / 1000 for batch in batches]),
        wait_p90_s=_estimate([(quantile(sorted(_waits(batch)), NINE_IN_TEN) or 0) / 1000 for batch in batches]),
        within_target=_estimate([_within(batch, target_s) for batch in batches]),
        left=sum(day.left for day in days) / max(1, n),
        never_called=sum(len(day.uncalled) - day.left for day in days) / max(1, n),
        work_s=sum(day.service_ms for day in days) / len(days) / 1000,
        last_done_s=fmean(day.last_done_ms for day in days) / 1000,
    )


def _waits(batch: Sequence[DayFigures]) -> list[int]:
    return [wait for day in batch for wait in day.called + day.uncalled]


def _within(batch: Sequence[DayFigures], target_s: float) -> float:
    # Who left, or was still there at midnight, was not called within the target, however short the wait.
    in_time = sum(sum(wait <= target_s * 1000 for wait in day.called) for day in batch)
    return in_time / max(1, len(_waits(batch)))


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values) if values else 0.0


def _estimate(values: Sequence[float]) -> Estimate:
    student = float(stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2))
    return Estimate(fmean(values), student * stdev(values) / len(values) ** 0.5)
