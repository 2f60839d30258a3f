"""Where somebody begins to wait who did not simply take a number: back with a case, or booked."""

from datetime import date

from queue_server.core import booking
from queue_server.core.acts import Entering, day_of, walk_in
from queue_server.core.booking import Booking
from queue_server.core.case import Case, check_open, in_time
from queue_server.core.errors import Refusal
from queue_server.core.evacuation import NONE, Evacuations
from queue_server.core.hall import Hall
from queue_server.core.places import on_check_in, on_issue
from queue_server.core.routing import tie_to_clerk
from queue_server.core.slots import rules_of


def returning(hall: Hall, case: Case, grounds: tuple[str, ...], now: int) -> Entering:
    """Back with a case: tied to its owner, and until the slip's date earlier by the head start of a return.

    Head starts are never added up: of the return's and the visitor's own the larger one counts. Refuses `case-closed`
    and `unknown-class`.
    """
    check_open(case)
    plain = walk_in(hall, grounds, now)
    place, base = plain.place, plain.base
    if in_time(case, date.fromisoformat(day_of(hall, now))):
        head_start = hall.settings.return_head_start
        place = on_issue(now, max(head_start, hall.head_start(grounds)), hall.settings)
        base = on_issue(now, head_start, hall.settings)
    return Entering(place, base, tie=None if case.owner is None else tie_to_clerk(case.owner), case=case.id)


def checked_in(hall: Hall, booked: Booking, now: int, evacuations: Evacuations = NONE) -> Entering:
    """Here with a booking: to be called from a little before the slot on; who comes too late counts as a walk-in.

    Refuses `booking-over`, `not-today`, `not-bookable`, `unknown-business`, `unknown-class`.
    """
    booking.check_booked(booked)
    day = day_of(hall, booked.slot)
    if day != day_of(hall, now):
        raise Refusal("not-today", day=day)
    how = rules_of(hall.business(booked.business))
    head_start = hall.head_start(booked.priority)
    due = booking.due(how, booked, now, evacuations)
    if due is None:
        return walk_in(hall, booked.priority, now)
    return Entering(
        on_check_in(now, due, head_start, hall.settings, evacuations),
        on_check_in(now, due, 0, hall.settings, evacuations),
        callable_from=booking.callable_from(how, booked, now),
        promised=True,
    )
