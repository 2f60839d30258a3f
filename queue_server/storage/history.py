"""Reading the journal: a ticket as it was at an entry, the lines of a hall, and whether the chain holds."""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select
from sqlalchemy.exc import SQLAlchemyError

from queue_server.core.by_hand import ENTERED
from queue_server.core.errors import BadValue
from queue_server.core.journal import START, Bad, Entry, Stored, chain, parse, tickets, verify
from queue_server.core.ticket import Ticket
from queue_server.storage.rows import makes_sense
from queue_server.storage.tables import halls, journal

_STEP = 2_000
# What travels is held as lines, as text and as bytes at once, so it goes in smaller pieces.
_PAGE = 500
_BESIDE = (journal.c.act, journal.c.ticket, journal.c.window, journal.c.case)
# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_IN_HALL, _OF_TICKET = journal.c.hall == bindparam("in_hall"), journal.c.ticket == bindparam("of_ticket")
_LINES = select(journal.c.line).where(_IN_HALL).order_by(journal.c.entry_no)
_OF_TICKET_LINES, _OF_CASE_LINES = _LINES.where(_OF_TICKET), _LINES.where(journal.c.case == bindparam("of_case"))
_LINE = select(journal.c.line).where(_IN_HALL, journal.c.entry_no == bindparam("numbered"))
_NEWEST = select(func.max(journal.c.entry_no)).where(_IN_HALL)
_NEWEST_AT_WINDOW, _NEWEST_OF_TICKET = _NEWEST.where(journal.c.window == bindparam("at")), _NEWEST.where(_OF_TICKET)
_BEFORE = journal.alias()
_WITH_HASHES = select(journal.c.line, journal.c.hash, _BEFORE.c.hash).outerjoin(
    _BEFORE, (_BEFORE.c.hall == journal.c.hall) & (_BEFORE.c.entry_no == journal.c.entry_no - 1)
)
_CHAINED = _WITH_HASHES.where(_IN_HALL, _OF_TICKET).order_by(journal.c.entry_no)
_CHAINED_UNTIL = _CHAINED.where(journal.c.entry_no <= bindparam("until"))


def ticket(db: Connection, hall: str, ticket_id: str, until: int | None = None) -> Ticket | None:
    """The ticket as the journal tells it, up to and with entry `until`; None when the journal cannot tell."""
    try:
        told = tickets(_sound(db, hall, ticket_id, until)).get(ticket_id)
    except BadValue:
        return None
    return told if told is not None and makes_sense(told) else None


def _sound(db: Connection, hall: str, ticket_id: str, until: int | None) -> Iterator[Entry]:
    # Before a ticket is written anew from these lines, each must match its hash.
    of = {"in_hall": hall, "of_ticket": ticket_id}
    told = db.execute(_CHAINED, of) if until is None else db.execute(_CHAINED_UNTIL, {**of, "until": until})
    for text, digest, previous in told:
        if chain(previous or START, text) != digest:
            raise BadValue("journal line", "does not match its hash")
        yield parse(text)


def last_told(db: Connection, hall: str, acts: Collection[str], about: str) -> Entry | None:
    """The newest entry of one of these acts whose line holds the text `about`; None where none does, or it is broken.

    Walks back from the end of the journal, which has no index for this: for the rare row that must be mended.
    """
    statement = _WITH_HASHES.where(
        journal.c.hall == hall, journal.c.act.in_(acts), journal.c.line.contains(about, autoescape=True)
    )
    found = db.execute(statement.order_by(journal.c.entry_no.desc()).limit(1)).first()
    if found is None or chain(found[2] or START, found[0]) != found[1]:
        return None
    try:
        return parse(found[0])
    except BadValue:
        return None


def last_act(db: Connection, hall: str, window: int) -> list[Entry]:
    """All entries of the last act at a window, in order; none when the last line there cannot be read."""
    entry_no = db.execute(_NEWEST_AT_WINDOW, {"in_hall": hall, "at": window}).scalar() or 0
    last = entry(db, hall, entry_no)
    if last is None or last.act == ENTERED:
        # A list worked by hand may be hundreds of entries long, and is never taken back.
        return []
    # What the act did elsewhere, such as letting somebody back into the queue, stands before it and behind it.
    before = takewhile(lambda told: told.act_id == last.act_id, _from(db, hall, entry_no - 1, -1))
    after = takewhile(lambda told: told.act_id == last.act_id, _from(db, hall, entry_no + 1, 1))
    return [*reversed([*before]), last, *after]


def _from(db: Connection, hall: str, entry_no: int, step: int) -> Iterator[Entry]:
    """Entries one by one from a number on, as long as there are any that can be read."""
    while (told := entry(db, hall, entry_no)) is not None:
        yield told
        entry_no += step


