"""The report of a simulation: figures with their 95 % intervals, over all, per business and per window."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulation.intervals import Estimate, percentile, ratio
from simulation.tally import DayTally, Group, together

ENGINE = "simpy"


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one group of visitors; seconds, shares between 0 and 1; None where nothing was measured.

    `wait_…` and `within_target` are over those who were called; `wait_all_…` also over those who left, until they
    left. `abandoned` is the share of all who left, `left` their number; `unserved` were still there at midnight.
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
    abandoned: float | None
    abandoned_half_width: float | None
    wait_all_mean_s: float | None
    wait_all_half_width_s: float | None
    service_mean_s: float | None


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A window: the share of its open time with a visitor, its 95 % half width, and how many it served."""

    utilisation: float | None
    half_width: float | None
    served: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a simulation found. A replication is one day or, where days are recorded, one round through all of them."""

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

    def as_json(self) -> dict[str, Any]:
        """The report as plain values for a JSON document."""
        return asdict(self)


def report(name: str, seed: int, days_per_replication: int, target_s: float, found: Sequence[DayTally]) -> Report:
    """The report over these replications."""
    target_ms = round(target_s * 1000)
    overall = _figures([together(list(each.businesses.values())) for each in found], target_ms)
    return Report(
        engine=ENGINE,
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
    )


def _figures(found: Sequence[Group], target_ms: int) -> Figures:
    customers = [group.customers for group in found]
    called = [len(group.called) for group in found]
    left = [len(group.gave_up) for group in found]
    waited = [float(group.called.sum()) for group in found]
    mean = _seconds(ratio(waited, called))
    half, most = (_seconds(percentile([group.called for group in found], share)) for share in (0.5, 0.9))
    within = ratio([int((group.called <= target_ms).sum()) for group in found], called)
    abandoned = ratio(left, customers)
    every = [waits + float(group.gave_up.sum()) for waits, group in zip(waited, found, strict=True)]
    wait_all = _seconds(ratio(every, [a + b for a, b in zip(called, left, strict=True)]))
    service = _seconds(ratio([float(g.service.sum()) for g in found], [len(g.service) for g in found]))
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
        abandoned=abandoned.value,
        abandoned_half_width=abandoned.half_width,
        wait_all_mean_s=wait_all.value,
        wait_all_half_width_s=wait_all.half_width,
        service_mean_s=service.value,
    )


def _window(number: int, found: Sequence[DayTally]) -> AtWindow:
    busy = ratio([each.windows[number].busy_ms for each in found], [each.windows[number].open_ms for each in found])
    return AtWindow(busy.value, busy.half_width, sum(each.windows[number].served for each in found))


def _seconds(ms: Estimate) -> Estimate:
    return Estimate(*(None if each is None else each / 1000 for each in ms))
