"""Bookings as stored: by the code a visitor shows, counted per slot; projections of the journal."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from queue_server.core.booking import Booking, BookingState
from queue_server.core.codes import typed
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.storage.tables import bookings

_COLUMNS = [bookings.c[name] for name in Booking.__dataclass_fields__]


def booking_of(row: Mapping[Any, Any]) -> Booking:
    """The booking in a row or in an entry's facts."""
    return Booking(**{**row, "state": BookingState(row["state"]), "priority": tuple(row["priority"])})


def facts(booking: Booking) -> dict[str, Any]:
    """The booking as its row and its entry tell it."""
    return {**vars(booking), "state": booking.state.value, "priority": list(booking.priority)}


def by_code(db: Connection, hall: Hall, said: str) -> Booking:
    """The booking of that code, as somebody typed it; refuses `unknown-booking`."""
    of_code = select(*_COLUMNS).where(bookings.c.hall == hall.id, bookings.c.code == typed(said))
    row = db.execute(of_code).mappings().first()
    if row is None:
        raise Refusal("unknown-booking")
    return booking_of(row)


def save(db: Connection, hall: Hall, booking: Booking, *, new: bool) -> None:
    """Store a booking."""
    if new:
        db.execute(insert(bookings), {"hall": hall.id, **facts(booking)})
    else:
        db.execute(update(bookings).where(bookings.c.id == booking.id), facts(booking))


def taken(db: Connection, hall: Hall, business: str, since: int, until: int) -> dict[int, int]:
    """How many have booked each slot of a business between two moments (ms UTC), cancelled ones left out."""
    statement = (
        select(bookings.c.slot, func.count().label("taken"))
        .where(
            bookings.c.hall == hall.id,
            bookings.c.business == business,
            bookings.c.slot >= since,
            bookings.c.slot < until,
            bookings.c.state != BookingState.CANCELLED.value,
        )
        .group_by(bookings.c.slot)
    )
    return {row.slot: row.taken for row in db.execute(statement)}


def overdue(db: Connection, hall: Hall, before: int, most: int) -> list[Booking]:
    """The first bookings of slots before a moment (ms UTC) with which nobody came."""
    statement = select(*_COLUMNS).where(
        bookings.c.hall == hall.id, bookings.c.state == BookingState.BOOKED.value, bookings.c.slot < before
    )
    return [booking_of(row) for row in db.execute(statement.order_by(bookings.c.slot).limit(most)).mappings()]
