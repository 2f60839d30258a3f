"""What a changed hall would lose: parts that visitors, clerks, cases and bookings need and that it no longer has."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from queue_server.core.hall import Hall
from queue_server.core.routing import tie_to_window
from queue_server.core.seat import Seat
from queue_server.core.ticket import AT_WINDOW, Hold


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
    """The code and the business of an open case, or of a booking that nobody has come for yet."""

    code: str
    business: str


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


def businesses_gone(old: Hall, new: Hall) -> frozenset[str]:
    """The business types that the new hall no longer has."""
    return frozenset(b.code for b in old.businesses) - {b.code for b in new.businesses}


def needed(old: Hall, new: Hall, now: InUse) -> list[Needed]:
    """What is in use now and not in the new hall any more; the hall may become the new one only when this is empty."""
    return [
        *_by_tickets(old, new, now.tickets),
        *_by_clerks(old, new, now.seats),
        *_by_promises(old, new, "cases", now.cases),
        *_by_promises(old, new, "bookings", now.bookings),
    ]


def _by_tickets(old: Hall, new: Hall, tickets: Sequence[Binding]) -> Iterator[Needed]:
    numbers_of: dict[tuple[str, str], list[str]] = {}
    for ticket in tickets:
        for part in _gone(old, new, ticket):
            numbers_of.setdefault(part, []).append(ticket.number)
    for (kind, name), numbers in numbers_of.items():
        yield Needed(kind, name, "tickets", tuple(numbers))


def _gone(old: Hall, new: Hall, ticket: Binding) -> list[tuple[str, str]]:
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


def _windows_of(hall: Hall, ticket: Binding) -> set[int]:
    """The windows that a ticket is bound to: the one it is tied to, and the one that has the visitor or the papers."""
    bound = {window.number for window in hall.windows if ticket.tie == tie_to_window(window.number)}
    there = ticket.state in AT_WINDOW or ticket.hold == Hold.PAPERS_KEPT
    return bound | {ticket.window} if there and ticket.window is not None else bound


def _by_clerks(old: Hall, new: Hall, seats: Mapping[int, Seat]) -> Iterator[Needed]:
    gone = {w.number for w in old.windows} - {w.number for w in new.windows}
    for window, seat in sorted(seats.items()):
        if window in gone and seat.clerk is not None:
            yield Needed("window", str(window), "clerk")


def _by_promises(old: Hall, new: Hall, by: str, promised: Sequence[Promised]) -> Iterator[Needed]:
    for business in sorted(businesses_gone(old, new)):
        if codes := tuple(each.code for each in promised if each.business == business):
            yield Needed("business", business, by, codes)
