"""What a guide does before anybody takes a number: answer a question, and have it counted."""

from queue_server.core.acts import Stamp, day_of
from queue_server.core.journal import Entry
from queue_server.storage import notes
from queue_server.storage.done import Done
from queue_server.storage.floor import CONSULTED
from queue_server.storage.ledger import Ledger

CREATED = 201
CONSULTATION = "consulted"


def consulted(ledger: Ledger, stamp: Stamp, business: str | None, note: str | None) -> Done:
    """A question was answered without a number; refuses `unknown-business`."""
    if business is not None:
        ledger.hall.business(business)
    many = ledger.running(CONSULTED, day_of(ledger.hall, stamp.at))
    facts: dict[str, object] = {"business": business, "today": many}
    no = ledger.next_no
    if note is not None:
        salt, facts["note"] = notes.seal(note)
        notes.keep(ledger.db, ledger.hall, no, None, salt, note)
    entry = Entry(no, stamp.at, ledger.hall.id, CONSULTATION, stamp.act_id, stamp.by, facts=facts)
    ledger.write(entry)
    return Done(CREATED, entry)
