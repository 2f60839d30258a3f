"""At the window: what call, recall, start, finish, miss, void and the marks set on a ticket, and what is refused."""

from dataclasses import replace

import pytest

from queue_server.core.errors import BadValue, Refusal
from queue_server.core.steps import Told, apply, gap, may_miss_at, step
from queue_server.core.ticket import Act, State, Ticket
from tests.unit.core.small_hall import MINUTE, NINE, SECOND, settings, ticket
from tests.unit.core.test_ticket import ALL, CALLED, HELD, IN_STATE, LATER, MISSED, SERVING


def test_a_call_names_its_window_and_counts_as_one() -> None:
    after = apply(ticket(), Act.CALL, LATER, settings(), Told(window=2))
    assert after == ticket(State.CALLED, window=2, called_at=LATER, counted_at=LATER, calls=1)


def test_the_first_call_of_the_turn_stays_the_first() -> None:
    again = apply(ticket(called_at=NINE, returns=1), Act.CALL, LATER, settings(), Told(window=2))
    assert (again.called_at, again.counted_at, again.calls, again.missed_at) == (NINE, LATER, 1, None)


@pytest.mark.parametrize(
    ("act", "state", "missing"),
    [
        (Act.CALL, State.WAITING, "window"),
        (Act.HOLD, State.CALLED, "hold"),
        (Act.RIPEN, State.WAITING, "ripe"),
        *[(Act.GRADE, state, name) for state in (State.WAITING, State.HELD) for name in ("priority", "place")],
        *[(act, State.SERVING, name) for act in (Act.TRANSFER, Act.NEXT_TURN) for name in ("place", "entered")],
        *[(act, state, "business") for act, state in ((Act.TRANSFER, State.SERVING), (Act.MOVE, State.WAITING))],
        *[(Act.MOVE, State.WAITING, name) for name in ("place", "entered")],
        *[(Act.REQUEUE, State.MISSED, name) for name in ("place", "entered")],
        *[(Act.REJOIN, State.HELD, name) for name in ("place", "entered")],
    ],
)
def test_an_act_not_told_what_it_needs_is_a_mistake_of_the_program(act: Act, state: State, missing: str) -> None:
    with pytest.raises(BadValue, match=f"{missing}: is missing from this act"):
        step(IN_STATE[state], act, LATER, settings(), replace(ALL, **{missing: None}))


def test_a_recall_inside_the_gap_is_announced_but_not_counted() -> None:
    assert apply(CALLED, Act.RECALL, NINE + 20 * SECOND - 1, settings(recall_gap=20 * SECOND)) == CALLED
    assert apply(CALLED, Act.RECALL, NINE, settings()) == CALLED


def test_a_recall_after_the_gap_counts_and_keeps_the_first_call() -> None:
    after = apply(CALLED, Act.RECALL, NINE + 20 * SECOND, settings(recall_gap=20 * SECOND))
    assert after == replace(CALLED, counted_at=NINE + 20 * SECOND, calls=2)


def test_the_gap_runs_from_the_last_counted_call() -> None:
    rules = settings(recall_gap=20 * SECOND)
    once = apply(CALLED, Act.RECALL, NINE + 15 * SECOND, rules)
    assert apply(once, Act.RECALL, NINE + 20 * SECOND, rules).calls == 2


def test_a_recall_counts_when_no_call_is_known_to_have_counted() -> None:
    assert apply(replace(CALLED, counted_at=None), Act.RECALL, NINE, settings()).calls == 2


def test_more_time_doubles_the_gap_and_nothing_else() -> None:
    rules = settings(recall_gap=20 * SECOND)
    slow = apply(CALLED, Act.MORE_TIME, LATER, rules)
    assert slow == replace(CALLED, more_time=True)
    assert (gap(CALLED, rules), gap(slow, rules)) == (20 * SECOND, 40 * SECOND)
    assert apply(slow, Act.RECALL, NINE + 40 * SECOND - 1, rules).calls == 1
    assert apply(slow, Act.RECALL, NINE + 40 * SECOND, rules).calls == 2
    assert apply(ticket(), Act.MORE_TIME, LATER, rules) == ticket(more_time=True)


