"""What must hold after any act: the journal is whole, the stored rows are what it tells, and its notes match."""

from hashlib import sha256

from sqlalchemy import select

from queue_server.core.journal import Entry, parse
from queue_server.core.journal import tickets as told_by
from queue_server.storage.rows import ticket_of
from queue_server.storage.tables import notes, tickets
from tests.running.hall import Hall


def entries(hall: Hall) -> list[Entry]:
    """The whole journal of the hall."""
    return [parse(line) for (line,) in hall.database.sql("SELECT line FROM journal ORDER BY entry_no")]


def acts(hall: Hall, ticket: str) -> list[str]:
    """What was done with a ticket, in order."""
    return [entry.act for entry in entries(hall) if entry.ticket == ticket]


def whole(hall: Hall) -> None:
    """The chain holds, every ticket row is the replay of the journal, every note is the one that was sealed."""
    checked = hall.command("journal", "verify")
    assert checked.exit_code == 0, checked.output
    told = entries(hall)
    with hall.database.engine().connect() as db:
        rows = {row["id"]: ticket_of(row) for row in db.execute(select(tickets)).mappings()}
        kept = db.execute(select(notes)).mappings().all()
    assert rows == told_by(told)
    sealed = {entry.no: entry.facts["note"] for entry in told if entry.facts and "note" in entry.facts}
    assert {note["entry_no"]: _seal(note["salt"], note["text"]) for note in kept} == sealed


def _seal(salt: str, text: str) -> str:
    return sha256(f"{salt}{text}".encode()).hexdigest()
