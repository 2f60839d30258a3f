"""Bookings: slots with a capacity, and when a booked visitor may check in and be called."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from queue_server.core.calendar import Calendar, Opening, hours
from queue_server.core.errors import BadValue, Refusal
from queue_server.core.evacuation import NONE, Evacuations, put_off
from queue_server.core.settings import MINUTE

BOOKED, CANCELLED, CHECKED_IN, EXPIRED = "booked", "booking-cancelled", "checked-in", "booking-expired"
ACTS = frozenset({BOOKED, CANCELLED, CHECKED_IN, EXPIRED})


class BookingState(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    CHECKED_IN = "checked-in"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class BookingRules:
    """A slot every `step`, `capacity` visitors in each; check-in from `early` before to `late` after it (ms).

    A booked visitor is placed `lead` before the slot. Slots can be had up to `days_ahead` days before.
    """

    step: int = 15 * MINUTE
    capacity: int = 2
    early: int = 15 * MINUTE
    late: int = 10 * MINUTE
    lead: int = 10 * MINUTE
    days_ahead: int = 7

    def __post_init__(self) -> None:
        if self.step < MINUTE or self.capacity < 0 or self.days_ahead < 0:
            raise BadValue("booking", "a slot lasts at least a minute, and no count is negative")
        if min(self.early, self.late, self.lead) < 0:
            raise BadValue("booking", "early, late and lead are not negative")


@dataclass(frozen=True)
class Booking:
    """One booked visit; `slot` is its beginning (ms UTC), `code` what the visitor shows. No name, no telephone."""

    id: str
    code: str
    business: str
    item: str | None
    slot: int
    reviewed: bool = False
    priority: tuple[str, ...] = ()
    state: BookingState = BookingState.BOOKED
    ticket: str | None = None


def slots(rules: BookingRules, opening: Opening | None, calendar: Calendar, day: date, time_zone: str) -> list[int]:
    """The beginnings (ms UTC) of the slots of one day: whole ones within the opening hours, none where it is closed."""
    if opening is None:
        return []
    zone = ZoneInfo(time_zone)
    found = []
    for span in hours(opening, calendar, day):
        starts = span.starts
        while starts + rules.step <= span.ends:
            local = datetime.combine(day, time(), zone) + timedelta(milliseconds=starts)
            found.append(round(local.timestamp() * 1000))
            starts += rules.step
    return found


def given_out(rules: BookingRules, day: date, today: date) -> bool:
    """Whether the slots of that day can be had already: not more than `days_ahead` days before."""
    return (day - today).days <= rules.days_ahead


def left(rules: BookingRules, slot: int, taken: Mapping[int, int]) -> int:
    """How many may still book a slot; who booked when slots began otherwise has the one that covers that moment."""
    return max(0, rules.capacity - sum(many for at, many in taken.items() if slot <= at < slot + rules.step))


def check_slot(rules: BookingRules, slot: int, offered: list[int], taken: Mapping[int, int], now: int) -> None:
    """Refuse a slot that cannot be booked: `no-such-slot`, `slot-past`, `slot-full`."""
    if slot not in offered:
        raise Refusal("no-such-slot")
    if slot <= now:
        raise Refusal("slot-past")
    if not left(rules, slot, taken):
        raise Refusal("slot-full")


def cancel(booking: Booking) -> Booking:
    """The visitor does not come; refuses `booking-over`."""
    check_booked(booking)
    return replace(booking, state=BookingState.CANCELLED)


def check_in(booking: Booking, ticket: str) -> Booking:
    """The visitor is here; refuses `booking-over`."""
    check_booked(booking)
    return replace(booking, state=BookingState.CHECKED_IN, ticket=ticket)


def expire(booking: Booking) -> Booking:
    """The day is over and nobody came; refuses `booking-over`."""
    check_booked(booking)
    return replace(booking, state=BookingState.EXPIRED)


def due(rules: BookingRules, booking: Booking, at: int, evacuations: Evacuations = NONE) -> int | None:
    """The moment (ms UTC) a booked visitor counts from when checking in at `at`: None when too late, a walk-in then.

    Whoever could not come in for an evacuation has as much longer.
    """
    last = put_off(booking.slot, booking.slot + rules.late, evacuations)
    return None if last is not None and at > last else booking.slot - rules.lead


def callable_from(rules: BookingRules, booking: Booking, at: int) -> int | None:
    """Until when nobody may call somebody who checks in at `at` (ms UTC); None when callable at once."""
    opens = booking.slot - rules.early
    return opens if at < opens else None


def check_booked(booking: Booking) -> None:
    """Refuse `booking-over` for one that was used, cancelled or has run out."""
    if booking.state is not BookingState.BOOKED:
        raise Refusal("booking-over", booking=booking.code, state=booking.state.value)
