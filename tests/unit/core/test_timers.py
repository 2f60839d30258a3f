"""What happens by itself: the end of the day, the missed timer, the end of the time to come back; their order."""

from dataclasses import replace

import pytest

from queue_server.core.numbering import day_end
from queue_server.core.seat import Seat
from queue_server.core.ticket import FINAL, TRANSITIONS, Act, State
from queue_server.core.timers import ACT_OF, Timer, next_timer, seats_over
from tests.unit.core.small_hall import HOUR, MINUTE, NINE, SECOND, settings, small_hall, ticket

HALL = small_hall(settings=settings(missed_timer=5 * MINUTE))
NIGHT = day_end("2026-11-24", "Asia/Shanghai", 4 * HOUR)
CALLED = ticket(State.CALLED, window=1, called_at=NINE, counted_at=NINE + MINUTE, calls=3)
MISSED = ticket(State.MISSED, window=1, called_at=NINE, calls=3, missed_at=NINE + MINUTE)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_final_ticket_has_nothing_to_come(state: State) -> None:
    assert next_timer(ticket(state), HALL) is None


@pytest.mark.parametrize("state", [State.WAITING, State.CALLED, State.SERVING])
def test_the_end_of_the_day_ends_every_ticket(state: State) -> None:
    assert next_timer(ticket(state), HALL) == Timer(NIGHT, "day-over", "t1")


def test_a_ticket_called_often_enough_is_missed_by_itself() -> None:
    assert next_timer(CALLED, HALL) == Timer(NINE + 6 * MINUTE, "missed-timer", "t1")


def test_the_missed_timer_waits_for_the_last_call_that_is_needed() -> None:
    assert next_timer(replace(CALLED, calls=2), HALL) == Timer(NIGHT, "day-over", "t1")


def test_the_missed_timer_is_off_unless_set() -> None:
    assert next_timer(CALLED, small_hall()) == Timer(NIGHT, "day-over", "t1")


def test_the_missed_timer_needs_a_call_that_counted() -> None:
    assert next_timer(replace(CALLED, counted_at=None), HALL) == Timer(NIGHT, "day-over", "t1")


def test_a_missed_ticket_is_void_when_its_time_to_come_back_is_over() -> None:
    assert next_timer(MISSED, HALL) == Timer(NINE + 31 * MINUTE, "return-over", "t1")


def test_a_missed_ticket_of_no_known_moment_goes_with_the_day() -> None:
    assert next_timer(replace(MISSED, missed_at=None), HALL) == Timer(NIGHT, "day-over", "t1")


def test_of_two_timers_the_earlier_one_is_next() -> None:
    late = replace(MISSED, missed_at=NIGHT - 30 * MINUTE + SECOND)
    assert next_timer(late, HALL) == Timer(NIGHT, "day-over", "t1")
    early = replace(MISSED, missed_at=NIGHT - 30 * MINUTE - SECOND)
    assert next_timer(early, HALL) == Timer(NIGHT - SECOND, "return-over", "t1")


def test_overdue_timers_fire_by_deadline_then_kind_then_ticket() -> None:
    due = [
        Timer(2, "day-over", "a"),
        Timer(1, "return-over", "a"),
        Timer(1, "day-over", "b"),
        Timer(1, "day-over", "a"),
    ]
    assert sorted(due) == [due[3], due[2], due[1], due[0]]


def test_every_kind_is_an_act_that_the_table_allows() -> None:
    fires = {"day-over": set(State) - FINAL, "missed-timer": {State.CALLED}, "return-over": {State.MISSED}}
    assert set(fires) == set(ACT_OF)
    for kind, states in fires.items():
        act, reason = ACT_OF[kind]
        assert all((state, act) in TRANSITIONS for state in states)
        assert reason == (kind if act is Act.VOID else None)


def test_whoever_sits_is_over_from_the_first_moment_of_the_next_day_on() -> None:
    seats = {
        3: Seat(open=True, clerk="li", since=NINE),
        2: Seat(open=False, clerk="wang", since=NIGHT - 1),
        1: Seat(open=True, clerk=None),
    }
    assert seats_over(seats, HALL, NIGHT - 1) == []
    assert seats_over(seats, HALL, NIGHT) == [2, 3]
    assert seats_over({2: Seat(open=True, clerk="wang", since=NIGHT)}, HALL, NIGHT + 23 * HOUR) == []


def test_a_seat_of_which_nobody_knows_since_when_is_over() -> None:
    assert seats_over({1: Seat(open=True, clerk="li")}, HALL, NINE) == [1]
