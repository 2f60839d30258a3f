"""Remembered requests: the same caller and key act once and are answered alike for 48 hours."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.storage import history
from queue_server.storage.done import Done
from queue_server.storage.tables import requests

KEPT_MS = 48 * 3_600_000
_FIND = select(requests.c.digest, requests.c.hall, requests.c.status, requests.c.entry_no).where(
    requests.c.caller == bindparam("by_caller"), requests.c.key == bindparam("under_key")
)
_KEEP = insert(requests)


def find(db: Connection, hall: Hall, caller: str, key: str, digest: str) -> Done | None:
    """What this request did before, rebuilt from the journal.

    Refuses `key-reused` for another body, and `row-damaged` when the journal cannot tell any more.
    """
    row = db.execute(_FIND, {"by_caller": caller, "under_key": key}).first()
    if row is None:
        return None
    if row.digest != digest or row.hall != hall.id:
        raise Refusal("key-reused")
    entry = history.entry(db, hall.id, row.entry_no)
    if entry is None:
        raise Refusal("row-damaged", ticket="")
    if entry.ticket is None:
        return Done(row.status, entry)
    ticket = history.ticket(db, hall.id, entry.ticket, row.entry_no)
    if ticket is None:
        raise Refusal("row-damaged", ticket=entry.ticket)
    return Done(row.status, entry, ticket)


def keep(db: Connection, hall: Hall, caller: str, key: str, digest: str, done: Done) -> None:
    """Remember what a request did; one that changed nothing is not remembered."""
    if done.entry is None:
        return
    values = {"caller": caller, "key": key, "digest": digest, "hall": hall.id, "status": done.status}
    db.execute(_KEEP, {**values, "entry_no": done.entry.no, "at": done.entry.at})


def purge(db: Connection, now: int) -> None:
    """Forget what is older than 48 hours."""
    db.execute(delete(requests).where(requests.c.at < now - KEPT_MS))
