"""Putting aside: when it ends by itself, whom it may await, where papers that were kept lie; what ends a turn."""

from dataclasses import replace

import pytest

from queue_server.core import aside
from queue_server.core.errors import Refusal
from queue_server.core.ticket import ENDS_TURN, FINAL, TRANSITIONS, Act, Hold, State, ending
from tests.unit.core.small_hall import MINUTE, NINE, settings, ticket

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


def test_a_service_ends_in_the_next_business_of_the_visit_or_for_good() -> None:
    assert ending(MINE) is Act.FINISH
    assert ending(replace(MINE, later=("B",))) is Act.NEXT_TURN


def test_whatever_begins_another_turn_or_ends_the_visit_ends_a_turn() -> None:
    final = {act for (_, act), state in TRANSITIONS.items() if state in FINAL} - {Act.MARK_TIMING}
    assert final | {Act.NEXT_TURN, Act.TRANSFER} == ENDS_TURN
