"""The report of a simulation: figures with their 95 % intervals, over all, per business and per window."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from simulation.intervals import Estimate, Whole, percentile, ratio
from simulation.tally import DayTally, Group, together


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one group of visitors; seconds, shares between 0 and 1; None where nothing was measured.

    `wait_…` and `within_target` are over those who were called; `wait_all_…` also over those who left, until they
    left. `called_in_time` is over all `customers`: the share that was called, and within the target; `abandoned` the
    share of them that left, `left` their number; `unserved` were still there at midnight.
    A `half_width` is half of the 95 % interval; the one without a further name belongs to `wait_mean_s`.
    """

    customers: int
    served: int
    left: int
    unserved: int
    wait_mean_s: float | None
    half_width_s: float | None
    wait_p50_s: float | None
    wait_p50_half_width_s: float | None
    wait_p90_s: float | None
    wait_p90_half_width_s: float | None
    within_target: float | None
    within_target_half_width: float | None
    called_in_time: float | None
    called_in_time_half_width: float | None
    abandoned: float | None
    abandoned_half_width: float | None
    wait_all_mean_s: float | None
    wait_all_half_width_s: float | None
    wait_all_p90_s: float | None
    wait_all_p90_half_width_s: float | None
    service_mean_s: float | None


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A window: the share of its open time with a visitor, its 95 % half width, and how many it served."""

    utilisation: float | None
    half_width: float | None
    served: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a simulation found. A replication is one day or, where days are recorded, one round through all of them.

    `kinds` are the same visitors by why they stand where they stand: ordinary, priority, return with missing papers.
    """

    engine: str
    scenario: str
    days: int
    seed: int
    target_s: float
    replications: int
    days_per_replication: int
    customers: int
    overall: Figures
    businesses: dict[str, Figures]
    windows: dict[int, AtWindow]
    kinds: dict[str, Figures]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values for a JSON document."""
        return asdict(self)


def report(
    name: str, seed: int, days_per_replication: int, target_s: float, found: Sequence[DayTally], engine: str
) -> Report:
    """The report over these replications; `engine` says by what they were played."""
    target_ms = round(target_s * 1000)
    overall = _figures([together(list(each.businesses.values())) for each in found], target_ms)
    return Report(
        engine=engine,
        scenario=name,
        days=len(found) * days_per_replication,
        seed=seed,
        target_s=target_s,
        replications=len(found),
        days_per_replication=days_per_replication,
        customers=overall.customers,
        overall=overall,
        businesses={
            code: _figures([each.businesses[code] for each in found], target_ms) for code in found[0].businesses
        },
        windows={number: _window(number, found) for number in found[0].windows},
        kinds={kind: _figures([each.kinds[kind] for each in found], target_ms) for kind in found[0].kinds},
    )


def _figures(found: Sequence[Group], target_ms: int) -> Figures:
    customers = [group.customers for group in found]
    called = [len(group.called) for group in found]
    left = [len(group.gave_up) for group in found]
    waits = [group.called for group in found]
    mean, half, most = _mean(waits), _percentile(waits, 0.5), _percentile(waits, 0.9)
    every = [np.concatenate([group.called, group.gave_up]) for group in found]
    wait_all, most_of_all = _mean(every), _percentile(every, 0.9)
    in_time = [int((group.called <= target_ms).sum()) for group in found]
    within, of_all = ratio(in_time, called), ratio(in_time, customers)
    abandoned = ratio(left, customers)
    served = sum(group.served for group in found)
    return Figures(
        customers=sum(customers),
        served=served,
        left=sum(left),
        unserved=sum(customers) - served - sum(left),
        wait_mean_s=mean.value,
        half_width_s=mean.half_width,
        wait_p50_s=half.value,
        wait_p50_half_width_s=half.half_width,
        wait_p90_s=most.value,
        wait_p90_half_width_s=most.half_width,
        within_target=within.value,
        within_target_half_width=within.half_width,
        called_in_time=of_all.value,
        called_in_time_half_width=of_all.half_width,
        abandoned=abandoned.value,
        abandoned_half_width=abandoned.half_width,
        wait_all_mean_s=wait_all.value,
        wait_all_half_width_s=wait_all.half_width,
        wait_all_p90_s=most_of_all.value,
        wait_all_p90_half_width_s=most_of_all.half_width,
        service_mean_s=_mean([group.service for group in found]).value,
    )


def _window(number: int, found: Sequence[DayTally]) -> AtWindow:
    busy = ratio([each.windows[number].busy_ms for each in found], [each.windows[number].open_ms for each in found])
    return AtWindow(busy.value, busy.half_width, sum(each.windows[number].served for each in found))


def _mean(durations: Sequence[Whole]) -> Estimate:
    return _seconds(ratio([float(each.sum()) for each in durations], [len(each) for each in durations]))


def _percentile(durations: Sequence[Whole], share: float) -> Estimate:
    return _seconds(percentile(durations, share))


def _seconds(ms: Estimate) -> Estimate:
    return Estimate(*(None if each is None else each / 1000 for each in ms))
