"""Every path a ticket can take: ends stay ends, every path comes to one, and a refusal changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.errors import Refusal
from queue_server.core.hall import Settings
from queue_server.core.journal import changes, replay
from queue_server.core.ticket import FINAL, TRANSITIONS, Act, State, Ticket, apply, step
from tests.properties.profiles import BOUNDED
from tests.unit.core.small_hall import NINE, ticket

steps = st.lists(st.tuples(st.sampled_from(Act), st.integers(0, 100_000)), max_size=25)
rules = st.builds(Settings, max_calls=st.integers(1, 3), recall_gap=st.sampled_from([0, 20_000]))


def next_states(state: State) -> set[State]:
    """Where one act may take a ticket to."""
    return {after for (before, _), after in TRANSITIONS.items() if before is state}


def test_nothing_leads_out_of_an_end() -> None:
    assert {state for state in State if not next_states(state)} == FINAL


def test_every_state_can_be_reached_and_every_path_that_goes_on_comes_to_an_end() -> None:
    reached, longest = {State.WAITING}, 0
    frontier = {State.WAITING}
    # But for recalls, which stay where they are, no state comes back: so a path has at most as many steps as states.
    while frontier:
        frontier = {after for state in frontier for after in next_states(state) - {state}}
        reached |= frontier
        longest += 1
        assert longest <= len(State)
    assert reached == set(State)
    for state in set(State) - FINAL:
        assert next_states(state) - {state}


def test_an_end_is_one_act_away_from_everywhere() -> None:
    for state in set(State) - FINAL:
        assert TRANSITIONS[state, Act.VOID] is State.VOID


def check_walk(settings: Settings, acts: list[tuple[Act, int]]) -> Ticket:
    """Do what can be done; what holds on every path. Gives the ticket at its end."""
    now, at = ticket(), NINE
    told = replay(None, changes(None, now))
    for act, later in acts:
        at += later
        before = now
        try:
            now = apply(before, act, at, settings, window=1, outcome="completed", reason="left")
        except Refusal as refused:
            # A refusal has one of these reasons, and the table agrees.
            assert refused.code == ("too-few-calls" if (before.state, act) in TRANSITIONS else "wrong-state")  # noqa: PT017
            continue
        assert before.state not in FINAL
        assert now.state is TRANSITIONS[before.state, act]
        # Only the fields of the step change, and the journal tells them all.
        assert {n for n in vars(now) if vars(now)[n] != vars(before)[n]} <= set(
            step(before, act, at, settings, window=1, outcome="completed", reason="left")
        )
        told = replay(told, changes(before, now))
        assert told == now
        check_moments(now, at)
    return now


def check_moments(now: Ticket, at: int) -> None:
    """The moments of a ticket stand in the order of a visit, and what it is for does not change."""
    known = [m for m in (now.issued_at, now.called_at, now.started_at, now.finished_at) if m is not None]
    assert known == sorted(known)
    assert max(known) <= at
    assert (now.called_at is None) == (now.calls == 0) == (now.window is None)
    assert (now.finished_at is not None) == (now.state in FINAL)
    assert (now.outcome is not None) == (now.state is State.FINISHED)
    assert (now.place, now.entered, now.number) == (ticket().place, ticket().entered, ticket().number)


@BOUNDED
@given(rules, steps)
def test_every_walk_keeps_to_the_table_and_is_told_in_full(settings: Settings, acts: list[tuple[Act, int]]) -> None:
    check_walk(settings, acts)


@BOUNDED
@given(rules, steps)
def test_every_walk_can_be_ended_and_then_stays_ended(settings: Settings, acts: list[tuple[Act, int]]) -> None:
    end = check_walk(settings, [*acts, (Act.VOID, 0)])
    assert end.state in FINAL
    assert check_walk(settings, [*acts, (Act.VOID, 0), *acts]) == end
