"""Putting a visitor aside: when the hold ends by itself, whom it may await, and where papers that were kept lie."""

from collections.abc import Mapping

from queue_server.core.errors import Refusal
from queue_server.core.hall import Window
from queue_server.core.routing import check_serves
from queue_server.core.seat import Seat
from queue_server.core.settings import Settings
from queue_server.core.ticket import FINAL, Act, Hold, State, Ticket


def held_until(kind: Hold, at: int, settings: Settings) -> int | None:
    """When a hold that begins at `at` ends by itself (ms UTC); None for one that somebody has to end."""
    return at + settings.hold_timer if kind is Hold.AWAITING else None


def check_awaited(ticket: Ticket, other: Ticket) -> None:
    """Refuse a hold that awaits what never comes: `awaits-itself`, and `wrong-state` for a ticket that is over."""
    if other.id == ticket.id:
        raise Refusal("awaits-itself", number=ticket.number)
    if other.state in FINAL:
        # Its turn is over, so only the timer would ever bring this visitor back.
        raise Refusal("wrong-state", number=other.number, state=other.state.value, act=Act.HOLD.value)


def check_kept_here(ticket: Ticket, window: int) -> None:
    """Refuse `held-elsewhere` where the papers lie at another window: only there the visitor is served on."""
    if ticket.hold is Hold.PAPERS_KEPT and ticket.window != window:
        raise Refusal("held-elsewhere", number=ticket.number, window=ticket.window)


def reach(seats: Mapping[int, Seat], window: int) -> dict[int, int | None]:
    """The windows whose kept papers a window can bring back: its own, and those that nobody attends.

    With each the last moment (ms UTC) of a hold that counts, None for any: at a closed window nobody gives anything
    out, at an open one that its clerk has left nobody knows what was kept before that.
    """
    closed: dict[int, int | None] = {number: None for number, seat in seats.items() if not seat.open}
    left = {number: seat.left_at for number, seat in seats.items() if seat.left_at is not None}
    return {**closed, **left, window: None}


def within_reach(ticket: Ticket, seats: Mapping[int, Seat], window: int) -> bool:
    """Whether a window can bring back who is held: any but whose papers lie where somebody can give them out."""
    there = reach(seats, window)
    if ticket.hold is not Hold.PAPERS_KEPT:
        return True
    if ticket.window not in there:
        return False
    until = there[ticket.window]
    return until is None or ticket.held_at is None or ticket.held_at <= until


def check_handed_over(ticket: Ticket, seats: Mapping[int, Seat], at: Window) -> int:
    """The window that keeps the papers of a held visitor whom window `at` (as its clerk serves it) may send on.

    That window may itself, and for one that nobody attends each that serves the business: else whoever comes back
    would stand before a closed window. Refuses `wrong-state`, `papers-not-kept`, `held-elsewhere`,
    `not-here`.
    """
    if ticket.state is not State.HELD:
        raise Refusal("wrong-state", number=ticket.number, state=ticket.state.value, act=Act.TRANSFER.value)
    if ticket.hold is not Hold.PAPERS_KEPT or ticket.window is None:
        raise Refusal("papers-not-kept", number=ticket.number)
    if not within_reach(ticket, seats, at.number):
        raise Refusal("held-elsewhere", number=ticket.number, window=ticket.window)
    if ticket.window != at.number:
        check_serves(at, ticket.business)
    return ticket.window
