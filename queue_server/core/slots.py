"""The slots of a business in its hall: which a day has, and from when on they are given out."""

from datetime import date

from queue_server.core import booking
from queue_server.core.booking import BookingRules
from queue_server.core.business import Business
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall


def rules_of(business: Business) -> BookingRules:
    """How a business is booked; refuses `not-bookable`."""
    if business.booking is None:
        raise Refusal("not-bookable", business=business.code)
    return business.booking


def shown(hall: Hall, business: Business, day: date, today: date) -> list[int]:
    """The slots (ms UTC) of a business on a day, none where it is past or too far ahead; refuses `not-bookable`."""
    how = rules_of(business)
    return [] if day < today or not booking.given_out(how, day, today) else _of_day(hall, business, how, day)


def bookable(hall: Hall, business: Business, day: date, today: date) -> list[int]:
    """The slots (ms UTC) of a day that may be had; refuses `not-bookable`, and `no-such-slot` for a day too far ahead.

    Those of a day that is past are among them, so that whoever is late hears just that.
    """
    how = rules_of(business)
    if not booking.given_out(how, day, today):
        raise Refusal("no-such-slot")
    return _of_day(hall, business, how, day)


def _of_day(hall: Hall, business: Business, how: BookingRules, day: date) -> list[int]:
    return booking.slots(how, business.opening or hall.opening, hall.calendar, day, hall.time_zone)
