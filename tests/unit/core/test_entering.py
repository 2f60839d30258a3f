"""Where somebody begins to wait who is back with a case or booked, and which slots of a hall can be had."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.core.acts import Entering
from queue_server.core.booking import Booking, BookingRules, BookingState
from queue_server.core.calendar import Opening, Span
from queue_server.core.case import Case
from queue_server.core.entering import checked_in, returning
from queue_server.core.errors import Refusal
from queue_server.core.slots import bookable, rules_of, shown
from tests.unit.core.small_hall import DAY, HOUR, MINUTE, NINE, settings, small_hall

CASE = Case("k1", "C0DE", "A", "new", "li", NINE - DAY, return_by="2026-11-24")
RULES = BookingRules(step=30 * MINUTE, early=15 * MINUTE, late=10 * MINUTE, lead=10 * MINUTE, days_ahead=2)
A, B, C = small_hall().businesses
HALL = small_hall(
    settings=settings(return_head_start=10 * MINUTE),
    businesses=(replace(A, booking=RULES), B, C),
    opening=Opening({day: (Span(9 * HOUR, 10 * HOUR),) for day in range(7)}),
)
BOOKED = Booking("b1", "C0DE", "A", None, NINE, priority=())
TUESDAY = date(2026, 11, 24)


def test_who_brings_papers_by_the_slips_date_comes_earlier_to_the_same_clerk() -> None:
    earlier = NINE - 10 * MINUTE
    assert returning(HALL, CASE, (), NINE) == Entering(earlier, earlier, tie="cli", case="k1")
    # Of the head starts the larger one counts, and without the ground the return's would be left.
    assert returning(HALL, CASE, ("elderly",), NINE) == Entering(NINE - 20 * MINUTE, earlier, tie="cli", case="k1")
    assert returning(HALL, CASE, ("guide",), NINE).place == earlier


def test_later_or_without_a_slip_one_comes_as_everybody_does_and_an_ownerless_case_ties_to_nobody() -> None:
    assert returning(HALL, CASE, (), NINE + DAY) == Entering(NINE + DAY, NINE + DAY, tie="cli", case="k1")
    no_slip = replace(CASE, return_by=None, owner=None)
    assert returning(HALL, no_slip, ("guide",), NINE) == Entering(NINE - MINUTE, NINE, case="k1")


def test_a_closed_case_has_no_return() -> None:
    with pytest.raises(Refusal) as refused:
        returning(HALL, replace(CASE, closed_at=NINE), (), NINE)
    assert refused.value.code == "case-closed"


@pytest.mark.parametrize(
    ("minutes", "place", "callable_from"), [(-30, -30, -15), (-15, -15, None), (0, -10, None), (10, -10, None)]
)
def test_who_is_booked_counts_from_the_slot_and_is_called_a_little_before_it(
    minutes: int, place: int, callable_from: int | None
) -> None:
    now = NINE + minutes * MINUTE
    opens = None if callable_from is None else NINE + callable_from * MINUTE
    counts = NINE + place * MINUTE
    assert checked_in(HALL, BOOKED, now) == Entering(counts, counts, callable_from=opens, promised=True)


def test_who_comes_too_late_counts_as_a_walk_in_and_a_ground_counts_beside_the_booking() -> None:
    late = NINE + 10 * MINUTE + 1
    elderly = replace(BOOKED, priority=("elderly",))
    assert checked_in(HALL, BOOKED, late) == Entering(late, late)
    assert checked_in(HALL, elderly, late) == Entering(late - 20 * MINUTE, late)
    assert checked_in(HALL, elderly, NINE) == Entering(NINE - 20 * MINUTE, NINE - 10 * MINUTE, promised=True)


@pytest.mark.parametrize(
    ("booked", "now", "code"),
    [
        (replace(BOOKED, state=BookingState.CANCELLED), NINE, "booking-over"),
        (BOOKED, NINE + DAY, "not-today"),
        (replace(BOOKED, business="B"), NINE, "not-bookable"),
        (replace(BOOKED, business="X"), NINE, "unknown-business"),
        (replace(BOOKED, priority=("nobody",)), NINE, "unknown-class"),
    ],
)
def test_who_may_not_check_in(booked: Booking, now: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_in(HALL, booked, now)
    assert refused.value.code == code
    if code == "not-today":
        assert refused.value.facts == {"day": "2026-11-24"}


def test_slots_are_shown_for_the_days_on_which_they_can_be_booked() -> None:
    business = HALL.business("A")
    days = [len(shown(HALL, business, TUESDAY + timedelta(days=away), TUESDAY)) for away in (-1, 0, 2, 3)]
    assert days == [0, 2, 2, 0]
    assert shown(HALL, business, TUESDAY, TUESDAY) == [NINE, NINE + 30 * MINUTE]
    assert rules_of(business) is RULES
    own = replace(business, opening=Opening({1: (Span(9 * HOUR, 9 * HOUR + 30 * MINUTE),)}))
    assert shown(HALL, own, TUESDAY, TUESDAY) == [NINE], "hours of its own come before the hall's"
    with pytest.raises(Refusal) as refused:
        shown(HALL, HALL.business("B"), TUESDAY, TUESDAY)
    assert (refused.value.code, refused.value.facts) == ("not-bookable", {"business": "B"})


def test_a_day_that_is_past_is_told_by_its_slots_and_one_too_far_ahead_has_none() -> None:
    business = HALL.business("A")
    assert bookable(HALL, business, TUESDAY - timedelta(days=1), TUESDAY) == [NINE - DAY, NINE - DAY + 30 * MINUTE]
    with pytest.raises(Refusal) as refused:
        bookable(HALL, business, TUESDAY + timedelta(days=3), TUESDAY)
    assert refused.value.code == "no-such-slot"
    with pytest.raises(Refusal) as refused:
        bookable(HALL, HALL.business("B"), TUESDAY, TUESDAY)
    assert refused.value.code == "not-bookable"
