"""Taking back the last act at a window, whole."""

from queue_server.core import undo
from queue_server.core.acts import Stamp
from queue_server.core.seat import check
from queue_server.storage import history
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

OK = 200


def take_back(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Undo the last act at this window; answers with the ticket that stands there again, or was last put back.

    Refuses `nothing-to-undo`, `undo-too-late`, `undo-overtaken`.
    """
    check(ledger.seats, window, clerk)
    act = history.last_act(ledger.db, ledger.hall.id, window)
    about = {entry.ticket for entry in act if entry.ticket is not None}
    latest = {ticket: history.last_of_ticket(ledger.db, ledger.hall.id, ticket) for ticket in about}
    undo.check(act, stamp.at, ledger.hall.settings, latest)
    undone = [entry.no for entry in act]
    # The newest first: what was called goes back before the one served earlier stands at the window again.
    back = [ledger.take_back(entry, window, undone, stamp) for entry in reversed(act)]
    ticket, told = back[-1]
    return Done(OK, told, ticket)