def test_missed_needs_the_counted_calls() -> None:
    with pytest.raises(Refusal) as refused:
        step(replace(CALLED, calls=2), Act.MISS, LATER, settings(max_calls=3))
    assert refused.value.code == "too-few-calls"
    assert refused.value.facts == {"number": "A001", "calls": 2, "needed": 3}
    after = apply(replace(CALLED, calls=3), Act.MISS, LATER, settings(max_calls=3))
    assert after == replace(CALLED, calls=3, state=State.MISSED, missed_at=LATER)


def test_a_start_is_the_visitor_at_the_window_and_the_first_clerk_becomes_the_owner() -> None:
    after = apply(CALLED, Act.START, LATER, settings(), Told(clerk="li"))
    assert after == replace(CALLED, state=State.SERVING, started_at=LATER, owner="li")
    assert apply(replace(CALLED, owner="li"), Act.START, LATER, settings(), Told(clerk="wang")).owner == "li"
    assert apply(CALLED, Act.START, LATER, settings()).owner is None


def test_a_finish_keeps_the_start_and_says_the_outcome() -> None:
    after = apply(SERVING, Act.FINISH, LATER, settings(), Told(outcome="accepted", clerk="li"))
    assert after == replace(SERVING, state=State.FINISHED, finished_at=LATER, outcome="accepted")


def test_a_finish_straight_from_the_call_starts_and_ends_at_once() -> None:
    after = apply(CALLED, Act.FINISH, LATER, settings(), Told(outcome="completed", clerk="li"))
    assert (after.started_at, after.finished_at, after.owner) == (LATER, LATER, "li")


@pytest.mark.parametrize("act", [Act.FINISH, Act.NEXT_TURN])
@pytest.mark.parametrize(("outcome", "said"), [(None, "None"), ("", ""), ("x" * 40, "x" * 32)])
def test_an_outcome_the_hall_does_not_have_is_refused(act: Act, outcome: str | None, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        step(SERVING, act, LATER, settings(), replace(ALL, outcome=outcome))
    assert (refused.value.code, refused.value.facts) == ("unknown-outcome", {"outcome": said})


@pytest.mark.parametrize("of", [ticket(), CALLED, SERVING, HELD, MISSED], ids=lambda t: t.state.value)
def test_a_void_ends_any_ticket_with_its_reason(of: Ticket) -> None:
    after = apply(of, Act.VOID, LATER, settings(), Told(reason="left"))
    assert after == replace(of, state=State.VOID, finished_at=LATER, reason="left")


def test_whoever_was_called_needs_no_moment_any_more_from_which_they_may_be() -> None:
    called = apply(ticket(callable_from=LATER), Act.CALL, NINE, settings(), Told(window=1))
    assert called.callable_from is None


@pytest.mark.parametrize("state", [State.SERVING, State.HELD, State.FINISHED])
def test_a_wrong_timing_is_marked_and_nothing_else_changes(state: State) -> None:
    after = apply(IN_STATE[state], Act.MARK_TIMING, LATER, settings())
    assert after == replace(IN_STATE[state], timing_wrong=True)


def test_what_time_brings_to_a_waiting_ticket() -> None:
    tied = ticket(tie="w1", callable_from=LATER)
    assert apply(tied, Act.RELEASE, LATER, settings()) == ticket(callable_from=LATER)
    assert apply(tied, Act.ADMIT, LATER, settings()) == ticket(tie="w1")
    assert apply(tied, Act.RIPEN, LATER, settings(), Told(ripe=MINUTE)) == replace(tied, ripe=MINUTE)


def test_may_miss_at_is_one_gap_after_the_last_counted_call() -> None:
    rules = settings(max_calls=3, recall_gap=20 * SECOND)
    assert may_miss_at(replace(CALLED, calls=2), rules) == NINE + 20 * SECOND
    assert may_miss_at(replace(CALLED, calls=2, more_time=True), rules) == NINE + 40 * SECOND


@pytest.mark.parametrize(
    "of", [ticket(), SERVING, replace(CALLED, calls=3), replace(CALLED, counted_at=None)], ids=lambda t: t.state.value
)
def test_may_miss_at_is_silent_when_nothing_is_to_wait_for(of: Ticket) -> None:
    assert may_miss_at(of, settings(max_calls=3)) is None
