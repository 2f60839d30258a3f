"""The order of the hall: places, what a window calls, which window an arrival goes to, who is ahead, and why."""

import pytest

from queue_server.core.hall import Window
from queue_server.core.routing import (
    Choice,
    Idle,
    Waiting,
    choose,
    choose_window,
    competing,
    cost,
    explain,
    next_call,
    order,
    place_on_issue,
)
from tests.unit.core.small_hall import MINUTE, NINE, small_hall

FIRST, SECOND, THIRD = small_hall().windows


def waits(business: str, minutes: float, entered: int) -> Waiting:
    """A waiting ticket placed so many minutes after nine."""
    return Waiting(NINE + round(minutes * MINUTE), entered, business, f"{business}{entered}")


def test_a_place_is_now_less_the_head_start() -> None:
    assert place_on_issue(NINE, 0, 60 * MINUTE) == NINE
    assert place_on_issue(NINE, 20 * MINUTE, 60 * MINUTE) == NINE - 20 * MINUTE


def test_no_place_lies_further_back_than_max_advance() -> None:
    assert place_on_issue(NINE, 90 * MINUTE, 60 * MINUTE) == NINE - 60 * MINUTE


def test_a_window_compares_place_and_reluctance() -> None:
    assert cost(NINE, 10 * MINUTE) == NINE + 10 * MINUTE


def test_nobody_waits() -> None:
    assert choose(FIRST, []) is None
    assert order(FIRST, []) == []


def test_a_business_that_is_not_served_here_is_never_called() -> None:
    assert choose(FIRST, [waits("C", 0, 1)]) is None
    assert order(FIRST, [waits("C", 0, 1)]) == []


def test_the_earlier_place_goes_first() -> None:
    early, late = waits("A", 0, 2), waits("A", 1, 1)
    assert choose(FIRST, [late, early]) == Choice(early, 0)


def test_at_equal_places_the_entry_into_the_queue_decides() -> None:
    assert choose(FIRST, [waits("A", 0, 8), waits("A", 0, 7)]) == Choice(waits("A", 0, 7), 0)


def test_main_work_goes_first_until_the_other_head_came_ten_minutes_earlier() -> None:
    main, other = waits("A", 10, 2), waits("B", 0, 1)
    # At exactly ten minutes the costs are equal, and the earlier entry decides.
    assert choose(FIRST, [main, other]) == Choice(other, 10 * MINUTE)
    assert choose(FIRST, [main, waits("B", 0.001, 1)]) == Choice(main, 0)
    assert choose(FIRST, [main, waits("B", 0, 3)]) == Choice(main, 0)


def test_an_empty_main_queue_means_at_once() -> None:
    assert choose(FIRST, [waits("B", 30, 1)]) == Choice(waits("B", 30, 1), 10 * MINUTE)


def test_the_order_lists_what_would_be_called_one_after_the_other() -> None:
    all_waiting = [waits("A", 10, 1), waits("B", 0, 2), waits("A", 5, 3), waits("C", 0, 4), waits("B", 3, 5)]
    assert [w.id for w in order(FIRST, all_waiting)] == ["A3", "A1", "B2", "B5"]
    assert [w.id for w in order(SECOND, all_waiting)] == ["B2", "B5", "A3", "A1"]


def test_an_arrival_goes_to_the_least_reluctant_window() -> None:
    assert choose_window("A", [Idle(SECOND, 1), Idle(FIRST, 9)]) is FIRST


def test_then_to_the_longest_idle_one() -> None:
    twin = Window(9, {"A": 0})
    assert choose_window("A", [Idle(FIRST, 5), Idle(twin, 4)]) is twin


def test_then_to_the_lowest_number() -> None:
    twin = Window(9, {"A": 0})
    assert choose_window("A", [Idle(twin, 4), Idle(FIRST, 4)]) is FIRST


def test_no_idle_window_serves_the_arrival() -> None:
    assert choose_window("C", [Idle(FIRST, 0), Idle(SECOND, 0)]) is None
    assert choose_window("A", []) is None


def test_one_idle_window_calls_what_it_would_choose() -> None:
    heads = [waits("B", 0, 1), waits("A", 3, 2)]
    assert next_call([Idle(FIRST, 0)], heads) == (FIRST, Choice(heads[1], 0))
    assert next_call([Idle(THIRD, 0)], heads) is None


def test_no_window_and_no_ticket_make_no_call() -> None:
    assert next_call([], [waits("A", 0, 1)]) is None
    assert next_call([Idle(FIRST, 0), Idle(SECOND, 0)], []) is None


def test_two_idle_windows_and_one_ticket_go_by_the_window() -> None:
    heads = [waits("A", 0, 1)]
    assert next_call([Idle(SECOND, 0), Idle(FIRST, 5), Idle(THIRD, 0)], heads) == (FIRST, Choice(heads[0], 0))


def test_of_the_wanted_tickets_the_first_place_is_called_first() -> None:
    heads = [waits("A", 3, 1), waits("B", 2, 2)]
    assert next_call([Idle(FIRST, 0), Idle(SECOND, 0)], heads) == (SECOND, Choice(heads[1], 0))


def test_ahead_counts_the_businesses_that_an_open_window_of_mine_also_calls() -> None:
    hall = small_hall()
    assert competing(hall, [1, 2, 3], "A") == {"A", "B"}
    assert competing(hall, [3], "C") == {"C"}
    assert competing(hall, [3], "A") == frozenset()
    assert competing(hall, [], "A") == frozenset()


@pytest.mark.parametrize(
    ("reluctance", "head_start", "passed", "alone", "cause"),
    [
        (0, 0, 0, True, "only"),
        (10 * MINUTE, 0, 0, True, "only"),
        (10 * MINUTE, 0, 0, False, "secondary"),
        (10 * MINUTE, 0, 2, False, "secondary"),
        (0, 20 * MINUTE, 1, False, "head-start"),
        (0, 0, 1, False, "main-work"),
        (0, 20 * MINUTE, 0, False, "longest"),
        (0, 0, 0, False, "longest"),
    ],
)
def test_the_reason_is_one_of_five(reluctance: int, head_start: int, passed: int, alone: bool, cause: str) -> None:  # noqa: FBT001 -- pytest gives it by name
    head = waits("A", 0, 1)
    told = explain(Choice(head, reluctance), head.place + head_start, passed, alone=alone)
    assert told == {"cause": cause, "reluctance_ms": reluctance, "passed": passed}
