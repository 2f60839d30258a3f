"""The figures of a report by name, each over replications: what it is, and how far each replication is off it."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from simulation.intervals import Measured, Whole, measured_percentile, measured_ratio
from simulation.tally import Group

# A group over replications, and the target wait (ms).
Figure = Callable[[Sequence[Group], int], Measured | None]
MS = 1000


def _mean(durations: Sequence[Whole]) -> Measured | None:
    return _seconds(measured_ratio([float(each.sum()) for each in durations], [len(each) for each in durations]))


def _percentile(durations: Sequence[Whole], share: float) -> Measured | None:
    return _seconds(measured_percentile(durations, share))


def _seconds(ms: Measured | None) -> Measured | None:
    return None if ms is None else Measured(ms.value / MS, ms.errors / MS)


def _called(found: Sequence[Group]) -> list[Whole]:
    return [group.called for group in found]


def _every(found: Sequence[Group]) -> list[Whole]:
    return [np.concatenate([group.called, group.gave_up]) for group in found]


def _in_time(found: Sequence[Group], target_ms: int) -> list[int]:
    return [int((group.called <= target_ms).sum()) for group in found]


def _customers(found: Sequence[Group]) -> list[int]:
    return [group.customers for group in found]


FIGURES: Mapping[str, Figure] = {
    "wait_mean_s": lambda found, _: _mean(_called(found)),
    "wait_p50_s": lambda found, _: _percentile(_called(found), 0.5),
    "wait_p90_s": lambda found, _: _percentile(_called(found), 0.9),
    "within_target": lambda found, target: measured_ratio(_in_time(found, target), [len(g.called) for g in found]),
    "called_in_time": lambda found, target: measured_ratio(_in_time(found, target), _customers(found)),
    "abandoned": lambda found, _: measured_ratio([len(group.gave_up) for group in found], _customers(found)),
    "wait_all_mean_s": lambda found, _: _mean(_every(found)),
    "wait_all_p90_s": lambda found, _: _percentile(_every(found), 0.9),
    "service_mean_s": lambda found, _: _mean([group.service for group in found]),
}
