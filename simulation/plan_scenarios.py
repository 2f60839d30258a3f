"""Scenarios for the planner: an ordinary day with so many windows, and the recorded days again as they were."""

from collections import defaultdict
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from simulation.chance import DAY_S, Exponential
from simulation.demand import BusinessDemand, Demand
from simulation.history.recorded import QUARTER_MS, QUARTER_S, Recorded, Visit
from simulation.recorded_parts import arrivals, classes, desks, named, prefixes, told
from simulation.scenario import Demand as BusinessScenario
from simulation.scenario import Desk, Piece, Rates, RecordedDays, Scenario, Start


def level(recorded: Recorded, fitted: Demand, windows: int, target_s: float) -> Scenario:
    """An ordinary day with `windows` windows, each serving everything from opening until the last visitor is done."""
    codes = prefixes([*fitted.businesses])
    span = (fitted.opens * QUARTER_S, DAY_S)
    stays = tuple(
        Desk(window=number, reluctance=dict.fromkeys(codes.values(), 0.0), schedule=(span,))
        for number in range(1, windows + 1)
    )
    businesses = {
        codes[code]: _business(code, found, _rates(found, fitted)) for code, found in fitted.businesses.items()
    }
    return _scenario(f"{windows} windows", recorded, fitted, businesses, stays, target_s)


def again(recorded: Recorded, fitted: Demand, target_s: float) -> Scenario | None:
    """The ordinary days with the arrivals and the windows that were recorded; None when no windows were.

    The windows of a day's last quarter hour stay until the last visitor is done, as the clerks of that day did.
    """
    zone = ZoneInfo(recorded.time_zone)
    codes = prefixes([*fitted.businesses])
    staffed = desks(recorded.staffing, fitted.days, [*codes.values()], zone, until_last=True)
    if not staffed:
        return None
    of: dict[str, list[Visit]] = defaultdict(list)
    for visit in recorded.visits:
        of[visit.business].append(visit)
    businesses = {
        codes[code]: _business(code, found, arrivals(of[code], fitted.days, zone))
        for code, found in fitted.businesses.items()
    }
    return _scenario("as recorded", recorded, fitted, businesses, staffed, target_s)


def _scenario(
    name: str,
    recorded: Recorded,
    fitted: Demand,
    businesses: Mapping[str, BusinessScenario],
    windows: tuple[Desk, ...],
    target_s: float,
) -> Scenario:
    codes = prefixes([*fitted.businesses])
    return Scenario(
        name=name,
        businesses=businesses,
        windows=windows,
        classes=classes(recorded, {codes[code]: found.classes for code, found in fitted.businesses.items()}),
        horizon_s=DAY_S,
        target_s=target_s,
        start=Start(date=fitted.days[0], time_zone=recorded.time_zone),
    )


def _business(code: str, found: BusinessDemand, coming: Rates | RecordedDays) -> BusinessScenario:
    return BusinessScenario(
        arrivals=coming,
        service=told(found.service),
        patience=Exponential(mean_s=found.patience_s) if found.patience_s is not None else None,
        names=named(code),
    )


def _rates(found: BusinessDemand, fitted: Demand) -> Rates:
    return Rates(
        pieces=tuple(
            Piece(start_ms=q * QUARTER_MS, end_ms=(q + 1) * QUARTER_MS, per_hour=found.arrivals[q].mean * 4)
            for q in range(fitted.opens, fitted.closes)
        )
    )
