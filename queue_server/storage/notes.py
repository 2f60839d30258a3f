"""Free text beside the journal: the entry holds only its hash, so a text can be erased and the chain stays whole."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, bindparam, insert, select

from queue_server.core.hall import Hall
from queue_server.storage.tables import notes

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_KEEP = insert(notes)
_OF_TICKET = (
    select(notes.c.entry_no, notes.c.text)
    .where(notes.c.hall == bindparam("in_hall"), notes.c.ticket == bindparam("of_ticket"))
    .order_by(notes.c.entry_no)
)


def seal(text: str) -> tuple[str, str]:
    """(salt, the hash that goes into the entry)."""
    salt = secrets.token_hex(16)
    return salt, sha256(f"{salt}{text}".encode()).hexdigest()


def keep(db: Connection, hall: Hall, entry_no: int, ticket: str | None, salt: str, text: str) -> None:
    """Store the text of an entry."""
    db.execute(_KEEP, {"hall": hall.id, "entry_no": entry_no, "ticket": ticket, "salt": salt, "text": text})


def of_ticket(db: Connection, hall: Hall, ticket: str) -> Sequence[tuple[int, str]]:
    """(entry number, text) of a ticket's notes, oldest first."""
    rows = db.execute(_OF_TICKET, {"in_hall": hall.id, "of_ticket": ticket})
    return [(entry_no, text) for entry_no, text in rows]


def of_entry(db: Connection, hall: Hall, entry_no: int) -> str | None:
    """The text of one entry; None where it has none, or it was erased."""
    return db.execute(select(notes.c.text).where(notes.c.hall == hall.id, notes.c.entry_no == entry_no)).scalar()
