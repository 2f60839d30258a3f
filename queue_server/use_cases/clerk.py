"""What a clerk does with the visitor at the window: call, recall, start, finish, finish and next, missed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from queue_server.core.acts import Stamp
from queue_server.core.business import Item
from queue_server.core.conditions import check_call
from queue_server.core.errors import Refusal
from queue_server.core.hall import Window
from queue_server.core.journal import Entry
from queue_server.core.reasons import why_called
from queue_server.core.routing import Choice, choose, in_force, ties_of
from queue_server.core.seat import READY, called, check, get_ready
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, Ticket
from queue_server.storage.done import NOTHING, Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.ending import end
from queue_server.use_cases.papers import accepted

OK, NO_CONTENT = 200, 204
ACCEPTED = "accepted"


class Served(NamedTuple):
    """An item really served: how often, and with which outcome where it differs from the visit's."""

    item: str
    quantity: int
    outcome: str | None


def call_next(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call the ticket of least cost; nothing when nobody waits.

    Refuses `window-busy`, `window-closed`, `window-paused`.
    """
    _check_free(ledger, window, clerk)
    return _call(ledger, stamp, window)


def call_given(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, ticket_id: str, reason: str) -> Done:
    """Call one ticket past the order, with the reason that stays on record; only where the hall allows it.

    Refuses `direct-call-off`, `not-here` for a business the window never serves, and what `call_next` refuses.
    """
    if not ledger.hall.settings.direct_call:
        raise Refusal("direct-call-off")
    _check_free(ledger, window, clerk)
    at = in_force(ledger.hall.window(window), ledger.seats[window].reluctance)
    ticket = ledger.ticket(ticket_id)
    if ticket.business not in at.reluctance:
        raise Refusal("not-here", business=ticket.business, window=window)
    facts = {"why": {"cause": "direct", "reluctance_ms": at.reluctance[ticket.business], "passed": 0}}
    after, entry = ledger.act(ticket, Act.CALL, stamp, Told(window=window, clerk=clerk), facts, reason)
    return Done(OK, entry, after)


def recall(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call the same ticket again; refuses `nobody-here`, `wrong-state`, `hall-evacuated`."""
    check_call(ledger.conditions)
    return _act(ledger, stamp, window, clerk, Act.RECALL)


def start(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The visitor has come; refuses `nobody-here` and `wrong-state`."""
    return _act(ledger, stamp, window, clerk, Act.START)


def missed(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The visitor has not come; refuses `nobody-here`, `wrong-state` and `too-few-calls`."""
    return _act(ledger, stamp, window, clerk, Act.MISS)


def finish(
    ledger: Ledger,
    stamp: Stamp,
    window: int,
    clerk: str | None,
    outcome: str,
    served: Sequence[Served] = (),
    happened: int | None = None,
) -> Done:
    """The visitor is served, or goes on to the next business of the visit.

    `served` are the items really served, `happened` is when it was done by hand (ms UTC).
    Refuses `nobody-here`, `unknown-outcome`, `unknown-item`.
    """
    ticket = here(ledger, window, clerk)
    facts = _served(ledger, ticket, outcome, served)
    case = None
    if outcome == ACCEPTED and (item := _main_item(ledger, ticket, served)) is not None:
        case = accepted(ledger, stamp, ticket, window, clerk, item)
    return end(ledger, stamp, ticket, window, clerk, outcome, facts, case, happened)


def finish_and_next(
    ledger: Ledger,
    stamp: Stamp,
    window: int,
    clerk: str | None,
    outcome: str,
    served: Sequence[Served] = (),
) -> Done:
    """Finish, then call the next: one act; 204 when nobody is called after the finish."""
    finished = finish(ledger, stamp, window, clerk, outcome, served)
    # A pause asked for during the service begins with its end.
    pause = ledger.seats[window].paused is not None or ledger.conditions.evacuated
    called = NOTHING if pause else _call(ledger, stamp, window)
    return called if called.entry is not None else Done(NO_CONTENT, finished.entry, finished.ticket)


def _main_item(ledger: Ledger, ticket: Ticket, served: Sequence[Served]) -> Item | None:
    """The item a case is about: the one chosen at the kiosk or, first of those really served, at the window."""
    code = served[0].item if served else ticket.item
    return None if code is None else ledger.hall.business(ticket.business).item(code)


def _served(ledger: Ledger, ticket: Ticket, outcome: str, served: Sequence[Served]) -> dict[str, Any]:
    """What the entry tells of the items served, and whether the outcome was left as the item has it by default."""
    business = ledger.hall.business(ticket.business)
    told: list[dict[str, Any]] = []
    for each in served:
        business.item(each.item)
        if each.outcome is not None and each.outcome not in ledger.hall.settings.outcomes:
            raise Refusal("unknown-outcome", outcome=each.outcome[:32])
        told.append({"item": each.item, "quantity": each.quantity, "outcome": each.outcome or outcome})
    main = _main_item(ledger, ticket, served)
    facts: dict[str, Any] = {"served": told} if told else {}
    return facts if main is None or main.outcome is None else {**facts, "by_default": main.outcome == outcome}


def here(ledger: Ledger, window: int, clerk: str | None) -> Ticket:
    """The visitor at a window, for the clerk who sits there; refuses `not-your-window` and `nobody-here`."""
    check(ledger.seats, window, clerk)
    ticket = ledger.at_window(window)
    if ticket is None:
        raise Refusal("nobody-here", window=window)
    return ticket


def _check_free(ledger: Ledger, window: int, clerk: str | None) -> None:
    check(ledger.seats, window, clerk)
    if ledger.at_window(window) is not None:
        raise Refusal("window-busy", window=window)
    _check_calls(ledger, window)


def _check_calls(ledger: Ledger, window: int) -> None:
    check_call(ledger.conditions)
    seat = ledger.seats[window]
    if not seat.calls:
        raise Refusal("window-paused" if seat.open else "window-closed", window=window)


def _act(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, act: Act) -> Done:
    after, entry = ledger.act(here(ledger, window, clerk), act, stamp, Told(window=window, clerk=clerk))
    return Done(OK, entry, after)


def _call(ledger: Ledger, stamp: Stamp, number: int) -> Done:
    _check_calls(ledger, number)
    seat = ledger.seats[number]
    window, mine = in_force(ledger.hall.window(number), seat.reluctance), ties_of(number, seat.clerk)
    choice = choose(window, ledger.heads(window, mine), mine, ledger.hall.settings.affinity)
    if choice is not None:
        return call_chosen(ledger, stamp, window, choice)
    if ledger.hall.settings.auto_call and seat.ready_since is None:
        entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, READY, stamp.act_id, stamp.by, window=number)
        ledger.seat(number, get_ready(seat, stamp.at), entry)
    return NOTHING


def call_chosen(ledger: Ledger, stamp: Stamp, window: Window, choice: Choice) -> Done:
    """Call the ticket that the order has chosen for a window (as its clerk serves it), and say why."""
    seat = ledger.seats[window.number]
    ticket = ledger.ticket(choice.ticket.id)
    passed = ledger.entered_before(window, choice.ticket.entered)
    why = why_called(choice, ticket.entered_at, passed, alone=not ledger.has_choice(window))
    told = Told(window=window.number, clerk=seat.clerk)
    after, entry = ledger.act(ticket, Act.CALL, stamp, told, {"why": dict(why)})
    if seat.ready_since is not None:
        ledger.stand(window.number, called(seat))
    return Done(OK, entry, after)
