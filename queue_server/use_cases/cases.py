"""What is done with a case: open it, ask for papers, promise, stop and run its clock, hand it over, close it."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from queue_server.core import case as rules
from queue_server.core.acts import Stamp, day_of
from queue_server.core.business import Item
from queue_server.core.case import Case
from queue_server.core.codes import SPACE, code
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.core.ticket import Ticket
from queue_server.storage import cases, notes
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger

OK = 200


def today(ledger: Ledger, stamp: Stamp) -> date:
    """The hall's day."""
    return date.fromisoformat(day_of(ledger.hall, stamp.at))


def day(said: str) -> date:
    """The day that an ISO date names; refuses `bad-date`."""
    try:
        return date.fromisoformat(said)
    except ValueError as wrong:
        raise Refusal("bad-date", day=said[:10]) from wrong


def come_with(ledger: Ledger, ticket: Ticket) -> Case | None:
    """The case that a visit came with, of whichever business."""
    return None if ticket.case is None else cases.by_id(ledger.db, ledger.hall, ticket.case)


def of_ticket(
    ledger: Ledger, stamp: Stamp, ticket: Ticket, item: str | None, clerk: str | None, window: int | None
) -> Case:
    """The case a ticket continues, or a new one whose owner took the first question."""
    if (same := rules.goes_on(come_with(ledger, ticket), ticket.business, item)) is not None:
        return same
    return _opened(ledger, stamp, ticket, item, ticket.owner if ticket.owner is not None else clerk, window)


def overnight(ledger: Ledger, stamp: Stamp, ticket: Ticket) -> Case:
    """The case with which who is put aside when the day ends comes back, or a new one of whoever owns the ticket."""
    same = rules.goes_on_overnight(come_with(ledger, ticket), ticket.business, ticket.item)
    return same or _opened(ledger, stamp, ticket, ticket.item, ticket.owner, None)


def _opened(
    ledger: Ledger, stamp: Stamp, ticket: Ticket, item: str | None, owner: str | None, window: int | None
) -> Case:
    number = code(secrets.randbelow(SPACE))
    opened = Case(secrets.token_hex(16), number, ticket.business, item, owner, stamp.at)
    cases.save(ledger.db, ledger.hall, opened, new=True)
    tell(ledger, stamp, opened, rules.OPENED, window=window, ticket=ticket.id)
    return opened


class Asking(NamedTuple):
    """Which papers of which item are missing, why each where it was said, and the last day said (ISO) to bring them."""

    item: Item
    missing: Sequence[str]
    reasons: Mapping[str, str]
    last: str | None
    outcome: str


def ask_papers(ledger: Ledger, stamp: Stamp, case: Case, ticket: str, asking: Asking, window: int) -> Case:
    """Everything that is missing, told at once, with the day until which it is best brought.

    Refuses `unknown-paper`, `bad-date`, `day-past`.
    """
    for each in asking.missing:
        asking.item.paper(each)
    rules.check_reasons(asking.missing, asking.reasons)
    hall, now = ledger.hall, today(ledger, stamp)
    said = None if asking.last is None else day(asking.last)
    last = rules.return_day(said, now, hall.settings.return_days, hall.calendar)
    asked = rules.ask_papers(case, asking.item, asking.missing, last.isoformat(), now)
    cases.save(ledger.db, hall, asked, new=False)
    about = {"outcome": asking.outcome, "item": asking.item.code}
    facts: dict[str, Any] = {"case": dict(rules.as_facts(asked)), **about}
    no = ledger.next_no
    if asking.reasons:
        # For the slip alone, so it belongs to no ticket: the notes for the next clerk are those people wrote as such.
        text = json.dumps(asking.reasons, ensure_ascii=False, sort_keys=True)
        salt, facts["note"] = notes.seal(text)
        notes.keep(ledger.db, hall, no, None, salt, text)
    by = (stamp.act_id, stamp.by, ticket, window, case.id)
    ledger.write(Entry(no, stamp.at, hall.id, rules.PAPERS_ASKED, *by, facts=facts))
    return asked


