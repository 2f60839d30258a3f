"""Bookings: slots within the hours, capacity, and when somebody booked counts from and may be called."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from queue_server.core import booking as bookings
from queue_server.core.booking import Booking, BookingRules, BookingState, slots
from queue_server.core.calendar import Calendar, Opening, Span
from queue_server.core.errors import BadValue, Refusal
from tests.unit.core.small_hall import HOUR, MINUTE, NINE

ZONE = "Asia/Shanghai"
RULES = BookingRules(step=25 * MINUTE, capacity=2)
OPENING = Opening({1: (Span(9 * HOUR, 10 * HOUR), Span(13 * HOUR, 13 * HOUR + 25 * MINUTE))})
BOOKED = Booking("b1", "C0DE", "A", None, NINE)
TUESDAY = date(2026, 11, 24)


def test_slots_are_whole_ones_within_the_hours() -> None:
    assert slots(RULES, OPENING, Calendar(), TUESDAY, ZONE) == [NINE, NINE + 25 * MINUTE, NINE + 4 * HOUR]


def test_there_are_none_where_it_is_closed_or_has_no_hours() -> None:
    assert slots(RULES, OPENING, Calendar(frozenset({"2026-11-24"})), TUESDAY, ZONE) == []
    assert slots(RULES, None, Calendar(), TUESDAY, ZONE) == []


def test_who_booked_when_slots_began_otherwise_has_the_one_that_covers_the_moment() -> None:
    taken = {NINE - 1: 1, NINE + 5 * MINUTE: 1, NINE + 25 * MINUTE: 3}
    assert [bookings.left(RULES, at, taken) for at in (NINE, NINE + 25 * MINUTE, NINE + 50 * MINUTE)] == [1, 0, 2]


@pytest.mark.parametrize(
    ("slot", "taken", "now", "code"),
    [(NINE + 1, {}, 0, "no-such-slot"), (NINE, {}, NINE, "slot-past"), (NINE, {NINE: 2}, NINE - 1, "slot-full")],
)
def test_what_cannot_be_booked(slot: int, taken: dict[int, int], now: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        bookings.check_slot(RULES, slot, [NINE], taken, now)
    assert refused.value.code == code


def test_a_slot_with_room_that_is_still_to_come_can_be_booked() -> None:
    bookings.check_slot(RULES, NINE, [NINE], {NINE: 1}, NINE - 1)


def test_slots_are_given_out_so_many_days_ahead() -> None:
    rules, today = BookingRules(days_ahead=7), date(2026, 11, 24)
    days = [date(2026, 11, 20), today, date(2026, 12, 1), date(2026, 12, 2)]
    assert [bookings.given_out(rules, day, today) for day in days] == [True, True, True, False]


def test_a_booking_is_cancelled_used_or_over() -> None:
    assert bookings.cancel(BOOKED) == replace(BOOKED, state=BookingState.CANCELLED)
    assert bookings.check_in(BOOKED, "t1") == replace(BOOKED, state=BookingState.CHECKED_IN, ticket="t1")
    assert bookings.expire(BOOKED) == replace(BOOKED, state=BookingState.EXPIRED)


@pytest.mark.parametrize("state", sorted(set(BookingState) - {BookingState.BOOKED}))
@pytest.mark.parametrize("act", [bookings.cancel, lambda b: bookings.check_in(b, "t2"), bookings.expire])
def test_and_only_once(act: Callable[[Booking], Booking], state: BookingState) -> None:
    with pytest.raises(Refusal) as refused:
        act(replace(BOOKED, state=state))
    assert (refused.value.code, refused.value.facts) == ("booking-over", {"booking": "C0DE", "state": state.value})


def test_check_in_counts_from_the_lead_until_the_late_moment() -> None:
    rules = BookingRules(early=15 * MINUTE, late=10 * MINUTE, lead=5 * MINUTE)
    for at in (NINE - 3 * HOUR, NINE, NINE + 10 * MINUTE):
        assert bookings.due(rules, BOOKED, at) == NINE - 5 * MINUTE
    assert bookings.due(rules, BOOKED, NINE + 10 * MINUTE + 1) is None


def test_nobody_is_called_before_the_early_moment() -> None:
    rules = BookingRules(early=15 * MINUTE)
    assert bookings.callable_from(rules, BOOKED, NINE - 15 * MINUTE - 1) == NINE - 15 * MINUTE
    assert bookings.callable_from(rules, BOOKED, NINE - 15 * MINUTE) is None


@pytest.mark.parametrize("name", ["step", "capacity", "days_ahead", "early", "late", "lead"])
def test_rules_that_make_no_slot_are_refused(name: str) -> None:
    with pytest.raises(BadValue, match="booking: "):
        BookingRules(**{name: -1})
