"""What happens by itself, when, and in which order: for every kind of timer the moment and what switches it off."""

from dataclasses import replace

import pytest

from queue_server.core.hall import Window
from queue_server.core.numbering import day_end
from queue_server.core.seat import Seat
from queue_server.core.steps import Told, apply
from queue_server.core.ticket import FINAL, TRANSITIONS, Act, Hold, State
from queue_server.core.timers import ACT_OF, Timer, lets_back, next_ripe, next_timer, return_over, seats_over
from tests.unit.core.small_hall import HOUR, MINUTE, NINE, SECOND, settings, small_hall, ticket

HALL = small_hall(settings=settings(missed_timer=5 * MINUTE))
NIGHT = day_end("2026-11-24", "Asia/Shanghai", 4 * HOUR)
CALLED = ticket(State.CALLED, window=1, called_at=NINE, counted_at=NINE + MINUTE, calls=3)
MISSED = ticket(State.MISSED, window=1, called_at=NINE, calls=3, missed_at=NINE + MINUTE)


@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_final_ticket_has_nothing_to_come(state: State) -> None:
    assert next_timer(ticket(state), HALL) is None


@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_the_end_of_the_day_ends_every_ticket(state: State) -> None:
    assert next_timer(ticket(state), HALL) == Timer(NIGHT, "day-over", "t1")


def test_a_ticket_called_often_enough_is_missed_by_itself() -> None:
    assert next_timer(CALLED, HALL) == Timer(NINE + 6 * MINUTE, "missed-timer", "t1")


def test_the_missed_timer_waits_for_the_last_call_that_is_needed() -> None:
    assert next_timer(replace(CALLED, calls=2), HALL) == Timer(NIGHT, "day-over", "t1")


def test_more_time_doubles_the_missed_timer() -> None:
    assert next_timer(replace(CALLED, more_time=True), HALL) == Timer(NINE + 11 * MINUTE, "missed-timer", "t1")


def test_the_missed_timer_is_off_unless_set() -> None:
    assert next_timer(CALLED, small_hall()) == Timer(NIGHT, "day-over", "t1")


def test_the_missed_timer_needs_a_call_that_counted() -> None:
    assert next_timer(replace(CALLED, counted_at=None), HALL) == Timer(NIGHT, "day-over", "t1")


def test_a_missed_ticket_is_void_when_its_time_to_come_back_is_over() -> None:
    assert next_timer(MISSED, HALL) == Timer(NINE + 31 * MINUTE, "return-over", "t1")


def test_who_may_not_come_back_again_is_void_as_soon_as_the_miss_cannot_be_undone() -> None:
    twice = small_hall(settings=settings(max_returns=2))
    undone_until = NINE + MINUTE + twice.settings.undo_within
    assert next_timer(replace(MISSED, returns=1), twice) == Timer(NINE + 31 * MINUTE, "return-over", "t1")
    assert next_timer(replace(MISSED, returns=2), twice) == Timer(undone_until + 1, "return-over", "t1")
    shorter = small_hall(settings=settings(return_within=0))
    assert next_timer(MISSED, shorter) == Timer(undone_until + 1, "return-over", "t1")
    assert return_over(replace(MISSED, missed_at=None), twice.settings) is None


def test_a_tie_to_a_window_that_is_away_already_holds_from_the_entry_into_the_queue() -> None:
    told = Told(window=1, business="B", place=NINE, entered=9, tie="w2")
    sent = apply(ticket(State.SERVING, window=1, called_at=NINE), Act.TRANSFER, NINE + HOUR, settings(), told)
    release = NINE + HOUR + settings().affinity_release
    assert next_timer(sent, HALL, NINE - HOUR) == Timer(release, "tie-release", "t1")
    # A move keeps the tie that was there, and its wait goes on.
    moved = apply(sent, Act.MOVE, NINE + HOUR + MINUTE, settings(), told)
    assert next_timer(moved, HALL, NINE - HOUR) == Timer(release, "tie-release", "t1")


HELD = ticket(State.HELD, window=1, hold=Hold.AWAITING, held_at=NINE, held_until=NINE + 20 * MINUTE)


@pytest.mark.parametrize("kind", [Hold.AWAITING, Hold.PAPERS_WITH_VISITOR])
def test_a_hold_ends_when_it_was_to_end(kind: Hold) -> None:
    assert next_timer(replace(HELD, hold=kind), HALL) == Timer(NINE + 20 * MINUTE, "hold-over", "t1")


