"""The order over any heads and windows: a naive minimum beside `choose`, `order`, `next_call` and `choose_window`."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.hall import Hall, Window
from queue_server.core.routing import (
    Idle,
    Waiting,
    choose,
    choose_window,
    competing,
    cost,
    next_call,
    order,
    place_on_issue,
)
from tests.properties.drawn import PREFIXES, halls, windows
from tests.properties.profiles import BOUNDED

# Few places, so that ties are common; entries into the queue are never equal.
places = st.integers(0, 4).map(lambda step: step * 300_000)


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    """All that wait, in the order in which they entered."""
    drawn = draw(st.lists(st.tuples(places, st.sampled_from(PREFIXES)), max_size=15))
    return [Waiting(place, no, business, f"t{no}") for no, (place, business) in enumerate(drawn)]


several_windows = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(windows(number, PREFIXES) for number in range(1, count + 1)))
)
idle_windows = several_windows.flatmap(
    lambda some: st.tuples(*(st.builds(Idle, st.just(window), st.integers(0, 2)) for window in some))
)


def heads(waiting: list[Waiting]) -> list[Waiting]:
    """The first of each business."""
    return [min(w for w in waiting if w.business == b) for b in sorted({w.business for w in waiting})]


def naive_costs(window: Window, waiting: list[Waiting]) -> list[tuple[int, int, str]]:
    """(cost, entry, id) of everybody this window may call, the next one first."""
    return sorted(
        (w.place + window.reluctance[w.business], w.entered, w.id) for w in waiting if w.business in window.reluctance
    )


def check_choose(window: Window, waiting: list[Waiting], heads_in_any_order: list[Waiting]) -> None:
    """`choose` on the heads, and on everybody, is the minimum over everybody; `order` is the whole list."""
    expected = naive_costs(window, waiting)
    for given_heads in (heads_in_any_order, waiting):
        choice = choose(window, given_heads)
        assert (choice is None) == (expected == [])
        if choice is not None:
            assert choice.ticket.id == expected[0][2]
            assert cost(choice.ticket.place, choice.reluctance) == expected[0][0]
            assert choice.reluctance == window.reluctance[choice.ticket.business]
    assert [w.id for w in order(window, waiting)] == [ticket_id for _, _, ticket_id in expected]


@BOUNDED
@given(windows(1, PREFIXES), queues(), st.data())
def test_choose_on_the_heads_is_the_minimum_over_all_that_wait(
    window: Window, waiting: list[Waiting], data: st.DataObject
) -> None:
    check_choose(window, waiting, data.draw(st.permutations(heads(waiting))))


def check_next_call(idle: tuple[Idle, ...], waiting: list[Waiting]) -> None:
    """Every call of several idle windows is the least cost at its window, of the tickets wanted the first one."""
    wanted = {each.window.number: costs[0] for each in idle if (costs := naive_costs(each.window, waiting))}
    call = next_call(idle, heads(waiting))
    assert (call is None) == (not wanted)
    if call is None:
        return
    window, choice = call
    assert wanted[window.number][2] == choice.ticket.id
    by_id = {w.id: w for w in waiting}
    assert choice.ticket == min(by_id[ticket_id] for _, _, ticket_id in wanted.values())
    takers = [each for each in idle if wanted.get(each.window.number, (0, 0, ""))[2] == choice.ticket.id]
    expected = min(takers, key=lambda i: (i.window.reluctance[choice.ticket.business], i.since, i.window.number))
    assert window is expected.window
    assert choice.reluctance == window.reluctance[choice.ticket.business]


@BOUNDED
@given(idle_windows, queues())
def test_several_idle_windows_call_as_each_of_them_would(idle: tuple[Idle, ...], waiting: list[Waiting]) -> None:
    check_next_call(idle, waiting)


@BOUNDED
@given(idle_windows, queues(), st.randoms(use_true_random=False))
def test_in_which_order_windows_and_heads_are_named_does_not_matter(idle, waiting, random) -> None:  # noqa: ANN001
    shuffled, first = list(idle), heads(waiting)
    expected = next_call(idle, first)
    random.shuffle(shuffled)
    random.shuffle(first)
    assert next_call(shuffled, first) == expected


@BOUNDED
@given(idle_windows, st.sampled_from(PREFIXES))
def test_an_arrival_goes_to_the_window_the_rule_names(idle: tuple[Idle, ...], business: str) -> None:
    able = [
        (each.window.reluctance[business], each.since, each.window.number)
        for each in idle
        if business in each.window.reluctance
    ]
    window = choose_window(business, idle)
    assert (None if window is None else window.number) == (min(able)[2] if able else None)


@BOUNDED
@given(halls(), st.sets(st.integers(1, 4)))
def test_ahead_counts_exactly_the_rivals_at_open_windows(hall: Hall, now_open: set[int]) -> None:
    for mine in (b.code for b in hall.businesses):
        for other in (b.code for b in hall.businesses):
            rivals = any(w.number in now_open and mine in w.reluctance and other in w.reluctance for w in hall.windows)
            assert (other in competing(hall, now_open, mine)) == rivals


@BOUNDED
@given(st.integers(0, 10**13), st.integers(0, 10**8), st.integers(0, 10**8))
def test_a_place_is_never_in_the_future_and_never_too_far_back(now: int, head_start: int, max_advance: int) -> None:
    place = place_on_issue(now, head_start, max_advance)
    assert now - max_advance <= place <= now
    assert place == now - min(head_start, max_advance)
