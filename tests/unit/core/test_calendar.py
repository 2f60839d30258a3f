"""Hours and working days: lunch, exceptions, holidays, make-up days, last ticket, clock changes, promises."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from queue_server.core.calendar import (
    DAY,
    Calendar,
    Opening,
    Span,
    gives_numbers,
    hours,
    is_open,
    next_change,
    promised,
    wall_time,
    working_days,
)
from queue_server.core.errors import BadValue
from tests.unit.core.small_hall import HOUR, MINUTE, NINE

ZONE = "Asia/Shanghai"
MORNING, AFTERNOON, SHORT = Span(9 * HOUR, 12 * HOUR), Span(13 * HOUR, 17 * HOUR), Span(10 * HOUR, 11 * HOUR)
# Tuesday 24 November 2026 is a holiday's eve here, Saturday the 28th is worked in the place of Wednesday the 25th.
CALENDAR = Calendar(frozenset({"2026-11-25"}), {"2026-11-28": 2})
OPENING = Opening(
    dict.fromkeys((0, 1, 2, 3), (MORNING, AFTERNOON)) | {4: (MORNING,)}, {"2026-11-26": (SHORT,)}, 30 * MINUTE
)


def at(day: int, hour: float, zone: str = ZONE) -> int:
    """That day of November 2026, so many hours after midnight by the wall clock."""
    local = datetime(2026, 11, day, tzinfo=ZoneInfo(zone)) + timedelta(hours=hour)
    return round(local.timestamp() * 1000)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (24, (MORNING, AFTERNOON)),
        (25, ()),
        (26, (SHORT,)),
        (27, (MORNING,)),
        (28, (MORNING, AFTERNOON)),
        (29, ()),
    ],
)
def test_the_hours_of_a_day(day: int, expected: tuple[Span, ...]) -> None:
    assert hours(OPENING, CALENDAR, date(2026, 11, day)) == expected


def test_a_make_up_day_of_a_weekday_without_hours_has_none() -> None:
    assert hours(Opening({0: (MORNING,)}), Calendar(make_up={"2026-11-28": 4}), date(2026, 11, 28)) == ()


def test_a_day_of_its_own_goes_before_holiday_and_make_up() -> None:
    opening = Opening({}, {"2026-11-25": (SHORT,), "2026-11-28": ()})
    assert [hours(opening, CALENDAR, date(2026, 11, day)) for day in (25, 28)] == [(SHORT,), ()]


@pytest.mark.parametrize(
    ("day", "hour", "opened", "numbers"),
    [
        (24, 8.99, False, False),
        (24, 9, True, True),
        (24, 12, False, False),
        (24, 13, True, True),
        (24, 16.49, True, True),
        (24, 16.5, True, False),
        (24, 17, False, False),
        # The last ticket is counted from the day's last closing, not from lunch.
        (24, 11.9, True, True),
        (25, 10, False, False),
        (27, 11.6, True, False),
    ],
)
def test_when_the_hall_is_open_and_gives_numbers(day: int, hour: float, opened: bool, numbers: bool) -> None:  # noqa: FBT001
    assert is_open(OPENING, CALENDAR, at(day, hour), ZONE) == opened
    assert gives_numbers(OPENING, CALENDAR, at(day, hour), ZONE) == numbers


@pytest.mark.parametrize(
    ("now", "opens", "expected"),
    [
        (at(24, 8), True, at(24, 9)),
        (at(24, 9), True, at(24, 13)),
        (at(24, 9), False, at(24, 12)),
        (at(24, 13), True, at(26, 10)),
        (at(24, 17), False, at(26, 11)),
        (at(28, 18), True, at(30, 9)),
    ],
)
def test_the_next_opening_and_closing(now: int, opens: bool, expected: int) -> None:  # noqa: FBT001
    assert next_change(OPENING, CALENDAR, now, ZONE, opens=opens) == expected


def test_a_hall_that_never_opens_has_no_next_opening() -> None:
    assert next_change(Opening({}), Calendar(), NINE, ZONE, opens=True) is None


def test_hours_are_by_the_wall_clock_also_when_it_is_put_back() -> None:
    # In New York the clock is put back on 1 November 2026 at two.
    opening, zone = Opening({6: (Span(9 * HOUR, 10 * HOUR),)}), "America/New_York"
    expected = round(datetime(2026, 11, 1, 14, tzinfo=UTC).timestamp() * 1000)
    assert next_change(opening, Calendar(), expected - 12 * HOUR, zone, opens=True) == expected
    assert is_open(opening, Calendar(), expected, zone)
    assert not is_open(opening, Calendar(), expected - 1, zone)
    assert wall_time(expected, zone) == 9 * HOUR


def test_the_wall_clock_runs_from_midnight_to_midnight() -> None:
    assert [wall_time(at(24, hour), ZONE) for hour in (0, 9.5)] == [0, 9 * HOUR + 30 * MINUTE]
    assert wall_time(at(25, 0) - 1, ZONE) == DAY - 1


def test_working_days_know_holidays_weekends_and_make_up_days() -> None:
    # 24 Tu, (25 holiday), 26 Th, 27 Fr, 28 Sa made up, (29 Su), 30 Mo.
    found = [day for day in range(23, 31) if CALENDAR.works(date(2026, 11, day))]
    assert found == [23, 24, 26, 27, 28, 30]


@pytest.mark.parametrize(("days", "last"), [(0, 24), (1, 26), (2, 27), (3, 28), (4, 30)])
def test_a_promise_counts_working_days_after_its_first(days: int, last: int) -> None:
    begins, ends = date(2026, 11, 24), date(2026, 11, last)
    assert promised(begins, days, CALENDAR) == ends
    assert working_days(begins, ends, CALENDAR) == days
    assert working_days(ends, begins, CALENDAR) == 0


def test_a_make_up_day_stands_for_a_weekday_and_is_no_holiday() -> None:
    with pytest.raises(BadValue, match="a weekday from 0"):
        Calendar(make_up={"2026-11-28": 7})
    with pytest.raises(BadValue, match="2026-11-28 is a holiday and a make-up day"):
        Calendar(frozenset({"2026-11-28"}), {"2026-11-28": 2})
