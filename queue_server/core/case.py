"""The case: what lives over days. Its owner, the papers still open, the promised date and the clock that may stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from queue_server.core.business import Business, Item, Paper
from queue_server.core.calendar import Calendar, promised, working_days
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.core.ticket import UNDONE, Act, State, Ticket

OPENED, PAPERS_ASKED, PAPERS_COMPLETE = "case-opened", "case-papers-asked", "case-papers-complete"
PROMISED, CLOCK_STOPPED, CLOCK_RUNS = "case-promised", "case-clock-stopped", "case-clock-runs"
HANDED_OVER, CLOSED = "case-handed-over", "case-closed"
# The outcomes with which a visit has, or may have, a case.
ACCEPTED, PAPERS_MISSING, ON_PROMISE = "accepted", "papers-missing", "accepted-on-promise"
# The outcomes with which its matter is done; after every other one somebody still has to do something.
ENDING = frozenset({"completed", "certificate-handed-over"})

# A promise is near when so few working days are left.
NEAR_DAYS = 2


@dataclass(frozen=True)
class Case:
    """One case; days are ISO dates of the hall's own calendar, moments ms UTC.

    `owner` (staff id) took the first question and stays responsible until it is handed over. `missing` are the codes of
    the papers still open, `return_by` the last day on which they are brought with the head start of a return.
    `promised_on` is the last day of the promise, `stopped_on` the day since when its clock stands. `checked` are the
    papers found in order, each with the day it was looked at, `told` is how often papers were asked for.
    """

    id: str
    code: str
    business: str
    item: str | None
    owner: str | None
    opened_at: int
    missing: tuple[str, ...] = ()
    return_by: str | None = None
    promised_on: str | None = None
    stopped_on: str | None = None
    closed_at: int | None = None
    outcome: str | None = None
    checked: Mapping[str, str] = field(default_factory=dict)
    told: int = 0


def goes_on(known: Case | None, business: str, item: str | None) -> Case | None:
    """The case that a visit for a business goes on with; None where it opens one of its own.

    Whoever comes with a case and is sent on to another business gets another case there, and so does another item.
    """
    if known is None or known.business != business:
        return None
    if item is None or known.item == item:
        return known
    # One that was closed before it was about anything is about nothing any more.
    return about(known, item) if known.item is None and known.closed_at is None else None


def meant(chosen: str | None, known: Case | None, business: Business) -> str | None:
    """The item a visit is here for where its end names none: the one chosen before, that of its case, the only one."""
    if chosen is not None:
        return chosen
    # A case that was closed meanwhile is about nothing any more; the hall need not even know its item.
    if known is not None and known.business == business.code and known.closed_at is None and known.item is not None:
        return known.item
    return business.items[0].code if len(business.items) == 1 else None


def has_case(outcome: str, item: Item, known: Case | None, business: str) -> bool:
    """Whether a finish has a case: an accepted item whose handling takes days, or that the visit's case is about."""
    return outcome == ACCEPTED and (item.promise_days is not None or goes_on(known, business, item.code) is not None)


def accepted_item(known: Case | None, business: str, done: Iterable[tuple[Item, str]]) -> Item | None:
    """Of the items done for a visit, each with its outcome, the one whose acceptance has a case; None where none has.

    A visit leaves one case, whose code its visitor is told: refuses `one-case` where another item had its own. A case
    that is about nothing yet is about what promises days, else about the first.
    """
    found = {item.code: item for item, outcome in done if has_case(outcome, item, known, business)}
    if known is not None and known.item is None:
        promised = {code: item for code, item in found.items() if item.promise_days is not None}
        found = promised or dict(list(found.items())[:1])
    if len(found) > 1:
        raise Refusal("one-case", item=list(found)[1])
    return next(iter(found.values()), None)


def ended_as(known: Case | None, business: str, outcome: str, served: Iterable[tuple[str, str]]) -> str | None:
    """The outcome with which a finish closes the case that a visit came with; None where it leaves it as it is.

    Of the items really served, each with its outcome, those count that the case is about; where none is said, the
    visit's own outcome counts.
    """
    if known is None or known.business != business or known.closed_at is not None:
        return None
    told = list(served)
    about_it = [result for item, result in told if known.item in {None, item}] if told else [outcome]
    return about_it[0] if about_it and ENDING.issuperset(about_it) else None


