"""What a changed hall would lose: visitors, clerks, cases and bookings that need what it no longer has."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from queue_server.core.hall import Hall
from queue_server.core.routing import tie_to_window
from queue_server.core.ticket import AT_WINDOW, Hold
from queue_server.storage import seats
from queue_server.storage.lanes import OPEN
from queue_server.storage.tables import bookings, cases, tickets

_OPEN_TICKETS = select(
    *(tickets.c.number, tickets.c.business, tickets.c.later, tickets.c.item, tickets.c.priority),
    *(tickets.c.state, tickets.c.window, tickets.c.hold, tickets.c.tie),
).order_by(tickets.c.entered)


class Needed(NamedTuple):
    """A part of the hall that is gone in the new one, and who still needs it: tickets, cases, bookings, a clerk."""

    kind: str
    name: str
    by: str
    numbers: tuple[str, ...] = ()


def in_use(db: Connection, old: Hall, new: Hall) -> list[Needed]:
    """What is in use now and not in the new hall any more."""
    return [*_by_tickets(db, old, new), *_by_clerks(db, old, new), *_by_cases_and_bookings(db, old, new)]


def _by_tickets(db: Connection, old: Hall, new: Hall) -> Iterator[Needed]:
    businesses, windows = {b.code for b in new.businesses}, {w.number for w in new.windows}
    items = {(b.code, item.code) for b in new.businesses for item in b.items}
    classes = {each.code for each in new.classes}
    needed: dict[tuple[str, str], list[str]] = {}
    for row in db.execute(_OPEN_TICKETS.where(tickets.c.hall == old.id, OPEN)):
        gone = [("business", code) for code in (row.business, *row.later) if code not in businesses]
        if not gone and row.item is not None and (row.business, row.item) not in items:
            gone.append(("item", row.item))
        gone += [("class", code) for code in row.priority if code not in classes]
        gone += [("window", str(number)) for number in _windows_of(row, old) if number not in windows]
        for part in gone:
            needed.setdefault(part, []).append(row.number)
    for (kind, name), numbers in needed.items():
        yield Needed(kind, name, "tickets", tuple(numbers))


def _windows_of(row: object, hall: Hall) -> set[int]:
    """The windows that a ticket is bound to."""
    said = {name: getattr(row, name) for name in ("state", "hold", "window", "tie")}
    bound = {window.number for window in hall.windows if said["tie"] == tie_to_window(window.number)}
    if said["state"] in AT_WINDOW or said["hold"] == Hold.PAPERS_KEPT.value:
        bound.add(said["window"])
    return bound


def _by_clerks(db: Connection, old: Hall, new: Hall) -> Iterator[Needed]:
    gone = {w.number for w in old.windows} - {w.number for w in new.windows}
    for window, seat in sorted(seats.load(db, old).items()):
        if window in gone and seat.clerk is not None:
            yield Needed("window", str(window), "clerk")


def _by_cases_and_bookings(db: Connection, old: Hall, new: Hall) -> Iterator[Needed]:
    gone = sorted({b.code for b in old.businesses} - {b.code for b in new.businesses})
    for by, table, still in (("cases", cases, "closed_at IS NULL"), ("bookings", bookings, "state = 'booked'")):
        of = select(table.c.business, table.c.code).where(table.c.hall == old.id, text(still))
        needed: dict[str, list[str]] = {}
        for business, code in db.execute(of.where(table.c.business.in_(gone)).order_by(table.c.code)):
            needed.setdefault(business, []).append(code)
        for business, codes in needed.items():
            yield Needed("business", business, by, tuple(codes))
