"""The order of the hall: what a window calls, which window an arrival goes to, and who is ahead."""

import pytest

from queue_server.core.errors import Refusal
from queue_server.core.hall import Window
from queue_server.core.routing import (
    Choice,
    Idle,
    Waiting,
    affinity_of,
    check_direct,
    check_serves,
    choose,
    choose_window,
    competing,
    cost,
    in_force,
    next_call,
    order,
    tie_sent,
    tie_to_clerk,
    tie_to_window,
    tied_clerk,
    ties_of,
)
from tests.unit.core.small_hall import MINUTE, NINE, settings, small_hall

FIRST, SECOND, THIRD = small_hall().windows
TEN = 10 * MINUTE


def waits(business: str, minutes: float, entered: int, tie: str | None = None, ripe: float = 0) -> Waiting:
    """A waiting ticket placed so many minutes after nine, that has surely waited `ripe` minutes."""
    place = NINE + round(minutes * MINUTE)
    return Waiting(place, entered, business, f"{business}{entered}", tie, round(ripe * MINUTE))


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


ONE = waits("A", 0, 1)


def test_an_arrival_goes_to_the_least_reluctant_window() -> None:
    assert choose_window(ONE, [Idle(SECOND, 1), Idle(FIRST, 9)]) is FIRST


def test_then_to_the_longest_idle_one() -> None:
    twin = Window(9, {"A": 0})
    assert choose_window(ONE, [Idle(FIRST, 5), Idle(twin, 4)]) is twin


def test_then_to_the_lowest_number() -> None:
    twin = Window(9, {"A": 0})
    assert choose_window(ONE, [Idle(twin, 4), Idle(FIRST, 4)]) is FIRST


def test_no_idle_window_serves_the_arrival() -> None:
    assert choose_window(waits("C", 0, 1), [Idle(FIRST, 0), Idle(SECOND, 0)]) is None
    assert choose_window(ONE, []) is None


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
    assert competing(["AB", "AB", "C"], "A") == {"A", "B"}
    assert competing(["C"], "C") == {"C"}
    assert competing(["C"], "A") == frozenset()
    assert competing([], "A") == frozenset()


def test_what_belongs_to_a_window_or_clerk_has_a_name_of_its_own() -> None:
    assert (tie_to_window(5), tie_to_clerk("5")) == ("w5", "c5")
    assert ties_of(5, "li") == {"w5", "cli"}
    assert ties_of(5, None) == {"w5"}


@pytest.mark.parametrize(("tie", "added"), [(None, 0), ("w1", 0), ("cli", 0), ("w2", TEN), ("cwang", TEN)])
def test_a_tie_costs_everybody_but_its_own(tie: str | None, added: int) -> None:
    assert affinity_of(tie, ties_of(1, "li"), TEN) == added


def test_a_tied_ticket_waits_for_its_own_until_it_came_ten_minutes_earlier() -> None:
    tied, free = waits("A", 0, 1, "w2"), waits("A", 10, 2)
    # At exactly ten minutes the costs are equal, and the earlier entry decides.
    assert choose(FIRST, [tied, free], ties_of(1, None), TEN) == Choice(tied, 0, TEN)
    later = waits("A", 0.001, 1, "w2")
    assert choose(FIRST, [later, free], ties_of(1, None), TEN) == Choice(free, 0)
    assert choose(FIRST, [later, free], ties_of(2, None), TEN) == Choice(later, 0, 0, own=True)


def test_a_tie_of_no_weight_is_still_somebody_elses() -> None:
    tied = waits("A", 0, 1, "w2")
    assert choose(FIRST, [tied], ties_of(1, None), 0) == Choice(tied, 0)
    assert choose(FIRST, [tied], ties_of(2, None), 0) == Choice(tied, 0, own=True)


def test_a_tie_does_not_make_a_window_serve_what_it_never_serves() -> None:
    assert choose(THIRD, [waits("A", 0, 1, "w3")], ties_of(3, None), TEN) is None


PATIENT = Window(4, {"A": 0, "B": TEN}, None, {"B": 5 * MINUTE})


def test_a_window_holds_back_until_the_head_has_waited_so_long() -> None:
    other, main = waits("B", -30, 1, ripe=5), waits("A", 0, 2)
    assert choose(PATIENT, [other, main]) == Choice(other, TEN)
    assert choose(PATIENT, [other._replace(ripe=other.ripe - 1), main]) == Choice(main, 0)
    assert choose(PATIENT, [other._replace(ripe=other.ripe - 1)]) is None


