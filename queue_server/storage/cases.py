"""Cases as stored: found by id or by the code on the slip, listed while they are open; projections of the journal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, Select, bindparam, insert, select, update

from queue_server.core.case import Case
from queue_server.core.codes import typed
from queue_server.core.errors import BadValue, Refusal
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry
from queue_server.storage import history
from queue_server.storage.rows import PREFIX
from queue_server.storage.tables import cases, tickets

log = structlog.get_logger(__name__)

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_CASES = select(*(cases.c[name] for name in Case.__dataclass_fields__)).where(cases.c.hall == bindparam("in_hall"))
_BY_ID, _BY_CODE = _CASES.where(cases.c.id == bindparam("said")), _CASES.where(cases.c.code == bindparam("said"))
_ADD = insert(cases)
_SAVE = update(cases).where(cases.c.id == bindparam("of_case"))
_UNFINISHED = _CASES.where(cases.c.closed_at.is_(None)).order_by(
    cases.c.promised_on.is_(None), cases.c.promised_on, cases.c.opened_at
)
_VISITOR = select(tickets.c.number, tickets.c.language).where(tickets.c.id == bindparam("of_ticket"))
_CAME_SINCE = select(tickets.c.id).where(
    tickets.c.hall == bindparam("in_hall"),
    tickets.c.case == bindparam("of_case"),
    tickets.c.entered > bindparam("since"),
)


def case_of(row: Mapping[Any, Any]) -> Case:
    """The case in a row or in an entry's facts; raises `BadValue` for what makes no sense."""
    try:
        found = Case(**{**row, "missing": tuple(row["missing"]), "checked": dict(row.get("checked") or {})})
        for day in (found.return_by, found.promised_on, found.stopped_on, *found.checked.values()):
            date.fromisoformat(day or "2000-01-01")
    except (KeyError, TypeError, ValueError) as broken:
        raise BadValue("case", "its fields do not make one") from broken
    words: list[object] = [found.id, found.code, found.business, *found.missing, *found.checked]
    words += [found.item or "", found.owner or "", found.outcome or ""]
    counts = (found.opened_at, found.closed_at or 0, found.told)
    kinds = [*((word, str) for word in words), *((count, int) for count in counts)]
    if not all(isinstance(value, kind) for value, kind in kinds) or not PREFIX.fullmatch(found.business):
        raise BadValue("case", "a field is of the wrong kind")
    return found


def by_id(db: Connection, hall: Hall, case_id: str) -> Case:
    """The case of that id; refuses `unknown-case`, and `row-damaged` beyond repair."""
    return _one(db, hall, _BY_ID, case_id)


def by_code(db: Connection, hall: Hall, said: str) -> Case:
    """The case whose code is on the slip, as somebody typed it; refuses what `by_id` refuses."""
    return _one(db, hall, _BY_CODE, typed(said))


def _one(db: Connection, hall: Hall, statement: Select[Any], said: str | None) -> Case:
    row = db.execute(statement, {"in_hall": hall.id, "said": said}).mappings().first()
    if row is None:
        raise Refusal("unknown-case")
    found = _read(db, hall, row)
    if found is None:
        raise Refusal("row-damaged", ticket="")
    return found


def _read(db: Connection, hall: Hall, row: Mapping[Any, Any]) -> Case | None:
    """The case in a row, or as the journal tells it where the row is damaged; None where neither makes sense."""
    try:
        return case_of(row)
    except BadValue:
        pass
    try:
        return case_of((history.of_case(db, hall.id, row["id"])[-1].facts or {})["case"])
    except (BadValue, IndexError, KeyError):
        return None


def save(db: Connection, hall: Hall, case: Case, *, new: bool) -> None:
    """Store a case."""
    row = {**vars(case), "missing": list(case.missing), "checked": dict(case.checked)}
    if new:
        db.execute(_ADD, {"hall": hall.id, **row})
    else:
        db.execute(_SAVE, {"of_case": case.id, **row})


def unfinished(db: Connection, hall: Hall, owner: str | None = None) -> list[Case]:
    """The cases that are still open, the nearest promise first; only those of one owner if given.

    One that nobody can read any more is left out, so that it does not hide the others.
    """
    statement = _UNFINISHED if owner is None else _UNFINISHED.where(cases.c.owner == owner)
    read = ((row["id"], _read(db, hall, row)) for row in db.execute(statement, {"in_hall": hall.id}).mappings().all())
    found = []
    for case_id, case in read:
        if case is None:
            log.warning("case-left-out", hall=hall.id, case=case_id)
        else:
            found.append(case)
    return found


def visitor(db: Connection, ticket: str | None) -> tuple[str, str] | None:
    """Number and language of a ticket; None where it is not known any more."""
    row = db.execute(_VISITOR, {"of_ticket": ticket}).first()
    return None if row is None else (row.number, row.language)


def latest(db: Connection, hall: Hall, act: Sequence[Entry]) -> dict[str, int]:
    """The last entry of each case that an act told of, and of each ticket that came with it since."""
    found = {}
    for case in {entry.case for entry in act if entry.case is not None}:
        found[case] = history.of_case(db, hall.id, case)[-1].no
        since = db.execute(_CAME_SINCE, {"in_hall": hall.id, "of_case": case, "since": act[-1].no}).scalars()
        found.update({came: history.last_of_ticket(db, hall.id, came) for came in since})
    return found


def before(db: Connection, hall: Hall, case_id: str, entry_no: int) -> Case | None:
    """The case as it was before an entry, as the journal tells it; None when that entry opened it."""
    earlier = [entry for entry in history.of_case(db, hall.id, case_id) if entry.no < entry_no]
    return case_of((earlier[-1].facts or {})["case"]) if earlier else None
