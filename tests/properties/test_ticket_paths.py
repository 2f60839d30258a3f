"""Every path a ticket can take: ends stay ends, every path comes to one, and a refusal changes nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from queue_server.core.errors import Refusal
from queue_server.core.journal import changes, replay
from queue_server.core.measures import service_time
from queue_server.core.settings import Settings
from queue_server.core.steps import Told, apply, step
from queue_server.core.ticket import FINAL, TRANSITIONS, Act, Hold, State, Ticket
from tests.properties.profiles import BOUNDED
from tests.unit.core.small_hall import NINE, ticket

steps = st.lists(st.tuples(st.sampled_from(Act), st.integers(0, 100_000), st.sampled_from(Hold)), max_size=40)
rules = st.builds(
    Settings, max_calls=st.integers(1, 3), recall_gap=st.sampled_from([0, 20_000]), max_returns=st.integers(0, 2)
)
REFUSALS = {"too-few-calls", "too-many-returns", "papers-kept", "papers-not-kept", "no-more-turns"}
Steps = list[tuple[Act, int, Hold]]


def next_states(state: State) -> set[State]:
    """Where one act may take a ticket to."""
    return {after for (before, _), after in TRANSITIONS.items() if before is state}


def test_nothing_leads_out_of_an_end_and_only_a_mark_may_be_set_on_it() -> None:
    for state in State:
        assert (next_states(state) <= {state}) == (state in FINAL)
    assert {act for state, act in TRANSITIONS if state in FINAL} == {Act.MARK_TIMING}


def test_every_state_can_be_reached_from_the_queue() -> None:
    reached = frontier = {State.WAITING}
    while frontier:
        frontier = {after for state in frontier for after in next_states(state)} - reached
        reached = reached | frontier
    assert reached == set(State)


def test_an_end_is_one_act_away_from_everywhere() -> None:
    for state in set(State) - FINAL:
        assert TRANSITIONS[state, Act.VOID] is State.VOID


def check_walk(settings: Settings, acts: Steps) -> Ticket:
    """Do what can be done; what holds on every path. Gives the ticket at its end."""
    now, at = ticket(later=("B", "C")), NINE
    journal = replay(None, changes(None, now))
    for no, (act, later, hold) in enumerate(acts, start=2):
        at += later
        before = now
        # A class places by what the place would be without any, so never behind that.
        place = now.base if act is Act.GRADE else at - later
        told = Told(1, "li", "completed", "left", place, no, "B", None, "w1", hold, at + 60_000, "t7", ("guide",), 5)
        try:
            now = apply(before, act, at, settings, told)
        except Refusal as refused:
            # A refusal has one of these reasons, and the table agrees.
            assert (refused.code in REFUSALS) == ((before.state, act) in TRANSITIONS)  # noqa: PT017
            assert refused.code in REFUSALS | {"wrong-state"}  # noqa: PT017
            continue
        assert before.state not in FINAL or act is Act.MARK_TIMING
        assert now.state is TRANSITIONS[before.state, act]
        # Only the fields of the step change, and the journal tells them all.
        assert {n for n in vars(now) if vars(now)[n] != vars(before)[n]} <= set(step(before, act, at, settings, told))
        journal = replay(journal, changes(before, now))
        assert journal == now
        check_moments(now, at, settings)
    return now


def check_moments(now: Ticket, at: int, settings: Settings) -> None:
    """The moments of a ticket stand in the order of a visit, and what the visit is does not change."""
    moments = (now.issued_at, now.queued_at, now.called_at, now.started_at, now.finished_at)
    known = [moment for moment in moments if moment is not None]
    assert known == sorted(known)
    assert max(known) <= at
    assert now.queued_at <= now.entered_at <= at
    assert (now.finished_at is not None) == (now.state in FINAL)
    assert (now.outcome is not None) == (now.state is State.FINISHED)
    assert now.state is not State.SERVING or now.started_at is not None
    assert now.state is not State.HELD or None not in (now.hold, now.held_at)
    assert now.returns <= settings.max_returns
    assert now.place <= now.base
    assert (now.number, now.issued_at) == (ticket().number, ticket().issued_at)
    served = service_time(now)
    assert served is None or 0 <= served <= (now.finished_at or 0) - (now.started_at or 0)


@BOUNDED
@given(rules, steps)
def test_every_walk_keeps_to_the_table_and_is_told_in_full(settings: Settings, acts: Steps) -> None:
    check_walk(settings, acts)


@BOUNDED
@given(rules, steps)
def test_every_walk_can_be_ended_and_then_stays_ended(settings: Settings, acts: Steps) -> None:
    over = [*acts, (Act.VOID, 0, Hold.AWAITING)]
    end = check_walk(settings, over)
    assert end.state in FINAL
    assert replace(check_walk(settings, [*over, *acts]), timing_wrong=end.timing_wrong) == end
