"""Booked visits: book a slot, cancel, check in, and what becomes of those with which nobody came."""

import secrets
from datetime import date

from queue_server.core import booking as rules
from queue_server.core.acts import Stamp, Wish, day_of
from queue_server.core.booking import Booking
from queue_server.core.codes import SPACE, code
from queue_server.core.conditions import check_closed_early
from queue_server.core.entering import checked_in
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.core.numbering import day_end, day_start
from queue_server.core.slots import bookable, rules_of
from queue_server.storage import bookings
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases.visitor import give_number

CREATED, OK = 201, 200
_AT_ONCE = 200


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

    Refuses `not-bookable`, `no-such-slot`, `slot-past`, `slot-full`, `unknown-item`, `unknown-class`, and `hall-closed`
    for a day that was closed early.
    """
    hall = ledger.hall
    business = hall.business(business_code)
    if item is not None:
        business.item(item)
    hall.head_start(grounds)
    day = date.fromisoformat(day_of(hall, slot))
    offered = bookable(hall, business, day, date.fromisoformat(day_of(hall, stamp.at)))
    check_closed_early(hall, ledger.conditions, business, day.isoformat())
    ends = day_end(day.isoformat(), hall.time_zone, hall.settings.day_starts)
    taken = bookings.taken(ledger.db, hall, business.code, slot, ends)
    rules.check_slot(rules_of(business), slot, offered, taken, stamp.at)
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

    Any time of that day, whatever hours and quotas say; who comes too late counts as a walk-in. Refuses
    `unknown-booking`, `booking-over`, `not-today`, and what a number is refused for.
    """
    hall = ledger.hall
    booked = bookings.by_code(ledger.db, hall, said)
    entering = checked_in(hall, booked, stamp.at, ledger.conditions.evacuations)
    wish = Wish(booked.business, booked.priority, language, booked.item, reviewed=booked.reviewed)
    given = give_number(ledger, stamp, wish, entering)
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
