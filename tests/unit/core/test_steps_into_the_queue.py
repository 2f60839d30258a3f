"""Into the queue again: holds, re-queue, transfer, next turn, move and grade, field by field."""

from dataclasses import replace

import pytest

from queue_server.core.errors import Refusal
from queue_server.core.steps import Told, apply, step
from queue_server.core.ticket import Act, Hold, State
from tests.unit.core.small_hall import MINUTE, NINE, settings, ticket
from tests.unit.core.test_ticket import CALLED, HELD, LATER, MISSED, SERVING

KEPT = replace(HELD, hold=Hold.PAPERS_KEPT)
IN = Told(place=NINE - MINUTE, entered=9)
# What entering the queue leaves of the window and of the calls.
AWAY = {"window": None, "counted_at": None, "calls": 0, "ripe": 0}


def at(minutes: int) -> int:
    """So many minutes after nine."""
    return NINE + minutes * MINUTE


@pytest.mark.parametrize("of", [CALLED, SERVING], ids=lambda t: t.state.value)
@pytest.mark.parametrize("kind", Hold)
def test_a_hold_says_why_since_when_and_until_when(of, kind: Hold) -> None:  # noqa: ANN001 -- one of two tickets
    after = apply(of, Act.HOLD, LATER, settings(), Told(hold=kind, until=at(30), awaits="t7"))
    assert after == replace(of, state=State.HELD, hold=kind, held_at=LATER, held_until=at(30), awaits="t7")


@pytest.mark.parametrize("of", [CALLED, SERVING], ids=lambda t: t.state.value)
def test_the_first_clerk_who_puts_a_visitor_aside_is_the_owner(of) -> None:  # noqa: ANN001 -- one of two tickets
    told = Told(hold=Hold.PAPERS_KEPT, clerk="li")
    assert apply(of, Act.HOLD, LATER, settings(), told).owner == "li"
    assert apply(replace(of, owner="wang"), Act.HOLD, LATER, settings(), told).owner == "wang"


def test_papers_kept_are_served_on_at_once_and_the_hold_is_not_service() -> None:
    held = replace(KEPT, held_until=at(40), awaits="t7", held_ms=5)
    after = apply(held, Act.RESUME, at(12), settings(), Told(clerk="li"))
    assert after == replace(SERVING, owner="li", held_ms=5 + 10 * MINUTE)


def test_a_hold_before_the_service_began_is_no_part_of_it() -> None:
    held = apply(CALLED, Act.HOLD, at(1), settings(), Told(hold=Hold.PAPERS_KEPT))
    assert apply(held, Act.RESUME, at(5), settings()) == replace(CALLED, state=State.SERVING, started_at=at(5))


@pytest.mark.parametrize("kind", [Hold.PAPERS_WITH_VISITOR, Hold.AWAITING])
def test_any_other_hold_goes_back_through_the_queue(kind: Hold) -> None:
    held = replace(HELD, hold=kind, held_until=at(20), awaits="t7", tie="w2", returns=1)
    with pytest.raises(Refusal) as refused:
        step(held, Act.RESUME, LATER, settings())
    assert (refused.value.code, refused.value.facts) == ("papers-not-kept", {"number": "A001"})
    after = apply(held, Act.REJOIN, LATER, settings(), replace(IN, tie="w1"))
    expected = replace(SERVING, state=State.WAITING, held_at=at(2), tie="w1", returns=1, **AWAY)
    assert after == replace(expected, place=NINE - MINUTE, base=NINE, entered=9, entered_at=LATER)


def test_papers_kept_do_not_go_back_through_the_queue() -> None:
    with pytest.raises(Refusal) as refused:
        step(KEPT, Act.REJOIN, LATER, settings(), IN)
    assert (refused.value.code, refused.value.facts) == ("papers-kept", {"number": "A001", "window": 1})


