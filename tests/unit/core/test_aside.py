"""Putting aside: when it ends by itself, whom it may await, where papers that were kept lie; what ends a turn."""

from dataclasses import replace

import pytest

from queue_server.core import aside
from queue_server.core.errors import Refusal
from queue_server.core.seat import Seat
from queue_server.core.ticket import ENDS_TURN, FINAL, TRANSITIONS, Act, Hold, State, ending
from tests.unit.core.small_hall import MINUTE, NINE, settings, small_hall, ticket

MINE, OTHER = ticket(State.SERVING), ticket(id="t2", number="B001")


@pytest.mark.parametrize("kind", Hold)
def test_only_a_hold_that_awaits_ends_by_itself(kind: Hold) -> None:
    ends = NINE + 7 * MINUTE if kind is Hold.AWAITING else None
    assert aside.held_until(kind, NINE, settings(hold_timer=7 * MINUTE)) == ends


@pytest.mark.parametrize("state", State)
def test_only_another_turn_that_is_still_to_end_can_be_awaited(state: State) -> None:
    with pytest.raises(Refusal) as refused:
        aside.check_awaited(MINE, replace(MINE, state=state))
    assert (refused.value.code, refused.value.facts) == ("awaits-itself", {"number": "A001"})
    if state not in FINAL:
        aside.check_awaited(MINE, replace(OTHER, state=state))
        return
    with pytest.raises(Refusal) as refused:
        aside.check_awaited(MINE, replace(OTHER, state=state))
    facts = {"number": "B001", "state": state.value, "act": "hold"}
    assert (refused.value.code, refused.value.facts) == ("wrong-state", facts)


def test_papers_that_were_kept_are_served_on_where_they_lie() -> None:
    kept = ticket(State.HELD, hold=Hold.PAPERS_KEPT, window=1)
    aside.check_kept_here(kept, 1)
    aside.check_kept_here(replace(kept, hold=Hold.PAPERS_WITH_VISITOR), 2)
    with pytest.raises(Refusal) as refused:
        aside.check_kept_here(kept, 2)
    assert (refused.value.code, refused.value.facts) == ("held-elsewhere", {"number": "A001", "window": 1})


ATTENDED, LEFT = Seat(open=True, clerk="li", since=NINE), Seat(open=True, clerk=None, since=NINE)
CLOSED = Seat(open=False, clerk="li")


def test_papers_kept_are_out_of_reach_while_somebody_attends_the_window_that_has_them() -> None:
    kept = ticket(State.HELD, hold=Hold.PAPERS_KEPT, window=1)
    assert aside.within_reach(kept, {1: ATTENDED, 2: ATTENDED}, 1)
    assert not aside.within_reach(kept, {1: ATTENDED, 2: LEFT}, 2)
    assert aside.within_reach(kept, {1: CLOSED, 2: ATTENDED}, 2)
    assert aside.within_reach(kept, {1: LEFT, 2: ATTENDED}, 2)
    assert aside.within_reach(replace(kept, held_at=NINE), {1: LEFT, 2: ATTENDED}, 2)
    assert aside.within_reach(replace(kept, hold=Hold.AWAITING), {1: ATTENDED, 2: ATTENDED}, 2)


def test_what_a_program_keeps_at_an_open_window_is_out_of_reach_until_it_closes() -> None:
    """It works there without signing in, so it is there although nobody sits there."""
    kept = ticket(State.HELD, hold=Hold.PAPERS_KEPT, window=1, held_at=NINE + 1)
    assert not aside.within_reach(kept, {1: replace(LEFT, since=None), 2: ATTENDED}, 2), "no clerk ever sat there"
    assert not aside.within_reach(kept, {1: LEFT, 2: ATTENDED}, 2), "the last one had left before"
    assert aside.within_reach(kept, {1: replace(CLOSED, clerk=None), 2: ATTENDED}, 2)


def test_papers_kept_are_handed_over_by_their_window_or_for_one_that_nobody_attends() -> None:
    kept = ticket(State.HELD, hold=Hold.PAPERS_KEPT, window=1)
    first, second, _ = small_hall().windows
    assert aside.check_handed_over(kept, {1: ATTENDED, 2: ATTENDED}, first) == 1
    assert aside.check_handed_over(kept, {1: CLOSED, 2: ATTENDED}, second) == 1


@pytest.mark.parametrize(
    ("changes", "seat", "code", "facts"),
    [
        ({}, ATTENDED, "held-elsewhere", {"number": "A001", "window": 1}),
        ({"hold": Hold.AWAITING}, CLOSED, "papers-not-kept", {"number": "A001"}),
        ({"state": State.CALLED}, CLOSED, "wrong-state", {"number": "A001", "state": "called", "act": "transfer"}),
        ({"business": "X"}, LEFT, "not-here", {"business": "X", "window": 2}),
    ],
)
def test_papers_are_handed_over_by_nobody_else(
    changes: dict[str, object], seat: Seat, code: str, facts: dict[str, object]
) -> None:
    kept = replace(ticket(State.HELD, hold=Hold.PAPERS_KEPT, window=1), **changes)
    with pytest.raises(Refusal) as refused:
        aside.check_handed_over(kept, {1: seat, 2: ATTENDED}, small_hall().windows[1])
    assert (refused.value.code, refused.value.facts) == (code, facts)


def test_a_service_ends_in_the_next_business_of_the_visit_or_for_good() -> None:
    assert ending(MINE) is Act.FINISH
    assert ending(replace(MINE, later=("B",))) is Act.NEXT_TURN


def test_whatever_begins_another_turn_or_ends_the_visit_ends_a_turn() -> None:
    final = {act for (_, act), state in TRANSITIONS.items() if state in FINAL} - {Act.MARK_TIMING}
    assert final | {Act.NEXT_TURN, Act.TRANSFER} == ENDS_TURN
