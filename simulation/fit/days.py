"""How much busier and quieter days are beyond chance: of the hall as a whole, and of each business besides."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from simulation.history.localtime import local
from simulation.history.recorded import Visit

# What a scenario can have; a log that tells more tells of days that are not alike.
LARGEST_CV = 2.0


class DaySpread(NamedTuple):
    """Standard deviations of a day's usual number over itself: `hall` of all businesses at once, `own` of each on top.

    Both are factors of mean 1 and independent, so of a business (1 + hall^2) (1 + own^2) is 1 + the square of both.
    """

    hall: float
    own: Mapping[str, float]


def by_weekday(days: Sequence[date]) -> list[list[date]]:
    """The days that should be alike: those of the same weekday."""
    of: dict[int, list[date]] = defaultdict(list)
    for day in days:
        of[day.weekday()].append(day)
    return list(of.values())


def day_spread(of: Mapping[str, Sequence[Visit]], alike: Sequence[Sequence[date]], zone: ZoneInfo) -> DaySpread:
    """By moments, about the mean of each group of days that are `alike`; nothing where no group has two days.

    Chance alone makes no two businesses busy together. So what their counts have in common is the hall's, and what a
    business has beyond chance and the hall's is its own.
    """
    counts = {code: Counter(local(visit.arrived_at, zone).date() for visit in visits) for code, visits in of.items()}
    each = {code: _moments(found, alike) for code, found in counts.items()}
    whole = _moments(sum(counts.values(), Counter()), alike)
    together = whole.bent - sum(found.bent for found in each.values())
    shared = whole.squares - sum(found.squares for found in each.values())
    hall = max(0.0, shared / together) if together > 0 else 0.0
    own = {
        code: max(0.0, (1 + (found.squares - found.chance) / found.bent) / (1 + hall) - 1) if found.bent else 0.0
        for code, found in each.items()
    }
    return DaySpread(_cv(hall), {code: _cv(square) for code, square in own.items()})


class _Moments(NamedTuple):
    """Sums over groups of days: of the squares about the mean, of what chance gives of them, of the mean squared."""

    squares: float
    chance: float
    bent: float


def _moments(counts: Counter[date], alike: Sequence[Sequence[date]]) -> _Moments:
    squares = chance = bent = 0.0
    for days in alike:
        found, spare = [counts[day] for day in days], len(days) - 1
        mean = sum(found) / len(found)
        squares += sum((count - mean) ** 2 for count in found)
        chance, bent = chance + mean * spare, bent + mean**2 * spare
    return _Moments(squares, chance, bent)


def _cv(square: float) -> float:
    return min(LARGEST_CV, sqrt(square))
