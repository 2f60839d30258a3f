"""Who needs parts of the hall now, as the core asks for it before the hall becomes another one."""

from collections.abc import Collection

from sqlalchemy import Connection, Table, select, text

from queue_server.core.hall import Hall
from queue_server.core.in_use import Binding, InUse, Promised
from queue_server.storage import seats
from queue_server.storage.lanes import OPEN
from queue_server.storage.tables import bookings, cases, tickets

_OPEN_TICKETS = select(*(tickets.c[name] for name in Binding._fields)).order_by(tickets.c.entered)


def in_use(db: Connection, hall: Hall, businesses: Collection[str]) -> InUse:
    """The open tickets and the seats, and of these businesses the open cases and the bookings nobody came for."""
    return InUse(
        [Binding(*row) for row in db.execute(_OPEN_TICKETS.where(tickets.c.hall == hall.id, OPEN))],
        seats.load(db, hall),
        _promised(db, hall, businesses, cases, "closed_at IS NULL"),
        _promised(db, hall, businesses, bookings, "state = 'booked'"),
    )


def _promised(db: Connection, hall: Hall, businesses: Collection[str], table: Table, still: str) -> list[Promised]:
    of = select(table.c.code, table.c.business).where(table.c.hall == hall.id, text(still))
    found = of.where(table.c.business.in_(sorted(businesses))).order_by(table.c.code)
    return [Promised(*row) for row in db.execute(found)]
