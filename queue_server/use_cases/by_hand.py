"""Entering afterwards what a window did by hand without a link: line by line, and never over what happened since."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from queue_server.core import by_hand as rules
from queue_server.core.acts import Stamp
from queue_server.core.by_hand import Line
from queue_server.core.hall import Window
from queue_server.core.journal import Entry
from queue_server.core.reasons import why_by_hand
from queue_server.core.routing import in_force
from queue_server.core.seat import called, check, check_free
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, Ticket
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import clerk as at_window

OK = 200


def enter(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, lines: Sequence[Line], since: int) -> Done:
    """Enter what was done by hand after `since` (ms UTC); a line that the hall overtook is noted and told, not done.

    Refuses what `by_hand.check` refuses, `window-busy` while somebody is at the window whom the list does not end,
    `too-few-calls`, `unknown-ticket`, `unknown-outcome`.
    """
    check(ledger.seats, window, clerk)
    rules.check(lines, since, stamp.at)
    here = ledger.at_window(window)
    ended = here is not None and here.id == lines[0].ticket and lines[0].called_at is None
    check_free(window, busy=here is not None and not ended)
    post = in_force(ledger.hall.window(window), ledger.seats[window].reluctance)
    told = [_enter(ledger, stamp, post, clerk, line) for line in lines]
    facts = {"by_hand": True, "since": since, "lines": told}
    entry = Entry(
        ledger.next_no, stamp.at, ledger.hall.id, rules.ENTERED, stamp.act_id, stamp.by, window=window, facts=facts
    )
    ledger.write(entry)
    return Done(OK, entry)


def _enter(ledger: Ledger, stamp: Stamp, post: Window, clerk: str | None, line: Line) -> dict[str, Any]:
    ticket = ledger.ticket(line.ticket)
    conflict = rules.conflict(line, ticket, post.number, post.reluctance, ledger.conditions.evacuations)
    if conflict is None:
        for act, at in rules.acts(line, ticket):
            ticket = _ACTS[act](ledger, stamp, post, ticket, Dated(clerk, at, line.outcome))
    stands = {"ticket": ticket.id, "number": ticket.number, "state": ticket.state.value, "window": ticket.window}
    # What was not entered stays on record in the words of the window: somebody was called, whatever the hall knows.
    said = {} if conflict is None else {"said": {n: v for n, v in line.told.items() if v is not None}}
    return {**stands, "conflict": conflict, **said}


class Dated(NamedTuple):
    """Who did it, when it was done (ms UTC), and with which outcome."""

    clerk: str | None
    at: int
    outcome: str | None


def _call(ledger: Ledger, stamp: Stamp, post: Window, ticket: Ticket, by: Dated) -> Ticket:
    # Whoever the list says is gone may be there still, where the hall knows of something later than the list.
    check_free(post.number, busy=ledger.at_window(post.number) is not None)
    ledger.stand(post.number, called(ledger.seats[post.number]))
    told = Told(window=post.number, clerk=by.clerk)
    return ledger.act(ticket, Act.CALL, stamp, told, {"why": why_by_hand(post, ticket.business)}, happened=by.at)[0]


def _start(ledger: Ledger, stamp: Stamp, post: Window, ticket: Ticket, by: Dated) -> Ticket:
    return ledger.act(ticket, Act.START, stamp, Told(window=post.number, clerk=by.clerk), happened=by.at)[0]


def _finish(ledger: Ledger, stamp: Stamp, post: Window, ticket: Ticket, by: Dated) -> Ticket:
    return at_window.finish(ledger, stamp, post.number, by.clerk, str(by.outcome), happened=by.at).ticket or ticket


def _miss(ledger: Ledger, stamp: Stamp, post: Window, ticket: Ticket, by: Dated) -> Ticket:
    calls = rules.calls_by(ticket, by.at, ledger.hall.settings, ledger.conditions.evacuations)
    told = Told(window=post.number, clerk=by.clerk, calls=calls)
    return ledger.act(ticket, Act.MISS, stamp, told, happened=by.at)[0]


_ACTS = {Act.CALL: _call, Act.START: _start, Act.FINISH: _finish, Act.MISS: _miss}