def test_a_hold_without_an_end_lasts_and_so_does_one_with_papers_kept() -> None:
    assert next_timer(replace(HELD, held_until=None), HALL) == Timer(NIGHT, "day-over", "t1")
    assert next_timer(replace(HELD, hold=Hold.PAPERS_KEPT), HALL) == Timer(NIGHT, "day-over", "t1")


def test_a_booked_visitor_becomes_callable() -> None:
    assert next_timer(ticket(callable_from=NINE + MINUTE), HALL) == Timer(NINE + MINUTE, "callable", "t1")
    called = replace(CALLED, calls=1, callable_from=NINE + MINUTE)
    assert next_timer(called, HALL) == Timer(NIGHT, "day-over", "t1")


PATIENT = small_hall(
    windows=(
        Window(1, {"A": 0, "B": 0}, None, {"A": 10 * MINUTE}),
        Window(2, {"A": 0}, None, {"A": 5 * MINUTE}),
        Window(3, {"B": 0}, None, {"B": MINUTE}),
    )
)


def test_a_ticket_ripens_step_by_step_for_the_windows_that_hold_back() -> None:
    waiting = ticket(entered_at=NINE + MINUTE)
    assert next_timer(waiting, PATIENT) == Timer(NINE + 6 * MINUTE, "not-before", "t1")
    assert next_timer(replace(waiting, ripe=5 * MINUTE), PATIENT) == Timer(NINE + 11 * MINUTE, "not-before", "t1")
    assert next_timer(replace(waiting, ripe=10 * MINUTE), PATIENT) == Timer(NIGHT, "day-over", "t1")
    assert [next_ripe(ticket(ripe=ms), PATIENT) for ms in (0, 1, 5 * MINUTE, 10 * MINUTE)] == [
        5 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        None,
    ]
    assert next_ripe(ticket(business="C"), PATIENT) is None


def test_a_tie_is_released_once_its_window_was_away_so_long() -> None:
    tied = ticket(tie="w1", entered_at=NINE + MINUTE)
    hall = small_hall(settings=settings(affinity_release=15 * MINUTE))
    assert next_timer(tied, hall, None) == Timer(NIGHT, "day-over", "t1")
    assert next_timer(tied, hall, NINE + 5 * MINUTE) == Timer(NINE + 20 * MINUTE, "tie-release", "t1")
    # Away since before the ticket came: it waits for its own as long as anybody.
    assert next_timer(tied, hall, NINE - HOUR) == Timer(NINE + 16 * MINUTE, "tie-release", "t1")
    assert next_timer(replace(tied, tie=None), hall, NINE) == Timer(NIGHT, "day-over", "t1")


def test_of_all_that_a_waiting_ticket_has_to_come_the_first_is_next() -> None:
    every = ticket(tie="w1", callable_from=NINE + 5 * MINUTE)
    hall = replace(PATIENT, settings=settings(affinity_release=5 * MINUTE))
    # All three at one instant: by kind.
    assert next_timer(every, hall, NINE) == Timer(NINE + 5 * MINUTE, "callable", "t1")
    assert next_timer(replace(every, callable_from=None), hall, NINE) == Timer(NINE + 5 * MINUTE, "not-before", "t1")
    assert next_timer(replace(every, callable_from=None, ripe=HOUR), hall, NINE) == Timer(
        NINE + 5 * MINUTE, "tie-release", "t1"
    )


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


def test_every_turn_that_ends_by_itself_lets_back_who_waits_for_it_but_at_the_end_of_the_day() -> None:
    assert {kind for kind in ACT_OF if not lets_back(kind)} == {"day-over"}


def test_every_kind_is_an_act_that_the_table_allows() -> None:
    fires = {
        "callable": {State.WAITING},
        "day-over": set(State) - FINAL,
        "hold-over": {State.HELD},
        "missed-timer": {State.CALLED},
        "not-before": {State.WAITING},
        "return-over": {State.MISSED},
        "tie-release": {State.WAITING},
    }
    assert set(fires) == set(ACT_OF)
    for kind, states in fires.items():
        act, reason = ACT_OF[kind]
        assert {state for state, possible in TRANSITIONS if possible is act} >= states
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
