"""Booked visits: book a slot, cancel, check in, and what becomes of those with which nobody came."""

import secrets
from datetime import date

from queue_server.core import booking as rules
from queue_server.core.acts import Entering, Stamp, Wish, day_of
from queue_server.core.booking import Booking, BookingRules
from queue_server.core.business import Business
from queue_server.core.codes import SPACE, code
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry
from queue_server.core.numbering import day_end, day_start
from queue_server.core.places import on_check_in, on_issue
from queue_server.storage import bookings
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.visitor import give_number

CREATED, OK = 201, 200
_AT_ONCE = 200


def slots(hall: Hall, business: Business, day: date, today: date) -> list[int]:
    """The slots (ms UTC) of a business on a day, none where it is past or too far ahead; refuses `not-bookable`."""
    how = rules_of(business)
    if day < today or not rules.given_out(how, day, today):
        return []
    return _of_day(hall, business, how, day)


def _of_day(hall: Hall, business: Business, how: BookingRules, day: date) -> list[int]:
    return rules.slots(how, business.opening or hall.opening, hall.calendar, day, hall.time_zone)


def rules_of(business: Business) -> BookingRules:
    """How a business is booked; refuses `not-bookable`."""
    if business.booking is None:
        raise Refusal("not-bookable", business=business.code)
    return business.booking


def book(
    ledger: Ledger,
    stamp: Stamp,
    business_code: str,
    item: str | None,
    slot: int,
    grounds: tuple[str, ...],
    *,
    reviewed: bool,
) -> Done:
    """Book a slot; `reviewed` says that the papers were checked beforehand.

    Refuses `not-bookable`, `no-such-slot`, `slot-past`, `slot-full`, `unknown-item`, `unknown-class`.
    """
    hall = ledger.hall
    business = hall.business(business_code)
    if item is not None:
        business.item(item)
    hall.head_start(grounds)
    how = rules_of(business)
    day = date.fromisoformat(day_of(hall, slot))
    if not rules.given_out(how, day, date.fromisoformat(day_of(hall, stamp.at))):
        raise Refusal("no-such-slot")
    ends = day_end(day.isoformat(), hall.time_zone, hall.settings.day_starts)
    taken = bookings.taken(ledger.db, hall, business.code, slot, ends)
    rules.check_slot(how, slot, _of_day(hall, business, how, day), taken, stamp.at)
    made = Booking(secrets.token_hex(16), code(secrets.randbelow(SPACE)), business.code, item, slot, reviewed, grounds)
    bookings.save(ledger.db, hall, made, new=True)
    return Done(CREATED, _tell(ledger, stamp, made, rules.BOOKED))


def cancel(ledger: Ledger, stamp: Stamp, said: str) -> Done:
    """The visitor does not come; refuses `unknown-booking`, `booking-over`."""
    cancelled = rules.cancel(bookings.by_code(ledger.db, ledger.hall, said))
    bookings.save(ledger.db, ledger.hall, cancelled, new=False)
    return Done(OK, _tell(ledger, stamp, cancelled, rules.CANCELLED))


def check_in(ledger: Ledger, stamp: Stamp, said: str, language: str) -> Done:
    """The booked visitor is here and gets a number, to be called from a little before the slot on.

    Any time of that day; who comes too late counts as a walk-in. Refuses `unknown-booking`, `booking-over`,
    `not-today`, and what a number is refused for, quotas apart: this number was promised.
    """
    hall = ledger.hall
    booked = bookings.by_code(ledger.db, hall, said)
    rules.check_booked(booked)
    if day_of(hall, booked.slot) != day_of(hall, stamp.at):
        raise Refusal("not-today", day=day_of(hall, booked.slot))
    business = hall.business(booked.business)
    how = rules_of(business)
    head_start = hall.head_start(booked.priority)
    due = rules.due(how, booked, stamp.at)
    if due is None:
        entering = Entering(on_issue(stamp.at, head_start, hall.settings), stamp.at)
    else:
        entering = Entering(
            on_check_in(stamp.at, due, head_start, hall.settings),
            on_check_in(stamp.at, due, 0, hall.settings),
            callable_from=rules.callable_from(how, booked, stamp.at),
        )
    wish = Wish(booked.business, booked.priority, language, booked.item, reviewed=booked.reviewed)
    given = give_number(ledger, stamp, wish, entering, promised=True)
    if given.ticket is None:
        raise Refusal("booking-over", booking=booked.code, state=booked.state.value)
    used = rules.check_in(booked, given.ticket.id)
    bookings.save(ledger.db, hall, used, new=False)
    _tell(ledger, stamp, used, rules.CHECKED_IN)
    return given


def expire(ledger: Ledger, stamp: Stamp) -> list[str]:
    """Close the bookings of earlier days with which nobody came; gives the ids of those set aside, beyond repair."""
    today = day_start(stamp.at, ledger.hall.time_zone, ledger.hall.settings.day_starts)
    found, lost = bookings.overdue(ledger.db, ledger.hall, today, _AT_ONCE)
    for booked in found:
        over = rules.expire(booked)
        bookings.save(ledger.db, ledger.hall, over, new=False)
        _tell(ledger, stamp, over, rules.EXPIRED)
    return lost


def _tell(ledger: Ledger, stamp: Stamp, booked: Booking, act: str) -> Entry:
    facts = {"booking": bookings.facts(booked)}
    entry = Entry(ledger.next_no, stamp.at, ledger.hall.id, act, stamp.act_id, stamp.by, facts=facts)
    ledger.write(entry)
    return entry
