"""Figures of a plan with their 95 % intervals: over everybody who took a number, for leaving is no way to be served."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.intervals import Estimate, percentile, ratio
from simulation.tally import DayTally, Group, together

NINE_IN_TEN = 0.9


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and half the width of its 95 % interval."""

    mean: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan does: waits in seconds, shares between 0 and 1, `n` visitors in `days` days.

    Waits are those of the called up to the first call and of the leavers up to their leaving. `within_target` is the
    share of all who took a number that were called within the target; `never_called` were still there at midnight.
    """

    n: int
    days: int
    wait_mean_s: Interval
    wait_p90_s: Interval
    within_target: Interval
    left: float
    never_called: float
    work_s: float


def figures(batches: Sequence[DayTally], days: int, target_s: float) -> Figures:
    """The figures over at least two batches of equally many days, `days` in all."""
    groups = [together(list(batch.businesses.values())) for batch in batches]
    customers = [group.customers for group in groups]
    waits = [np.concatenate([group.called, group.gave_up]) for group in groups]
    n, waited = sum(customers), sum(len(wait) for wait in waits)
    return Figures(
        n=n,
        days=days,
        wait_mean_s=_seconds(ratio([float(wait.sum()) for wait in waits], [len(wait) for wait in waits])),
        wait_p90_s=_seconds(percentile(waits, NINE_IN_TEN)),
        within_target=_interval(ratio([_in_time(group, target_s) for group in groups], customers)),
        left=sum(len(group.gave_up) for group in groups) / max(1, n),
        never_called=(n - waited) / max(1, n),
        work_s=sum(at.busy_ms for batch in batches for at in batch.windows.values()) / days / 1000,
    )


def _in_time(group: Group, target_s: float) -> int:
    return int((group.called <= target_s * 1000).sum())


def _seconds(ms: Estimate) -> Interval:
    return Interval((ms.value or 0.0) / 1000, (ms.half_width or 0.0) / 1000)


def _interval(found: Estimate) -> Interval:
    return Interval(found.value or 0.0, found.half_width or 0.0)
