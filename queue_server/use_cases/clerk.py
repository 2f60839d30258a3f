"""What a clerk does at a window: call next, recall, start, finish, finish and next, missed; sign in and out."""

from typing import Any

from queue_server.core.acts import Stamp
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.core.routing import choose, explain
from queue_server.core.seat import SIGNED_IN, SIGNED_OUT, Seat, check, leave, sit
from queue_server.core.ticket import Act, Ticket
from queue_server.core.timers import DAY_OVER
from queue_server.storage.done import NOTHING, Done
from queue_server.storage.ledger import Ledger

OK, NO_CONTENT = 200, 204


def call_next(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call the ticket of least cost; refuses `window-busy` and `window-closed`; nothing when nobody waits."""
    check(ledger.seats, window, clerk)
    if ledger.at_window(window) is not None:
        raise Refusal("window-busy", window=window)
    return _call(ledger, stamp, window)


def recall(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Call the same ticket again; refuses `nobody-here` and `wrong-state`."""
    return _act(ledger, stamp, window, clerk, Act.RECALL)


def start(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The visitor has come; refuses `nobody-here` and `wrong-state`."""
    return _act(ledger, stamp, window, clerk, Act.START)


def missed(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """The visitor has not come; refuses `nobody-here`, `wrong-state` and `too-few-calls`."""
    return _act(ledger, stamp, window, clerk, Act.MISS)


def finish(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, outcome: str) -> Done:
    """The visitor is served; refuses `nobody-here` and `unknown-outcome`."""
    ticket = _here(ledger, window, clerk)
    after, entry = ledger.act(ticket, Act.FINISH, stamp, outcome=outcome)
    return Done(OK, entry, after)


def finish_and_next(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, outcome: str) -> Done:
    """Finish, then call the next: one act with two entries; 204 when nobody waits after the finish."""
    finished = finish(ledger, stamp, window, clerk, outcome)
    called = _call(ledger, stamp, window)
    return called if called.entry is not None else Done(NO_CONTENT, finished.entry, finished.ticket)


def sign_in(ledger: Ledger, stamp: Stamp, window: int, clerk: str, shown: dict[str, str]) -> Done:
    """Sit down at a window; refuses `window-taken` and `clerk-elsewhere`."""
    seat = sit(ledger.seats, window, clerk, stamp.at)
    return _seat(ledger, stamp, window, seat, SIGNED_IN, {"clerk": shown})


def sign_out(ledger: Ledger, stamp: Stamp, window: int, clerk: str, *, frees: bool) -> Done:
    """Leave a window, or free one that somebody left behind (`frees`); refuses `not-your-window`, `window-busy`."""
    seat = leave(ledger.seats, window, clerk, busy=ledger.at_window(window) is not None, frees=frees)
    return _seat(ledger, stamp, window, seat, SIGNED_OUT, {"clerk": None})


def end_seat(ledger: Ledger, stamp: Stamp, window: int) -> Done:
    """Sign out who still sits there since an earlier day; refuses `window-busy` until the visitor's own timer fired."""
    busy = ledger.at_window(window) is not None
    seat = leave(ledger.seats, window, str(ledger.seats[window].clerk), busy=busy)
    return _seat(ledger, stamp, window, seat, SIGNED_OUT, {"clerk": None, "reason": DAY_OVER})


def _seat(ledger: Ledger, stamp: Stamp, window: int, seat: Seat, act: str, told: dict[str, Any]) -> Done:
    facts = {**told, "open": seat.open}
    entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, act, stamp.act_id, stamp.by, window=window, facts=facts)
    ledger.seat(window, seat, entry)
    return Done(OK, entry)


def _here(ledger: Ledger, window: int, clerk: str | None) -> Ticket:
    check(ledger.seats, window, clerk)
    ticket = ledger.at_window(window)
    if ticket is None:
        raise Refusal("nobody-here", window=window)
    return ticket


def _act(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, act: Act) -> Done:
    after, entry = ledger.act(_here(ledger, window, clerk), act, stamp)
    return Done(OK, entry, after)


def _call(ledger: Ledger, stamp: Stamp, number: int) -> Done:
    if not ledger.seats[number].open:
        raise Refusal("window-closed", window=number)
    window = ledger.hall.window(number)
    choice = choose(window, ledger.heads(window))
    if choice is None:
        return NOTHING
    passed = ledger.issued_before(window, choice.ticket.entered)
    ticket = ledger.ticket(choice.ticket.id)
    why = explain(choice, ticket.issued_at, passed, alone=not ledger.has_choice(window))
    after, entry = ledger.act(ticket, Act.CALL, stamp, window=number, facts={"why": dict(why)})
    return Done(OK, entry, after)