def goes_on_overnight(known: Case | None, business: str, item: str | None) -> Case | None:
    """The case that goes on for who was put aside overnight: one that was closed meanwhile leads nobody back."""
    return None if known is not None and known.closed_at is not None else goes_on(known, business, item)


def leaves_case(ticket: Ticket, act: Act) -> bool:
    """Whether an act of the timers leaves a case: who was put aside overnight comes back with one."""
    return act is Act.VOID and ticket.state is State.HELD


def return_day(said: date | None, today: date, days: int, calendar: Calendar) -> date:
    """The day until which papers are best brought: as said, else so many working days ahead; refuses `day-past`."""
    last = promised(today, days, calendar) if said is None else said
    not_past(last, today)
    return last


def in_time(case: Case, today: date) -> bool:
    """Whether papers brought today still have the head start of a return: until the end of the slip's date."""
    return case.return_by is not None and case.return_by >= today.isoformat()


def ask_papers(case: Case, item: Item, missing: Iterable[str], return_by: str, today: date) -> Case:
    """Everything that is missing, told at once: all else was looked at, is in order, and is not asked for again."""
    check_open(case)
    lacks = tuple(dict.fromkeys(missing))
    rest = (paper.code for paper in item.papers if paper.code not in lacks)
    checked = {code: case.checked.get(code, today.isoformat()) for code in rest}
    return replace(case, missing=lacks, return_by=return_by, checked=checked, told=case.told + 1)


def told_as(case: Case, entries: Iterable[Entry]) -> Entry:
    """The entry with which the papers that a case still lacks were asked for; refuses `no-slip` where none are.

    An asking that was taken back is passed over: the case then counts fewer, and the next one has its number.
    """
    asked = [entry for entry in entries if entry.act == PAPERS_ASKED]
    mine = [entry for entry in asked if _times(entry) == case.told]
    if not case.missing or case.return_by is None or not mine:
        raise Refusal("no-slip", case=case.code)
    return mine[-1]


def _times(entry: Entry) -> object:
    told = (entry.facts or {}).get("case")
    return told.get("told", 0) if isinstance(told, Mapping) else None


def check_reasons(missing: Iterable[str], reasons: Iterable[str]) -> None:
    """Refuse a reason for a paper that is not missing: `unknown-paper`."""
    lacks = set(missing)
    for paper in reasons:
        if paper not in lacks:
            raise Refusal("unknown-paper", paper=paper[:32])


def not_past(day: date, today: date) -> None:
    """Refuse a day on which nothing can be brought any more: `day-past`."""
    if day < today:
        raise Refusal("day-past", day=day.isoformat())


def about(case: Case, item: str) -> Case:
    """The case is about this item, since nobody knew before."""
    return replace(case, item=item)


def papers_complete(case: Case) -> Case:
    """Nothing is missing any more."""
    check_open(case)
    return replace(case, missing=(), return_by=None)


def promise(case: Case, begins: date, days: int, calendar: Calendar) -> Case:
    """The promise of so many working days runs from today; one that was given before stands."""
    check_open(case)
    if case.promised_on is not None:
        return case
    return replace(case, promised_on=promised(begins, days, calendar).isoformat())


def accepted(case: Case, today: date, days: int | None, calendar: Calendar) -> tuple[Case, str]:
    """The papers are complete and the promise, where there is one, runs; with the act that its entry tells.

    A clock that stood runs on: what it stood for has come, and a case whose clock stands is overdue for nobody.
    """
    complete = papers_complete(case)
    if complete.stopped_on is not None:
        complete = run_clock(complete, today, calendar)
    if days is not None:
        complete = promise(complete, today, days, calendar)
    return complete, PROMISED if case.promised_on is None and complete.promised_on is not None else PAPERS_COMPLETE


