"""Papers at the window: everything missing told at once, acceptance, acceptance on promise, and the return."""

from collections.abc import Sequence

from queue_server.core import case as rules
from queue_server.core.acts import Entering, Stamp, walk_in
from queue_server.core.business import Item
from queue_server.core.case import Case
from queue_server.core.errors import Refusal
from queue_server.core.places import on_issue
from queue_server.core.routing import tie_to_clerk
from queue_server.core.ticket import Ticket
from queue_server.storage import cases as stored
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import cases
from queue_server.use_cases.ending import end

OK = 200
PAPERS_MISSING, ON_PROMISE = "papers-missing", "accepted-on-promise"


def papers_missing(
    ledger: Ledger,
    stamp: Stamp,
    ticket: Ticket,
    window: int,
    clerk: str | None,
    item: str,
    missing: Sequence[str],
    return_by: str | None,
) -> Done:
    """Finish a visit whose papers are incomplete: one slip names all of them, and the case waits for the return.

    Refuses `unknown-item`, `unknown-paper`, `bad-date`, `day-past`, `unknown-outcome` where the hall knows none such.
    """
    found = ledger.hall.business(ticket.business).item(item)
    case = cases.of_ticket(ledger, stamp, ticket, item, clerk, window)
    case = cases.ask_papers(ledger, stamp, case, found, missing, window, return_by)
    return end(ledger, stamp, ticket, window, clerk, PAPERS_MISSING, {}, case)


def on_promise(
    ledger: Ledger,
    stamp: Stamp,
    ticket: Ticket,
    window: int,
    clerk: str | None,
    item: str,
    missing: Sequence[str],
    due: str,
) -> Done:
    """Accept though minor papers are missing, to be brought by `due` (ISO date), not after the promise itself.

    Refuses `paper-not-minor`, `due-too-late`, `no-promise` for an item without one, and what `papers_missing` refuses.
    """
    found = ledger.hall.business(ticket.business).item(item)
    if found.promise_days is None:
        raise Refusal("no-promise")
    papers = [found.paper(each) for each in missing]
    case = cases.of_ticket(ledger, stamp, ticket, item, clerk, window)
    case = cases.promise(ledger, stamp, case, found, window)
    # What was promised at an earlier visit stands: nothing is due after it.
    rules.owed(papers, cases.day(due), cases.day(case.promised_on or due))
    case = cases.ask_papers(ledger, stamp, case, found, missing, window, due)
    return end(ledger, stamp, ticket, window, clerk, ON_PROMISE, {}, case)


def accepted(ledger: Ledger, stamp: Stamp, ticket: Ticket, window: int, clerk: str | None, item: Item) -> Case | None:
    """The case of an accepted item whose handling takes days; None where nothing is promised and no case was open."""
    if item.promise_days is None and ticket.case is None:
        return None
    case = cases.of_ticket(ledger, stamp, ticket, item.code, clerk, window)
    return cases.promise(ledger, stamp, case, item, window)


def returning(ledger: Ledger, stamp: Stamp, code: str, grounds: tuple[str, ...]) -> tuple[Case, Entering]:
    """Where somebody waits who comes back with a case: tied to its owner, earlier by the return's head start in time.

    Refuses `unknown-case` and `case-closed`.
    """
    case = stored.by_code(ledger.db, ledger.hall, code)
    if case.closed_at is not None:
        raise Refusal("case-closed", case=case.code)
    hall = ledger.hall
    plain = walk_in(hall, grounds, stamp.at)
    in_time = case.return_by is not None and case.return_by >= cases.today(ledger, stamp).isoformat()
    place, base = plain.place, plain.base
    if in_time:
        head_start = hall.settings.return_head_start
        place = on_issue(stamp.at, max(head_start, hall.head_start(grounds)), hall.settings)
        base = on_issue(stamp.at, head_start, hall.settings)
    tie = None if case.owner is None else tie_to_clerk(case.owner)
    return case, Entering(place, base, tie=tie, case=case.id)
