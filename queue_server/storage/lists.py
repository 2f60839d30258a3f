"""What screens and lists read: the board, a window's view, pages of tickets, a visitor's own ticket."""

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, func, select, text

from queue_server.core.acts import day_of
from queue_server.core.board import NEWEST, AtWindow, Call, board
from queue_server.core.hall import Hall, Window
from queue_server.core.moment import hall_time
from queue_server.core.routing import Waiting, order
from queue_server.core.ticket import AT_WINDOW, PAST, Act, State, Ticket
from queue_server.storage import halls as hall_rows
from queue_server.storage import history, queries
from queue_server.storage.rows import DamagedRow, ticket_of
from queue_server.storage.tables import halls, journal, staff, tickets, windows

log = structlog.get_logger(__name__)

_WAITING = State.WAITING.value
# Written out, not bound: only so does SQLite see that the small index of calls is the one to walk. The day is looked
# at afterwards, since entries only go forward: what is older than ten calls is not on the board anyhow.
_NEWEST = (
    select(journal)
    .where(journal.c.hall == bindparam("in_hall"), text("act IN ('called', 'recalled')"))
    .order_by(journal.c.entry_no.desc())
    .limit(NEWEST)
    .subquery()
)
_NEWEST_CALLS = (
    select(_NEWEST.c.entry_no, tickets.c.number, tickets.c.business, _NEWEST.c.window, _NEWEST.c.at, _NEWEST.c.act)
    .join(tickets, tickets.c.id == _NEWEST.c.ticket)
    .where(tickets.c.day == bindparam("on_day"))
    .order_by(_NEWEST.c.entry_no.desc())
)
_HERE = [s.value for s in sorted(AT_WINDOW)]


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
    calls = [Call(r[0], r[1], r[2], r[3], r[4], r[5] == PAST[Act.RECALL]) for r in called]
    here = {
        r.window: r
        for r in db.execute(
            select(tickets.c.window, tickets.c.number, tickets.c.state).where(
                tickets.c.hall == of.id, tickets.c.state.in_(_HERE)
            )
        )
    }
    rows = db.execute(select(windows.c.window, windows.c.open).where(windows.c.hall == of.id)).all()
    stand = [
        AtWindow(n, is_open, here[n].number if n in here else None, here[n].state if n in here else None)
        for n, is_open in rows
    ]
    # A window the hall does not have is a damaged row: it is left out, as the ledger leaves it out.
    known = {w.number for w in of.windows}
    return board(of, epoch, last, now, calls, waiting_counts(db, of), [w for w in stand if w.window in known])


def waiting_counts(db: Connection, of: Hall) -> dict[str, int]:
    """How many wait, per business."""
    rows = db.execute(
        select(tickets.c.business, func.count().label("waiting"))
        .where(tickets.c.hall == of.id, tickets.c.state == _WAITING)
        .group_by(tickets.c.business)
    )
    return {row.business: row.waiting for row in rows}


def page(db: Connection, of: Hall, state: str | None, limit: int, after: int) -> tuple[list[Ticket], int | None]:
    """Up to `limit` tickets that entered the queue after entry `after`, and where the next page starts."""
    statement = select(tickets).where(tickets.c.hall == of.id, tickets.c.entered > after)
    if state is not None:
        statement = statement.where(tickets.c.state == state)
    rows = db.execute(statement.order_by(tickets.c.entered).limit(limit + 1)).mappings().all()
    return _all_sound(db, of, rows[:limit]), rows[limit - 1]["entered"] if len(rows) > limit else None


def own(db: Connection, ticket_id: str) -> tuple[Hall, Ticket] | None:
    """A ticket by id with its hall, for a visitor's status."""
    row = db.execute(select(tickets).where(tickets.c.id == ticket_id)).mappings().first()
    if row is None:
        return None
    of = hall_rows.definition(db.execute(select(halls.c.definition).where(halls.c.id == row["hall"])).scalar_one())
    return of, _sound(db, of, row)


