"""Who needs parts of the hall now, as the core asks for it before the hall becomes another one."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from queue_server.core.hall import Hall
from queue_server.core.in_use import Binding, InUse, Promised
from queue_server.core.ticket import FINAL
from queue_server.storage import bookings, seats
from queue_server.storage.lanes import OPEN
from queue_server.storage.lists import all_sound
from queue_server.storage.rows import DAMAGED
from queue_server.storage.tables import cases, tickets

_OPEN_TICKETS = select(tickets).where(OPEN, tickets.c.state != DAMAGED).order_by(tickets.c.entered)
_OPEN_CASES = select(cases.c.code, cases.c.business, cases.c.item).where(cases.c.closed_at.is_(None))


def in_use(db: Connection, hall: Hall, businesses: Collection[str]) -> InUse:
    """The open tickets and the seats, and of these businesses the open cases and the bookings nobody came for.

    What is damaged counts as the journal tells it; what nobody can tell any more is left out, or it would keep the hall
    from ever changing.
    """
    rows = db.execute(_OPEN_TICKETS.where(tickets.c.hall == hall.id)).mappings().all()
    there = [ticket for ticket in all_sound(db, hall, rows) if ticket.state not in FINAL]
    of = _OPEN_CASES.where(cases.c.hall == hall.id, cases.c.business.in_(sorted(businesses))).order_by(cases.c.code)
    return InUse(
        [Binding(*(getattr(ticket, name) for name in Binding._fields)) for ticket in there],
        seats.load(db, hall),
        [Promised(*row) for row in db.execute(of)],
        [Promised(b.code, b.business, b.item, b.priority) for b in bookings.standing(db, hall, businesses)],
    )
