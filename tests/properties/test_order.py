"""The order over any heads and windows: a naive minimum beside `choose`, `order`, `next_call` and `choose_window`."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core import places
from queue_server.core.hall import Hall
from queue_server.core.routing import (
    Idle,
    Waiting,
    choose,
    choose_window,
    competing,
    cost,
    next_call,
    order,
    ties_of,
)
from queue_server.core.settings import Settings
from tests.properties.drawn import PREFIXES, halls, windows
from tests.properties.profiles import BOUNDED

# Few places, so that ties are common; entries into the queue are never equal.
steps = st.integers(0, 4).map(lambda step: step * 300_000)
affinities = st.sampled_from([0, 1, 300_000, 900_000])
ties = st.sampled_from([None, None, "w1", "w2", "w9", "cli"])
ripe = st.sampled_from([0, 1, 60_000, 900_000])


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    """All that wait, in the order in which they entered."""
    drawn = draw(st.lists(st.tuples(steps, st.sampled_from(PREFIXES), ties, ripe), max_size=15))
    return [Waiting(place, no, code, f"t{no}", tie, ms) for no, (place, code, tie, ms) in enumerate(drawn)]


several_windows = st.integers(1, 4).flatmap(
    lambda count: st.tuples(*(windows(number, PREFIXES) for number in range(1, count + 1)))
)
clerks_there = st.sampled_from([None, "li"])
idle_windows = several_windows.flatmap(
    lambda some: st.tuples(
        *(
            st.builds(
                Idle, st.just(window), st.integers(0, 2), clerks_there.map(lambda c, n=window.number: ties_of(n, c))
            )
            for window in some
        )
    )
)


def heads(waiting: list[Waiting]) -> list[Waiting]:
    """The first of each lane: business and tie."""
    lanes = {(w.business, w.tie) for w in waiting}
    return [min(w for w in waiting if (w.business, w.tie) == lane) for lane in sorted(lanes, key=str)]


def naive_costs(at: Idle, waiting: list[Waiting], affinity: int) -> list[tuple[int, int, str]]:
    """(cost, entry, id) of everybody this window may call now, the next one first."""
    window = at.window
    found = []
    for code in window.reluctance:
        mine = [
            (w.place + (affinity if w.tie and w.tie not in at.ties else 0), w.entered, w)
            for w in waiting
            if w.business == code
        ]
        if mine and min(mine)[2].ripe >= window.not_before.get(code, 0):
            found += [(place + window.reluctance[code], entered, w.id) for place, entered, w in mine]
    return sorted(found)


def check_choose(at: Idle, waiting: list[Waiting], heads_in_any_order: list[Waiting], affinity: int) -> None:
    """`choose` on the heads, and on everybody, is the minimum over everybody; `order` is one after the other."""
    expected = naive_costs(at, waiting, affinity)
    for given_heads in (heads_in_any_order, waiting):
        choice = choose(at.window, given_heads, at.ties, affinity)
        assert (choice is None) == (expected == [])
        if choice is not None:
            assert choice.ticket.id == expected[0][2]
            assert cost(choice.ticket.place, choice.reluctance, choice.affinity) == expected[0][0]
            assert choice.reluctance == at.window.reluctance[choice.ticket.business]
            assert choice.own == (choice.ticket.tie in at.ties)
    left = list(waiting)
    for next_one in order(at.window, waiting, at.ties, affinity):
        assert next_one.id == naive_costs(at, left, affinity)[0][2]
        left.remove(next_one)
    assert naive_costs(at, left, affinity) == []


@BOUNDED
@given(idle_windows, queues(), affinities, st.data())
def test_choose_on_the_heads_is_the_minimum_over_all_that_wait(
    idle: tuple[Idle, ...], waiting: list[Waiting], affinity: int, data: st.DataObject
) -> None:
    check_choose(idle[0], waiting, data.draw(st.permutations(heads(waiting))), affinity)


def check_next_call(idle: tuple[Idle, ...], waiting: list[Waiting], affinity: int) -> None:
    """Every call of several idle windows is the least cost at its window, of the tickets wanted the first one."""
    wanted = {each.window.number: costs[0] for each in idle if (costs := naive_costs(each, waiting, affinity))}
    call = next_call(idle, heads(waiting), affinity)
    assert (call is None) == (not wanted)
    if call is None:
        return
    window, choice = call
    assert wanted[window.number][2] == choice.ticket.id
    by_id = {w.id: w for w in waiting}
    first = min((by_id[ticket_id] for _, _, ticket_id in wanted.values()), key=lambda w: (w.place, w.entered))
    assert choice.ticket == first
    takers = [each for each in idle if wanted.get(each.window.number, (0, 0, ""))[2] == choice.ticket.id]
    # Who wants the same ticket compares reluctance + affinity, which is the cost less the place.
    expected = min(takers, key=lambda i: (wanted[i.window.number][0], i.since, i.window.number))
    assert window is expected.window
    assert choice.reluctance == window.reluctance[choice.ticket.business]


@BOUNDED
@given(idle_windows, queues(), affinities)
def test_several_idle_windows_call_as_each_of_them_would(
    idle: tuple[Idle, ...], waiting: list[Waiting], affinity: int
) -> None:
    check_next_call(idle, waiting, affinity)


@BOUNDED
@given(idle_windows, queues(), affinities, st.randoms(use_true_random=False))
def test_in_which_order_windows_and_heads_are_named_does_not_matter(idle, waiting, affinity, random) -> None:  # noqa: ANN001
    shuffled, first = list(idle), heads(waiting)
    expected = next_call(idle, first, affinity)
    random.shuffle(shuffled)
    random.shuffle(first)
    assert next_call(shuffled, first, affinity) == expected


@BOUNDED
@given(idle_windows, queues().filter(bool), affinities)
def test_an_arrival_goes_to_the_window_the_rule_names(
    idle: tuple[Idle, ...], some: list[Waiting], affinity: int
) -> None:
    comes = some[0]
    able = [
        (costs[0][0], each.since, each.window.number)
        for each in idle
        if (costs := naive_costs(each, [comes], affinity))
    ]
    window = choose_window(comes, idle, affinity)
    assert (None if window is None else window.number) == (min(able)[2] if able else None)


@BOUNDED
@given(halls(), st.sets(st.integers(1, 4)))
def test_ahead_counts_exactly_the_rivals_at_open_windows(hall: Hall, now_open: set[int]) -> None:
    for mine in (b.code for b in hall.businesses):
        for other in (b.code for b in hall.businesses):
            rivals = any(w.number in now_open and mine in w.reluctance and other in w.reluctance for w in hall.windows)
            called = [w.reluctance for w in hall.windows if w.number in now_open]
            assert (other in competing(called, mine)) == rivals


moments = st.integers(0, 10**13)
spans = st.integers(0, 10**8)


@BOUNDED
@given(moments, spans, spans, spans, st.lists(moments, max_size=5), st.booleans())
def test_no_cause_places_too_far_back_or_in_time_to_come(now, ago, head_start, most, others, as_issue) -> None:  # noqa: ANN001
    rules = Settings(max_advance=most, transfer_as_issue=as_issue, rejoin_as_issue=as_issue)
    last, before = now - ago, sorted(min(now, other) for other in others)
    every = [
        places.on_issue(now, head_start, rules),
        places.on_check_in(now, last, head_start, rules),
        places.on_transfer(now, last, head_start, rules),
        places.on_rejoin(now, last, head_start, rules),
        places.on_requeue(now, last, before, rules),
        places.on_grade(now, last, max(last, now - most), head_start, 0, rules),
    ]
    assert all(now - most <= place <= now for place in every)
    # Nobody gains by being missed.
    assert places.on_requeue(now, last, before, rules) >= last