def test_held_time_runs_until_the_visitor_is_served_again() -> None:
    back = apply(apply(HELD, Act.REJOIN, at(5), settings(), IN), Act.CALL, at(8), settings(), Told(window=2))
    assert (back.held_ms, back.held_at, back.called_at) == (0, at(2), NINE)
    served = apply(back, Act.START, at(9), settings())
    assert (served.held_ms, served.held_at, served.started_at) == (7 * MINUTE, None, SERVING.started_at)


def test_held_again_at_the_call_after_a_hold_loses_nothing_of_the_first() -> None:
    back = apply(apply(HELD, Act.REJOIN, at(5), settings(), IN), Act.CALL, at(8), settings(), Told(window=2))
    again = apply(back, Act.HOLD, at(9), settings(), Told(hold=Hold.PAPERS_KEPT))
    assert (again.held_ms, again.held_at) == (7 * MINUTE, at(9))
    assert apply(again, Act.RESUME, at(12), settings()).held_ms == 10 * MINUTE


def test_a_missed_visitor_comes_back_at_the_place_told_and_the_return_counts() -> None:
    missed = replace(MISSED, tie="w1", more_time=True)
    after = apply(missed, Act.REQUEUE, LATER, settings(), Told(place=at(3), entered=9, tie="cli"))
    expected = replace(missed, state=State.WAITING, tie="cli", missed_at=None, returns=1, **AWAY)
    assert after == replace(expected, place=at(3), base=at(3), entered=9, entered_at=LATER)
    assert (after.queued_at, after.called_at) == (NINE, NINE)


@pytest.mark.parametrize(("returns", "most", "refuses"), [(0, 0, True), (1, 2, False), (2, 2, True), (3, 2, True)])
def test_nobody_comes_back_more_often_than_max_returns(returns: int, most: int, refuses: bool) -> None:  # noqa: FBT001
    of, rules = replace(MISSED, returns=returns), settings(max_returns=most)
    if not refuses:
        assert apply(of, Act.REQUEUE, LATER, rules, IN).returns == returns + 1
        return
    with pytest.raises(Refusal) as refused:
        step(of, Act.REQUEUE, LATER, rules, IN)
    assert (refused.value.code, refused.value.facts) == ("too-many-returns", {"number": "A001", "returns": returns})


NEW_TURN = {**AWAY, "turn": 2, "called_at": None, "started_at": None, "held_at": None, "held_ms": 0}
NEW_TURN |= {"hold": None, "held_until": None, "awaits": None, "outcome": None, "timing_wrong": False}


@pytest.mark.parametrize("of", [CALLED, SERVING, HELD, KEPT], ids=lambda t: t.state.value)
def test_a_transfer_begins_a_new_turn_of_the_same_visit(of) -> None:  # noqa: ANN001 -- one of four tickets
    before = replace(of, priority=("elderly",), returns=2, more_time=True, timing_wrong=True, held_ms=7, case="C1")
    told = Told(place=NINE, entered=9, business="B", item="new", tie="w2", clerk="li")
    expected = replace(before, state=State.WAITING, business="B", item="new", tie="w2", owner="li", **NEW_TURN)
    after = apply(before, Act.TRANSFER, LATER, settings(), told)
    assert after == replace(expected, entered=9, entered_at=LATER, queued_at=LATER, returns=0)


def test_a_transfer_within_the_business_keeps_what_the_visitor_came_for() -> None:
    before = replace(SERVING, item="new")
    told = Told(place=NINE, entered=9, business=before.business, tie="w2")
    assert apply(before, Act.TRANSFER, LATER, settings(), told).item == "new"
    assert apply(before, Act.TRANSFER, LATER, settings(), replace(told, business="B")).item is None


def test_the_owner_stays_recorded_through_a_transfer() -> None:
    told = Told(place=NINE, entered=9, business="B", clerk="wang")
    assert apply(replace(SERVING, owner="li"), Act.TRANSFER, LATER, settings(), told).owner == "li"


