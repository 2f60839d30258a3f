"""Arrivals by weekday and quarter hour, and whether days differ by more than chance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from simulation.history.localtime import local, quarter_of_day
from simulation.history.recorded import QUARTERS, Visit

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A day with fewer visits than this share of the median of its weekday (holiday, half day) tells nothing of the others.
ORDINARY = 0.5


class Weekday(NamedTuple):
    """The arrivals of one business on one weekday: over how many days, and how many come in each quarter hour."""

    days: int
    by_quarter: tuple[float, ...]


class Rates(NamedTuple):
    """The arrivals of one business.

    `dispersion` is the variance of a day's visits over what chance alone (Poisson) has, about the mean of the weekday:
    1 where days differ by chance alone; `day_cv` by how much of its mean a day is busier or quieter beyond chance.
    None where no weekday was seen twice.
    """

    weekdays: dict[str, Weekday]
    dispersion: float | None
    day_cv: float | None


def ordinary_days(visits: Sequence[Visit], zone: ZoneInfo) -> tuple[date, ...]:
    """The days that are like the others of their weekday."""
    counts = Counter(local(visit.arrived_at, zone).date() for visit in visits)
    of: dict[int, list[int]] = defaultdict(list)
    for day, count in counts.items():
        of[day.weekday()].append(count)
    return tuple(sorted(day for day, count in counts.items() if count >= ORDINARY * median(of[day.weekday()])))


def rates(visits: Iterable[Visit], days: Sequence[date], zone: ZoneInfo) -> Rates:
    """The rates of these visits of one business over these days; a day on which nobody came counts, too."""
    counts = {day: [0] * QUARTERS for day in days}
    for visit in visits:
        day = local(visit.arrived_at, zone).date()
        if day in counts:
            counts[day][quarter_of_day(visit.arrived_at, zone)] += 1
    of: dict[int, list[list[int]]] = defaultdict(list)
    for day in days:
        of[day.weekday()].append(counts[day])
    weekdays = {
        WEEKDAYS[number]: Weekday(len(found), tuple(sum(quarter) / len(found) for quarter in zip(*found, strict=True)))
        for number, found in sorted(of.items())
    }
    return Rates(weekdays, *_beyond_chance([[sum(day) for day in found] for found in of.values()]))


def _beyond_chance(totals: Sequence[Sequence[int]]) -> tuple[float | None, float | None]:
    """By moments: a day's visits have the variance m + (m cv)^2 about the mean m of their weekday."""
    squares = chance = freedom = bent = 0.0
    for found in totals:
        mean, spare = sum(found) / len(found), len(found) - 1
        if mean > 0:
            squares += sum((count - mean) ** 2 for count in found)
            chance, freedom, bent = chance + mean * spare, freedom + spare, bent + mean**2 * spare
    if not freedom:
        return None, None
    return squares / chance, max(0.0, (squares - chance) / bent) ** 0.5
