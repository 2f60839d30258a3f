"""The business day and the number on the slip."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MAIN_DIGITS = 3


def business_day(at: int, time_zone: str, day_starts: int) -> str:
    """The ISO date of the business day that holds `at` (ms UTC); it starts at `day_starts` (ms of local wall time)."""
    local = _local(at, time_zone, day_starts)
    day, before = local.isoformat(), (local - timedelta(days=1)).isoformat()
    # Where a clock change shows the start of the day twice or leaves it out, the wall clock alone would bring a day
    # back; so the one moment at which the day before ends decides.
    if at < _day_end(before, time_zone, day_starts):
        return before
    if at >= _day_end(day, time_zone, day_starts):
        return (local + timedelta(days=1)).isoformat()
    return day


def day_end(day: str, time_zone: str, day_starts: int) -> int:
    """The first moment (ms UTC) after the business day `day`."""
    return _day_end(day, time_zone, day_starts)


def day_start(at: int, time_zone: str, day_starts: int) -> int:
    """The first moment (ms UTC) of the business day that holds `at`: the end of the day before."""
    day = date.fromisoformat(business_day(at, time_zone, day_starts))
    return _day_end((day - timedelta(days=1)).isoformat(), time_zone, day_starts)


def number_text(prefix: str, running: int) -> str:
    """What is printed: at least three digits, and 1000 follows 999."""
    return f"{prefix}{running:0{MAIN_DIGITS}d}"


def _local(at: int, time_zone: str, day_starts: int) -> date:
    # Wall time decides, not elapsed time: on the day a clock is put forward the day still starts at 04:00 by the clock.
    # (Subtracting from a local time counts by its wall clock, too.)
    local = datetime.fromtimestamp(at / 1000, ZoneInfo(time_zone))
    return (local - timedelta(milliseconds=day_starts)).date()


@lru_cache(maxsize=64)
def _day_end(day: str, time_zone: str, day_starts: int) -> int:
    following = date.fromisoformat(day) + timedelta(days=1)
    start = datetime.combine(following, time(), ZoneInfo(time_zone)) + timedelta(milliseconds=day_starts)
    return round(start.timestamp() * 1000)