@pytest.mark.parametrize("of", [CALLED, SERVING], ids=lambda t: t.state.value)
def test_the_next_turn_is_the_next_business_of_the_visit(of) -> None:  # noqa: ANN001 -- one of two tickets
    before = replace(of, later=("B", "C"), item="new", tie="w1")
    told = Told(place=NINE, entered=9, outcome="completed", clerk="li", business="A", item="old")
    expected = replace(before, state=State.WAITING, business="B", item=None, later=("C",), tie=None, owner="li")
    after = apply(before, Act.NEXT_TURN, LATER, settings(), told)
    assert after == replace(expected, entered=9, entered_at=LATER, queued_at=LATER, **NEW_TURN)
    assert apply(replace(before, owner="wang"), Act.NEXT_TURN, LATER, settings(), told).owner == "wang"


def test_a_visit_without_another_business_has_no_next_turn() -> None:
    with pytest.raises(Refusal) as refused:
        step(replace(SERVING, later=()), Act.NEXT_TURN, LATER, settings(), replace(IN, outcome="completed"))
    assert (refused.value.code, refused.value.facts) == ("no-more-turns", {"number": "A001"})


def test_a_move_is_another_business_in_the_same_wait() -> None:
    before = ticket(tie="w1", ripe=MINUTE, item="new", called_at=NINE)
    after = apply(before, Act.MOVE, LATER, settings(), Told(place=NINE, entered=9, business="B", item="old", tie="w2"))
    assert after == ticket(business="B", item="old", tie="w2", entered=9, called_at=NINE)


@pytest.mark.parametrize("state", [State.WAITING, State.CALLED, State.SERVING, State.HELD, State.MISSED])
def test_a_class_granted_or_withdrawn_gives_a_place_in_any_state(state: State) -> None:
    # Who does not wait comes back to the last place, and a ground withdrawn must not be hidden in it.
    before = ticket(state, priority=("elderly",), place=NINE - 20 * MINUTE)
    after = apply(before, Act.GRADE, LATER, settings(), Told(priority=(), place=NINE))
    assert after == replace(before, priority=(), place=NINE)


ELDERLY = {"place": NINE - 20 * MINUTE, "base": NINE, "priority": ("elderly",)}


@pytest.mark.parametrize(
    ("of", "act", "changes", "place", "base"),
    [
        # The last place keeps the head start, so without grounds it is what it would have been at the number.
        (SERVING, Act.TRANSFER, {}, NINE - 20 * MINUTE, NINE),
        (SERVING, Act.NEXT_TURN, {}, NINE - 20 * MINUTE, NINE),
        (HELD, Act.REJOIN, {}, NINE - 20 * MINUTE, NINE),
        (ticket(), Act.MOVE, {}, NINE - 20 * MINUTE, NINE),
        # As an issue now.
        (SERVING, Act.TRANSFER, {"transfer_as_issue": True}, LATER - 20 * MINUTE, LATER),
        (SERVING, Act.NEXT_TURN, {"transfer_as_issue": True}, LATER - 20 * MINUTE, LATER),
        (HELD, Act.REJOIN, {"rejoin_as_issue": True}, LATER - 20 * MINUTE, LATER),
        # Whose papers go to another window was put aside, and is placed like everybody who was.
        (KEPT, Act.TRANSFER, {"transfer_as_issue": True}, NINE - 20 * MINUTE, NINE),
        (KEPT, Act.TRANSFER, {"rejoin_as_issue": True}, LATER - 20 * MINUTE, LATER),
        # Behind others who wait, with no ground in it, or at one's own place.
        (MISSED, Act.REQUEUE, {}, NINE + MINUTE, NINE + MINUTE),
        (MISSED, Act.REQUEUE, {"transfer_as_issue": True, "rejoin_as_issue": True}, NINE - 20 * MINUTE, NINE),
        # No longer within max_advance.
        (SERVING, Act.TRANSFER, {}, NINE + 5 * MINUTE, NINE + 5 * MINUTE),
    ],
)
def test_the_base_is_the_place_without_any_ground(of, act: Act, changes, place: int, base: int) -> None:  # noqa: ANN001
    told = Told(place=place, entered=9, business="B", outcome="completed")
    after = apply(replace(of, **ELDERLY), act, LATER, settings(**changes), told)
    assert (after.place, after.base) == (place, base)
