"""Simulated days on which visitors come back with papers, are missed, and windows hold back: what must hold on them."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.core import journal, measures
from queue_server.core.journal import Entry, replay
from queue_server.core.routing import Waiting, choose, ties_of
from queue_server.core.ticket import FINAL, State, Ticket
from simulation.engine import Day, run_day
from simulation.scenario import Scenario
from tests.properties.test_simulation import durations, ordinary, scenarios


@st.composite
def whole(draw: st.DrawFn) -> Scenario:
    """A random hall, in which some bring missing papers, some are not there when called, and some windows hold back."""
    document: dict[str, Any] = draw(scenarios()).model_dump()
    for demand in document["businesses"].values():
        demand["returning"] = draw(st.sampled_from([0, 0.3, 0.8]))
        absent = {"share": draw(st.sampled_from([0, 0.3, 0.8])), "back_after": draw(st.none() | durations())}
        demand["absent"] = draw(st.none() | st.just(absent))
    for desk in document["windows"]:
        held = draw(st.sampled_from([0, 20, 40]))
        desk["not_before"] = dict.fromkeys(desk["reluctance"], held)
    return Scenario.model_validate(document)


def days() -> st.SearchStrategy[tuple[Scenario, Day]]:
    """A random hall and one simulated day of it."""
    return st.tuples(whole(), st.integers(0, 5)).map(lambda given: (given[0], run_day(given[0], given[1], day=0)))


def calls(day: Day) -> Iterator[tuple[Entry, list[Ticket]]]:
    """Every call with all who waited when it was made, the called one among them, as the journal tells it."""
    now: dict[str, Ticket] = {}
    for entry in day.entries:
        if entry.act == "called":
            yield entry, [ticket for ticket in now.values() if ticket.state is State.WAITING]
        if entry.ticket is not None and entry.set is not None:
            now[entry.ticket] = replay(now.get(entry.ticket), entry.set)


def in_queue(ticket: Ticket) -> Waiting:
    return Waiting(ticket.place, ticket.entered, ticket.business, ticket.id, ticket.tie, ticket.ripe)


@ordinary
@given(days())
def test_every_call_takes_the_minimum_of_the_whole_rule(ran: tuple[Scenario, Day]):
    scenario, day = ran
    hall = scenario.hall
    for entry, waiting in calls(day):
        window = hall.window(entry.window or 0)
        choice = choose(window, map(in_queue, waiting), ties_of(window.number, None), hall.settings.affinity)
        assert choice is not None
        assert choice.ticket.id == entry.ticket


@ordinary
@given(days())
def test_every_ticket_ends_final_and_the_journal_tells_each_of_them(ran: tuple[Scenario, Day]):
    scenario, day = ran
    assert all(ticket.state in FINAL for ticket in day.tickets)
    assert list(journal.tickets(day.entries).values()) == day.tickets
    assert measures.reconciliation(day.tickets, sum(entry.act == "issued" for entry in day.entries)).adds_up
    rules = scenario.hall.settings
    for entry in day.entries:
        if entry.act == "missed":
            assert sum(e.ticket == entry.ticket and e.act == "recalled" and e.no < entry.no for e in day.entries) >= (
                rules.max_calls - 1
            )


@ordinary
@given(days())
def test_nobody_waits_beside_a_free_window_that_would_call_them(ran: tuple[Scenario, Day]):
    # At the end of every instant, not in the middle of it.
    scenario, day = ran
    hall, now, is_open = scenario.hall, dict[str, Ticket](), set[int]()
    for place, entry in enumerate(day.entries):
        if entry.act == measures.OPENED:
            is_open.add(entry.window or 0)
        elif entry.act == measures.CLOSED:
            is_open.discard(entry.window or 0)
        elif entry.ticket is not None and entry.set is not None:
            now[entry.ticket] = replay(now.get(entry.ticket), entry.set)
        if place + 1 < len(day.entries) and day.entries[place + 1].at == entry.at:
            continue
        busy = {t.window for t in now.values() if t.state in (State.CALLED, State.SERVING)}
        waiting = [in_queue(t) for t in now.values() if t.state is State.WAITING]
        for number in is_open - busy:
            assert choose(hall.window(number), waiting, ties_of(number, None), hall.settings.affinity) is None


@settings(max_examples=20, deadline=None)
@given(whole(), st.integers(0, 5))
def test_who_comes_back_or_is_away_changes_nobody_who_comes(scenario: Scenario, seed: int):
    plain = {code: d.model_copy(update={"returning": 0, "absent": None}) for code, d in scenario.businesses.items()}
    without = scenario.model_copy(update={"businesses": plain})
    one, other = (
        [(t.business, t.issued_at, t.priority) for t in run_day(each, seed, day=0).tickets]
        for each in (scenario, without)
    )
    assert one == other
