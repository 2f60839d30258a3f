"""The visits of some days as columns, alike for recorded and for simulated ones."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulation.history.localtime import local
from simulation.history.recorded import Visit
from simulation.intervals import Whole
from simulation.kernel_days import GAVE_UP, LINE, OF_BUSINESS, WAITED
from simulation.kernel_run import Kernel
from simulation.scenario import RecordedDays, Scenario

Chosen = npt.NDArray[np.bool_]


class Visits(NamedTuple):
    """One row a visit: when it came (ms after midnight), which business (by place), the wait (ms) and how it ended.

    The wait is until the call or until leaving, -1 where neither is known.
    """

    at: Whole
    business: Whole
    wait: Whole
    left: Whole

    def of(self, chosen: Chosen) -> "Visits":
        """Those that are chosen."""
        return Visits(*(column[chosen] for column in self))


def recorded(visits: Sequence[Visit], places: Mapping[str, int], zone: ZoneInfo) -> Visits:
    """The recorded visits of the businesses in `places`."""
    rows = [
        (
            _after_midnight(visit.arrived_at, zone),
            places[visit.business],
            -1 if (waited := visit.waited_ms) is None else max(0, waited),
            int(visit.called_at is None and visit.left_at is not None),
        )
        for visit in visits
    ]
    return Visits(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


def _after_midnight(at: int, zone: ZoneInfo) -> int:
    wall = local(at, zone)
    return ((wall.hour * 60 + wall.minute) * 60 + wall.second) * 1000 + at % 1000


def days_of(visits: Sequence[Visit], zone: ZoneInfo) -> list[date]:
    """The local days on which somebody came."""
    return sorted({local(visit.arrived_at, zone).date() for visit in visits})


def simulated(scenario: Scenario, seed: int, rounds: int) -> Iterator[Visits]:
    """The visits of each round through the recorded days of a scenario without warm-up."""
    kernel, cycle = Kernel(scenario, seed), scenario.cycle
    came = [_came(scenario, day) for day in range(cycle)]
    at = np.concatenate([moments for moments, _ in came])
    business = np.concatenate([places for _, places in came])
    for begin in range(0, rounds * cycle, cycle):
        found = kernel.days(begin, begin + cycle)
        lines = np.asarray(found.lines).reshape(-1, LINE)[: found.first[-1]]
        if not np.array_equal(lines[:, OF_BUSINESS], business):
            raise RuntimeError("the kernel's visitors are not those of the recorded days")
        left = lines[:, GAVE_UP] >= 0
        yield Visits(at, business, np.where(left, lines[:, GAVE_UP], lines[:, WAITED]), left.astype(np.int64))


def _came(scenario: Scenario, day: int) -> tuple[Whole, Whole]:
    """When the visitors of a recorded day came, and to which business, in the kernel's order."""
    rows = sorted(
        (moment, place)
        for place, demand in enumerate(scenario.businesses.values())
        if isinstance(demand.arrivals, RecordedDays)
        for moment in demand.arrivals.days[day]
    )
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return columns[0], columns[1]
