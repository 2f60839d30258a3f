"""Numbers and business days: 1000 after 999, days that start at 04:00 by the clock on the wall, clock changes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from queue_server.core.numbering import business_day, day_end, number_text
from tests.unit.core.small_hall import DAY, HOUR, MINUTE

SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"
FOUR = 4 * HOUR
HALF_PAST_TWO = 2 * HOUR + 30 * MINUTE


def moment(iso: str, zone: str = "UTC") -> int:
    """The moment (ms UTC) of a wall time in a zone."""
    return round(datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("running", "number"), [(1, "A001"), (12, "A012"), (999, "A999"), (1000, "A1000"), (12345, "A12345")]
)
def test_a_number_has_three_digits_and_goes_on_after_999(running: int, number: str) -> None:
    assert number_text("A", running) == number


def test_a_prefix_may_have_two_letters() -> None:
    assert number_text("DK", 7) == "DK007"


def test_the_main_counter_never_gives_a_number_of_a_kiosk_cut_off() -> None:
    # Those are the prefix, 0, the kiosk's digit and at least two digits more.
    assert not [n for n in range(1, 20_000) if len(number_text("A", n)) >= 5 and number_text("A", n)[1] == "0"]


@pytest.mark.parametrize(
    ("wall", "day"),
    [
        ("2026-11-24T03:59:59.999", "2026-11-23"),
        ("2026-11-24T04:00:00", "2026-11-24"),
        ("2026-11-24T09:00:00", "2026-11-24"),
        ("2026-11-24T23:59:59.999", "2026-11-24"),
        ("2026-11-25T00:00:00", "2026-11-24"),
        ("2026-11-25T03:59:59.999", "2026-11-24"),
        ("2027-01-01T03:59:59.999", "2026-12-31"),
        ("2028-03-01T03:00:00", "2028-02-29"),
    ],
)
@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN, "America/Argentina/Buenos_Aires", "Asia/Kathmandu"])
def test_the_day_starts_at_four_by_the_wall_clock(wall: str, day: str, zone: str) -> None:
    assert business_day(moment(wall, zone), zone, FOUR) == day


def test_a_day_that_starts_at_midnight_is_the_calendar_day() -> None:
    assert business_day(moment("2026-11-24T00:00", SHANGHAI), SHANGHAI, 0) == "2026-11-24"
    assert business_day(moment("2026-11-24T00:00", SHANGHAI) - 1, SHANGHAI, 0) == "2026-11-23"


def test_a_day_ends_where_the_next_begins() -> None:
    end = day_end("2026-11-24", SHANGHAI, FOUR)
    assert end == moment("2026-11-24T20:00")
    assert business_day(end - 1, SHANGHAI, FOUR) == "2026-11-24"
    assert business_day(end, SHANGHAI, FOUR) == "2026-11-25"


@pytest.mark.parametrize(
    ("day", "hours", "ends"),
    [
        ("2026-03-27", 24, "2026-03-28T03:00"),
        ("2026-03-28", 23, "2026-03-29T02:00"),  # The clock goes forward in the night of the 29th, before 04:00.
        ("2026-03-29", 24, "2026-03-30T02:00"),
        ("2026-10-23", 24, "2026-10-24T02:00"),
        ("2026-10-24", 25, "2026-10-25T03:00"),  # The clock goes back in the night of the 25th, before 04:00.
        ("2026-10-25", 24, "2026-10-26T03:00"),
    ],
)
def test_a_clock_change_makes_a_day_shorter_or_longer(day: str, hours: int, ends: str) -> None:
    end = day_end(day, BERLIN, FOUR)
    assert end == moment(ends)
    assert business_day(end - hours * HOUR, BERLIN, FOUR) == day
    assert business_day(end - hours * HOUR - 1, BERLIN, FOUR) != day
    assert business_day(end - 1, BERLIN, FOUR) == day
    assert business_day(end, BERLIN, FOUR) != day


@pytest.mark.parametrize(
    ("zone", "near", "day_starts"),
    [
        (BERLIN, "2026-10-25T00:30", HALF_PAST_TWO),  # 02:30 comes twice.
        (BERLIN, "2026-03-29T01:00", HALF_PAST_TWO),  # 02:30 does not come.
        ("Africa/Cairo", "2026-04-23T22:00", 0),  # Midnight does not come.
        ("Pacific/Apia", "2011-12-30T10:00", FOUR),  # A whole day does not come.
        ("America/Sao_Paulo", "2018-02-18T02:00", 0),  # The hour before midnight comes twice.
    ],
)
def test_a_day_never_comes_back_where_the_change_hits_its_start(zone: str, near: str, day_starts: int) -> None:
    middle = moment(near)
    days = [(at, business_day(at, zone, day_starts)) for at in range(middle - DAY, middle + DAY, 10 * MINUTE)]
    assert [day for _, day in days] == sorted(day for _, day in days)
    for at, day in days:
        assert at < day_end(day, zone, day_starts)


def test_the_first_of_two_starts_is_the_start() -> None:
    start = day_end("2026-10-24", BERLIN, HALF_PAST_TWO)
    assert start == moment("2026-10-25T00:30")
    assert business_day(moment("2026-10-25T01:15"), BERLIN, HALF_PAST_TWO) == "2026-10-25"
    assert business_day(start - 1, BERLIN, HALF_PAST_TWO) == "2026-10-24"


def test_a_start_that_is_left_out_comes_an_hour_later_by_the_clock() -> None:
    start = day_end("2026-03-28", BERLIN, HALF_PAST_TWO)
    assert start == moment("2026-03-29T03:30", BERLIN)
    assert business_day(start - 1, BERLIN, HALF_PAST_TWO) == "2026-03-28"
    assert business_day(start, BERLIN, HALF_PAST_TWO) == "2026-03-29"


def test_an_hour_that_comes_twice_before_midnight_belongs_to_the_day_before() -> None:
    # In Sao Paulo the clock went from 23:59 back to 23:00, so 2018-02-17 had 25 hours.
    end = day_end("2018-02-17", "America/Sao_Paulo", 0)
    assert end == moment("2018-02-18T03:00")
    assert business_day(end - 2 * HOUR, "America/Sao_Paulo", 0) == "2018-02-17"
