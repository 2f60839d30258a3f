"""Parts of a scenario as a log tells them: prefixes, arrivals, windows by quarter hour, classes, told services."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from queue_server.core.business import Business
from queue_server.core.errors import BadValue
from queue_server.core.words import LANGUAGES, names
from simulation.chance import Duration, Exponential, Lognormal
from simulation.history.localtime import local, quarter_of_day
from simulation.history.recorded import QUARTER_S, QUARTERS, NotReadable, Recorded, Service, Staffed, Visit
from simulation.scenario import Class, Desk, RecordedDays

# A hall has no more windows, so a log that tells more of them tells something else.
MOST_WINDOWS = 999
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def prefixes(codes: Sequence[str]) -> dict[str, str]:
    """A number prefix for each business of a log: its own code where all of them may be one, else letters in order."""
    if all(_is_prefix(code) for code in codes) and not any(a != b and a.startswith(b) for a in codes for b in codes):
        return {code: code for code in codes}
    spare = [*LETTERS] if len(codes) <= len(LETTERS) else [a + b for a in LETTERS for b in LETTERS]
    return dict(zip(codes, spare, strict=False))


def _is_prefix(code: str) -> bool:
    try:
        Business(code, names("-", "-", "-"))
    except BadValue:
        return False
    return True


def named(code: str) -> dict[str, str]:
    """The log's own code as the name of a business, in every language."""
    return dict.fromkeys(LANGUAGES, code)


def arrivals(visits: Sequence[Visit], days: Sequence[date], zone: ZoneInfo) -> RecordedDays:
    """The moments at which these visitors came, on each of these days; those of other days are left out."""
    moments: dict[date, list[int]] = {day: [] for day in days}
    for visit in visits:
        wall = local(visit.arrived_at, zone)
        if wall.date() in moments:
            seconds = (wall.hour * 60 + wall.minute) * 60 + wall.second
            moments[wall.date()].append(seconds * 1000 + visit.arrived_at % 1000)
    return RecordedDays(days=tuple(tuple(sorted(found)) for found in moments.values()))


def desks(
    staffing: Sequence[Staffed],
    days: Sequence[date],
    businesses: Sequence[str],
    zone: ZoneInfo,
    *,
    until_last: bool = False,
) -> tuple[Desk, ...]:
    """Windows that serve everything; window k is open in the quarter hours in which, rounded, at least k were there.

    With `until_last` those of a day's last quarter hour stay until its last visitor is done. Empty without any window.
    """
    present: dict[date, list[int]] = {day: [0] * QUARTERS for day in days}
    for staffed in staffing:
        day = local(staffed.at, zone).date()
        if day in present:
            present[day][quarter_of_day(staffed.at, zone)] = int(staffed.present + 0.5)
    if until_last:
        for found in present.values():
            last = max((quarter for quarter, windows in enumerate(found) if windows), default=QUARTERS - 1)
            found[last:] = [found[last]] * (QUARTERS - last)
    most = most_windows(max(found) for found in present.values())
    return tuple(
        Desk(
            window=number,
            reluctance=dict.fromkeys(businesses, 0.0),
            days=tuple(stretches(present[day], number) for day in days),
        )
        for number in range(1, most + 1)
    )


def most_windows(present: Iterable[int]) -> int:
    """The most windows that were there at once; raises `NotReadable` `too-many-windows`."""
    most = max(present, default=0)
    if most > MOST_WINDOWS:
        raise NotReadable("too-many-windows", windows=most, most=MOST_WINDOWS)
    return most


def stretches(present: Sequence[int], number: int) -> tuple[tuple[float, float], ...]:
    """When (s after midnight) at least `number` windows were there, by how many were in each quarter hour."""
    runs = groupby(range(QUARTERS), key=lambda quarter: present[quarter] >= number)
    held = [list(quarters) for is_open, quarters in runs if is_open]
    return tuple((float(run[0] * QUARTER_S), float((run[-1] + 1) * QUARTER_S)) for run in held)


def class_shares(visits: Sequence[Visit]) -> dict[str, float]:
    """The share of these visitors in each priority class; who is in several counts for the first one named."""
    found = Counter(ground for visit in visits for ground in visit.priority[:1])
    return {ground: count / len(visits) for ground, count in sorted(found.items())}


def classes(recorded: Recorded, shares: Mapping[str, Mapping[str, float]]) -> tuple[Class, ...]:
    """The priority classes with the log's head starts, from the shares of each business (by its prefix)."""
    by_ground: dict[str, dict[str, float]] = defaultdict(dict)
    for prefix, found in shares.items():
        for ground, share in found.items():
            by_ground[ground][prefix] = share
    return tuple(
        Class(code=ground, head_start_s=recorded.head_starts.get(ground, 0) / 1000, share=share)
        for ground, share in sorted(by_ground.items())
    )


def told(service: Service) -> Duration:
    """Service times by what is known of them; where that is only the mean, the exponential is the usual guess."""
    mean_s = max(service.mean_s, 0.001)
    return Exponential(mean_s=mean_s) if service.cv is None else Lognormal(mean_s=mean_s, cv=min(service.cv, 20.0))
