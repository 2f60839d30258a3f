"""Putting a visitor aside: when the hold ends by itself, whom it may await, and where papers that were kept lie."""

from queue_server.core.errors import Refusal
from queue_server.core.settings import Settings
from queue_server.core.ticket import FINAL, Act, Hold, Ticket


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
