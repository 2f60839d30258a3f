"""How the hall stands: when a number may be given, suspension, closing early, evacuation and the alarm."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from queue_server.core import conditions
from queue_server.core.business import Business, Quota
from queue_server.core.calendar import Opening, Span
from queue_server.core.conditions import Conditions, check_take
from queue_server.core.errors import Refusal
from queue_server.core.evacuation import Evacuation
from queue_server.core.hall import Hall
from tests.unit.core.small_hall import DAY, HOUR, NINE, OUTSIDE, small_hall, text

NORMAL, TODAY = Conditions(), "2026-11-24"
NOTICE = text("the system is down")
UNTIL_TEN = Opening({day: (Span(9 * HOUR, 10 * HOUR),) for day in range(7)})
SUSPENDED = Conditions(suspended={"A": NOTICE})
HALL = small_hall(opening=UNTIL_TEN)
QUOTAS = (Quota(2, 9 * HOUR, 10 * HOUR), Quota(5))


def asked(
    hall: Hall,
    now: Conditions,
    at: int,
    given: dict[int, int] | None = None,
    *,
    later: tuple[str, ...] = (),
    promised: bool = False,
) -> tuple[str, object] | None:
    """What a number for the hall's first business is refused for; None when it is given."""
    try:
        numbers = {hall.businesses[0].code: given or {}}
        check_take(hall, now, hall.businesses[0], at, TODAY, numbers, later=later, promised=promised)
    except Refusal as refused:
        return refused.code, dict(refused.facts)
    return None


def with_first(business: Business, **changes: object) -> Hall:
    """The small hall with this as its first business."""
    return small_hall(businesses=(business, *small_hall().businesses[1:]), **changes)


def test_a_hall_without_hours_gives_numbers_at_any_time() -> None:
    assert asked(small_hall(), NORMAL, NINE - 6 * HOUR) is None


def test_outside_the_hours_it_is_said_when_they_begin_again() -> None:
    assert asked(HALL, NORMAL, NINE) is None
    assert asked(HALL, NORMAL, NINE + HOUR) == ("hall-closed", {"opens": NINE + DAY})


def test_a_promised_number_is_given_whatever_hours_and_quotas_say_but_not_past_what_staff_have_said() -> None:
    full = with_first(Business("A", text("a"), quotas=(Quota(0),)), opening=UNTIL_TEN)
    assert asked(full, NORMAL, NINE, promised=True) is None
    assert asked(full, NORMAL, NINE + HOUR, promised=True) is None
    assert asked(full, Conditions(evacuations=OUTSIDE), NINE, promised=True) == ("hall-evacuated", {})
    assert asked(full, Conditions(closed_day=TODAY), NINE, promised=True) == ("hall-closed", {"opens": NINE + DAY})
    assert asked(full, SUSPENDED, NINE, promised=True) == ("business-suspended", {"business": "A"})


def test_a_business_may_have_hours_of_its_own() -> None:
    own = with_first(Business("A", text("a"), opening=Opening({1: (Span(10 * HOUR, 11 * HOUR),)})), opening=UNTIL_TEN)
    assert asked(own, NORMAL, NINE) == ("hall-closed", {"opens": NINE + HOUR})
    assert asked(own, NORMAL, NINE + HOUR) is None


def test_what_staff_have_said_goes_before_the_hours() -> None:
    assert asked(HALL, Conditions(evacuations=OUTSIDE), NINE) == ("hall-evacuated", {})
    assert asked(HALL, Conditions(closed_day=TODAY), NINE) == ("hall-closed", {"opens": NINE + DAY})
    assert asked(small_hall(), Conditions(closed_day=TODAY), NINE) == ("hall-closed", {"opens": None})
    assert asked(HALL, Conditions(closed_day="2026-11-23"), NINE) is None
    assert asked(HALL, SUSPENDED, NINE) == ("business-suspended", {"business": "A"})
    assert asked(HALL, Conditions(suspended={"B": NOTICE}), NINE) is None


