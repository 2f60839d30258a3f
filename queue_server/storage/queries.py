"""The few queries that the ledger and the lists share."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, bindparam, func, select, union_all

from queue_server.core.hall import Hall
from queue_server.core.routing import Waiting, competing
from queue_server.core.ticket import AT_WINDOW as HERE
from queue_server.core.ticket import State
from queue_server.storage.tables import tickets

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_AT_WINDOW = select(tickets).where(
    tickets.c.hall == bindparam("in_hall"),
    tickets.c.state.in_([s.value for s in sorted(HERE)]),
    tickets.c.window == bindparam("at"),
)
_WAITING = select(func.count()).where(
    tickets.c.hall == bindparam("in_hall"),
    tickets.c.state == State.WAITING.value,
    tickets.c.business.in_(bindparam("businesses", expanding=True)),
)
_TWO = (
    select(tickets.c.id)
    .where(
        tickets.c.hall == bindparam("in_hall"),
        tickets.c.state == State.WAITING.value,
        tickets.c.business.in_(bindparam("businesses", expanding=True)),
    )
    .limit(2)
)
_ENTERED_BEFORE = _WAITING.where(tickets.c.entered < bindparam("before"))
_AHEAD = _WAITING.where(
    (tickets.c.place < bindparam("place_of"))
    | ((tickets.c.place == bindparam("place_of")) & (tickets.c.entered < bindparam("before")))
)


def at_window(db: Connection, hall: Hall, window: int) -> Mapping[Any, Any] | None:
    """The row of the ticket called or serving at a window."""
    return db.execute(_AT_WINDOW, {"in_hall": hall.id, "at": window}).mappings().first()


@lru_cache(maxsize=256)
def _heads(businesses: tuple[str, ...]) -> CompoundSelect[int, int, str, str]:
    first = (
        select(tickets.c.place, tickets.c.entered, tickets.c.business, tickets.c.id)
        .where(tickets.c.hall == bindparam("in_hall"), tickets.c.state == State.WAITING.value)
        .order_by(tickets.c.place, tickets.c.entered)
        .limit(1)
    )
    # A statement of its own for each business, so that each is one step into the index, however many wait.
    each = [select(first.where(tickets.c.business == business).subquery()) for business in businesses]
    return union_all(*each)


def heads(db: Connection, hall: Hall, businesses: tuple[str, ...]) -> list[Waiting]:
    """The first waiting ticket of each of these businesses, in (place, entered) order."""
    if not businesses:
        return []
    rows = db.execute(_heads(businesses), {"in_hall": hall.id})
    return [Waiting(place, entered, business, ticket) for place, entered, business, ticket in rows]


def several_wait(db: Connection, hall: Hall, businesses: Iterable[str]) -> bool:
    """Whether more than one ticket of these businesses waits."""
    return len(db.execute(_TWO, {"in_hall": hall.id, "businesses": sorted(businesses)}).all()) > 1


def entered_before(db: Connection, hall: Hall, businesses: Iterable[str], entered: int) -> int:
    """How many tickets of these businesses wait that entered the queue before entry `entered`."""
    values = {"in_hall": hall.id, "businesses": sorted(businesses), "before": entered}
    return int(db.execute(_ENTERED_BEFORE, values).scalar_one())


def ahead(db: Connection, hall: Hall, open_windows: Iterable[int], business: str, place: int, entered: int) -> int:
    """How many waiting tickets stand before (place, entered) and compete for the same windows."""
    rivals = sorted(competing(hall, open_windows, business))
    values = {"in_hall": hall.id, "businesses": rivals, "place_of": place, "before": entered}
    return int(db.execute(_AHEAD, values).scalar_one())
