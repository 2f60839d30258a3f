"""Scenarios for the planner: an ordinary day with so many windows, and the recorded days again as they were."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from queue_server.core.errors import BadValue
from queue_server.core.hall import Business, names
from simulation.chance import DAY_S, Duration, Exponential, Lognormal
from simulation.demand import QUARTERS, BusinessDemand, Demand
from simulation.history.localtime import local, quarter_of_day
from simulation.history.recorded import Recorded
from simulation.scenario import Class, Desk, Piece, Rates, RecordedDays, Scenario, Start
from simulation.scenario import Demand as BusinessScenario

if TYPE_CHECKING:
    from datetime import date

QUARTER_S = 900
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
# A log that cannot tell the spread of service times is taken to have the exponential's; it is said with every result.
ASSUMED_CV = 1.0


def level(recorded: Recorded, fitted: Demand, windows: int, target_s: float) -> Scenario:
    """An ordinary day with `windows` windows, each serving everything from opening until the last visitor is done."""
    codes = prefixes(fitted.businesses)
    span = (fitted.opens * QUARTER_S, DAY_S)
    desks = tuple(
        Desk(window=number, reluctance=dict.fromkeys(codes.values(), 0.0), schedule=(span,))
        for number in range(1, windows + 1)
    )
    businesses = {
        codes[code]: _business(code, found, _rates(found, fitted)) for code, found in fitted.businesses.items()
    }
    return _scenario(f"{windows} windows", recorded, fitted, businesses, desks, target_s)


def again(recorded: Recorded, fitted: Demand, target_s: float) -> Scenario | None:
    """The ordinary days with the arrivals and the windows that were recorded; None when no windows were."""
    zone = ZoneInfo(recorded.time_zone)
    codes = prefixes(fitted.businesses)
    moments: dict[str, dict[date, list[int]]] = defaultdict(lambda: defaultdict(list))
    for visit in recorded.visits:
        wall = local(visit.arrived_at, zone)
        since_midnight = ((wall.hour * 60 + wall.minute) * 60 + wall.second) * 1000 + visit.arrived_at % 1000
        moments[visit.business][wall.date()].append(since_midnight)
    desks = _recorded_desks(recorded, fitted, tuple(codes.values()), zone)
    if not desks:
        return None
    businesses = {
        codes[code]: _business(
            code, found, RecordedDays(days=tuple(tuple(sorted(moments[code][day])) for day in fitted.days))
        )
        for code, found in fitted.businesses.items()
    }
    return _scenario("as recorded", recorded, fitted, businesses, desks, target_s)


def prefixes(codes: Mapping[str, object] | Sequence[str]) -> dict[str, str]:
    """A number prefix for each business of a log: its own code where all of them may be one, else letters in order."""
    listed = list(codes)
    if all(_is_prefix(code) for code in listed) and not any(a != b and a.startswith(b) for a in listed for b in listed):
        return {code: code for code in listed}
    spare = [*LETTERS] if len(listed) <= len(LETTERS) else [a + b for a in LETTERS for b in LETTERS]
    return dict(zip(listed, spare, strict=False))


def _is_prefix(code: str) -> bool:
    try:
        Business(code, names("-", "-", "-"))
    except BadValue:
        return False
    return True


def _scenario(
    name: str,
    recorded: Recorded,
    fitted: Demand,
    businesses: Mapping[str, BusinessScenario],
    desks: tuple[Desk, ...],
    target_s: float,
) -> Scenario:
    codes = prefixes(fitted.businesses)
    grounds = sorted({ground for found in fitted.businesses.values() for ground in found.classes})
    classes = tuple(
        Class(
            code=ground,
            head_start_s=recorded.head_starts.get(ground, 0) / 1000,
            share={
                codes[c]: found.classes[ground] for c, found in fitted.businesses.items() if ground in found.classes
            },
        )
        for ground in grounds
    )
    return Scenario(
        name=name,
        businesses=businesses,
        windows=desks,
        classes=classes,
        horizon_s=DAY_S,
        target_s=target_s,
        start=Start(date=fitted.days[0], time_zone=recorded.time_zone),
    )


def _business(code: str, found: BusinessDemand, arrivals: Rates | RecordedDays) -> BusinessScenario:
    return BusinessScenario(
        arrivals=arrivals,
        service=_service(found),
        patience=Exponential(mean_s=found.patience_s) if found.patience_s is not None else None,
        names={"zh-Hans": code, "zh-Hant": code, "en": code},
    )


def _service(found: BusinessDemand) -> Duration:
    mean_s = max(found.service.mean_s, 0.001)
    cv = found.service.cv if found.service.cv is not None else ASSUMED_CV
    return Exponential(mean_s=mean_s) if found.service.cv is None else Lognormal(mean_s=mean_s, cv=min(cv, 20.0))


def _rates(found: BusinessDemand, fitted: Demand) -> Rates:
    quarter_ms = QUARTER_S * 1000
    return Rates(
        pieces=tuple(
            Piece(start_ms=q * quarter_ms, end_ms=(q + 1) * quarter_ms, per_hour=found.arrivals[q].mean * 4)
            for q in range(fitted.opens, fitted.closes)
        )
    )


def _recorded_desks(recorded: Recorded, fitted: Demand, codes: Sequence[str], zone: ZoneInfo) -> tuple[Desk, ...]:
    """Windows open by quarter hour as recorded, rounded to whole windows; window k is open where at least k were.

    Those of the day's last quarter hour stay until the last visitor is done, as the clerks of that day did.
    """
    whole: dict[date, list[int]] = {day: [0] * QUARTERS for day in fitted.days}
    for staffed in recorded.staffing:
        day = local(staffed.at, zone).date()
        if day in whole:
            whole[day][quarter_of_day(staffed.at, zone)] = int(staffed.present + 0.5)
    for found in whole.values():
        last = max((quarter for quarter, windows in enumerate(found) if windows), default=QUARTERS)
        found[last:] = [found[last]] * (QUARTERS - last) if last < QUARTERS else []
    most = max((max(found) for found in whole.values()), default=0)
    return tuple(
        Desk(
            window=number,
            reluctance=dict.fromkeys(codes, 0.0),
            days=tuple(_stretches(whole[day], number) for day in fitted.days),
        )
        for number in range(1, most + 1)
    )


def _stretches(windows: Sequence[int], number: int) -> tuple[tuple[float, float], ...]:
    found = []
    for is_open, quarters in groupby(range(QUARTERS), key=lambda q: windows[q] >= number):
        held = list(quarters)
        if is_open:
            found.append((float(held[0] * QUARTER_S), float((held[-1] + 1) * QUARTER_S)))
    return tuple(found)
