"""What a changed hall would lose: parts that visitors, clerks, cases and bookings need and that it no longer has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from queue_server.core.hall import Hall
from queue_server.core.routing import tie_to_window, tied_clerk
from queue_server.core.seat import Seat
from queue_server.core.ticket import AT_WINDOW, Hold, Ticket


class Binding(NamedTuple):
    """What binds an open ticket to parts of the hall; fields as in `Ticket`."""

    number: str
    business: str
    later: Sequence[str]
    item: str | None
    priority: Sequence[str]
    state: str
    window: int | None
    hold: str | None
    tie: str | None


class Promised(NamedTuple):
    """What an open case, or a booking that nobody has come for yet, is about; a booking may have grounds, too."""

    code: str
    business: str
    item: str | None = None
    priority: Sequence[str] = ()


class InUse(NamedTuple):
    """Who needs parts of the hall now: tickets in order of entering the queue, seats by window, cases and bookings."""

    tickets: Sequence[Binding]
    seats: Mapping[int, Seat]
    cases: Sequence[Promised] = ()
    bookings: Sequence[Promised] = ()


class Needed(NamedTuple):
    """A part of the hall that is gone in the new one, and who still needs it: tickets, cases, bookings, a clerk."""

    kind: str
    name: str
    by: str
    numbers: tuple[str, ...] = ()


def businesses_less(old: Hall, new: Hall) -> frozenset[str]:
    """The business types whose cases and bookings the new hall may not keep: it lacks something they may need."""
    lost = _lost(old, new)
    if any(part.kind == "class" for part in lost):
        return frozenset(business.code for business in old.businesses)
    return frozenset(part.business for part in lost)


def needed(old: Hall, new: Hall, now: InUse) -> list[Needed]:
    """What is in use now and not in the new hall any more; the hall may become the new one only when this is empty."""
    lost = _lost(old, new)
    return [
        *_by_tickets(old, new, now.tickets),
        *_by_clerks(old, new, now.seats),
        *_by_promises(lost, "cases", now.cases),
        *_by_promises(lost, "bookings", now.bookings),
    ]


def _by_tickets(old: Hall, new: Hall, tickets: Sequence[Binding]) -> Iterator[Needed]:
    numbers_of: dict[tuple[str, str], list[str]] = {}
    for ticket in tickets:
        for part in _gone(old, new, ticket):
            numbers_of.setdefault(part, []).append(ticket.number)
    for (kind, name), numbers in numbers_of.items():
        yield Needed(kind, name, "tickets", tuple(numbers))


def _gone(old: Hall, new: Hall, ticket: Binding | Ticket) -> list[tuple[str, str]]:
    """The parts (kind, name) that a ticket is bound to and that the new hall does not have."""
    businesses = {b.code for b in new.businesses}
    items = {(b.code, item.code) for b in new.businesses for item in b.items}
    classes, windows = {each.code for each in new.classes}, {w.number for w in new.windows}
    gone = [("business", code) for code in (ticket.business, *ticket.later) if code not in businesses]
    # Where the whole business is gone, nobody needs to hear of its items, too.
    if not gone and ticket.item is not None and (ticket.business, ticket.item) not in items:
        gone.append(("item", ticket.item))
    gone += [("class", code) for code in ticket.priority if code not in classes]
    return gone + [("window", str(number)) for number in sorted(_windows_of(old, ticket) - windows)]


def _windows_of(hall: Hall, ticket: Binding | Ticket) -> set[int]:
    """The windows that a ticket is bound to: the one it is tied to, and the one that has the visitor or the papers."""
    bound = {window.number for window in hall.windows if ticket.tie == tie_to_window(window.number)}
    there = ticket.state in AT_WINDOW or ticket.hold == Hold.PAPERS_KEPT
    return bound | {ticket.window} if there and ticket.window is not None else bound


def _by_clerks(old: Hall, new: Hall, seats: Mapping[int, Seat]) -> Iterator[Needed]:
    gone = {w.number for w in old.windows} - {w.number for w in new.windows}
    for window, seat in sorted(seats.items()):
        if window in gone and seat.clerk is not None:
            yield Needed("window", str(window), "clerk")


def lacks(hall: Hall, ticket: Ticket) -> bool:
    """Whether a ticket, as it once was, is bound to a business, item, class or window that the hall does not have."""
    windows = {window.number for window in hall.windows}
    tied = ticket.tie is not None and tied_clerk(ticket.tie) is None
    lost = tied and ticket.tie not in {tie_to_window(number) for number in windows}
    return lost or bool(_gone(hall, hall, ticket))


def lacks_matter(hall: Hall, business: str, item: str | None) -> bool:
    """Whether the hall does not have a business, or the item in it."""
    parts = _parts(hall)
    none = item is None or _Part("item", item, business) in parts
    return not none or _Part("business", business, business) not in parts


class _Part(NamedTuple):
    kind: str
    name: str
    business: str = ""


def _lost(old: Hall, new: Hall) -> set[_Part]:
    """What the new hall lacks; what the old one lacked already keeps nothing waiting, or nothing could ever change."""
    return _parts(old) - _parts(new)


def _parts(hall: Hall) -> set[_Part]:
    parts = {_Part("class", each.code) for each in hall.classes}
    for business in hall.businesses:
        parts.add(_Part("business", business.code, business.code))
        parts |= {_Part("item", item.code, business.code) for item in business.items}
        if business.booking is not None:
            parts.add(_booked(business.code))
    return parts


def _booked(business: str) -> _Part:
    return _Part("booking of business", business, business)


def _by_promises(lost: set[_Part], by: str, promised: Sequence[Promised]) -> Iterator[Needed]:
    codes_of: dict[_Part, list[str]] = {}
    for each in promised:
        parts = [_Part("business", each.business, each.business)]
        # Where the whole business is gone, nobody needs to hear of its items and its slots, too.
        if parts[0] not in lost:
            parts = [_Part("item", each.item or "", each.business)]
            parts += [_booked(each.business)] if by == "bookings" else []
        for part in (*parts, *(_Part("class", code) for code in each.priority)):
            if part in lost:
                codes_of.setdefault(part, []).append(each.code)
    for part, codes in sorted(codes_of.items()):
        yield Needed(part.kind, part.name, by, tuple(codes))
