"""The few queries that the ledger and the lists share."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from queue_server.core.hall import Hall
from queue_server.core.routing import competing
from queue_server.core.ticket import AT_WINDOW, State
from queue_server.storage.tables import tickets

_HERE = [s.value for s in sorted(AT_WINDOW)]


def at_window(db: Connection, hall: Hall, window: int) -> Mapping[Any, Any] | None:
    """The row of the ticket called or serving at a window."""
    statement = select(tickets).where(tickets.c.hall == hall.id, tickets.c.state.in_(_HERE), tickets.c.window == window)
    return db.execute(statement).mappings().first()


def waiting(db: Connection, hall: Hall, businesses: Iterable[str], *conditions: ColumnElement[bool]) -> int:
    """How many tickets of these businesses wait."""
    statement = select(func.count()).where(
        tickets.c.hall == hall.id,
        tickets.c.state == State.WAITING.value,
        tickets.c.business.in_(sorted(businesses)),
        *conditions,
    )
    return int(db.execute(statement).scalar_one())


def ahead(
    db: Connection, hall: Hall, open_windows: Iterable[int], business: str, place: int, entered: int
) -> int:
    """How many waiting tickets stand before (place, entered) and compete for the same windows."""
    earlier = (tickets.c.place < place) | ((tickets.c.place == place) & (tickets.c.entered < entered))
    return waiting(db, hall, competing(hall, open_windows, business), earlier)