def test_nothing_is_booked_on_a_day_that_was_closed_early() -> None:
    business = HALL.businesses[0]
    conditions.check_closed_early(HALL, Conditions(closed_day="2026-11-25"), business, TODAY)
    with pytest.raises(Refusal) as refused:
        conditions.check_closed_early(HALL, Conditions(closed_day=TODAY), business, TODAY)
    assert (refused.value.code, refused.value.facts) == ("hall-closed", {"opens": NINE + DAY})


def test_a_number_names_no_suspended_business_for_later() -> None:
    without_b = Conditions(suspended={"B": NOTICE})
    assert asked(HALL, without_b, NINE, later=("C",)) is None
    assert asked(HALL, without_b, NINE, later=("C", "B")) == ("business-suspended", {"business": "B"})


def test_hours_and_quotas_of_the_businesses_to_come_hold_for_the_number_too() -> None:
    closed = Business("B", text("b"), opening=Opening({1: (Span(10 * HOUR, 11 * HOUR),)}))
    full = Business("C", text("c"), quotas=(Quota(2),))
    hall = small_hall(businesses=(small_hall().businesses[0], closed, full))
    assert asked(hall, NORMAL, NINE) is None
    assert asked(hall, NORMAL, NINE, later=("C", "B")) == ("hall-closed", {"opens": NINE + HOUR})
    assert asked(hall, NORMAL, NINE + HOUR, later=("C", "B")) is None
    for used, said in ((1, None), (2, ("quota-used", {"business": "C", "most": 2}))):
        try:
            check_take(hall, NORMAL, hall.businesses[0], NINE, TODAY, {"C": {0: used}}, later=("C",))
            got = None
        except Refusal as refused:
            got = (refused.code, dict(refused.facts))
        assert got == said
    assert asked(hall, NORMAL, NINE, later=("Z",)) == ("unknown-business", {"business": "Z"})


def test_a_suspended_business_takes_nobody_new_and_keeps_whoever_is_in_it() -> None:
    for business, to in (("B", "C"), ("A", "B"), ("A", "A")):
        conditions.check_sent(SUSPENDED, business, to)
    with pytest.raises(Refusal) as refused:
        conditions.check_sent(SUSPENDED, "B", "A")
    assert (refused.value.code, refused.value.facts) == ("sent-to-suspended", {"business": "A"})


@pytest.mark.parametrize(
    ("at", "given", "most"),
    [
        (NINE, {0: 1, 1: 4}, None),
        (NINE, {0: 2, 1: 2}, 2),
        (NINE, {0: 0, 1: 5}, 5),
        (NINE - 1, {0: 2, 1: 2}, None),
        (NINE + HOUR, {0: 2, 1: 2}, None),
    ],
)
def test_a_quota_is_of_its_time_band(at: int, given: dict[int, int], most: int | None) -> None:
    hall = with_first(Business("A", text("a"), quotas=(replace(QUOTAS[1], starts=0), QUOTAS[0])))
    # Counted per quota in the order the business has them: the whole day first.
    said = asked(hall, NORMAL, at, {0: given[1], 1: given[0]})
    assert said == (None if most is None else ("quota-used", {"business": "A", "most": most}))


def test_nobody_is_called_while_everybody_leaves() -> None:
    conditions.check_call(NORMAL)
    with pytest.raises(Refusal, match="hall-evacuated"):
        conditions.check_call(Conditions(evacuations=OUTSIDE))


def test_a_day_closed_early_does_not_open_again_after_lunch() -> None:
    lunch = Opening({day: (Span(9 * HOUR, 12 * HOUR), Span(14 * HOUR, 17 * HOUR)) for day in range(7)})
    hall = small_hall(opening=lunch)
    assert asked(hall, NORMAL, NINE + 4 * HOUR) == ("hall-closed", {"opens": NINE + 5 * HOUR})
    assert asked(hall, Conditions(closed_day=TODAY), NINE) == ("hall-closed", {"opens": NINE + DAY})


