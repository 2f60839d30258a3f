"""Why the order is as it is: why one was called, who can still pass, and what put one before another."""

import pytest

from queue_server.core.hall import Window
from queue_server.core.reasons import (
    Passing,
    can_pass,
    why_before,
    why_by_hand,
    why_called,
    why_direct,
    without_head_start,
)
from queue_server.core.routing import NOBODY, Choice, Waiting, ties_of
from tests.unit.core.small_hall import HOUR, MINUTE, NINE, settings, small_hall, ticket
from tests.unit.core.test_routing import FIRST, PATIENT, SECOND, TEN, THIRD, waits

HALL = small_hall(settings=settings(affinity=TEN, max_advance=HOUR))
OPEN = [(window, ties_of(window.number, None)) for window in HALL.windows]


# Window 1 does A and may help with B, but keeps off C until somebody has waited for five minutes.
HELPS = Window(1, {"A": 0, "B": TEN, "C": 0}, not_before={"C": 5 * MINUTE})


@pytest.mark.parametrize(
    ("choice", "others", "overtaken", "passed", "alone", "cause"),
    [
        (Choice(waits("A", 0, 1), 0), [], 0, 0, True, "only"),
        (Choice(waits("A", 0, 1), TEN), [], 0, 0, True, "only"),
        (Choice(waits("A", 0, 1, "w1"), TEN, 0, own=True), [], 0, 0, False, "own"),
        (Choice(waits("A", 0, 1, "w2"), 0, 0), [], 0, 0, False, "longest"),
        (Choice(waits("A", 0, 1), TEN), [], 0, 0, False, "secondary"),
        (Choice(waits("A", 0, 1), TEN), [], 0, 2, False, "secondary"),
        (Choice(waits("A", 0, 1), 0), [waits("B", -5, 2)], 1, 1, False, "head-start"),
        (Choice(waits("A", 0, 1), 0), [], 0, 0, False, "longest"),
        # Whoever was passed stands earlier, but for work that the window only helps with, or holds back from.
        (Choice(waits("A", 0, 2), 0), [waits("B", -5, 1)], 0, 1, False, "main-work"),
        (Choice(waits("A", 0, 2), 0), [waits("B", 0, 1), waits("A", -5, 3, "w2")], 0, 1, False, "main-work"),
        (Choice(waits("A", 0, 2), 0), [waits("C", -5, 1)], 0, 1, False, "main-work"),
        # Whoever was passed stands earlier and is a colleague's.
        (Choice(waits("A", 0, 2), 0), [waits("A", -5, 1, "w2")], 0, 1, False, "tie"),
        # Nobody stands earlier: who was passed came first and was put behind, or a slot came before them.
        (Choice(waits("A", 0, 2), 0), [waits("B", 0, 3), waits("A", 1, 1)], 0, 1, False, "place"),
        (Choice(waits("A", 0, 2), 0), [waits("D", -5, 3)], 0, 1, False, "place"),
    ],
)
def test_the_reason_for_a_call(
    choice: Choice,
    others: list[Waiting],
    overtaken: int,
    passed: int,
    alone: bool,  # noqa: FBT001
    cause: str,
) -> None:
    told = why_called(HELPS, choice, [choice.ticket, *others], passed, overtaken, alone=alone)
    assert told == {"cause": cause, "reluctance_ms": choice.reluctance, "passed": passed}


def test_only_a_ground_or_a_return_in_time_is_a_head_start() -> None:
    # At nine with a place of twenty to nine: by a class, by the slot of a booking, by coming back in time.
    early = NINE - 20 * MINUTE
    assert without_head_start(ticket(place=early, priority=("elderly",))) == NINE
    assert without_head_start(ticket(place=early, base=early)) == early
    assert without_head_start(ticket(place=early, base=early, priority=("elderly",))) == early
    assert without_head_start(ticket(place=early, base=early, case="c1")) == NINE
    assert without_head_start(ticket(case="c1")) == NINE, "back too late"
    # Sent on, moved or back from a hold: in the queue anew, at the place of before.
    assert without_head_start(ticket(entered=9, entered_at=NINE + TEN, base=NINE)) == NINE
    assert without_head_start(ticket(place=early, base=NINE)) == early, "nobody has priority without a ground"


