"""Time that runs against nobody: what an evacuation puts off, what begins anew, and how far back one reaches."""

import pytest

from queue_server.core import booking, conditions, places
from queue_server.core.booking import BookingRules
from queue_server.core.conditions import Conditions
from queue_server.core.evacuation import Evacuation, Evacuations, anew, begun, ended, lasts, put_off, reach
from queue_server.core.reasons import can_pass
from queue_server.core.routing import Waiting
from queue_server.core.ticket import Hold, State, Ticket
from queue_server.core.timers import Timer, hold_over, next_timer, return_over
from tests.unit.core.small_hall import DAY, HOUR, MINUTE, NINE, OUTSIDE, settings, small_hall, ticket
from tests.unit.core.test_entering import BOOKED
from tests.unit.core.test_timers import NIGHT, PATIENT

HALL = small_hall(settings=settings(missed_timer=5 * MINUTE, affinity_release=15 * MINUTE))


def at(minutes: int) -> int:
    """So many minutes after nine."""
    return NINE + minutes * MINUTE


def spans(*minutes: tuple[int, int]) -> Evacuations:
    """Evacuations that are over, in minutes after nine."""
    return tuple(Evacuation(at(since), at(until)) for since, until in minutes)


@pytest.mark.parametrize(
    ("evacuations", "end"),
    [
        ((), 30),
        (spans((-20, 0)), 30),
        (spans((-20, 5)), 35),
        (spans((10, 20)), 40),
        (spans((10, 20), (25, 26)), 41),
        # Only the first has made room for the second.
        (spans((10, 20), (35, 50)), 55),
        (spans((30, 90)), 30),
        (spans((29, 90)), 91),
    ],
)
def test_what_would_end_meanwhile_ends_as_much_later(evacuations: Evacuations, end: int) -> None:
    assert put_off(NINE, at(30), evacuations) == at(end)


def test_nothing_ends_while_an_evacuation_lasts_but_what_was_over_before() -> None:
    assert put_off(at(-10), at(20), OUTSIDE) is None
    assert put_off(at(10), at(20), OUTSIDE) is None
    assert put_off(at(-30), NINE, OUTSIDE) == NINE


@pytest.mark.parametrize(
    ("evacuations", "minutes"),
    [((), 60), (spans((-10, -5)), 65), (spans((-80, -50)), 90), (spans((-80, -50), (-10, -5)), 95), (OUTSIDE, 60)],
)
def test_a_reach_back_is_longer_by_the_evacuations_that_it_meets(evacuations: Evacuations, minutes: int) -> None:
    assert reach(NINE, HOUR, evacuations) == minutes * MINUTE
    assert put_off(NINE - minutes * MINUTE, NINE - (minutes - 60) * MINUTE, evacuations) == NINE


def test_it_reaches_not_behind_what_is_long_over_and_from_inside_one_to_before_it() -> None:
    assert reach(NINE, HOUR, spans((-120, -61))) == HOUR
    assert reach(at(20), HOUR, OUTSIDE) == 80 * MINUTE
    assert reach(at(20), HOUR, spans((0, 30))) == 80 * MINUTE
    assert reach(NINE, HOUR, spans((5, 30))) == HOUR


def test_a_second_one_stands_beside_the_first_as_long_as_numbers_of_that_time_may_be_left() -> None:
    first = ended(OUTSIDE, at(20))
    assert (lasts(()), lasts(OUTSIDE), lasts(first)) == (False, True, False)
    second = begun(first, at(60))
    assert second == (Evacuation(NINE, at(20)), Evacuation(at(60)))
    overnight = conditions.back_to_normal(Conditions(evacuations=second), NIGHT)
    again = conditions.evacuate(overnight, at(20) + 2 * DAY)
    assert again.evacuations == (Evacuation(at(60), NIGHT), Evacuation(at(20) + 2 * DAY))


