"""What changes a visitor's standing: a ground for priority granted or withdrawn, more time, a wrong timing."""

from queue_server.core import places
from queue_server.core.acts import Stamp
from queue_server.core.steps import Told, leads_to
from queue_server.core.ticket import Act
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

OK = 200


def grade(
    ledger: Ledger, stamp: Stamp, ticket_id: str, grounds: tuple[str, ...], granter: str, window: int | None = None
) -> Done:
    """Give a ticket these grounds for priority, and no others; `granter` is the most this person may grant.

    Refuses `unknown-class`, `may-not-grant`, `wrong-state`.
    """
    hall = ledger.hall
    ticket = ledger.ticket(ticket_id)
    wanted = tuple(dict.fromkeys(grounds))
    hall.check_regraded(ticket.priority, wanted, granter)
    # What a ticket that is over was once worth, the hall may not know any more.
    leads_to(ticket, Act.GRADE)
    new, before = hall.head_start(wanted), hall.head_start(ticket.priority)
    evacuations = ledger.conditions.evacuations
    place = places.on_grade(ticket.entered_at, ticket.base, ticket.place, new, before, hall.settings, evacuations)
    told = Told(window=window, priority=wanted, place=place)
    after, entry = ledger.act(ticket, Act.GRADE, stamp, told)
    return Done(OK, entry, after)


def more_time(ledger: Ledger, stamp: Stamp, ticket_id: str, window: int | None = None) -> Done:
    """This visitor walks slowly: calls are spaced twice as far; refuses `wrong-state`."""
    after, entry = ledger.act(ledger.ticket(ticket_id), Act.MORE_TIME, stamp, Told(window=window))
    return Done(OK, entry, after)


def mark_timing(ledger: Ledger, stamp: Stamp, ticket_id: str, window: int | None = None) -> Done:
    """The times of this service are not true (a forgotten key): measures leave them out; refuses `wrong-state`."""
    after, entry = ledger.act(ledger.ticket(ticket_id), Act.MARK_TIMING, stamp, Told(window=window))
    return Done(OK, entry, after)
