"""What a history tells of demand, as one document, and an ordinary day of it as a scenario."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from simulation.chance import Duration, Empirical
from simulation.fit.days import by_weekday, day_spread
from simulation.fit.families import Fitted, fit
from simulation.fit.rates import WEEKDAYS, ordinary_days, rates
from simulation.history.localtime import local, quarter_of_day
from simulation.history.recorded import QUARTER_MS, QUARTERS, NotReadable, Recorded, Visit
from simulation.patience import fitted as fitted_patience
from simulation.recorded_parts import class_shares, classes, most_windows, named, prefixes, stretches, told
from simulation.scenario import Demand, Desk, Piece, Rates, Scenario, Start

# A family no further off than this stands for the durations; else they stand for themselves.
NEAR = 0.05
# Measured durations are handed on as at most so many equally likely values.
VALUES = 2_000
_AS_DURATION: TypeAdapter[Duration] = TypeAdapter(Duration)


def durations(visits: Sequence[Visit]) -> list[float]:
    """The service times (s) that the log holds."""
    return [visit.service_ms / 1000 for visit in visits if visit.service_ms is not None]


def patience(visits: Sequence[Visit]) -> tuple[list[float], list[float]]:
    """Waits (s) that ended by leaving, and those that the call cut short."""
    waits = [(waited / 1000, visit.called_at) for visit in visits if (waited := visit.waited_ms) is not None]
    return [s for s, called in waits if called is None], [s for s, called in waits if called is not None]


def by_business(visits: Sequence[Visit]) -> dict[str, list[Visit]]:
    """The visits of each business, by its code."""
    of: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        of[visit.business].append(visit)
    return dict(sorted(of.items()))


def document(recorded: Recorded) -> dict[str, Any]:
    """Everything that was fitted, as plain values."""
    zone = ZoneInfo(recorded.time_zone)
    days = ordinary_days(recorded.visits, zone)
    seen = {local(visit.arrived_at, zone).date() for visit in recorded.visits}
    of = by_business(recorded.visits)
    spread = day_spread(of, by_weekday(days), zone)
    return {
        "source": recorded.source,
        "part": dict(recorded.part),
        "time_zone": recorded.time_zone,
        "days": [day.isoformat() for day in days],
        "other_days": [day.isoformat() for day in sorted(seen - set(days))],
        "rows": recorded.rows,
        "visits": len(recorded.visits),
        "cleaning": [asdict(each) for each in recorded.cleaning],
        "wait_meaning": recorded.wait_meaning,
        "cannot_tell": list(recorded.cannot_tell),
        "day_cv": spread.hall,
        "businesses": {
            code: {**_business(recorded, code, visits, days, zone), "own_day_cv": spread.own[code]}
            for code, visits in of.items()
        },
    }


def _business(
    recorded: Recorded, code: str, visits: Sequence[Visit], days: Sequence[date], zone: ZoneInfo
) -> dict[str, Any]:
    found, served, (left, called) = rates(visits, days, zone), durations(visits), patience(visits)
    known = recorded.service.get(code)
    return {
        "name": recorded.names.get(code, code),
        "visits": len(visits),
        "weekdays": {
            name: {"days": day.days, "per_hour": [4 * mean for mean in day.by_quarter]}
            for name, day in found.weekdays.items()
        },
        "dispersion": found.dispersion,
        "day_cv": found.day_cv,
        "service": {
            "measured": len(served),
            "mean_s": known.mean_s if known else None,
            "cv": known.cv if known else None,
            "families": [_told(each) for each in fit(served)],
        },
        "patience": {"left": len(left), "called": len(called), "families": [_told(each) for each in fit(left, called)]},
        "classes": class_shares(visits),
    }


def _told(found: Fitted) -> dict[str, Any]:
    return {**found._asdict(), "qq": [list(point) for point in found.qq]}


def scenario(recorded: Recorded, weekday: str | None = None, target_s: float = 900) -> Scenario:
    """An ordinary day, or one of that weekday, with as many windows as there were on average in each quarter hour.

    Days are as busy and quiet as the recorded ones were about the mean of their weekday.
    Raises `NotReadable`: `no-such-day`, or where the log tells no windows or no service.
    """
    zone = ZoneInfo(recorded.time_zone)
    ordinary = ordinary_days(recorded.visits, zone)
    days = [day for day in ordinary if weekday is None or WEEKDAYS[day.weekday()] == weekday]
    if not days:
        raise NotReadable("no-such-day", weekday=weekday or "")
    of, present = by_business(recorded.visits), _present(recorded, days, zone)
    codes = prefixes([*of])
    if not any(present):
        raise NotReadable("no-windows")
    # Busy weekdays have windows to match, so days are busy and quiet about the mean of their own weekday; and as one
    # weekday alone is seen too seldom to tell by how much, all of them tell.
    spread = day_spread(of, by_weekday(ordinary), zone)
    businesses = {
        prefix: Demand(
            arrivals=_rates(of[code], days, zone, spread.own[code]),
            service=service(recorded, code, of[code]),
            patience=patience_family(of[code]),
            names=named(code),
        )
        for code, prefix in codes.items()
    }
    return Scenario(
        name=f"{recorded.source}, an ordinary {weekday or 'day'}",
        businesses=businesses,
        windows=tuple(
            Desk(window=number, reluctance=dict.fromkeys(businesses, 0.0), schedule=stretches(present, number))
            for number in range(1, most_windows(present) + 1)
        ),
        classes=classes(recorded, {prefix: class_shares(of[code]) for code, prefix in codes.items()}),
        target_s=target_s,
        day_cv=spread.hall,
        start=Start(date=days[0], time_zone=recorded.time_zone),
    )


def service(recorded: Recorded, code: str, visits: Sequence[Visit]) -> Duration:
    """The family of a business's services: the likeliest where it is near, else what was measured, else what is told.

    Raises `NotReadable` `no-service`.
    """
    served, known = durations(visits), recorded.service.get(code)
    if not served:
        if known is None or known.mean_s <= 0:
            raise NotReadable("no-service", business=code)
        return told(known)
    found = fit(served)
    if (near := _likeliest_near(found, [1.0] * len(found))) is not None:
        return near
    values = sorted(served)
    step = max(1.0, len(values) / VALUES)
    return Empirical(values_s=tuple(values[int((k + 0.5) * step)] for k in range(int(len(values) / step))))


def patience_family(visits: Sequence[Visit]) -> Duration | None:
    """The likeliest family of patience where it is near to the Kaplan-Meier curve, else the curve itself.

    Near is told by how much of the curve was seen: where few ever leave, no family is far from it. None: nobody left.
    """
    found = fit(*patience(visits))
    near = _likeliest_near(found, [each.qq[-1][0] if each.qq else 0.0 for each in found])
    return fitted_patience(visits) if near is None else near


def _likeliest_near(found: Sequence[Fitted], seen: Sequence[float]) -> Duration | None:
    """The first that is near by the share of the curve that was seen, and that a scenario can have."""
    for each, share in zip(found, seen, strict=True):
        if each.ks <= NEAR * share:
            try:
                return _AS_DURATION.validate_python({"kind": each.family, **each.numbers})
            except ValidationError:
                # So peaked or so long-tailed a family is none that a scenario has; the next may do.
                continue
    return None


def _rates(visits: Sequence[Visit], days: Sequence[date], zone: ZoneInfo, day_cv: float) -> Rates:
    counts = [0] * QUARTERS
    for visit in visits:
        if local(visit.arrived_at, zone).date() in days:
            counts[quarter_of_day(visit.arrived_at, zone)] += 1
    return Rates(
        day_cv=day_cv,
        pieces=tuple(
            Piece(start_ms=q * QUARTER_MS, end_ms=(q + 1) * QUARTER_MS, per_hour=4 * count / len(days))
            for q, count in enumerate(counts)
            if count
        ),
    )


def _present(recorded: Recorded, days: Sequence[date], zone: ZoneInfo) -> list[int]:
    """How many windows were there in each quarter hour, on average over the days, rounded.

    Those of the last quarter hour stay until the last visitor is done.
    """
    sums = [0.0] * QUARTERS
    for staffed in recorded.staffing:
        if local(staffed.at, zone).date() in days:
            sums[quarter_of_day(staffed.at, zone)] += staffed.present
    present = [int(found / len(days) + 0.5) for found in sums]
    last = max((quarter for quarter, windows in enumerate(present) if windows), default=QUARTERS - 1)
    return present[:last] + [present[last]] * (QUARTERS - last)
