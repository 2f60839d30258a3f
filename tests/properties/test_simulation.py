"""Small random halls, with many ties, through the reference engine: what must hold on every one of them."""

from collections import defaultdict
from itertools import zip_longest
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.core import journal, measures
from queue_server.core.journal import Entry
from queue_server.core.moment import Order
from queue_server.core.routing import Waiting, choose
from queue_server.core.ticket import FINAL, State, Ticket
from simulation.engine import Day, run_day
from simulation.scenario import Scenario

CODES = ("A", "B", "C")
# Few different moments, so that nearly everything happens at the same instant as something else.
MOMENT_S = st.integers(0, 12).map(lambda tens: tens * 10)
KIND = {
    "issued": Order.ARRIVAL,
    "called": Order.CALL,
    "started": Order.CALL,
    "finished": Order.FINISH,
    measures.OPENED: Order.WINDOW,
    measures.CLOSED: Order.WINDOW,
}


@st.composite
def schedules(draw: st.DrawFn) -> list[list[int]]:
    """A window's opening times, often touching, sometimes none."""
    edges = sorted(draw(st.sets(MOMENT_S, max_size=4)))
    return [list(pair) for pair in zip(edges[::2], edges[1::2], strict=False)]


def durations() -> st.SearchStrategy[dict[str, Any]]:
    """Service or patience: constant with ties and zeros, or chance."""
    return st.one_of(
        st.builds(lambda s: {"kind": "constant", "mean_s": s}, st.sampled_from([0, 10, 20, 45])),
        st.builds(lambda v: {"kind": "empirical", "values_s": v}, st.lists(MOMENT_S, min_size=1, max_size=3)),
        st.just({"kind": "exponential", "mean_s": 25}),
        st.just({"kind": "lognormal", "mean_s": 25, "cv": 1.5}),
        st.just({"kind": "gamma", "mean_s": 25, "cv": 1.5}),
        st.just({"kind": "weibull", "shape": 0.7, "scale_s": 20}),
    )


