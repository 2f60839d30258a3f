"""How fast a hall's clock has run: the journal's mark of a hall for show, and whether a hall has ever run really."""

from sqlalchemy import Connection, func, select

from queue_server.core.acts import Stamp
from queue_server.core.journal import Entry
from queue_server.core.seat import OPENED
from queue_server.storage import halls
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.storage.tables import halls as hall_rows
from queue_server.storage.tables import journal

SPEED, FORWARD = "clock-speed", "clock-forward"
OK = 200
# The mark follows the entries that made the hall, and a hall has at most 999 windows: nothing later need be looked at.
_BEGINNING = 1_001


def for_show(db: Connection) -> bool:
    """Whether this database's halls have run with a clock of their own before."""
    return _any_early(db, journal.c.act == SPEED)


def run_really(db: Connection) -> bool:
    """Whether anything has happened here after the making of the halls."""
    return _any_early(db, journal.c.act.not_in([halls.LOADED, OPENED]))


def last_moment(db: Connection) -> int:
    """The time (ms UTC) of the last entry of all halls."""
    return int(db.execute(select(func.max(hall_rows.c.last_at))).scalar() or 0)


def mark(db: Connection, speed: int, clock: int) -> None:
    """Note in every hall's journal at which speed its clock goes on."""
    for hall_id in halls.every(db):
        ledger = halls.lock(db, hall_id, clock)
        stamp = ledger.stamp(f"speed-{ledger.next_no}", "system")
        facts = {"speed": speed}
        ledger.write(Entry(ledger.next_no, stamp.at, hall_id, SPEED, stamp.act_id, stamp.by, facts=facts))
        ledger.close()


def note_forward(ledger: Ledger, stamp: Stamp, to: int, speed: int) -> Done:
    """Note that the clock is put forward to `to` (ms UTC), which a moment later it is."""
    facts = {"at": max(to, stamp.at), "speed": speed}
    entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, FORWARD, stamp.act_id, stamp.by, facts=facts)
    ledger.write(entry)
    return Done(OK, entry)


def _any_early(db: Connection, what: object) -> bool:
    found = select(journal.c.entry_no).where(journal.c.entry_no <= _BEGINNING, what).limit(1)  # type: ignore[arg-type]
    return db.execute(found).first() is not None
