"""Business days over every clock change, and numbers that are never taken for one another."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from queue_server.core.measures import quantile
from queue_server.core.numbering import business_day, day_end, number_text
from queue_server.core.seat import Seat
from queue_server.core.timers import seats_over
from tests.properties.drawn import PREFIXES, ZONES, day_starts, moments
from tests.properties.profiles import BOUNDED
from tests.unit.core.small_hall import DAY, HOUR, settings, small_hall

# Also places whose clocks change at midnight or by half an hour.
zones = st.sampled_from([*ZONES, "Africa/Cairo", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Gaza"])
SPRING, AUTUMN = 1_774_746_000_000, 1_792_890_000_000  # Berlin's changes of 2026.


def check_day(at: int, zone: str, starts: int) -> None:
    """A moment lies between the end of the day before and the end of its own day, and a day is about a day long."""
    day = business_day(at, zone, starts)
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    begins, ends = day_end(before, zone, starts), day_end(day, zone, starts)
    assert begins <= at < ends
    assert business_day(begins, zone, starts) == day
    assert business_day(ends - 1, zone, starts) == day
    assert DAY - 2 * HOUR <= ends - begins <= DAY + 2 * HOUR
    # Away from clock changes it is what the clock on the wall says.
    wall = datetime.fromtimestamp(at / 1000, ZoneInfo(zone)) - timedelta(milliseconds=starts)
    assert abs((date.fromisoformat(day) - wall.date()).days) <= 1
    if at - begins > 2 * HOUR and ends - at > 2 * HOUR:
        assert day == wall.date().isoformat()


@BOUNDED
@example(SPRING, "Europe/Berlin", 2 * HOUR + HOUR // 2)
@example(AUTUMN, "Europe/Berlin", 2 * HOUR + HOUR // 2)
@example(AUTUMN + HOUR // 4, "Europe/Berlin", 2 * HOUR + HOUR // 2)
@given(moments, zones, day_starts)
def test_every_moment_lies_in_exactly_one_business_day(at: int, zone: str, starts: int) -> None:
    check_day(at, zone, starts)


@BOUNDED
@example(AUTUMN - HOUR // 2, HOUR, "Europe/Berlin", 2 * HOUR + HOUR // 2)
@given(moments, st.integers(0, 2 * DAY), zones, day_starts)
def test_business_days_never_run_back(at: int, later: int, zone: str, starts: int) -> None:
    assert business_day(at, zone, starts) <= business_day(at + later, zone, starts)


@BOUNDED
@example(AUTUMN - HOUR // 2, HOUR, "Europe/Berlin", 2 * HOUR + HOUR // 2)
@given(moments, st.integers(0, 2 * DAY), zones, day_starts)
def test_a_seat_is_over_exactly_when_a_later_business_day_has_begun(
    since: int, later: int, zone: str, starts: int
) -> None:
    hall = replace(small_hall(settings=settings(day_starts=starts)), time_zone=zone)
    over = seats_over({7: Seat(open=True, clerk="li", since=since)}, hall, since + later)
    assert (over == [7]) == (business_day(since, zone, starts) < business_day(since + later, zone, starts))


runnings = st.integers(1, 20_000)


@BOUNDED
@given(st.tuples(st.sampled_from(PREFIXES), runnings), st.tuples(st.sampled_from(PREFIXES), runnings))
def test_two_numbers_are_the_same_text_only_if_they_are_the_same_number(
    one: tuple[str, int], two: tuple[str, int]
) -> None:
    assert (number_text(*one) == number_text(*two)) == (one == two)


@BOUNDED
@given(st.sampled_from(PREFIXES), runnings, st.integers(1, 9), st.integers(1, 500))
def test_a_kiosk_cut_off_never_gives_a_number_of_the_main_counter(
    prefix: str, running: int, kiosk: int, its_running: int
) -> None:
    assert number_text(prefix, running) != f"{prefix}0{kiosk}{its_running:02d}"


@BOUNDED
@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(0, 1000))
def test_a_quantile_is_the_smallest_value_that_covers_its_share(values: list[int], thousandths: int) -> None:
    ordered = sorted(values)
    found = quantile(ordered, thousandths / 1000)
    covers = [v for v in ordered if sum(w <= v for w in ordered) * 1000 >= thousandths * len(ordered)]
    assert found == covers[0]