def test_an_early_close_ends_with_its_day() -> None:
    outside = Conditions(evacuations=OUTSIDE)
    assert conditions.new_day(replace(outside, closed_day=TODAY), "2026-11-25") == outside
    for now in (NORMAL, Conditions(closed_day=TODAY)):
        assert conditions.new_day(now, TODAY) == now


def test_each_condition_begins_and_ends() -> None:
    assert conditions.suspend(HALL, NORMAL, "A", NOTICE) == SUSPENDED
    both = conditions.suspend(HALL, SUSPENDED, "B", NOTICE)
    assert both.suspended == {"A": NOTICE, "B": NOTICE}
    assert conditions.resume(both, "B") == SUSPENDED
    assert conditions.close_early(Conditions(closed_day="2026-11-23"), TODAY) == Conditions(closed_day=TODAY)
    outside = conditions.evacuate(NORMAL, NINE)
    assert outside == Conditions(evacuations=OUTSIDE)
    assert conditions.back_to_normal(Conditions(closed_day=TODAY), NINE) == NORMAL
    for now in (outside, replace(outside, closed_day=TODAY)):
        assert conditions.back_to_normal(now, NINE + HOUR) == Conditions(evacuations=(Evacuation(NINE, NINE + HOUR),))
    assert conditions.clock_says(NORMAL, open=False) == Conditions(open=False)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: conditions.suspend(HALL, NORMAL, "Q", NOTICE), "unknown-business"),
        (lambda: conditions.suspend(HALL, SUSPENDED, "A", NOTICE), "already-suspended"),
        (lambda: conditions.resume(SUSPENDED, "B"), "not-suspended"),
        (lambda: conditions.close_early(Conditions(closed_day=TODAY), TODAY), "already-closed"),
        (lambda: conditions.evacuate(Conditions(evacuations=OUTSIDE), NINE), "already-evacuated"),
        (lambda: conditions.back_to_normal(NORMAL, NINE), "not-closed"),
    ],
)
def test_what_is_refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code


def test_an_alarm_rings_at_its_limit_and_ends_below_nine_tenths() -> None:
    hall = with_first(Business("A", text("a"), alarm=20))
    rings = Conditions(alarms=frozenset({"A"}))
    for before, waiting, after in (
        (NORMAL, 19, NORMAL),
        (NORMAL, 20, rings),
        (rings, 19, rings),
        (rings, 18, rings),
        (rings, 17, NORMAL),
        (rings, 0, NORMAL),
    ):
        assert conditions.alarms(hall, before, {"A": waiting, "B": 99}) == after
    # A limit that the hall no longer has rings no more.
    assert conditions.alarms(small_hall(), rings, {"A": 99}) == NORMAL


@pytest.mark.parametrize(
    ("business", "to", "code"),
    [
        ("A", "A", "same-business"),
        ("X", "A", "unknown-business"),
        ("A", "X", "unknown-business"),
        ("B", "A", "sent-to-suspended"),
    ],
)
def test_nobody_is_moved_to_where_they_are_or_cannot_be(business: str, to: str, code: str) -> None:
    conditions.check_moved(HALL, SUSPENDED, "A", "B")
    with pytest.raises(Refusal) as refused:
        conditions.check_moved(HALL, SUSPENDED, business, to)
    assert refused.value.code == code


def test_what_rings_and_what_ceased_is_told_in_that_order() -> None:
    before, after = Conditions(alarms=frozenset("BA")), Conditions(alarms=frozenset("DCB"))
    assert conditions.rung(before, after) == [("alarm-raised", "C"), ("alarm-raised", "D"), ("alarm-ended", "A")]
    assert conditions.rung(after, after) == []
