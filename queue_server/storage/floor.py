"""The hall at one look: every window with who is there, who waits how long, what rings; for guides and managers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from queue_server.core.acts import day_of
from queue_server.core.hall import Hall
from queue_server.core.moment import hall_time
from queue_server.core.seat import HELP_ASKED
from queue_server.core.ticket import AT_WINDOW, State
from queue_server.storage import conditions, desk, lists, seats
from queue_server.storage.tables import counters, journal, tickets

CONSULTED = "?"
_HERE = [s.value for s in sorted(AT_WINDOW)]


def floor(db: Connection, hall: Hall, clock: int) -> dict[str, Any]:
    """Windows, queues and reconciliation of the present business day."""
    _, _, last_at = lists.version(db, hall.id)
    now = hall_time(last_at, clock)
    given = _given_out(db, hall, day_of(hall, now))
    return {
        "windows": _windows(db, hall),
        "queues": _queues(db, hall, now),
        "conditions": conditions.facts(conditions.load(db, hall.id)),
        "consultations": given.pop(CONSULTED, 0),
        "reconciliation": _reconciliation(db, hall, day_of(hall, now), sum(given.values())),
        "at": now,
    }


def _windows(db: Connection, hall: Hall) -> list[dict[str, Any]]:
    found = seats.load(db, hall)
    people = desk.names(db, {seat.clerk for seat in found.values()})
    there = select(tickets).where(tickets.c.hall == hall.id, tickets.c.state.in_(_HERE))
    here = {row["window"]: row for row in db.execute(there).mappings()}
    told = []
    for window in hall.windows:
        seat = found[window.number]
        visitor: Mapping[Any, Any] = here.get(window.number, {})
        stands = {"window": window.number, "zone": window.zone, "state": seat.state, "paused": seat.paused}
        asked = _help_asked(db, hall, window.number) if seat.help else None
        who = {"since": seat.changed_at, "clerk": people.get(seat.clerk or ""), "help": seat.help, "help_since": asked}
        names = {"number": "number", "doing": "state", "called_at": "called_at", "started_at": "started_at"}
        told.append({**stands, **who, **{name: visitor.get(column) for name, column in names.items()}})
    return told


def _help_asked(db: Connection, hall: Hall, window: int) -> int | None:
    # A seat does not keep since when its clerk waits; the journal does, and help is one of the newest things there.
    here = select(journal.c.at).where(journal.c.hall == hall.id, journal.c.window == window)
    newest = here.where(journal.c.act == HELP_ASKED).order_by(journal.c.entry_no.desc()).limit(1)
    return db.execute(newest).scalar()


def _queues(db: Connection, hall: Hall, now: int) -> list[dict[str, Any]]:
    rows = db.execute(
        select(tickets.c.business, func.count().label("waiting"), func.min(tickets.c.queued_at).label("since"))
        .where(tickets.c.hall == hall.id, tickets.c.state == State.WAITING.value)
        .group_by(tickets.c.business)
    )
    found = {row.business: (row.waiting, now - row.since) for row in rows}
    told = [(business.code, *found.get(business.code, (0, 0))) for business in hall.businesses]
    return [{"business": code, "waiting": waiting, "longest_ms": longest} for code, waiting, longest in told]


def _given_out(db: Connection, hall: Hall, day: str) -> dict[str, int]:
    rows = db.execute(
        select(counters.c.prefix, counters.c.last).where(counters.c.hall == hall.id, counters.c.day == day)
    )
    return {row.prefix: row.last for row in rows}


def _reconciliation(db: Connection, hall: Hall, day: str, issued: int) -> dict[str, Any]:
    rows = db.execute(
        select(tickets.c.state, func.count().label("many"))
        .where(tickets.c.hall == hall.id, tickets.c.day == day)
        .group_by(tickets.c.state)
    )
    by_state = {state.value: 0 for state in State} | {row.state: row.many for row in rows}
    return {"issued": issued, "by_state": by_state, "adds_up": issued == sum(by_state.values())}
