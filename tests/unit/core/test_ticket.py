"""The ticket and the one table of transitions: every step of it, and nothing else."""

from dataclasses import FrozenInstanceError, replace

import pytest

from queue_server.core.errors import Refusal
from queue_server.core.steps import Told, apply, step
from queue_server.core.ticket import (
    AT_WINDOW,
    FIELDS,
    FINAL,
    ISSUED,
    PAST,
    TRANSITIONS,
    UNDONE,
    Act,
    Hold,
    State,
    Ticket,
    changed,
)
from tests.unit.core.small_hall import MINUTE, NINE, settings, ticket

CALLED = ticket(State.CALLED, window=1, called_at=NINE, counted_at=NINE, calls=1, later=("B",))
SERVING = replace(CALLED, state=State.SERVING, started_at=NINE + MINUTE)
MISSED = replace(CALLED, state=State.MISSED, calls=3, missed_at=NINE + MINUTE)
HELD = replace(SERVING, state=State.HELD, hold=Hold.PAPERS_WITH_VISITOR, held_at=NINE + 2 * MINUTE)
IN_STATE = {
    State.WAITING: ticket(),
    State.CALLED: CALLED,
    State.SERVING: SERVING,
    State.HELD: HELD,
    State.MISSED: MISSED,
    State.FINISHED: replace(SERVING, state=State.FINISHED, finished_at=NINE + 2 * MINUTE, outcome="completed"),
    State.VOID: replace(MISSED, state=State.VOID, finished_at=NINE + 2 * MINUTE, reason="left"),
}
LATER = NINE + 10 * MINUTE
# All that any act needs to be told.
ALL = Told(
    window=2,
    outcome="completed",
    reason="left",
    place=NINE,
    entered=9,
    business="B",
    hold=Hold.AWAITING,
    priority=("elderly",),
    ripe=MINUTE,
)
# The table a second time, as the rules tell it: from which states each act is possible, and where it leads.
RULES: dict[Act, tuple[set[State], State | None]] = {
    Act.CALL: ({State.WAITING}, State.CALLED),
    Act.RECALL: ({State.CALLED}, None),
    Act.START: ({State.CALLED}, State.SERVING),
    Act.FINISH: ({State.CALLED, State.SERVING}, State.FINISHED),
    Act.NEXT_TURN: ({State.CALLED, State.SERVING}, State.WAITING),
    Act.MISS: ({State.CALLED}, State.MISSED),
    Act.REQUEUE: ({State.MISSED}, State.WAITING),
    Act.HOLD: ({State.CALLED, State.SERVING}, State.HELD),
    Act.RESUME: ({State.HELD}, State.SERVING),
    Act.REJOIN: ({State.HELD}, State.WAITING),
    Act.TRANSFER: ({State.CALLED, State.SERVING, State.HELD}, State.WAITING),
    Act.MOVE: ({State.WAITING}, None),
    Act.GRADE: (set(State) - FINAL, None),
    Act.RELEASE: ({State.WAITING}, None),
    Act.RIPEN: ({State.WAITING}, None),
    Act.ADMIT: ({State.WAITING}, None),
    Act.MORE_TIME: ({State.WAITING, State.CALLED}, None),
    Act.MARK_TIMING: ({State.SERVING, State.HELD, State.FINISHED}, None),
    Act.VOID: (set(State) - FINAL, State.VOID),
}


def in_state(state: State, act: Act) -> Ticket:
    """A ticket in that state to which the act can be done if the table has it at all."""
    # Papers kept is the one hold that resumes.
    return replace(HELD, hold=Hold.PAPERS_KEPT) if (state, act) == (State.HELD, Act.RESUME) else IN_STATE[state]


def test_an_act_has_one_past_of_its_own() -> None:
    assert set(PAST) == set(Act)
    assert len({*PAST.values(), ISSUED, UNDONE}) == len(PAST) + 2


def test_whoever_is_at_a_window_has_not_ended() -> None:
    assert AT_WINDOW.isdisjoint(FINAL)
    assert set(IN_STATE) == set(State)


def test_the_table_says_what_the_rules_say() -> None:
    told = {(state, act): after or state for act, (states, after) in RULES.items() for state in states}
    assert dict(TRANSITIONS) == told


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_the_table_is_all_there_is(state: State, act: Act) -> None:
    rules = settings(max_calls=1)
    if (state, act) in TRANSITIONS:
        assert apply(in_state(state, act), act, LATER, rules, ALL).state is TRANSITIONS[state, act]
        return
    with pytest.raises(Refusal) as refused:
        step(in_state(state, act), act, LATER, rules, ALL)
    assert refused.value.code == "wrong-state"
    assert refused.value.facts == {"number": "A001", "state": state.value, "act": act.value}


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
