"""Windows as stored: who sits there, whether they call, and when clerks left; projections of the journal."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from queue_server.core.hall import Hall
from queue_server.core.seat import Seat
from queue_server.storage.tables import absences, windows

_SEATS = select(
    windows.c.window,
    windows.c.open,
    windows.c.clerk,
    windows.c.since,
    windows.c.paused,
    windows.c.changed_at,
    windows.c.reluctance,
    windows.c.help,
    windows.c.ready_since,
).where(windows.c.hall == bindparam("in_hall"))
_SAVE = update(windows).where(windows.c.hall == bindparam("in_hall"), windows.c.window == bindparam("of_window"))
_ABSENT = select(absences.c.clerk, absences.c.since).where(absences.c.hall == bindparam("in_hall"))
_THERE = delete(absences).where(absences.c.hall == bindparam("in_hall"), absences.c.clerk == bindparam("of_clerk"))
_GONE = insert(absences)


def load(db: Connection, hall: Hall) -> dict[int, Seat]:
    """Every window's seat; a window whose row is lost is closed, a row of a window the hall does not have is none."""
    seats = {w.number: Seat(open=False, clerk=None) for w in hall.windows}
    for row in db.execute(_SEATS, {"in_hall": hall.id}):
        if row.window in seats:
            seats[row.window] = Seat(
                open=row.open,
                clerk=row.clerk,
                since=_moment(row.since),
                paused=row.paused,
                changed_at=_moment(row.changed_at),
                reluctance=_figures(row.reluctance),
                help=row.help,
                ready_since=_moment(row.ready_since),
            )
    return seats


def save(db: Connection, hall: Hall, window: int, seat: Seat) -> None:
    """Write one window's seat."""
    db.execute(
        _SAVE,
        {
            "in_hall": hall.id,
            "of_window": window,
            "open": seat.open,
            "clerk": seat.clerk,
            "since": seat.since,
            "paused": seat.paused,
            "changed_at": seat.changed_at,
            "reluctance": None if seat.reluctance is None else dict(seat.reluctance),
            "help": seat.help,
            "ready_since": seat.ready_since,
        },
    )


def absent(db: Connection, hall: Hall) -> dict[str, int]:
    """When clerks last left a window (ms UTC), by staff id."""
    rows = db.execute(_ABSENT, {"in_hall": hall.id})
    return {clerk: since for clerk, since in rows if isinstance(since, int)}


def note_absence(db: Connection, hall: Hall, before: Seat, after: Seat, now: int) -> None:
    """Keep when a clerk left; also while they sit elsewhere, for they may come to a window closed long before."""
    if before.clerk is not None and after.clerk != before.clerk:
        db.execute(_THERE, {"in_hall": hall.id, "of_clerk": before.clerk})
        db.execute(_GONE, {"hall": hall.id, "clerk": before.clerk, "since": now})


def _moment(value: object) -> int | None:
    # SQLite keeps a text in a column of numbers, and such a moment is none.
    return value if isinstance(value, int) else None


def _figures(value: object) -> Mapping[str, int] | None:
    return value if isinstance(value, dict) and all(isinstance(ms, int) for ms in value.values()) else None
