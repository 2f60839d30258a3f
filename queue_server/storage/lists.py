"""What screens and lists read: the board, pages of tickets, a visitor's own ticket."""

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection, Select, bindparam, func, select

from queue_server.core.acts import day_of
from queue_server.core.board import NEWEST, AtWindow, Call, board
from queue_server.core.hall import Hall
from queue_server.core.journal import parse
from queue_server.core.moment import hall_time
from queue_server.core.seat import called_by
from queue_server.core.ticket import AT_WINDOW, PAST, UNDONE, Act, Ticket
from queue_server.storage import conditions, history, queries, seats
from queue_server.storage import halls as hall_rows
from queue_server.storage.lanes import CALLABLE, CALLS, WAITING
from queue_server.storage.rows import DamagedRow, ticket_of
from queue_server.storage.tables import halls, journal, tickets, windows

log = structlog.get_logger(__name__)

# The day is looked at afterwards, since entries only go forward: what is older than ten calls is not on the board
# anyhow.
_LOOKED_AT = 3 * NEWEST
# A call that was made by hand and entered afterwards is no news: a display that showed it would call people again.
# Quotes in anybody's words are escaped inside a line, so nothing else looks like this.
_LIVE = ~journal.c.line.contains('"by_hand":true', autoescape=True)
_NEWEST = (
    select(journal)
    .where(journal.c.hall == bindparam("in_hall"), CALLS, _LIVE)
    .order_by(journal.c.entry_no.desc())
    .limit(_LOOKED_AT)
    .subquery()
)
_NEWEST_CALLS = (
    select(
        *(_NEWEST.c.entry_no, tickets.c.number, tickets.c.business, _NEWEST.c.window, _NEWEST.c.at, _NEWEST.c.act),
        _NEWEST.c.line,
    )
    .join(tickets, tickets.c.id == _NEWEST.c.ticket)
    .where(tickets.c.day == bindparam("on_day"))
    .order_by(_NEWEST.c.entry_no.desc())
)
_HERE = [s.value for s in sorted(AT_WINDOW)]
_COUNT = (
    select(tickets.c.business, func.count().label("waiting"))
    .where(tickets.c.hall == bindparam("in_hall"))
    .group_by(tickets.c.business)
)
_COUNT_WAITING, _COUNT_CALLABLE = _COUNT.where(WAITING), _COUNT.where(CALLABLE)


def hall(db: Connection, hall_id: str) -> Hall | None:
    """The hall of that id."""
    text = db.execute(select(halls.c.definition).where(halls.c.id == hall_id)).scalar()
    return None if text is None else hall_rows.definition(text)


def version(db: Connection, hall_id: str) -> tuple[str, int, int]:
    """(epoch, number of the last entry, its time)."""
    row = db.execute(select(halls.c.epoch, halls.c.last_no, halls.c.last_at).where(halls.c.id == hall_id)).one()
    return row[0], row[1], row[2]


def read_board(db: Connection, of: Hall, clock: int) -> dict[str, Any]:
    """The hall's board as it goes on the wire."""
    epoch, last, last_at = version(db, of.id)
    now = hall_time(last_at, clock)
    called = db.execute(_NEWEST_CALLS, {"in_hall": of.id, "on_day": day_of(of, now)})
    calls = _standing(called.all())
    here = {
        r.window: r
        for r in db.execute(
            select(tickets.c.window, tickets.c.number, tickets.c.state).where(
                tickets.c.hall == of.id, tickets.c.state.in_(_HERE)
            )
        )
    }
    found = seats.load(db, of)
    stand = [
        AtWindow(n, seat.state, here[n].number if n in here else None, here[n].state if n in here else None)
        for n, seat in found.items()
    ]
    everybody, stands = waiting_counts(db, of), conditions.load(db, of.id)
    called_now = called_by(of, found)
    return board(of, epoch, last, now, calls, everybody, stand, stands, called_now, callable_counts(db, of))


