"""Recorded days again: one scenario with their arrivals and windows, and services and patience fitted to them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from simulation.chance import Duration, Empirical, Exponential, Lognormal
from simulation.history.localtime import local, quarter_of_day
from simulation.history.recorded import NotReadable, Recorded, Service, Staffed, Visit
from simulation.history.staffing import from_services
from simulation.patience import fitted
from simulation.plan_scenarios import prefixes
from simulation.scenario import Class, Demand, Desk, RecordedDays, Scenario, Start

QUARTER_S = 900
QUARTERS = 96
MINUTE_MS = 60_000


def replay(recorded: Recorded, target_s: float = 60, away_after_min: float | None = None) -> Scenario:
    """The recorded days as a scenario, in their order; raises `NotReadable` where the log tells too little.

    Arrivals are those recorded. Services are drawn from the measured ones of the business (from the told mean where
    nothing else is known), patience from what those who left showed. `away_after_min` counts the windows anew: as away
    once they were silent for so long.
    """
    zone = ZoneInfo(recorded.time_zone)
    of: dict[str, list[Visit]] = defaultdict(list)
    for visit in recorded.visits:
        of[visit.business].append(visit)
    days = sorted({local(visit.arrived_at, zone).date() for visit in recorded.visits})
    codes = prefixes(sorted(of))
    staffing = recorded.staffing if away_after_min is None else _staffing(recorded, round(away_after_min * MINUTE_MS))
    return Scenario(
        name=f"{recorded.source}, {days[0]} to {days[-1]}, as recorded",
        businesses={codes[code]: _demand(code, recorded, visits, days) for code, visits in sorted(of.items())},
        windows=desks(staffing, days, list(codes.values()), zone),
        classes=_classes(recorded, of, codes),
        target_s=target_s,
        start=Start(date=days[0], time_zone=recorded.time_zone),
    )


def desks(
    staffing: Sequence[Staffed], days: Sequence[date], businesses: Sequence[str], zone: ZoneInfo
) -> tuple[Desk, ...]:
    """Windows that serve everything; window k is open in the quarter hours in which, rounded, at least k were there."""
    present: dict[date, list[int]] = {day: [0] * QUARTERS for day in days}
    for staffed in staffing:
        day = local(staffed.at, zone).date()
        if day in present:
            present[day][quarter_of_day(staffed.at, zone)] = int(staffed.present + 0.5)
    most = max((max(found) for found in present.values()), default=0)
    if most == 0:
        raise NotReadable("no-windows")
    return tuple(
        Desk(
            window=number,
            reluctance=dict.fromkeys(businesses, 0.0),
            days=tuple(tuple(_stretches(present[day], number)) for day in days),
        )
        for number in range(1, most + 1)
    )


def _stretches(present: Sequence[int], number: int) -> Iterator[tuple[float, float]]:
    for is_open, held in groupby(range(QUARTERS), key=lambda quarter: present[quarter] >= number):
        quarters = list(held)
        if is_open:
            yield float(quarters[0] * QUARTER_S), float((quarters[-1] + 1) * QUARTER_S)


def _staffing(recorded: Recorded, away_after_ms: int) -> Sequence[Staffed]:
    services = [
        (visit.window, visit.started_at, visit.finished_at)
        for visit in recorded.visits
        if visit.window is not None and visit.started_at is not None and visit.finished_at is not None
    ]
    return from_services(services, away_after_ms)


def _service(code: str, visits: Sequence[Visit], told: Service | None) -> Duration:
    measured = sorted(visit.service_ms / 1000 for visit in visits if visit.service_ms is not None)
    if measured:
        return Empirical(values_s=tuple(measured))
    if told is None or told.mean_s <= 0:
        raise NotReadable("no-service", business=code)
    # A log that tells only the mean leaves the spread open; the exponential is the usual guess.
    return Exponential(mean_s=told.mean_s) if told.cv is None else Lognormal(mean_s=told.mean_s, cv=told.cv)


def _demand(code: str, recorded: Recorded, visits: Sequence[Visit], days: Sequence[date]) -> Demand:
    zone = ZoneInfo(recorded.time_zone)
    moments: dict[date, list[int]] = {day: [] for day in days}
    for visit in visits:
        wall = local(visit.arrived_at, zone)
        seconds = (wall.hour * 60 + wall.minute) * 60 + wall.second
        moments[wall.date()].append(seconds * 1000 + visit.arrived_at % 1000)
    return Demand(
        arrivals=RecordedDays(days=tuple(tuple(sorted(found)) for found in moments.values())),
        service=_service(code, visits, recorded.service.get(code)),
        patience=fitted(visits),
        names=dict.fromkeys(("zh-Hans", "zh-Hant", "en"), code),
    )


def _classes(recorded: Recorded, of: Mapping[str, Sequence[Visit]], codes: Mapping[str, str]) -> tuple[Class, ...]:
    grounds = sorted({ground for visit in recorded.visits for ground in visit.priority})
    return tuple(
        Class(
            code=ground,
            head_start_s=recorded.head_starts.get(ground, 0) / 1000,
            share={
                codes[code]: sum(ground in visit.priority for visit in visits) / len(visits)
                for code, visits in of.items()
            },
        )
        for ground in grounds
    )
