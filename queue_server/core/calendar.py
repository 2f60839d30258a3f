"""When the hall is open and which days are worked: hours, exceptions, the official calendar with make-up days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from queue_server.core.errors import BadValue, refuse

DAY = 86_400_000
_WEEK = 7
_SATURDAY = 5
_LOOK_AHEAD = 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `starts` to `ends` of a day, in ms of local wall time."""

    starts: int
    ends: int

    def __post_init__(self) -> None:
        if not 0 <= self.starts < self.ends <= DAY:
            raise BadValue("hours", "end after they start, within a day")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The official calendar: ISO dates that are holidays, and days off that are worked in their place.

    A make-up day keeps the hours of the weekday it stands for (0 is Monday).
    """

    holidays: frozenset[str] = frozenset()
    make_up: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for day in [*self.holidays, *self.make_up]:
            _check_date(day)
        if any(not 0 <= weekday < _WEEK for weekday in self.make_up.values()):
            raise BadValue("calendar", "a make-up day stands for a weekday from 0 (Monday) to 6")
        both = self.holidays & set(self.make_up)
        if both:
            raise BadValue("calendar", f"{min(both)} is a holiday and a make-up day")

    def works(self, day: date) -> bool:
        """Whether that day is a working day."""
        said = day.isoformat()
        return said in self.make_up or (said not in self.holidays and day.weekday() < _SATURDAY)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours by weekday (0 is Monday; several spans leave lunch out) and by date where that day is different.

    Numbers are given until `last_ticket` (ms) before the day's last closing.
    """

    week: Mapping[int, tuple[Span, ...]]
    exceptions: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    last_ticket: int = 0

    def __post_init__(self) -> None:
        for day in self.exceptions:
            _check_date(day)
        refuse(self._mistakes())

    def _mistakes(self) -> Iterator[BadValue]:
        if any(not 0 <= weekday < _WEEK for weekday in self.week):
            yield BadValue("opening", "a weekday is 0 (Monday) to 6", "week")
        days = [("week", *day) for day in self.week.items()] + [("exceptions", *day) for day in self.exceptions.items()]
        for name, day, spans in days:
            if any(later.starts < earlier.ends for earlier, later in pairwise(spans)):
                yield BadValue("opening", "the hours of a day follow each other", name, day)
        if self.last_ticket < 0:
            yield BadValue("last_ticket", "is negative", "last_ticket")


def hours(opening: Opening, calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The hours of one day: its own where it has any, a make-up day's those of its weekday, none on a holiday."""
    said = day.isoformat()
    if said in opening.exceptions:
        return opening.exceptions[said]
    if said in calendar.make_up:
        return opening.week.get(calendar.make_up[said], ())
    return () if said in calendar.holidays else opening.week.get(day.weekday(), ())


def is_open(opening: Opening, calendar: Calendar, at: int, time_zone: str) -> bool:
    """Whether the hall is open at `at` (ms UTC)."""
    day, wall = _local(at, time_zone)
    return any(span.starts <= wall < span.ends for span in hours(opening, calendar, day))


def gives_numbers(opening: Opening, calendar: Calendar, at: int, time_zone: str) -> bool:
    """Whether numbers are given at `at` (ms UTC): open, and the last ticket of the day is not yet past."""
    day, wall = _local(at, time_zone)
    spans = hours(opening, calendar, day)
    return any(span.starts <= wall < span.ends for span in spans) and wall < spans[-1].ends - opening.last_ticket


def next_change(opening: Opening, calendar: Calendar, at: int, time_zone: str, *, opens: bool) -> int | None:
    """The next moment after `at` (ms UTC) at which the hall opens, or closes; None within the next sixty days."""
    today, _ = _local(at, time_zone)
    for ahead in range(_LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        for span in hours(opening, calendar, day):
            moment = _moment(day, span.starts if opens else span.ends, time_zone)
            if moment > at:
                return moment
    return None


def promised(begins: date, working_days: int, calendar: Calendar) -> date:
    """The last day of a promise of so many working days; the day it begins does not count."""
    day, left = begins, working_days
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.works(day)
    return day


def working_days(after: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after `after`, up to and with `until`."""
    return sum(calendar.works(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


def wall_time(at: int, time_zone: str) -> int:
    """The local wall time of `at` (ms UTC), in ms since its midnight."""
    return _local(at, time_zone)[1]


def _local(at: int, time_zone: str) -> tuple[date, int]:
    local = datetime.fromtimestamp(at / 1000, ZoneInfo(time_zone))
    since = local.replace(tzinfo=None) - datetime.combine(local.date(), time())
    return local.date(), round(since / timedelta(milliseconds=1))


def _moment(day: date, wall: int, time_zone: str) -> int:
    local = datetime.combine(day, time(), ZoneInfo(time_zone)) + timedelta(milliseconds=wall)
    return round(local.timestamp() * 1000)


def _check_date(day: str) -> None:
    # Python also reads 20261001 and 2026-W40-4, under which no day would be found again.
    try:
        known = date.fromisoformat(day).isoformat() == day
    except ValueError:
        known = False
    if not known:
        raise BadValue("calendar", f"{day} is not a date like 2026-10-01")
