"""Sending a visitor on: transfer to another business, window or clerk; another business while still waiting."""

from queue_server.core import places
from queue_server.core.acts import Stamp
from queue_server.core.routing import tie_elsewhere, tie_sent
from queue_server.core.seat import check, check_here
from queue_server.core.steps import Told
from queue_server.core.ticket import Act
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.aside import turn_over

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
) -> Done:
    """Send the visitor at this window to another business, or to one window or clerk: same number, a new turn.

    Why, and what the next clerk must know, travels as the note. Refuses `nobody-here`, `unknown-business`,
    `unknown-window`, `not-there` when the window named does not serve the business, `same-window`.
    """
    check(ledger.seats, window, clerk)
    ticket = check_here(window, ledger.at_window(window))
    tie = tie_sent(ledger.hall, business, window, to_window, to_clerk)
    place = places.on_transfer(stamp.at, ticket.place, ledger.hall.head_start(ticket.priority), ledger.hall.settings)
    told = Told(window=window, clerk=clerk, business=business, place=place, entered=ledger.next_no, tie=tie)
    after, entry = ledger.act(ticket, Act.TRANSFER, stamp, told, note=note)
    turn_over(ledger, stamp, ticket.id, Act.TRANSFER)
    return Done(OK, entry, after)


def move(ledger: Ledger, stamp: Stamp, ticket_id: str, business: str, window: int | None = None) -> Done:
    """Another business for somebody who still waits, at the same place; refuses `wrong-state`, `unknown-business`."""
    ledger.hall.business(business)
    ticket = ledger.ticket(ticket_id)
    tie = tie_elsewhere(ticket.tie, business, ledger.hall.windows)
    told = Told(window=window, business=business, place=ticket.place, entered=ledger.next_no, tie=tie)
    after, entry = ledger.act(ticket, Act.MOVE, stamp, told)
    return Done(OK, entry, after)
