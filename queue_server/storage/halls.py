"""Halls in the database: created once with their windows open, locked and read at the start of a transaction."""

import json
import secrets
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from queue_server import hall_file
from queue_server.core.conditions import Conditions
from queue_server.core.hall import Hall
from queue_server.core.journal import START, Entry, canonical
from queue_server.core.seat import OPENED
from queue_server.storage import conditions, seats
from queue_server.storage.ledger import Head, Ledger
from queue_server.storage.tables import halls, windows

LOADED, CHANGED = "hall-loaded", "hall-changed"
_LOCK = select(halls).where(halls.c.id == bindparam("of_hall")).with_for_update()


def create(db: Connection, hall: Hall, clock: int) -> None:
    """A new hall with all windows open, journalled from its first entry; nothing when it is there already."""
    if db.execute(select(halls.c.id).where(halls.c.id == hall.id)).first() is not None:
        return
    definition = canonical(written(hall))
    key = secrets.token_hex(32)
    row = {"id": hall.id, "definition": definition, "epoch": secrets.token_hex(8), "key": key}
    db.execute(insert(halls), {**row, "last_no": 0, "last_at": 0, "last_hash": START})
    db.execute(insert(windows), [{"hall": hall.id, "window": w.number, "open": True} for w in hall.windows])
    ledger = Ledger(db, hall, bytes.fromhex(key), Head(0, 0, START), clock, Conditions())
    act_id = secrets.token_hex(8)
    facts = {"definition": written(hall)}
    ledger.write(Entry(1, ledger.now, hall.id, LOADED, act_id, "system", facts=facts))
    for window in sorted(w.number for w in hall.windows):
        ledger.write(Entry(ledger.next_no, ledger.now, hall.id, OPENED, act_id, "system", window=window))
    ledger.close()


def lock(db: Connection, hall_id: str, clock: int) -> Ledger:
    """The ledger of a hall; the hall's row is locked before anything else is read."""
    row = db.execute(_LOCK, {"of_hall": hall_id}).mappings().one()
    head = Head(row["last_no"], row["last_at"], row["last_hash"])
    return Ledger(
        db, definition(row["definition"]), bytes.fromhex(row["key"]), head, clock, conditions.read(row["conditions"])
    )


def become(ledger: Ledger, new: Hall, fitting: Conditions) -> None:
    """The hall is another one from here on: its definition, the rows of its windows, what is due to its tickets."""
    old, db = ledger.hall, ledger.db
    stored = {"definition": canonical(written(new)), "conditions": canonical(conditions.facts(fitting))}
    db.execute(update(halls).where(halls.c.id == old.id), stored)
    numbers, before = {w.number for w in new.windows}, {w.number for w in old.windows}
    db.execute(delete(windows).where(windows.c.hall == old.id, windows.c.window.not_in(numbers)))
    for number in sorted(numbers - before):
        db.execute(insert(windows), {"hall": new.id, "window": number, "open": True})
    ledger.hall, ledger.conditions, ledger.seats = new, fitting, seats.load(db, new)
    ledger.set_timers()


def written(hall: Hall) -> dict[str, Any]:
    """The hall as it is stored and journalled."""
    return hall_file.dump(hall)


@lru_cache(maxsize=16)
def definition(said: str) -> Hall:
    """The hall in a stored definition."""
    return hall_file.parse(json.loads(said))


def every(db: Connection) -> list[str]:
    """The ids of all halls."""
    return list(db.execute(select(halls.c.id).order_by(halls.c.id)).scalars())


def key(db: Connection, hall_id: str) -> bytes:
    """The secret under which a hall's status tokens are marked."""
    return bytes.fromhex(db.execute(select(halls.c.key).where(halls.c.id == hall_id)).scalar_one())
