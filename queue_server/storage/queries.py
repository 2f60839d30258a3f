"""The few queries that the ledger and the lists share."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, bindparam, func, select, union_all

from queue_server.core.hall import Hall
from queue_server.core.routing import Waiting, competing
from queue_server.core.ticket import AT_WINDOW as HERE
from queue_server.core.ticket import State
from queue_server.storage.lanes import CALLABLE, FREE, TIED
from queue_server.storage.tables import tickets

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_AT_WINDOW = select(tickets).where(
    tickets.c.hall == bindparam("in_hall"),
    tickets.c.state.in_([s.value for s in sorted(HERE)]),
    tickets.c.window == bindparam("at"),
)
_WAITING = select(func.count()).where(
    tickets.c.hall == bindparam("in_hall"),
    CALLABLE,
    tickets.c.business.in_(bindparam("businesses", expanding=True)),
)
_TWO = (
    select(tickets.c.id)
    .where(
        tickets.c.hall == bindparam("in_hall"),
        CALLABLE,
        tickets.c.business.in_(bindparam("businesses", expanding=True)),
    )
    .order_by(tickets.c.entered)
    .limit(2)
)
_ISSUED_BEFORE = _WAITING.where(tickets.c.issued_at < bindparam("before"))
_OVERTAKEN = _ISSUED_BEFORE.where(tickets.c.place >= bindparam("place_of"), tickets.c.place < bindparam("ordinary"))
_AHEAD = _WAITING.where(
    (tickets.c.place < bindparam("place_of"))
    | ((tickets.c.place == bindparam("place_of")) & (tickets.c.entered < bindparam("before")))
)
# What choosing needs of a waiting ticket, in the order of `Waiting`.
LANE = (tickets.c.place, tickets.c.entered, tickets.c.business, tickets.c.id, tickets.c.tie, tickets.c.ripe)
_HEAD = select(*LANE).where(tickets.c.hall == bindparam("in_hall")).order_by(tickets.c.place, tickets.c.entered)
_FIRST = _HEAD.where(CALLABLE, tickets.c.business == bindparam("of_business")).limit(bindparam("most"))
# In an index's own order: else PostgreSQL thinks that reading the table finds one of so many soon enough.
_ANY_TIED = (
    select(tickets.c.id)
    .where(tickets.c.hall == bindparam("in_hall"), TIED)
    .order_by(tickets.c.business, tickets.c.place, tickets.c.entered)
    .limit(1)
)


def at_window(db: Connection, hall: Hall, window: int) -> Mapping[Any, Any] | None:
    """The row of the ticket called or serving at a window."""
    return db.execute(_AT_WINDOW, {"in_hall": hall.id, "at": window}).mappings().first()


@lru_cache(maxsize=256)
def _free_heads(businesses: tuple[str, ...]) -> CompoundSelect[Any]:
    # A statement of its own for each business, so that each is one step into the index, however many wait.
    return _each(_HEAD.where(FREE, tickets.c.business == business) for business in businesses)


@lru_cache(maxsize=256)
def _tied_heads(businesses: tuple[str, ...], mine: tuple[str, ...]) -> CompoundSelect[Any]:
    tied = _HEAD.where(TIED)
    own = (tied.where(tickets.c.business == code, tickets.c.tie == tie) for code in businesses for tie in mine)
    others = (tied.where(tickets.c.business == code, tickets.c.tie.not_in(mine)) for code in businesses)
    return _each([*own, *others])


def _each(lanes: Iterable[Select[Any]]) -> CompoundSelect[Any]:
    return union_all(*(select(lane.limit(1).subquery()) for lane in lanes))


def heads(db: Connection, hall: Hall, businesses: tuple[str, ...], mine: Collection[str]) -> list[Waiting]:
    """The first callable ticket of each lane: of each of these businesses nobody's, one's own, and somebody else's."""
    if not businesses:
        return []
    where = {"in_hall": hall.id}
    rows = [*db.execute(_free_heads(businesses), where)]
    if db.execute(_ANY_TIED, where).first() is not None:
        rows += db.execute(_tied_heads(businesses, tuple(sorted(mine))), where)
    return [Waiting(*row) for row in rows]


def first_places(db: Connection, hall: Hall, business: str, most: int) -> list[int]:
    """The places of the first callable tickets of a business, in order."""
    where = {"in_hall": hall.id, "of_business": business, "most": most}
    return [row.place for row in db.execute(_FIRST, where)]


def waiting_ids(db: Connection, hall: Hall, business: str) -> list[str]:
    """Everybody who waits for a business, callable or not, in order of place."""
    waiting = select(tickets.c.id).where(
        tickets.c.hall == hall.id, tickets.c.state == State.WAITING.value, tickets.c.business == business
    )
    return list(db.execute(waiting.order_by(tickets.c.place, tickets.c.entered)).scalars())


def several_wait(db: Connection, hall: Hall, businesses: Iterable[str]) -> bool:
    """Whether more than one ticket of these businesses waits."""
    return len(db.execute(_TWO, {"in_hall": hall.id, "businesses": sorted(businesses)}).all()) > 1


def issued_before(db: Connection, hall: Hall, businesses: Iterable[str], at: int) -> int:
    """How many callable tickets of these businesses wait that were issued before `at` (ms UTC)."""
    values = {"in_hall": hall.id, "businesses": sorted(businesses), "before": at}
    return int(db.execute(_ISSUED_BEFORE, values).scalar_one())


def overtaken(db: Connection, hall: Hall, businesses: Iterable[str], at: int, place: int, ordinary: int) -> int:
    """How many of those are waiting from this place on and before the ordinary one (ms UTC)."""
    values = {"in_hall": hall.id, "businesses": list(businesses), "before": at, "place_of": place, "ordinary": ordinary}
    return int(db.execute(_OVERTAKEN, values).scalar_one())


def ahead(
    db: Connection, hall: Hall, called: Iterable[Collection[str]], business: str, place: int, entered: int
) -> int:
    """How many waiting tickets stand before (place, entered) and compete for the same windows.

    `called` are the businesses that each open window calls.
    """
    rivals = sorted(competing(called, business))
    values = {"in_hall": hall.id, "businesses": rivals, "place_of": place, "before": entered}
    return int(db.execute(_AHEAD, values).scalar_one())
