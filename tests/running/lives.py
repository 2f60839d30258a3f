"""What must hold for all that lives beside tickets: cases, bookings, conditions, quotas are what the journal tells."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from queue_server.core.calendar import wall_time
from queue_server.core.hall import Hall as Definition
from queue_server.core.journal import Entry
from queue_server.storage import bookings as booking_rows
from queue_server.storage import cases as case_rows
from queue_server.storage import conditions, lists
from queue_server.storage.tables import bookings, cases, quotas
from tests.running.client import Client, new_key
from tests.running.hall import Hall
from tests.running.truth import entries, whole


def all_whole(hall: Hall) -> None:
    """The journal is whole, and every row beside it, too, is what its entries tell."""
    whole(hall)
    told = entries(hall)
    with hall.database.engine().connect() as db:
        beside_tickets(db, told)
        given = {(row.business, row.day, row.position): row.given for row in db.execute(select(quotas))}
        of = lists.hall(db, "main")
    assert of is not None
    assert given == _numbers_given(of, told)


def beside_tickets(db: Connection, told: list[Entry]) -> None:
    """Every case and booking, and how the hall stands, are what the journal tells."""
    case_told = {e.case: case_rows.case_of(dict(_facts(e, "case"))) for e in told if e.case is not None}
    booked = {_facts(e, "booking")["id"]: booking_rows.booking_of(_facts(e, "booking")) for e in told if _has(e)}
    stands = [_facts(e, "conditions") for e in told if e.facts and "conditions" in e.facts]
    of_case = [cases.c[name] for name in case_rows.Case.__dataclass_fields__]
    of_booking = [bookings.c[name] for name in booking_rows.Booking.__dataclass_fields__]
    case_found = {row["id"]: case_rows.case_of(row) for row in db.execute(select(*of_case)).mappings()}
    book_found = {row["id"]: booking_rows.booking_of(row) for row in db.execute(select(*of_booking)).mappings()}
    assert case_found == case_told
    assert book_found == booked
    assert conditions.facts(conditions.load(db, "main")) == (stands or [conditions.facts(conditions.read(None))])[-1]


def _numbers_given(of: Definition, told: list[Entry]) -> dict[tuple[str, str, int], int]:
    """How many numbers were given out for each quota, as the journal tells."""
    counted: Counter[tuple[str, str, int]] = Counter()
    for entry in told:
        if entry.act != "issued" or entry.set is None:
            continue
        wall = wall_time(entry.at, of.time_zone)
        for business in {entry.set["business"], *entry.set.get("later", ())}:
            for position, quota in enumerate(of.business(business).quotas):
                counted[business, entry.set["day"], position] += quota.starts <= wall < quota.ends
    return {key: many for key, many in counted.items() if many}


def _facts(entry: Entry, name: str) -> dict[str, Any]:
    found: dict[str, Any] = (entry.facts or {})[name]
    return found


def _has(entry: Entry) -> bool:
    return entry.facts is not None and "booking" in entry.facts


def twice(hall: Hall, client: Client, path: str, body: Any = None, status: int = 200) -> dict[str, Any]:
    """The answer to an act that is sent twice under one key: done once, and answered to the byte alike."""
    key = new_key()
    first = client.tell(path, body, key)
    assert first.status_code == status, first.text
    done = _acts(hall)
    again = client.tell(path, body, key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert _acts(hall) == done, "what is repeated is not done again"
    answer: dict[str, Any] = first.json()
    return answer


def _acts(hall: Hall) -> int:
    return sum(entry.by not in ("timer", "system") for entry in entries(hall))
