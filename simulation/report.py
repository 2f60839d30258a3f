"""The report of a simulation: figures with their 95 % intervals, over all, per business and per window."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulation.figures import FIGURES
from simulation.intervals import NOTHING, Estimate, Measured, ratio
from simulation.stop_rule import Stopped
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
    `stopped` tells of the rule that ended it (None: the days were given).
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
    stopped: Stopped | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as plain values for a JSON document."""
        return {**asdict(self), "stopped": None if self.stopped is None else self.stopped._asdict()}


def report(
    name: str,
    seed: int,
    days_per_replication: int,
    target_s: float,
    found: Sequence[DayTally],
    engine: str,
    stopped: Stopped | None = None,
) -> Report:
    """The report over these replications; `engine` says by what they were played, `stopped` why there are so many."""
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
        stopped=stopped,
    )


def _figures(found: Sequence[Group], target_ms: int) -> Figures:
    told = {name: _estimate(figure(found, target_ms)) for name, figure in FIGURES.items()}
    customers, served = sum(group.customers for group in found), sum(group.served for group in found)
    left = sum(len(group.gave_up) for group in found)
    values = {name: estimate.value for name, estimate in told.items()}
    widths = {half_width_of(name): estimate.half_width for name, estimate in told.items() if name != "service_mean_s"}
    return Figures(
        customers=customers, served=served, left=left, unserved=customers - served - left, **values, **widths
    )


def half_width_of(figure: str) -> str:
    """The name of the field with a figure's half width."""
    name, unit = (figure.removesuffix("_s"), "_s") if figure.endswith("_s") else (figure, "")
    return {"wait_mean": "", "wait_all_mean": "wait_all_"}.get(name, f"{name}_") + "half_width" + unit


def _estimate(found: Measured | None) -> Estimate:
    return NOTHING if found is None else found.estimate()


def _window(number: int, found: Sequence[DayTally]) -> AtWindow:
    busy = ratio([each.windows[number].busy_ms for each in found], [each.windows[number].open_ms for each in found])
    return AtWindow(busy.value, busy.half_width, sum(each.windows[number].served for each in found))
