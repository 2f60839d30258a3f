"""Putting a visitor aside and letting them come back: three holds, resume, rejoin, and the missed who return."""

from queue_server.core import aside as rules
from queue_server.core import places
from queue_server.core.acts import Stamp
from queue_server.core.seat import called, check, check_free, check_here
from queue_server.core.steps import Told, leads_to
from queue_server.core.ticket import ENDS_TURN, Act, Hold, Ticket
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

OK = 200


def hold(
    ledger: Ledger,
    stamp: Stamp,
    window: int,
    clerk: str | None,
    kind: Hold,
    awaits: str | None = None,
    note: str | None = None,
) -> Done:
    """Put the visitor at this window aside.

    A hold that awaits ends with the turn of the ticket `awaits`, else by the hall's timer. Refuses `nobody-here`,
    `wrong-state`, and `awaits-itself`.
    """
    check(ledger.seats, window, clerk)
    ticket = check_here(window, ledger.at_window(window))
    if awaits is not None:
        rules.check_awaited(ticket, ledger.ticket(awaits))
    until = rules.held_until(kind, stamp.at, ledger.hall.settings)
    told = Told(window=window, clerk=clerk, hold=kind, until=until, awaits=awaits)
    after, entry = ledger.act(ticket, Act.HOLD, stamp, told, note=note)
    return Done(OK, entry, after)


def resume(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None, ticket_id: str) -> Done:
    """Serve on whose papers stayed at this window; refuses `window-busy`, `held-elsewhere`, `papers-not-kept`."""
    check(ledger.seats, window, clerk)
    check_free(window, busy=ledger.at_window(window) is not None)
    ticket = ledger.ticket(ticket_id)
    rules.check_kept_here(ticket, window)
    after, entry = ledger.act(ticket, Act.RESUME, stamp, Told(window=window, clerk=clerk))
    ledger.stand(window, called(ledger.seats[window]))
    return Done(OK, entry, after)


def rejoin(ledger: Ledger, stamp: Stamp, ticket_id: str, window: int | None = None) -> Done:
    """Back into the queue from a hold; refuses `wrong-state` and `papers-kept`."""
    return _rejoined(ledger, stamp, ledger.ticket(ticket_id), window)


def turn_over(ledger: Ledger, stamp: Stamp, ticket_id: str, act: Act) -> None:
    """After an act that ended a turn, whoever was put aside to wait for it comes back into the queue."""
    if act in ENDS_TURN:
        for waiting in ledger.awaiting(ticket_id):
            _rejoined(ledger, stamp, waiting, None)


def _rejoined(ledger: Ledger, stamp: Stamp, ticket: Ticket, window: int | None) -> Done:
    # What a ticket that is over was once worth, the hall may not know any more.
    leads_to(ticket, Act.REJOIN)
    head_start = ledger.hall.head_start(ticket.priority)
    evacuations = ledger.conditions.evacuations
    place = places.on_rejoin(stamp.at, ticket.place, head_start, ledger.hall.settings, evacuations)
    told = Told(window=window, place=place, entered=ledger.next_no, tie=ticket.tie)
    after, entry = ledger.act(ticket, Act.REJOIN, stamp, told)
    return Done(OK, entry, after)


def requeue(ledger: Ledger, stamp: Stamp, ticket_id: str, window: int | None = None) -> Done:
    """A missed visitor is here after all; refuses `wrong-state` and `too-many-returns`."""
    ticket = ledger.ticket(ticket_id)
    evacuations, before = ledger.conditions.evacuations, ledger.first_places(ticket.business)
    place = places.on_requeue(stamp.at, ticket.place, before, ledger.hall.settings, evacuations)
    told = Told(window=window, place=place, entered=ledger.next_no, tie=ticket.tie)
    after, entry = ledger.act(ticket, Act.REQUEUE, stamp, told)
    return Done(OK, entry, after)
