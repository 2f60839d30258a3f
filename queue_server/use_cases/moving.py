"""Sending a visitor on: transfer to another business, window or clerk; another business while still waiting."""

from queue_server.core import places
from queue_server.core.acts import Stamp
from queue_server.core.aside import check_handed_over
from queue_server.core.conditions import check_moved, check_sent
from queue_server.core.routing import in_force, tie_sent, tied_clerk
from queue_server.core.seat import check, check_here
from queue_server.core.steps import Told, leads_to
from queue_server.core.ticket import Act
from queue_server.core.ties import check_able, tie_elsewhere
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.aside import turn_over
from queue_server.use_cases.seats import able

OK = 200


def transfer(
    ledger: Ledger,
    stamp: Stamp,
    window: int,
    clerk: str | None,
    business: str,
    note: str,
    to_window: int | None = None,
    to_clerk: str | None = None,
    held: str | None = None,
) -> Done:
    """Send the visitor at this window to another business, or to one window or clerk: same number, a new turn.

    Why, and what the next clerk must know, travels as the note; `held` is the ticket of a visitor who is not here,
    whose papers were kept and are handed over: placed like whoever comes back from a hold.
    Refuses `nobody-here`, `unknown-business`, `unknown-window`, `not-there` and `clerk-not-there` when the window or
    clerk named does not serve the business, `same-window`, `sent-to-suspended`, and what `check_handed_over` refuses.
    """
    check(ledger.seats, window, clerk)
    if held is None:
        ticket, facts, here = check_here(window, ledger.at_window(window)), None, window
    else:
        ticket = ledger.ticket(held)
        at = in_force(ledger.hall.window(window), ledger.seats[window].reluctance)
        here = check_handed_over(ticket, ledger.seats, at)
        facts = {"kept_at": here}
    tie = tie_sent(ledger.hall, business, here, to_window, to_clerk)
    if to_clerk is not None:
        check_able(ledger.hall, ledger.seats, to_clerk, able(ledger, to_clerk), business)
    check_sent(ledger.conditions, ticket.business, business)
    hall, evacuations = ledger.hall, ledger.conditions.evacuations
    head_start, aside = hall.head_start(ticket.priority), held is not None
    place = places.on_transfer(stamp.at, ticket.place, head_start, hall.settings, evacuations, held=aside)
    told = Told(window=window, clerk=clerk, business=business, place=place, entered=ledger.next_no, tie=tie)
    after, entry = ledger.act(ticket, Act.TRANSFER, stamp, told, facts, note)
    turn_over(ledger, stamp, ticket.id, Act.TRANSFER)
    return Done(OK, entry, after)


def move(ledger: Ledger, stamp: Stamp, ticket_id: str, business: str, window: int | None = None) -> Done:
    """Another business for somebody who still waits, at the same place.

    Refuses `wrong-state`, `unknown-business`, `same-business`, `sent-to-suspended`.
    """
    ledger.hall.business(business)
    ticket = ledger.ticket(ticket_id)
    # The business of a ticket that is over may be none of the hall's any more.
    leads_to(ticket, Act.MOVE)
    check_moved(ledger.hall, ledger.conditions, ticket.business, business)
    tied = tied_clerk(ticket.tie)
    profile = None if tied is None else able(ledger, tied)
    tie = tie_elsewhere(ledger.hall, ledger.seats, ticket.tie, profile, business)
    told = Told(window=window, business=business, place=ticket.place, entered=ledger.next_no, tie=tie)
    after, entry = ledger.act(ticket, Act.MOVE, stamp, told)
    return Done(OK, entry, after)