def test_the_head_of_a_business_decides_for_all_behind_it() -> None:
    # The head came last, with a head start; the one behind it has waited long enough, but is not the head.
    head, behind = waits("B", -20, 9, ripe=0), waits("B", -15, 1, ripe=15)
    assert choose(PATIENT, [behind, head]) is None
    assert order(PATIENT, [behind, head, waits("A", 0, 2)]) == [waits("A", 0, 2)]


def test_which_one_is_the_head_is_seen_from_the_window() -> None:
    # For window 4 the tied one stands ten minutes further back.
    tied, free = waits("B", -20, 9, "w1", ripe=0), waits("B", -15, 1, ripe=15)
    assert choose(PATIENT, [tied, free], ties_of(4, None), TEN) == Choice(free, TEN)
    assert choose(PATIENT, [tied, free], ties_of(4, None), 0) is None


def test_the_larger_reluctance_is_in_force_and_never_is_never() -> None:
    wide = Window(4, {"A": 0, "B": TEN, "C": 0}, "1", {"B": MINUTE, "C": MINUTE})
    assert in_force(wide, None) is wide
    assert in_force(wide, {"A": MINUTE, "B": 0, "D": 0}) == Window(4, {"A": MINUTE, "B": TEN}, "1", {"B": MINUTE})
    assert in_force(wide, {}) == Window(4, {}, "1", {})


def test_an_arrival_goes_to_its_own_window_unless_that_is_more_reluctant() -> None:
    mine = waits("A", 0, 1, "w2")
    idle = [Idle(FIRST, 0, ties_of(1, None)), Idle(SECOND, 9, ties_of(2, None))]
    assert choose_window(mine, idle, TEN + 1) is SECOND
    assert choose_window(mine, idle, TEN - 1) is FIRST
    # Equally dear: the longest idle one.
    assert choose_window(mine, idle, TEN) is FIRST


def test_an_arrival_does_not_go_where_it_is_still_held_back() -> None:
    assert choose_window(waits("B", 0, 1), [Idle(PATIENT, 0)]) is None
    assert choose_window(waits("B", 0, 1, ripe=5), [Idle(PATIENT, 0)]) is PATIENT


def test_of_several_idle_windows_its_own_calls_a_tied_ticket() -> None:
    tied = waits("A", 0, 1, "w2")
    idle = [Idle(FIRST, 0, ties_of(1, None)), Idle(SECOND, 9, ties_of(2, None))]
    assert next_call(idle, [tied], TEN + 1) == (SECOND, Choice(tied, TEN, 0, own=True))
    assert next_call(idle[:1], [tied], TEN) == (FIRST, Choice(tied, 0, TEN))


def test_a_tie_names_a_clerk_or_a_window() -> None:
    assert [tied_clerk(tie) for tie in (None, "w2", "cli")] == [None, None, "li"]


def test_who_is_sent_on_belongs_to_the_window_or_clerk_named_or_to_nobody() -> None:
    hall = small_hall()
    assert tie_sent(hall, "B", 1, None, None) is None
    assert tie_sent(hall, "B", 1, 2, None) == "w2"
    assert tie_sent(hall, "B", 1, None, "li") == "cli"
    assert tie_sent(hall, "B", 1, 2, "li") == "w2"


@pytest.mark.parametrize(
    ("business", "window", "code", "facts"),
    [
        ("B", 1, "same-window", {"window": 1}),
        ("X", None, "unknown-business", {"business": "X"}),
        ("B", 9, "unknown-window", {"window": 9}),
        ("B", 3, "not-there", {"business": "B", "window": 3}),
    ],
)
def test_nobody_is_sent_where_they_cannot_be_served(
    business: str, window: int | None, code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as refused:
        tie_sent(small_hall(), business, 1, window, None)
    assert (refused.value.code, refused.value.facts) == (code, facts)


def test_a_call_past_the_order_is_made_where_the_hall_allows_it_by_a_window_that_serves_the_business() -> None:
    check_direct(settings(direct_call=True))
    check_serves(FIRST, "B")
    with pytest.raises(Refusal) as refused:
        check_direct(settings())
    assert refused.value.code == "direct-call-off"
    with pytest.raises(Refusal) as refused:
        check_serves(FIRST, "C")
    assert (refused.value.code, refused.value.facts) == ("not-here", {"business": "C", "window": 1})


def test_the_order_may_be_asked_for_in_part():
    every = [waits("A", n, n) for n in range(1, 5)]
    for most in range(5):
        assert order(FIRST, every, most=most) == every[:most]
