"""From the scenario's calendar to hall time: the midnight of each simulated day, and when each window is open."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from queue_server.core.numbering import business_day, day_end
from simulation.scenario import DAY_MS, Desk, Scenario


def midnight(scenario: Scenario, day: int) -> int:
    """The local midnight (ms UTC) at which simulated day `day` begins."""
    return _midnight(scenario.start.date + timedelta(days=day), scenario.start.time_zone)


def _midnight(day: date, time_zone: str) -> int:
    return round(datetime.combine(day, time(), ZoneInfo(time_zone)).timestamp() * 1000)


@lru_cache(maxsize=4096)
def business_ends(day: date, time_zone: str) -> tuple[int, ...]:
    """The ends (ms after midnight) of the business days that a simulated day of that date touches."""
    begins = _midnight(day, time_zone)
    found: list[int] = []
    while not found or found[-1] < DAY_MS:
        at = begins + (found[-1] if found else 0)
        found.append(day_end(business_day(at, time_zone, 0), time_zone, 0) - begins)
    return tuple(found)


def spans(desk: Desk, day: int) -> list[tuple[int, int]]:
    """When the window is open that day, ms after midnight; stretches that touch are one, for nothing closes between."""
    found: list[tuple[int, int]] = []
    for start_s, end_s in desk.open_on(day):
        start, end = round(start_s * 1000), round(end_s * 1000)
        if found and found[-1][1] == start:
            start = found.pop()[0]
        if start < end:
            found.append((start, end))
    return found