def stop_clock(case: Case, today: date) -> Case:
    """The promise stands still, for papers or an inspection; refuses `no-promise` and `clock-stopped`."""
    check_open(case)
    if case.promised_on is None:
        raise Refusal("no-promise", case=case.code)
    if case.stopped_on is not None:
        raise Refusal("clock-stopped", day=case.stopped_on)
    return replace(case, stopped_on=today.isoformat())


def run_clock(case: Case, today: date, calendar: Calendar) -> Case:
    """The promise runs on, later by the working days it stood; refuses `clock-runs`."""
    check_open(case)
    if case.stopped_on is None or case.promised_on is None:
        raise Refusal("clock-runs", case=case.code)
    stood = working_days(date.fromisoformat(case.stopped_on), today, calendar)
    later = promised(date.fromisoformat(case.promised_on), stood, calendar)
    return replace(case, stopped_on=None, promised_on=later.isoformat())


def hand_over(case: Case, owner: str) -> Case:
    """Somebody else is responsible from now on; refuses `same-owner`. Why is told beside the entry."""
    check_open(case)
    if owner == case.owner:
        raise Refusal("same-owner", case=case.code)
    return replace(case, owner=owner)


def unopened(case: Case, at: int) -> Case:
    """An opening taken back: the code may have been read, so the case is closed, and nothing came of it."""
    return replace(close(case, at, UNDONE), promised_on=None)


def close(case: Case, at: int, outcome: str) -> Case:
    """The case is done; refuses `case-closed`."""
    check_open(case)
    return replace(case, closed_at=at, outcome=outcome, stopped_on=None, missing=(), return_by=None)


def troubles(case: Case, today: date, staff: Iterable[str]) -> tuple[str, ...]:
    """What a manager must look at: `ownerless` (nobody, or somebody who left), `overdue`, `papers-overdue`."""
    if case.closed_at is not None:
        return ()
    said = today.isoformat()
    # A clock that stands makes nothing overdue, but whoever stops it too late does not hide what already was.
    found = {
        "ownerless": case.owner is None or case.owner not in set(staff),
        "overdue": case.promised_on is not None and case.promised_on < (case.stopped_on or said),
        "papers-overdue": case.return_by is not None and case.return_by < said,
    }
    return tuple(name for name, true in found.items() if true)


def days_left(case: Case, today: date, calendar: Calendar) -> int | None:
    """Working days until the promise is due, 0 on the day itself, negative once it is past; None without a promise.

    While the clock stands they stay what they were when it was stopped.
    """
    if case.promised_on is None:
        return None
    due = date.fromisoformat(case.promised_on)
    of = today if case.stopped_on is None else date.fromisoformat(case.stopped_on)
    return working_days(of, due, calendar) if due >= of else -working_days(due, of, calendar)


def near(case: Case, today: date, calendar: Calendar) -> bool:
    """Whether a promise is so near its day, or past it, that its owner sees it at the window."""
    left = days_left(case, today, calendar)
    return left is not None and left <= NEAR_DAYS


def check_open(case: Case) -> None:
    """Refuse `case-closed`."""
    if case.closed_at is not None:
        raise Refusal("case-closed", case=case.code)


def on_promise(item: Item, missing: Iterable[str]) -> list[Paper]:
    """The papers missing from an item accepted on promise; refuses `no-promise` for one without, `unknown-paper`."""
    if item.promise_days is None:
        raise Refusal("no-promise")
    return [item.paper(each) for each in missing]


def owed(missing: Iterable[Paper], due: date, case: Case) -> None:
    """Refuse an acceptance on promise that may not be: `paper-not-minor`, `due-too-late`.

    What was promised at an earlier visit stands, and nothing is due after it.
    """
    for paper in missing:
        if not paper.minor:
            raise Refusal("paper-not-minor", paper=paper.code)
    if case.promised_on is not None and due.isoformat() > case.promised_on:
        raise Refusal("due-too-late", day=case.promised_on)


def as_facts(case: Case) -> Mapping[str, object]:
    """The case as its entry tells it."""
    return MappingProxyType({**vars(case), "missing": list(case.missing), "checked": dict(case.checked)})
