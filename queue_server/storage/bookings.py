"""Bookings as stored: by the code a visitor shows, counted per slot; projections of the journal."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from queue_server.core.booking import ACTS, Booking, BookingState
from queue_server.core.codes import typed
from queue_server.core.errors import BadValue, Refusal
from queue_server.core.hall import Hall
from queue_server.storage import history
from queue_server.storage.rows import DAMAGED, PREFIX
from queue_server.storage.tables import bookings

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_BOOKINGS = select(*(bookings.c[name] for name in Booking.__dataclass_fields__)).where(
    bookings.c.hall == bindparam("in_hall")
)
_BY_CODE = _BOOKINGS.where(bookings.c.code == bindparam("said"))
_ADD = insert(bookings)
_SAVE = update(bookings).where(bookings.c.id == bindparam("of_booking"))
_TAKEN = (
    select(bookings.c.slot, func.count().label("taken"))
    .where(
        bookings.c.hall == bindparam("in_hall"),
        bookings.c.business == bindparam("of_business"),
        bookings.c.slot >= bindparam("since"),
        bookings.c.slot < bindparam("until"),
        bookings.c.state != BookingState.CANCELLED.value,
    )
    .group_by(bookings.c.slot)
)
_OVERDUE = (
    _BOOKINGS.where(bookings.c.state == BookingState.BOOKED.value, bookings.c.slot < bindparam("before"))
    .order_by(bookings.c.slot)
    .limit(bindparam("most"))
)

_STANDING = _BOOKINGS.where(bookings.c.state == BookingState.BOOKED.value).order_by(bookings.c.code)


def booking_of(row: Mapping[Any, Any]) -> Booking:
    """The booking in a row or in an entry's facts; raises `BadValue` for what makes no sense."""
    try:
        found = Booking(**{**row, "state": BookingState(row["state"]), "priority": tuple(row["priority"])})
    except (KeyError, TypeError, ValueError) as broken:
        raise BadValue("booking", "its fields do not make one") from broken
    words: list[object] = [found.id, found.code, found.business, *found.priority, found.item or "", found.ticket or ""]
    kinds = [*((word, str) for word in words), (found.slot, int), (found.reviewed, bool)]
    if not all(isinstance(value, kind) for value, kind in kinds) or not PREFIX.fullmatch(found.business):
        raise BadValue("booking", "a field is of the wrong kind")
    return found


def facts(booking: Booking) -> dict[str, Any]:
    """The booking as its row and its entry tell it."""
    return {**vars(booking), "state": booking.state.value, "priority": list(booking.priority)}


def by_code(db: Connection, hall: Hall, said: str) -> Booking:
    """The booking of that code, as somebody typed it; refuses `unknown-booking`, and `row-damaged` beyond repair."""
    row = db.execute(_BY_CODE, {"in_hall": hall.id, "said": typed(said)}).mappings().first()
    if row is None:
        raise Refusal("unknown-booking")
    found = _read(db, hall, row)
    if found is None:
        raise Refusal("row-damaged", ticket="")
    return found


def _read(db: Connection, hall: Hall, row: Mapping[Any, Any]) -> Booking | None:
    """The booking in a row, or as the journal tells it where the row is damaged; None where neither makes sense."""
    try:
        return booking_of(row)
    except BadValue:
        told = history.last_told(db, hall.id, ACTS, f'"id":"{row["id"]}"')
    try:
        return None if told is None else booking_of((told.facts or {})["booking"])
    except (BadValue, KeyError):
        return None


def save(db: Connection, hall: Hall, booking: Booking, *, new: bool) -> None:
    """Store a booking."""
    if new:
        db.execute(_ADD, {"hall": hall.id, **facts(booking)})
    else:
        db.execute(_SAVE, {"of_booking": booking.id, **facts(booking)})


def taken(db: Connection, hall: Hall, business: str, since: int, until: int) -> dict[int, int]:
    """How many have booked each slot of a business between two moments (ms UTC), cancelled ones left out."""
    values = {"in_hall": hall.id, "of_business": business, "since": since, "until": until}
    return {row.slot: row.taken for row in db.execute(_TAKEN, values)}


def overdue(db: Connection, hall: Hall, before: int, most: int) -> tuple[list[Booking], list[str]]:
    """The first bookings of slots before a moment (ms UTC) with which nobody came.

    With them the ids of those that neither row nor journal can tell any more, which are set aside.
    """
    found, lost = [], []
    for row in db.execute(_OVERDUE, {"in_hall": hall.id, "before": before, "most": most}).mappings().all():
        booking = _read(db, hall, row)
        if booking is None:
            db.execute(update(bookings).where(bookings.c.id == row["id"]), {"state": DAMAGED})
            lost.append(row["id"])
        elif booking.state is BookingState.BOOKED and booking.slot < before:
            found.append(booking)
        else:
            # The row was damaged, and the journal knows that somebody came, or that the day is another one.
            save(db, hall, booking, new=False)
    return found, lost


def standing(db: Connection, hall: Hall, businesses: Collection[str]) -> list[Booking]:
    """The bookings of these businesses with which nobody has come yet, in order of code; unreadable ones left out."""
    rows = db.execute(_STANDING.where(bookings.c.business.in_(sorted(businesses))), {"in_hall": hall.id})
    found = [_read(db, hall, row) for row in rows.mappings().all()]
    return [each for each in found if each is not None and each.state is BookingState.BOOKED]