def ahead(db: Connection, of: Hall, ticket: Ticket) -> int:
    """How many waiting tickets stand before this one and compete for the same windows."""
    return queries.ahead(db, of, open_windows(db, of), ticket.business, ticket.place, ticket.entered)


def open_windows(db: Connection, of: Hall) -> list[int]:
    """The numbers of the open windows."""
    return list(db.execute(select(windows.c.window).where(windows.c.hall == of.id, windows.c.open)).scalars())


def seat(db: Connection, of: Hall, window: int) -> tuple[bool, tuple[str, str] | None]:
    """Whether a window is open, and (name, staff number) of who sits there."""
    row = db.execute(
        select(windows.c.open, staff.c.display_name, staff.c.number)
        .outerjoin(staff, staff.c.id == windows.c.clerk)
        .where(windows.c.hall == of.id, windows.c.window == window)
    ).one()
    return row[0], None if row[1] is None else (row[1], row[2])


def seat_of(db: Connection, clerk: str) -> int | None:
    """The window where a clerk sits."""
    return db.execute(select(windows.c.window).where(windows.c.clerk == clerk)).scalar()


def at_window(db: Connection, of: Hall, window: int) -> Ticket | None:
    """The ticket called or serving at a window."""
    row = queries.at_window(db, of, window)
    return None if row is None else _sound(db, of, row)


def in_order(db: Connection, of: Hall, window: Window, most: int) -> list[Ticket]:
    """The first tickets this window would call, in order."""
    heads: dict[str, Ticket] = {}
    for business in window.reluctance:
        rows = db.execute(
            select(tickets)
            .where(tickets.c.hall == of.id, tickets.c.state == _WAITING, tickets.c.business == business)
            .order_by(tickets.c.place, tickets.c.entered)
            .limit(most)
        ).mappings()
        heads.update({ticket.id: ticket for ticket in _all_sound(db, of, rows.all())})
    waiting = order(window, [Waiting(t.place, t.entered, t.business, t.id) for t in heads.values()])
    return [heads[w.id] for w in waiting[:most]]


def missed(db: Connection, of: Hall, window: Window) -> list[Ticket]:
    """Missed tickets of the businesses this window serves, newest first."""
    rows = db.execute(
        select(tickets)
        .where(
            tickets.c.hall == of.id,
            tickets.c.state == State.MISSED.value,
            tickets.c.business.in_(sorted(window.reluctance)),
        )
        .order_by(tickets.c.missed_at.desc())
        .limit(20)
    ).mappings()
    return _all_sound(db, of, rows.all())


def finished_today(db: Connection, of: Hall, window: int, now: int) -> int:
    """How many tickets this window has finished on the present business day."""
    statement = select(func.count()).where(
        tickets.c.hall == of.id,
        tickets.c.day == day_of(of, now),
        tickets.c.window == window,
        tickets.c.state == State.FINISHED.value,
    )
    return int(db.execute(statement).scalar_one())


def why(db: Connection, of: Hall, ticket: Ticket) -> dict[str, Any] | None:
    """Why a ticket at a window was called, as its entry tells."""
    said = history.of_ticket(db, of.id, ticket.id)
    facts = [e.facts for e in said if e.act == "called" and e.facts]
    return dict(facts[-1]["why"]) if facts else None


def _all_sound(db: Connection, of: Hall, rows: Sequence[Any]) -> list[Ticket]:
    # One ticket that nobody can read any more must not hide all others.
    found = []
    for row in rows:
        try:
            found.append(_sound(db, of, row))
        except DamagedRow as damaged:
            log.warning("ticket-left-out", hall=of.id, ticket=damaged.ticket)
    return found


def _sound(db: Connection, of: Hall, row: Any) -> Ticket:
    try:
        return ticket_of(row)
    except DamagedRow as damaged:
        known = history.ticket(db, of.id, damaged.ticket)
        if known is None:
            raise
        return known
