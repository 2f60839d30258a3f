"""Recorded days again: one scenario with their arrivals and windows, and services and patience fitted to them."""

from collections import defaultdict
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from simulation.chance import Duration, Empirical
from simulation.history.localtime import local
from simulation.history.recorded import NotReadable, Recorded, Service, Visit
from simulation.history.staffing import from_visits
from simulation.patience import fitted
from simulation.recorded_parts import arrivals, class_shares, classes, desks, named, prefixes, told
from simulation.scenario import Demand, Scenario, Start

MINUTE_MS = 60_000


def replay(
    recorded: Recorded, target_s: float = 60, away_after_min: float | None = None, fitted_on: Recorded | None = None
) -> Scenario:
    """The recorded days as a scenario, in their order; raises `NotReadable` where the log tells too little.

    Arrivals are those recorded. Services are drawn from the measured ones of the business (from the told mean where
    nothing else is known), patience from what those who left showed. `away_after_min` counts the windows anew: as away
    once they were silent for so long. Services, patience and classes are those of `fitted_on`, if it is given.
    """
    zone, known = ZoneInfo(recorded.time_zone), fitted_on or recorded
    of, shown = _by_business(recorded.visits), _by_business(known.visits)
    days = sorted({local(visit.arrived_at, zone).date() for visit in recorded.visits})
    codes = prefixes(sorted(of))
    staffing = recorded.staffing
    if away_after_min is not None:
        staffing = from_visits(recorded.visits, round(away_after_min * MINUTE_MS))
    windows = desks(staffing, days, [*codes.values()], zone)
    if not windows:
        raise NotReadable("no-windows")
    return Scenario(
        name=f"{recorded.source}, {days[0]} to {days[-1]}, as recorded",
        businesses={
            prefix: Demand(
                arrivals=arrivals(of[code], days, zone),
                service=_service(code, shown[code], known.service.get(code)),
                patience=fitted(shown[code]),
                names=named(code),
            )
            for code, prefix in codes.items()
        },
        windows=windows,
        classes=classes(known, {prefix: class_shares(shown[code]) for code, prefix in codes.items()}),
        target_s=target_s,
        start=Start(date=days[0], time_zone=recorded.time_zone),
    )


def _by_business(visits: Sequence[Visit]) -> dict[str, list[Visit]]:
    of: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        of[visit.business].append(visit)
    return of


def _service(code: str, visits: Sequence[Visit], known: Service | None) -> Duration:
    measured = sorted(visit.service_ms / 1000 for visit in visits if visit.service_ms is not None)
    if measured:
        return Empirical(values_s=tuple(measured))
    if known is None or known.mean_s <= 0:
        raise NotReadable("no-service", business=code)
    return told(known)