MISSED = ticket(State.MISSED, window=1, called_at=NINE, calls=3, missed_at=at(-29))
HELD = ticket(State.HELD, window=1, hold=Hold.AWAITING, held_at=at(-5), held_until=at(15))
CALLED = ticket(State.CALLED, window=1, called_at=at(-4), counted_at=at(-4), calls=3)
TIED = ticket(tie="w1", entered_at=at(-60))


@pytest.mark.parametrize(
    ("of", "away", "kind", "end"),
    [
        (MISSED, None, "return-over", 41),
        (HELD, None, "hold-over", 55),
        # Whoever was called has the whole time again.
        (CALLED, None, "missed-timer", 45),
        (TIED, at(-10), "tie-release", 45),
        (TIED, at(10), "tie-release", 55),
    ],
)
def test_nobody_loses_anything_while_outside(of: Ticket, away: int | None, kind: str, end: int) -> None:
    assert next_timer(of, HALL, away, OUTSIDE) == Timer(NIGHT, "day-over", "t1")
    assert next_timer(of, HALL, away, spans((0, 40))) == Timer(at(end), kind, "t1")
    # The day ends all the same.
    assert next_timer(of, HALL, away, (Evacuation(NINE, NIGHT + HOUR),)) == Timer(NIGHT, "day-over", "t1")


def test_a_call_after_the_evacuation_has_its_own_time() -> None:
    assert anew(at(50), spans((0, 40))) == at(50)
    assert anew(at(50), ()) == at(50)
    assert anew(at(50), OUTSIDE) is None


def test_the_floor_is_told_what_is_left_and_what_has_no_end() -> None:
    assert return_over(MISSED, HALL.settings, ended(OUTSIDE, at(40))) == at(41)
    assert hold_over(HELD, ended(OUTSIDE, at(40))) == at(55)
    assert hold_over(ticket(State.HELD, held_at=NINE), OUTSIDE) is None


def test_what_lets_a_visitor_be_called_sooner_goes_on() -> None:
    assert next_timer(ticket(callable_from=at(1)), HALL, None, OUTSIDE) == Timer(at(1), "callable", "t1")
    assert next_timer(ticket(entered_at=NINE), PATIENT, None, OUTSIDE) == Timer(at(5), "not-before", "t1")


def test_whoever_comes_back_regains_the_place_they_had() -> None:
    rules, out = settings(max_advance=HOUR), spans((0, 90))
    for regained in (
        places.on_transfer(at(100), at(-40), 0, rules, out),
        places.on_rejoin(at(100), at(-40), 0, rules, out),
        places.on_requeue(at(100), at(-80), [at(-40)], rules, out),
        places.on_check_in(at(100), at(-40), 0, rules, out),
        places.on_grade(at(100), at(-40), at(-45), 0, MINUTE, rules, out),
    ):
        assert regained == at(-40)
    # And no more than that: an hour that has run is the most.
    assert places.on_rejoin(at(100), at(-90), 0, rules, out) == at(-50)


def test_a_booked_visitor_who_could_not_come_in_is_in_time_as_much_later() -> None:
    how = BookingRules(late=10 * MINUTE, lead=10 * MINUTE)
    since, due = BOOKED.slot + 5 * MINUTE, BOOKED.slot - 10 * MINUTE
    out = (Evacuation(since, since + HOUR),)
    assert booking.due(how, BOOKED, since + HOUR + 5 * MINUTE, out) == due
    assert booking.due(how, BOOKED, since + HOUR + 5 * MINUTE + 1, out) is None
    assert booking.due(how, BOOKED, since + HOUR, (Evacuation(since),)) == due, "the hall itself refuses numbers"


def test_until_when_somebody_new_may_pass_is_put_off_too() -> None:
    me = Waiting(at(-10), 1, "C", "t1")
    posts = [(HALL.window(3), frozenset({"w3"}))]
    plain = can_pass(HALL, me, (), posts)
    assert can_pass(HALL, me, (), posts, evacuations=spans((0, 40))).until == plain.until + 40 * MINUTE
    assert can_pass(HALL, me, (), posts, opens=at(1), evacuations=OUTSIDE).until == at(1)
