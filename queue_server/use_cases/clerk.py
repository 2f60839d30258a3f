"""What a clerk does with the visitor at the window: call, recall, start, finish, finish and next, missed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from queue_server.core.acts import Stamp
from queue_server.core.business import Business, Item
from queue_server.core.case import Case, accepted_item, meant
from queue_server.core.conditions import calls_on, check_call
from queue_server.core.hall import Window
from queue_server.core.journal import Entry
from queue_server.core.ready import becomes_ready
from queue_server.core.reasons import why_called, why_direct, without_head_start
from queue_server.core.routing import Choice, check_direct, check_serves, choose, in_force, ties_of
from queue_server.core.seat import READY, called, check, check_calls, check_free, check_here, get_ready
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, Ticket
from queue_server.storage.done import NOTHING, Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.cases import close_with, come_with
from queue_server.use_cases.ending import end
from queue_server.use_cases.papers import accepted

OK, NO_CONTENT = 200, 204


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
    check_direct(ledger.hall.settings)
    _check_free(ledger, window, clerk)
    at = in_force(ledger.hall.window(window), ledger.seats[window].reluctance)
    ticket = ledger.ticket(ticket_id)
    check_serves(at, ticket.business)
    facts = {"why": dict(why_direct(at, ticket.business))}
    after, entry = ledger.act(ticket, Act.CALL, stamp, Told(window=window, clerk=clerk), facts, reason)
    ledger.stand(window, called(ledger.seats[window]))
    return Done(OK, entry, after)


def recall(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call the same ticket again; refuses `nobody-here`, `wrong-state`, `hall-evacuated`."""
    check_call(ledger.conditions)
    return _act(ledger, stamp, window, clerk, Act.RECALL)


def start(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The visitor has come; refuses `nobody-here` and `wrong-state`."""
    return _act(ledger, stamp, window, clerk, Act.START)


def missed(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The visitor has not come; refuses `nobody-here`, `wrong-state`, `too-few-calls` and `hall-evacuated`."""
    check_call(ledger.conditions)
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
    """The visitor is served, or goes on to the next business of the visit; a case whose matter is done is closed.

    `served` are the items really served, `happened` is when it was done by hand (ms UTC).
    Refuses `nobody-here`, `unknown-outcome`, `unknown-item`, `one-case` where two items would have a case each.
    """
    ticket = here(ledger, window, clerk)
    known, business = come_with(ledger, ticket), ledger.hall.business(ticket.business)
    main = business.main_item(meant(ticket.item, known, business), [each.item for each in served])
    facts = _served(ledger, business, main, outcome, served)
    results = [(each.item, each.outcome or outcome) for each in served]
    done = [(business.item(code), result) for code, result in results]
    if not done and main is not None:
        done = [(main, outcome)]
    item = accepted_item(known, business.code, done)
    case: Case | None = close_with(ledger, stamp, ticket, window, outcome, results)
    if item is not None:
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
    goes_on = calls_on(ledger.conditions, ledger.seats[window])
    following = _call(ledger, stamp, window) if goes_on else NOTHING
    return following if following.entry is not None else Done(NO_CONTENT, finished.entry, finished.ticket)


def _served(
    ledger: Ledger, business: Business, main: Item | None, outcome: str, served: Sequence[Served]
) -> dict[str, Any]:
    """What the entry tells of the items served, and whether the outcome was left as the item has it by default."""
    told: list[dict[str, Any]] = []
    for each in served:
        business.item(each.item)
        if each.outcome is not None:
            ledger.hall.settings.check_outcome(each.outcome)
        told.append({"item": each.item, "quantity": each.quantity, "outcome": each.outcome or outcome})
    facts: dict[str, Any] = {"served": told} if told else {}
    return facts if main is None or main.outcome is None else {**facts, "by_default": main.outcome == outcome}


def here(ledger: Ledger, window: int, clerk: str | None) -> Ticket:
    """The visitor at a window, for the clerk who sits there; refuses `not-your-window` and `nobody-here`."""
    check(ledger.seats, window, clerk)
    return check_here(window, ledger.at_window(window))


def _check_free(ledger: Ledger, window: int, clerk: str | None) -> None:
    check(ledger.seats, window, clerk)
    check_free(window, busy=ledger.at_window(window) is not None)
    _check_calls(ledger, window)


def _check_calls(ledger: Ledger, window: int) -> None:
    check_call(ledger.conditions)
    check_calls(ledger.seats[window], window)


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
    if becomes_ready(ledger.hall.settings, seat):
        entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, READY, stamp.act_id, stamp.by, window=number)
        ledger.seat(number, get_ready(seat, stamp.at), entry)
    return NOTHING


def call_chosen(ledger: Ledger, stamp: Stamp, window: Window, choice: Choice) -> Done:
    """Call the ticket that the order has chosen for a window (as its clerk serves it), and say why."""
    seat = ledger.seats[window.number]
    ticket = ledger.ticket(choice.ticket.id)
    passed = ledger.issued_before(window, ticket.issued_at)
    # Who stands before it by place, all the same, is asked only where it passed somebody.
    heads = ledger.heads(window, ties_of(window.number, seat.clerk)) if passed else []
    ordinary = without_head_start(ticket)
    overtaken = ledger.overtaken(window, ticket, ordinary) if passed and ticket.place < ordinary else 0
    alone = not ledger.has_choice(window)
    why = why_called(window, choice, heads, passed, overtaken, alone=alone)
    told = Told(window=window.number, clerk=seat.clerk)
    after, entry = ledger.act(ticket, Act.CALL, stamp, told, {"why": dict(why)})
    ledger.stand(window.number, called(seat))
    return Done(OK, entry, after)
