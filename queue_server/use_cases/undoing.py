"""Taking back the last act at a window, whole."""

from queue_server.core import undo
from queue_server.core.acts import Stamp
from queue_server.core.case import unopened
from queue_server.core.journal import Entry
from queue_server.core.seat import READY, called, check
from queue_server.core.ticket import UNDONE, Ticket
from queue_server.storage import cases, history
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.cases import change

OK = 200


def take_back(ledger: Ledger, stamp: Stamp, window: int, clerk: str | None) -> Done:
    """Undo the last act at this window; answers with the ticket that stands there again, or was last put back.

    Refuses `nothing-to-undo`, `undo-too-late`, `undo-overtaken`.
    """
    check(ledger.seats, window, clerk)
    act = history.last_act(ledger.db, ledger.hall.id, window)
    about = {entry.ticket for entry in act if entry.ticket is not None}
    latest = {ticket: history.last_of_ticket(ledger.db, ledger.hall.id, ticket) for ticket in about}
    latest.update(cases.latest(ledger.db, ledger.hall, act))
    undo.check(act, stamp.at, ledger.hall.settings, latest)
    undone = [entry.no for entry in act]
    # The newest first: what was called goes back before the one served earlier stands at the window again.
    back = [_take_back(ledger, stamp, entry, window, undone) for entry in reversed(act)]
    for each in back:
        # Only now: whoever is waited for may have been taken back with them.
        if each is not None and each[0].awaits is not None:
            undo.check_awaited(ledger.ticket(each[0].awaits))
    ticket, told = next(each for each in reversed(back) if each is not None)
    return Done(OK, told, ticket)


def _take_back(
    ledger: Ledger, stamp: Stamp, entry: Entry, window: int, undone: list[int]
) -> tuple[Ticket, Entry] | None:
    if entry.act == READY:
        ledger.stand(window, called(ledger.seats[window]))
        return None
    if entry.case is None:
        return ledger.take_back(entry, window, undone, stamp)
    before = cases.before(ledger.db, ledger.hall, entry.case, entry.no)
    if before is None:
        before = unopened(cases.by_id(ledger.db, ledger.hall, entry.case), stamp.at)
    else:
        undo.check_case(ledger.hall, before)
    change(ledger, stamp, before, UNDONE, window=window)
    return None