def test_a_tie_to_another_is_told_with_its_weight() -> None:
    told = why_called(FIRST, Choice(waits("A", 0, 1, "w2"), 0, TEN), [], 0, 0, alone=False)
    assert told == {"cause": "longest", "reluctance_ms": 0, "passed": 0, "affinity_ms": TEN}


def passing(ticket: Waiting, *others: Waiting, windows: list[tuple[Window, frozenset[str]]] = OPEN) -> Passing:
    """Who may pass this ticket in the small hall."""
    return can_pass(HALL, ticket, [ticket, *others], windows)


def test_who_stands_behind_passes_where_an_open_window_prefers_it() -> None:
    mine = waits("A", 0, 1)
    # Window 2 prefers B to A by ten minutes; at exactly ten the earlier entry decides.
    assert passing(mine, waits("B", 9, 2)).now == 1
    assert passing(mine, waits("B", 10, 2)).now == 0
    assert passing(mine, waits("B", 9, 2), windows=OPEN[:1]).now == 0
    assert passing(mine, waits("B", 9, 2), windows=[]).now == 0
    # Each counts once, however many windows prefer it.
    assert passing(mine, waits("B", 1, 2), windows=[OPEN[1], OPEN[1]]).now == 1


def test_nobody_passes_who_is_ahead_anyway_or_whom_no_window_of_mine_calls() -> None:
    mine = waits("A", 0, 2)
    assert passing(mine, waits("B", -1, 3), waits("B", 0, 1)).now == 0
    assert passing(mine, waits("C", 1, 3), waits("A", 1, 4)).now == 0


def test_a_tie_of_mine_lets_others_pass_and_a_tie_of_theirs_does_not() -> None:
    mine = waits("A", 0, 1, "w2")
    assert passing(mine, waits("A", 9, 2), windows=OPEN[:1]).now == 1
    assert passing(mine, waits("A", 9, 2, "w2"), windows=OPEN[:1]).now == 0
    assert passing(waits("A", 0, 1), waits("B", 9, 2, "w1"), windows=OPEN[1:2]).now == 0


def test_nobody_new_passes_after_the_largest_reluctance_affinity_and_head_start() -> None:
    assert passing(waits("A", 0, 1)).until == NINE + TEN + HOUR
    assert passing(waits("A", 0, 1, "w1")).until == NINE + TEN + TEN + HOUR
    assert passing(waits("C", 0, 1)).until == NINE + HOUR


def test_the_promise_holds_when_a_window_opens_later_and_when_a_clerk_is_more_reluctant() -> None:
    assert passing(waits("A", 0, 1), windows=OPEN[:1]).until == NINE + TEN + HOUR
    slow = [(Window(1, {"A": 2 * TEN}), NOBODY)]
    assert passing(waits("A", 0, 1), windows=slow).until == NINE + 2 * TEN + HOUR


def test_the_promise_holds_whichever_of_the_halls_clerks_comes() -> None:
    hall = small_hall(settings=HALL.settings, profiles={"new": {"A": 3 * TEN}, "other": {"B": 9 * TEN}})
    assert can_pass(hall, waits("A", 0, 1), (), OPEN).until == NINE + 3 * TEN + HOUR


def test_who_may_not_be_called_yet_is_not_ahead_but_may_pass_from_anywhere() -> None:
    me, window = waits("A", 0, 5), OPEN[:1]
    early = [waits("A", -5, 1), waits("A", 3, 6), waits("C", -5, 2), waits("B", 0, 3)]
    assert can_pass(HALL, me, (), window, early).now == 1
    assert can_pass(HALL, me, (), window, [waits("B", -11, 2)]).now == 1, "also by a window's secondary work"


def test_before_its_own_moment_everybody_may_pass_whom_one_of_its_windows_serves() -> None:
    me, behind = waits("A", 0, 1), [waits("A", 9, 2), waits("B", 90, 3), waits("C", 9, 4)]
    assert can_pass(HALL, me, behind, OPEN).now == 0
    assert can_pass(HALL, me, behind, OPEN, opens=NINE + MINUTE) == Passing(2, NINE + TEN + HOUR)
    assert can_pass(HALL, me, behind, OPEN, opens=NINE + 9 * HOUR).until == NINE + 9 * HOUR


