"""A method judged: services and patience from some days, the others played again beside what was recorded of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from simulation.history.recorded import NotReadable, Recorded
from simulation.recorded_parts import prefixes
from simulation.replay import replay
from simulation.validation import judge
from simulation.validation.judge import Beside
from simulation.validation.visits import Chosen, Visits, days_of, recorded, simulated

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Validation:
    """Which days were judged by which, and every figure as recorded and simulated.

    `never_seen` counts visits to businesses that the fitted days do not have, which are left out; `unknown_wait` those
    of which the log tells neither call nor leaving. `coverage` is the share of ranges that hold what was recorded.
    """

    fitted_on: tuple[str, ...]
    judged_on: tuple[str, ...]
    held_out: bool
    visits: int
    never_seen: dict[str, int]
    unknown_wait: int
    rounds: int
    seed: int
    target_s: float
    overall: dict[str, Beside]
    hours: dict[str, dict[str, Beside]]
    businesses: dict[str, dict[str, Beside]]
    queue: dict[str, Beside]
    coverage: dict[str, float | None]

    def as_json(self) -> dict[str, Any]:
        """The validation as plain values for a JSON document."""
        return asdict(self)


def validate(
    fitted: Recorded,
    held_out: Recorded | None = None,
    *,
    rounds: int = 40,
    seed: int = 1,
    target_s: float = 900,
    away_after_min: float | None = None,
    progress: Progress | None = None,
) -> Validation:
    """Play the judged days `rounds` times: their arrivals and windows, services and patience of the fitted days.

    Without `held_out` the fitted days judge themselves. Raises `NotReadable` where the logs tell too little.
    """
    known = {visit.business for visit in fitted.visits}
    whole = held_out or fitted
    never = Counter(visit.business for visit in whole.visits if visit.business not in known)
    judged = replace(whole, visits=tuple(visit for visit in whole.visits if visit.business in known))
    if not judged.visits:
        raise NotReadable("no-common-business")
    zone, target_ms = ZoneInfo(judged.time_zone), round(target_s * 1000)
    scenario = replay(judged, target_s, away_after_min, fitted)
    codes = list(prefixes(sorted({visit.business for visit in judged.visits})))
    seen = recorded(judged.visits, {code: place for place, code in enumerate(codes)}, zone)
    played: list[Visits] = []
    for each in simulated(scenario, seed, rounds):
        played.append(each)
        if progress is not None:
            progress(len(played), rounds)
    days = days_of(judged.visits, zone)
    overall = judge.judged(seen, played, target_ms)
    by_hour = judge.by_part(seen, played, judge.hours(), target_ms)
    by_business = judge.by_part(seen, played, [(code, _of(place)) for place, code in enumerate(codes)], target_ms)
    queue = judge.queue(seen, played, len(days))
    return Validation(
        fitted_on=tuple(day.isoformat() for day in days_of(fitted.visits, zone)),
        judged_on=tuple(day.isoformat() for day in days),
        held_out=held_out is not None,
        visits=len(judged.visits),
        never_seen=dict(sorted(never.items())),
        unknown_wait=int((seen.wait < 0).sum()),
        rounds=rounds,
        seed=seed,
        target_s=target_s,
        overall=overall,
        hours=by_hour,
        businesses=by_business,
        queue=queue,
        coverage={
            "overall": judge.coverage(overall.values()),
            "hours": judge.coverage(each for of in by_hour.values() for each in of.values()),
            "businesses": judge.coverage(each for of in by_business.values() for each in of.values()),
            "queue": judge.coverage(queue.values()),
        },
    )


def _of(place: int) -> Callable[[Visits], Chosen]:
    return lambda visits: visits.business == place
