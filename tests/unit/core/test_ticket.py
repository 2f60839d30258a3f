"""The ticket: every step of the table, every refusal, and what each act sets."""

from dataclasses import FrozenInstanceError, replace

import pytest

from queue_server.core.errors import BadValue, Refusal
from queue_server.core.ticket import (
    AT_WINDOW,
    FIELDS,
    FINAL,
    PAST,
    TRANSITIONS,
    Act,
    State,
    Ticket,
    apply,
    changed,
    may_miss_at,
    step,
)
from tests.unit.core.small_hall import MINUTE, NINE, SECOND, settings, ticket

CALLED = ticket(State.CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1)
SERVING = replace(CALLED, state=State.SERVING, started_at=NINE + MINUTE)
MISSED = replace(CALLED, state=State.MISSED, calls=3, missed_at=NINE + MINUTE)
IN_STATE = {
    State.WAITING: ticket(),
    State.CALLED: CALLED,
    State.SERVING: SERVING,
    State.MISSED: MISSED,
    State.FINISHED: replace(SERVING, state=State.FINISHED, finished_at=NINE + 2 * MINUTE, outcome="completed"),
    State.VOID: replace(MISSED, state=State.VOID, finished_at=NINE + 2 * MINUTE, reason="left"),
}
LATER = NINE + 10 * MINUTE


def test_an_act_has_one_past_and_every_act_is_in_the_table() -> None:
    assert set(PAST) == set(Act)
    assert len(set(PAST.values())) == len(PAST)
    assert {act for _, act in TRANSITIONS} == set(Act)
    assert {state for state, _ in TRANSITIONS} == set(State) - FINAL
    assert AT_WINDOW.isdisjoint(FINAL)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_the_table_is_all_there_is(state: State, act: Act) -> None:
    rules = settings(max_calls=1)
    if (state, act) in TRANSITIONS:
        after = apply(IN_STATE[state], act, LATER, rules, window=2, outcome="completed", reason="left")
        assert after.state is TRANSITIONS[state, act]
        return
    with pytest.raises(Refusal) as refused:
        step(IN_STATE[state], act, LATER, rules, window=2, outcome="completed", reason="left")
    assert refused.value.code == "wrong-state"
    assert refused.value.facts == {"number": "A001", "state": state.value, "act": act.value}


def test_a_call_names_its_window_and_counts_as_one() -> None:
    after = apply(ticket(), Act.CALL, LATER, settings(), window=2)
    assert after == ticket(State.CALLED, window=2, called_at=LATER, counted_at=LATER, calls=1)


def test_a_call_without_a_window_is_a_mistake_of_the_program() -> None:
    with pytest.raises(BadValue, match="window: a call names its window"):
        step(ticket(), Act.CALL, LATER, settings())


def test_a_recall_inside_the_gap_is_announced_but_not_counted() -> None:
    assert step(CALLED, Act.RECALL, NINE + 20 * SECOND - 1, settings(recall_gap=20 * SECOND)) == {}
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


def test_missed_needs_the_counted_calls() -> None:
    with pytest.raises(Refusal) as refused:
        step(replace(CALLED, calls=2), Act.MISS, LATER, settings(max_calls=3))
    assert refused.value.code == "too-few-calls"
    assert refused.value.facts == {"number": "A001", "calls": 2, "needed": 3}
    after = apply(replace(CALLED, calls=3), Act.MISS, LATER, settings(max_calls=3))
    assert after == replace(CALLED, calls=3, state=State.MISSED, missed_at=LATER)


def test_a_start_is_the_visitor_at_the_window() -> None:
    assert apply(CALLED, Act.START, LATER, settings()) == replace(CALLED, state=State.SERVING, started_at=LATER)


def test_a_finish_keeps_the_start_and_says_the_outcome() -> None:
    after = apply(SERVING, Act.FINISH, LATER, settings(), outcome="accepted")
    assert after == replace(SERVING, state=State.FINISHED, finished_at=LATER, outcome="accepted")


def test_a_finish_straight_from_the_call_starts_and_ends_at_once() -> None:
    after = apply(CALLED, Act.FINISH, LATER, settings(), outcome="completed")
    assert (after.started_at, after.finished_at) == (LATER, LATER)


@pytest.mark.parametrize(("outcome", "said"), [(None, "None"), ("", ""), ("x" * 40, "x" * 32)])
def test_an_outcome_the_hall_does_not_have_is_refused(outcome: str | None, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        step(SERVING, Act.FINISH, LATER, settings(), outcome=outcome)
    assert refused.value.code == "unknown-outcome"
    assert refused.value.facts == {"outcome": said}


@pytest.mark.parametrize("state", [State.WAITING, State.CALLED, State.SERVING, State.MISSED])
def test_a_void_ends_any_ticket_with_its_reason(state: State) -> None:
    after = apply(IN_STATE[state], Act.VOID, LATER, settings(), reason="left")
    assert after == replace(IN_STATE[state], state=State.VOID, finished_at=LATER, reason="left")


def test_a_step_leaves_the_ticket_before_alone() -> None:
    before = ticket()
    after = changed(before, {"state": State.CALLED, "calls": 1})
    assert before == ticket()
    assert after == replace(before, state=State.CALLED, calls=1)
    assert hash(after) == hash(replace(before, state=State.CALLED, calls=1))
    with pytest.raises(FrozenInstanceError):
        after.calls = 2  # type: ignore[misc]


def test_the_fields_are_named_in_their_order() -> None:
    assert tuple(vars(ticket())) == FIELDS
    assert Ticket(**vars(ticket())) == ticket()


def test_may_miss_at_is_one_gap_after_the_last_counted_call() -> None:
    assert may_miss_at(replace(CALLED, calls=2), settings(max_calls=3, recall_gap=20 * SECOND)) == NINE + 20 * SECOND


@pytest.mark.parametrize(
    "of", [ticket(), SERVING, replace(CALLED, calls=3), replace(CALLED, counted_at=None)], ids=lambda t: t.state.value
)
def test_may_miss_at_is_silent_when_nothing_is_to_wait_for(of: Ticket) -> None:
    assert may_miss_at(of, settings(max_calls=3)) is None
