"""Papers at the window: everything missing told at once, acceptance, and acceptance on promise."""

from collections.abc import Mapping, Sequence

from queue_server.core import case as rules
from queue_server.core.acts import Stamp
from queue_server.core.business import Item
from queue_server.core.case import Case
from queue_server.core.ticket import Ticket
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import cases
from queue_server.use_cases.ending import end

OK = 200


def papers_missing(
    ledger: Ledger,
    stamp: Stamp,
    ticket: Ticket,
    window: int,
    clerk: str | None,
    item: str,
    missing: Sequence[str],
    return_by: str | None,
    reasons: Mapping[str, str],
) -> Done:
    """Finish a visit whose papers are incomplete: one slip names all of them, and the case waits for the return.

    Refuses `unknown-item`, `unknown-paper`, `bad-date`, `day-past`, `unknown-outcome` where the hall knows none such.
    """
    found = ledger.hall.business(ticket.business).item(item)
    case = cases.of_ticket(ledger, stamp, ticket, item, clerk, window)
    asking = cases.Asking(found, missing, reasons, return_by, rules.PAPERS_MISSING)
    case = cases.ask_papers(ledger, stamp, case, ticket.id, asking, window)
    return end(ledger, stamp, ticket, window, clerk, rules.PAPERS_MISSING, {}, case)


def on_promise(
    ledger: Ledger,
    stamp: Stamp,
    ticket: Ticket,
    window: int,
    clerk: str | None,
    item: str,
    missing: Sequence[str],
    due: str,
    reasons: Mapping[str, str],
) -> Done:
    """Accept though minor papers are missing, to be brought by `due` (ISO date), not after the promise itself.

    Refuses `paper-not-minor`, `due-too-late`, `no-promise` for an item without one, and what `papers_missing` refuses.
    """
    found = ledger.hall.business(ticket.business).item(item)
    papers = rules.on_promise(found, missing)
    case = cases.of_ticket(ledger, stamp, ticket, item, clerk, window)
    case = cases.promise(ledger, stamp, case, found, window)
    rules.owed(papers, cases.day(due), case)
    asking = cases.Asking(found, missing, reasons, due, rules.ON_PROMISE)
    case = cases.ask_papers(ledger, stamp, case, ticket.id, asking, window)
    return end(ledger, stamp, ticket, window, clerk, rules.ON_PROMISE, {}, case)


def accepted(ledger: Ledger, stamp: Stamp, ticket: Ticket, window: int, clerk: str | None, item: Item) -> Case:
    """The case of an accepted item; its promise, where there is one, runs from today."""
    case = cases.of_ticket(ledger, stamp, ticket, item.code, clerk, window)
    return cases.promise(ledger, stamp, case, item, window)
