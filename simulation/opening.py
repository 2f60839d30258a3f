"""From the scenario's calendar to hall time: the midnight of each simulated day, and when each window is open."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from simulation.scenario import Desk, Scenario


def midnight(scenario: Scenario, day: int) -> int:
    """The local midnight (ms UTC) at which simulated day `day` begins."""
    start = scenario.start.date + timedelta(days=day)
    return round(datetime.combine(start, time(), ZoneInfo(scenario.start.time_zone)).timestamp() * 1000)


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