def _standing(rows: Sequence[Any]) -> list[Call]:
    """The calls among these lines that were not taken back."""
    undone: set[int] = set()
    for row in rows:
        if row.act == UNDONE:
            undone.update((parse(row.line).facts or {}).get("undoes", ()))
    return [
        Call(r.entry_no, r.number, r.business, r.window, r.at, r.act == PAST[Act.RECALL])
        for r in rows
        if r.act != UNDONE and r.entry_no not in undone
    ]


def waiting_counts(db: Connection, of: Hall) -> dict[str, int]:
    """How many people wait in the hall, per business, also those whom nobody may call yet."""
    return _counts(db, of, _COUNT_WAITING)


def callable_counts(db: Connection, of: Hall) -> dict[str, int]:
    """How many wait whom somebody may call now, per business: those of whom people are ahead of others."""
    return _counts(db, of, _COUNT_CALLABLE)


def _counts(db: Connection, of: Hall, statement: Select[Any]) -> dict[str, int]:
    return {row.business: row.waiting for row in db.execute(statement, {"in_hall": of.id})}


def page(db: Connection, of: Hall, state: str | None, limit: int, after: int) -> tuple[list[Ticket], int | None]:
    """Up to `limit` tickets that entered the queue after entry `after`, and where the next page starts."""
    statement = select(tickets).where(tickets.c.hall == of.id, tickets.c.entered > after)
    if state is not None:
        statement = statement.where(tickets.c.state == state)
    rows = db.execute(statement.order_by(tickets.c.entered).limit(limit + 1)).mappings().all()
    return all_sound(db, of, rows[:limit]), rows[limit - 1]["entered"] if len(rows) > limit else None


def own(db: Connection, ticket_id: str) -> tuple[Hall, Ticket] | None:
    """A ticket by id with its hall, for a visitor's status."""
    row = db.execute(select(tickets).where(tickets.c.id == ticket_id)).mappings().first()
    if row is None:
        return None
    of = hall_rows.definition(db.execute(select(halls.c.definition).where(halls.c.id == row["hall"])).scalar_one())
    return of, sound(db, of, row)


def by_number(db: Connection, of: Hall, day: str, number: str) -> Ticket | None:
    """The ticket with that number on a business day."""
    statement = select(tickets).where(tickets.c.hall == of.id, tickets.c.day == day, tickets.c.number == number)
    row = db.execute(statement).mappings().first()
    return None if row is None else sound(db, of, row)


def ahead(db: Connection, of: Hall, ticket: Ticket) -> int:
    """How many waiting tickets stand before this one and compete for the same windows."""
    called = called_by(of, seats.load(db, of))
    return queries.ahead(db, of, called, ticket.business, ticket.place, ticket.entered)


def numbers(db: Connection, of: Hall, ids: Iterable[str | None]) -> dict[str, str]:
    """The numbers of these tickets, by id."""
    wanted = [ticket for ticket in ids if ticket is not None]
    rows = db.execute(select(tickets.c.id, tickets.c.number).where(tickets.c.hall == of.id, tickets.c.id.in_(wanted)))
    return {row.id: row.number for row in rows}


def open_windows(db: Connection, of: Hall) -> list[int]:
    """The numbers of the windows that call visitors now."""
    return [window for window, seat in seats.load(db, of).items() if seat.calls]


def seat_of(db: Connection, clerk: str) -> int | None:
    """The window where a clerk sits."""
    return db.execute(select(windows.c.window).where(windows.c.clerk == clerk)).scalar()


def all_sound(db: Connection, of: Hall, rows: Sequence[Any]) -> list[Ticket]:
    """The tickets in these rows; one that nobody can read any more is left out, so that it does not hide the others."""
    found = []
    for row in rows:
        try:
            found.append(sound(db, of, row))
        except DamagedRow as damaged:
            log.warning("ticket-left-out", hall=of.id, ticket=damaged.ticket)
    return found


def sound(db: Connection, of: Hall, row: Any) -> Ticket:
    """The ticket in a row, or as the journal tells it where the row is damaged; raises `DamagedRow`."""
    try:
        return ticket_of(row)
    except DamagedRow as damaged:
        known = history.ticket(db, of.id, damaged.ticket)
        if known is None:
            raise
        return known