def last_of_ticket(db: Connection, hall: str, ticket_id: str) -> int:
    """The number of a ticket's last entry; 0 without any."""
    return db.execute(_NEWEST_OF_TICKET, {"in_hall": hall, "of_ticket": ticket_id}).scalar() or 0


def of_case(db: Connection, hall: str, case: str) -> list[Entry]:
    """The entries of one case in order."""
    return [parse(text) for text in db.execute(_OF_CASE_LINES, {"in_hall": hall, "of_case": case}).scalars()]


def of_ticket(db: Connection, hall: str, ticket_id: str) -> list[Entry]:
    """The entries of one ticket in order; none when one cannot be read."""
    found: list[Entry] = []
    for text in db.execute(_OF_TICKET_LINES, {"in_hall": hall, "of_ticket": ticket_id}).scalars():
        try:
            found.append(parse(text))
        except BadValue:
            return []
    return found


def entry(db: Connection, hall: str, entry_no: int) -> Entry | None:
    """One entry by its number; None when it is gone or cannot be read."""
    try:
        return parse(db.execute(_LINE, {"in_hall": hall, "numbered": entry_no}).scalar() or "")
    except BadValue:
        return None


def last(db: Connection, hall: str) -> int:
    """The number of a hall's newest entry; 0 without any."""
    return db.execute(_NEWEST, {"in_hall": hall}).scalar() or 0


def page(db: Connection, hall: str, after: int, until: int) -> list[tuple[int, str]]:
    """(entry_no, line) of the next few hundred entries behind `after`, in order, none behind `until`."""
    statement = select(journal.c.entry_no, journal.c.line).where(
        journal.c.hall == hall, journal.c.entry_no > after, journal.c.entry_no <= until
    )
    found = db.execute(statement.order_by(journal.c.entry_no).limit(_PAGE))
    return [(entry_no, text) for entry_no, text in found]


def check(db: Connection) -> Iterator[tuple[str, Bad]]:
    """What does not hold in any hall's journal, in order, with the end that the hall row remembers."""
    for hall, last_no, last_hash in db.execute(select(halls.c.id, halls.c.last_no, halls.c.last_hash)).all():
        seen_no, seen_hash = 0, ""
        beside: dict[int, Bad] = {}

        def passing(hall_id: str = hall, beside: dict[int, Bad] = beside) -> Iterator[Stored]:
            nonlocal seen_no, seen_hash
            for entry_no, at, text, digest, *columns in _rows(db, hall_id, *_BESIDE):
                seen_no, seen_hash = entry_no, digest
                if not _tells(text, columns):
                    beside[entry_no] = Bad(entry_no, "the columns beside the line say something else")
                yield entry_no, at, text, digest

        # What the chain says of an entry is the graver thing.
        chained = {bad.entry_no: bad for bad in verify(passing(), hall)}
        found = {**beside, **chained}
        for entry_no in sorted(found):
            yield hall, found[entry_no]
        if not found and (seen_no, seen_hash) != (last_no, last_hash) and last_no > 0:
            yield hall, Bad(min(seen_no, last_no) + 1, f"the journal ends at {seen_no}, the hall remembers {last_no}")


def _tells(text: object, columns: list[object]) -> bool:
    try:
        entry = parse(text if isinstance(text, str) else "")
    except BadValue:
        return False
    return [entry.act, entry.ticket, entry.window, entry.case] == columns


def _rows(db: Connection, hall: str, *more: ColumnElement[Any]) -> Iterator[Sequence[Any]]:
    statement = select(journal.c.entry_no, journal.c.at, journal.c.line, journal.c.hash, *more)
    last = -1
    while True:
        after = statement.where(journal.c.hall == hall, journal.c.entry_no > last)
        found: list[Sequence[Any]]
        try:
            found = [*db.execute(after.order_by(journal.c.entry_no).limit(_STEP))]
        except SQLAlchemyError:
            # A line that is no text in any encoding stops the whole page; one by one the others are read.
            found = [*_one_by_one(db, hall, statement, last)]
        if not found:
            return
        yield from found
        last = found[-1][0]


def _one_by_one(db: Connection, hall: str, statement: Select[Any], last: int) -> Iterator[Sequence[Any]]:
    """The rows of a page, those that cannot be read with nothing but their number."""
    page = select(journal.c.entry_no).where(journal.c.hall == hall, journal.c.entry_no > last)
    for entry_no in db.execute(page.order_by(journal.c.entry_no).limit(_STEP)).scalars().all():
        try:
            yield db.execute(statement.where(journal.c.hall == hall, journal.c.entry_no == entry_no)).one()
        except SQLAlchemyError:
            yield (entry_no, *[None] * (len(statement.selected_columns) - 1))