@pytest.mark.parametrize(
    ("window", "first", "second", "told"),
    [
        (FIRST, waits("A", 0, 1), waits("A", 3, 2), {"cause": "place", "ms": 3 * MINUTE}),
        (FIRST, waits("A", 0, 2), waits("A", 3, 1), {"cause": "place", "ms": 3 * MINUTE}),
        (FIRST, waits("A", 0, 1), waits("A", 0, 2), {"cause": "entered-first"}),
        (FIRST, waits("A", 9, 2), waits("B", 0, 1), {"cause": "main-work", "ms": TEN}),
        (FIRST, waits("B", 0, 1), waits("A", 12, 2), {"cause": "place", "ms": 12 * MINUTE}),
        (FIRST, waits("A", 9, 2, "w1"), waits("A", 0, 1, "w2"), {"cause": "tie", "ms": TEN}),
        (FIRST, waits("A", 9, 2), waits("A", 0, 1, "w2"), {"cause": "tie", "ms": TEN}),
        (FIRST, waits("C", 0, 1), waits("A", 1, 2), {"cause": "not-here"}),
        (FIRST, waits("A", 0, 1), waits("C", -1, 2), {"cause": "not-here"}),
        (THIRD, waits("A", 0, 1), waits("B", 1, 2), {"cause": "not-here"}),
        # Held back, and it made the difference.
        (PATIENT, waits("A", 0, 2), waits("B", -30, 1), {"cause": "not-before", "ms": 5 * MINUTE}),
        (PATIENT, waits("A", 10, 2), waits("B", 0, 1), {"cause": "not-before", "ms": 5 * MINUTE}),
        # Held back because of its head, though it has waited long enough itself.
        (PATIENT, waits("A", 0, 2), waits("B", -30, 1, ripe=30), {"cause": "not-before", "ms": 5 * MINUTE}),
        # Held back, but it would not have been called anyway.
        (PATIENT, waits("A", 0, 1), waits("B", 1, 2), {"cause": "main-work", "ms": TEN}),
        (PATIENT, waits("B", -30, 1, ripe=5), waits("B", -20, 2), {"cause": "place", "ms": TEN}),
        # Against the rule: a call with a reason of its own.
        (SECOND, waits("A", 0, 2), waits("B", 0, 1), {"cause": "direct"}),
        (PATIENT, waits("B", 1, 2), waits("B", 0, 1), {"cause": "direct"}),
    ],
)
def test_what_put_one_before_the_other(
    window: Window, first: Waiting, second: Waiting, told: dict[str, object]
) -> None:
    assert why_before(window, first, second, first.place, ties_of(window.number, None), TEN) == told


def test_a_head_start_is_told_only_where_it_made_the_difference() -> None:
    first, second = waits("A", 0, 2), waits("A", 3, 1)
    assert why_before(FIRST, first, second, NINE + 20 * MINUTE) == {"cause": "head-start", "ms": 3 * MINUTE}
    assert why_before(FIRST, first, second, NINE + 3 * MINUTE) == {"cause": "place", "ms": 3 * MINUTE}
    other = why_before(FIRST, waits("A", 9, 2), waits("B", 0, 1), NINE + 20 * MINUTE)
    assert other == {"cause": "main-work", "ms": TEN}


def test_without_ties_nothing_is_added_for_them() -> None:
    assert why_before(FIRST, waits("A", 0, 1, "w9"), waits("A", 1, 2), NINE) == {"cause": "place", "ms": MINUTE}


def test_a_call_past_the_order_says_so_and_what_the_work_is_to_the_window() -> None:
    assert why_direct(FIRST, "B") == {"cause": "direct", "reluctance_ms": TEN, "passed": 0}


def test_a_call_by_hand_without_a_link_says_so_and_what_the_work_is_to_the_window() -> None:
    assert why_by_hand(FIRST, "B") == {"cause": "by-hand", "reluctance_ms": TEN, "passed": 0}
