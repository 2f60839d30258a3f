"""Demand read off a history: arrivals by quarter hour with their spread over days, service, patience, classes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from zoneinfo import ZoneInfo

from simulation.history.localtime import local, quarter_of_day
from simulation.history.recorded import QUARTERS, NotReadable, Recorded, Service, Visit
from simulation.patience import mean_s
from simulation.recorded_parts import class_shares

# A day with fewer visits than this share of the median day (holiday, half day) is not an ordinary day.
ORDINARY = 0.5


@dataclass(frozen=True, slots=True)
class Spread:
    """Arrivals in one quarter hour of the day: the mean over the days, the quietest day and the busiest day."""

    mean: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class BusinessDemand:
    """One business: `arrivals` has 96 quarter hours; `cv_assumed` says that the log could not tell the spread.

    `patience_s` is the mean of an exponential patience (None: nobody was seen to leave); `classes` the share of its
    visitors in each priority class.
    """

    visits: int
    arrivals: tuple[Spread, ...]
    service: Service
    cv_assumed: bool
    patience_s: float | None
    classes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Demand:
    """What comes on an ordinary day.

    `opens` and `closes` are quarter hours of the local day, `outside` the share of visits that came outside them;
    `windows` is the mean number recorded between them (None: not recorded), `windows_by_quarter` the same by quarter.
    """

    days: tuple[date, ...]
    other_days: tuple[date, ...]
    visits: int
    businesses: Mapping[str, BusinessDemand]
    total: tuple[Spread, ...]
    opens: int
    closes: int
    outside: float
    windows: float | None
    windows_by_quarter: tuple[float, ...]


def demand(recorded: Recorded) -> Demand:
    """Fit the demand of an ordinary day; raises `NotReadable` `no-service` when no service time can be known."""
    zone = ZoneInfo(recorded.time_zone)
    by_day: dict[date, list[Visit]] = defaultdict(list)
    for visit in recorded.visits:
        by_day[local(visit.arrived_at, zone).date()].append(visit)
    typical = median(len(found) for found in by_day.values())
    days = tuple(sorted(day for day, found in by_day.items() if len(found) >= typical * ORDINARY))
    visits = [visit for day in days for visit in by_day[day]]
    groups: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        groups[visit.business].append(visit)
    pooled = _pooled(recorded.service)
    businesses = {
        code: _business(group, recorded.service.get(code, pooled), days, zone) for code, group in sorted(groups.items())
    }
    total = _spreads(visits, days, zone)
    opens, closes = _opening(total)
    staffing = _staffing(recorded, days, zone)
    between = staffing[opens:closes]
    return Demand(
        days=days,
        other_days=tuple(sorted(set(by_day) - set(days))),
        visits=len(visits),
        businesses=businesses,
        total=total,
        opens=opens,
        closes=closes,
        outside=1 - sum(s.mean for s in total[opens:closes]) / sum(s.mean for s in total),
        windows=sum(between) / len(between) if any(between) else None,
        windows_by_quarter=staffing,
    )


def _business(visits: list[Visit], service: Service, days: Sequence[date], zone: ZoneInfo) -> BusinessDemand:
    patience_s = mean_s(visits)
    return BusinessDemand(
        visits=len(visits),
        arrivals=_spreads(visits, days, zone),
        service=service,
        cv_assumed=service.cv is None,
        patience_s=None if patience_s is None else max(1.0, patience_s),
        classes=class_shares(visits),
    )


def _spreads(visits: Sequence[Visit], days: Sequence[date], zone: ZoneInfo) -> tuple[Spread, ...]:
    counts: dict[date, Counter[int]] = {day: Counter() for day in days}
    for visit in visits:
        counts[local(visit.arrived_at, zone).date()][quarter_of_day(visit.arrived_at, zone)] += 1
    found = []
    for quarter in range(QUARTERS):
        each = [counts[day][quarter] for day in days]
        found.append(Spread(sum(each) / len(each), min(each), max(each)))
    return tuple(found)


def _pooled(services: Mapping[str, Service]) -> Service:
    """The service of a business that has none of its own: all services of the hall together."""
    n = sum(s.n for s in services.values())
    if n == 0 or not any(s.mean_s > 0 for s in services.values()):
        raise NotReadable("no-service")
    mean = sum(s.mean_s * s.n for s in services.values()) / n
    if any(s.cv is None for s in services.values()):
        return Service(mean, None, n)
    square = sum(((s.cv or 0) ** 2 + 1) * s.mean_s**2 * s.n for s in services.values()) / n
    return Service(mean, max(0.0, square / mean**2 - 1) ** 0.5, n)


def _opening(total: Sequence[Spread]) -> tuple[int, int]:
    """From the first to after the last quarter hour with a quarter of the usual arrivals; stray ones do not open it."""
    usual = median(s.mean for s in total if s.mean > 0)
    open_in = [quarter for quarter, spread in enumerate(total) if spread.mean >= usual / 4]
    return open_in[0], open_in[-1] + 1


def _staffing(recorded: Recorded, days: Sequence[date], zone: ZoneInfo) -> tuple[float, ...]:
    chosen, sums = set(days), [0.0] * QUARTERS
    for staffed in recorded.staffing:
        if local(staffed.at, zone).date() in chosen:
            sums[quarter_of_day(staffed.at, zone)] += staffed.present
    return tuple(found / len(days) for found in sums)