def arrivals() -> st.SearchStrategy[dict[str, Any]]:
    """Recorded moments that coincide, or a Poisson stream."""
    return st.one_of(
        st.builds(lambda day: {"kind": "recorded", "days": [[s * 1000 for s in day]]}, st.lists(MOMENT_S, max_size=12)),
        st.just({"kind": "rates", "pieces": [{"start_ms": 0, "end_ms": 100_000, "per_hour": 400}]}),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A hall of up to three businesses and four windows."""
    codes = CODES[: draw(st.integers(1, 3))]
    return Scenario.model_validate(
        {
            "name": "random",
            "businesses": {
                code: {
                    "arrivals": draw(arrivals()),
                    "service": draw(durations()),
                    "patience": draw(st.none() | durations()),
                }
                for code in codes
            },
            "windows": [
                {
                    "window": number,
                    "reluctance": {
                        code: r for code in codes if (r := draw(st.sampled_from([0, 0, 15, 600, None]))) is not None
                    },
                    "schedule": draw(schedules()),
                }
                for number in range(1, draw(st.integers(1, 4)) + 1)
            ],
            "classes": [
                {
                    "code": "elderly",
                    "head_start_s": draw(st.sampled_from([20, 1200, 86_400])),
                    "share": {code: draw(st.sampled_from([0, 0.3, 1])) for code in codes},
                }
            ],
        }
    )


def days() -> st.SearchStrategy[tuple[Scenario, Day]]:
    """A random hall and one simulated day of it."""
    return st.tuples(scenarios(), st.integers(0, 5)).map(
        lambda given: (given[0], run_day(given[0], seed=given[1], day=0))
    )


ordinary = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ordinary
@given(scenarios(), st.integers(0, 2**64), st.integers(0, 3))
def test_the_same_seed_writes_the_same_journal(scenario: Scenario, seed: int, day: int):
    once, again = (b"".join(journal.line(e).encode() for e in run_day(scenario, seed, day).entries) for _ in range(2))
    assert once == again


@ordinary
@given(days())
def test_every_ticket_ends_final_and_the_journal_tells_each_of_them(ran: tuple[Scenario, Day]):
    _, day = ran
    assert all(ticket.state in FINAL for ticket in day.tickets)
    assert list(journal.tickets(day.entries).values()) == day.tickets
    assert [entry.no for entry in day.entries] == list(range(1, len(day.entries) + 1))
    issued = sum(entry.act == "issued" for entry in day.entries)
    assert measures.reconciliation(day.tickets, issued).adds_up


@ordinary
@given(days())
def test_events_of_one_instant_keep_the_stated_order(ran: tuple[Scenario, Day]):
    _, day = ran
    # Service of no length begins the order anew: its finish follows its own call.
    anew = {ticket.started_at for ticket in day.tickets if ticket.started_at == ticket.finished_at}
    # A window that waited for its visitor closes as part of that visitor's end.
    ends = {(ticket.window, ticket.finished_at) for ticket in day.tickets}
    last = (0, Order.FINISH)
    for entry in day.entries:
        assert entry.at >= last[0]
        if entry.act == measures.CLOSED and (entry.window, entry.at) in ends:
            continue
        now = (entry.at, _order(entry))
        assert now >= last or entry.at in anew
        last = now


def _order(entry: Entry) -> Order:
    if entry.act == "voided":
        return Order.LEAVING if (entry.set or {}).get("reason") == "left" else Order.TIMER
    return KIND[entry.act]


@ordinary
@given(days())
def test_no_window_serves_two_at_once_or_calls_while_it_is_closed(ran: tuple[Scenario, Day]):
    _, day = ran
    is_open: dict[int, bool] = defaultdict(bool)
    here: dict[int, str | None] = {}
    for entry in day.entries:
        if entry.window is None:
            continue
        match entry.act:
            case measures.OPENED:
                assert not is_open[entry.window]
                is_open[entry.window] = True
            case measures.CLOSED:
                assert is_open[entry.window]
                assert here.get(entry.window) is None
                is_open[entry.window] = False
            case "called":
                assert is_open[entry.window]
                assert here.get(entry.window) is None
                here[entry.window] = entry.ticket
            case "finished" | "voided":
                assert here[entry.window] == entry.ticket
                here[entry.window] = None


@ordinary
@given(days())
def test_every_call_takes_the_minimum_of_the_rule(ran: tuple[Scenario, Day]):
    scenario, day = ran
    windows = {window.number: window for window in scenario.hall.windows}
    for entry, waiting in _calls(day):
        assert entry.window is not None
        choice = choose(windows[entry.window], waiting)
        assert choice is not None
        assert choice.ticket.id == entry.ticket


@ordinary
@given(days())
def test_equals_are_called_in_the_order_of_issue(ran: tuple[Scenario, Day]):
    _, day = ran
    tickets = {ticket.id: ticket for ticket in day.tickets}
    for entry, waiting in _calls(day):
        called = tickets[entry.ticket or ""]
        for other in (tickets[each.id] for each in waiting):
            if (other.business, other.priority) == (called.business, called.priority):
                assert called.entered <= other.entered


@ordinary
@given(days())
def test_nobody_waits_beside_a_free_window_that_may_serve(ran: tuple[Scenario, Day]):
    # At the end of every instant, not in the middle of it.
    scenario, day = ran
    windows = {window.number: window for window in scenario.hall.windows}
    free: set[int] = set()
    waiting: dict[str, Ticket] = {}
    tickets = {ticket.id: ticket for ticket in day.tickets}
    for entry, following in zip_longest(day.entries, day.entries[1:]):
        _follow(entry, free, waiting, tickets)
        if following is None or following.at > entry.at:
            served = {code for number in free for code in windows[number].reluctance}
            assert not served & {ticket.business for ticket in waiting.values()}


def _follow(entry: Entry, free: set[int], waiting: dict[str, Ticket], tickets: dict[str, Ticket]) -> None:
    match entry.act:
        case "issued":
            waiting[entry.ticket or ""] = tickets[entry.ticket or ""]
        case "called":
            del waiting[entry.ticket or ""]
            free.discard(entry.window or 0)
        case "voided":
            waiting.pop(entry.ticket or "", None)
            free.update({entry.window} if entry.window is not None else ())
        case measures.CLOSED:
            free.discard(entry.window or 0)
        case measures.OPENED | "finished":
            free.add(entry.window or 0)


@ordinary
@given(days())
def test_a_place_lies_at_most_max_advance_before_its_ticket_came(ran: tuple[Scenario, Day]):
    scenario, day = ran
    most = scenario.hall.settings.max_advance
    assert all(0 <= ticket.issued_at - ticket.place <= most for ticket in day.tickets)


@ordinary
@given(scenarios(), st.integers(0, 5))
def test_one_more_window_changes_nobody_who_comes(scenario: Scenario, seed: int):
    more = scenario.model_copy(
        update={"windows": (*scenario.windows, scenario.windows[0].model_copy(update={"window": 99}))}
    )
    alone, helped = (
        [(t.business, t.issued_at, t.priority) for t in run_day(each, seed, day=0).tickets] for each in (scenario, more)
    )
    assert alone == helped


def _calls(day: Day) -> list[tuple[Entry, list[Waiting]]]:
    """Every call with all who waited when it was made, the called one among them."""
    tickets = {ticket.id: ticket for ticket in day.tickets}
    waiting: dict[str, Waiting] = {}
    found = []
    for entry in day.entries:
        ticket = tickets.get(entry.ticket or "")
        if ticket is None:
            continue
        if entry.act == "issued":
            waiting[ticket.id] = Waiting(ticket.place, ticket.entered, ticket.business, ticket.id)
        elif entry.act == "called":
            found.append((entry, list(waiting.values())))
            del waiting[ticket.id]
        elif entry.act == "voided" and ticket.state is State.VOID:
            waiting.pop(ticket.id, None)
    return found