def promise(ledger: Ledger, stamp: Stamp, case: Case, item: Item, window: int) -> Case:
    """The promise of the item runs from today, and nothing is missing any more; as it is where none is promised."""
    complete, act = rules.accepted(case, today(ledger, stamp), item.promise_days, ledger.hall.calendar)
    return change(ledger, stamp, complete, act, window=window)


def stop_clock(ledger: Ledger, stamp: Stamp, case_code: str, why: str) -> Done:
    """The promise stands still; refuses `no-promise`, `clock-stopped`, `case-closed`."""
    stopped = rules.stop_clock(cases.by_code(ledger.db, ledger.hall, case_code), today(ledger, stamp))
    return _told(ledger, stamp, stopped, rules.CLOCK_STOPPED, why)


def run_clock(ledger: Ledger, stamp: Stamp, case_code: str) -> Done:
    """The promise runs on; refuses `clock-runs`, `case-closed`."""
    case = cases.by_code(ledger.db, ledger.hall, case_code)
    runs = rules.run_clock(case, today(ledger, stamp), ledger.hall.calendar)
    return _told(ledger, stamp, runs, rules.CLOCK_RUNS, None)


def hand_over(ledger: Ledger, stamp: Stamp, case_code: str, owner: str, why: str) -> Done:
    """Somebody else is responsible from now on, and why; refuses `same-owner`, `case-closed`."""
    handed = rules.hand_over(cases.by_code(ledger.db, ledger.hall, case_code), owner)
    return _told(ledger, stamp, handed, rules.HANDED_OVER, why)


def close(ledger: Ledger, stamp: Stamp, case_code: str, outcome: str) -> Done:
    """The case is done; refuses `case-closed` and `unknown-outcome`."""
    ledger.hall.settings.check_outcome(outcome)
    closed = rules.close(cases.by_code(ledger.db, ledger.hall, case_code), stamp.at, outcome)
    return _told(ledger, stamp, closed, rules.CLOSED, None)


def close_with(
    ledger: Ledger, stamp: Stamp, ticket: Ticket, window: int, outcome: str, served: Sequence[tuple[str, str]]
) -> Case | None:
    """The case that a visit came with, closed where its finish at a window ends the matter; None where it does not.

    `served` are the items really served, each with its outcome.
    """
    known = come_with(ledger, ticket)
    said = rules.ended_as(known, ticket.business, outcome, served)
    if known is None or said is None:
        return None
    return change(ledger, stamp, rules.close(known, stamp.at, said), rules.CLOSED, window=window)


def change(ledger: Ledger, stamp: Stamp, case: Case, act: str, **about: Any) -> Case:
    """Store a changed case and its entry."""
    cases.save(ledger.db, ledger.hall, case, new=False)
    tell(ledger, stamp, case, act, **about)
    return case


def tell(
    ledger: Ledger,
    stamp: Stamp,
    case: Case,
    act: str,
    *,
    window: int | None = None,
    ticket: str | None = None,
    note: str | None = None,
) -> Entry:
    """The entry of a case; a note stands beside the journal."""
    facts: dict[str, Any] = {"case": dict(rules.as_facts(case))}
    no = ledger.next_no
    if note is not None:
        salt, facts["note"] = notes.seal(note)
        notes.keep(ledger.db, ledger.hall, no, ticket, salt, note)
    entry = Entry(no, stamp.at, ledger.hall.id, act, stamp.act_id, stamp.by, ticket, window, case.id, facts=facts)
    ledger.write(entry)
    return entry


def _told(ledger: Ledger, stamp: Stamp, case: Case, act: str, why: str | None) -> Done:
    cases.save(ledger.db, ledger.hall, case, new=False)
    return Done(OK, tell(ledger, stamp, case, act, note=why))
