"""Whether the clerk or window that a visitor belongs to ever serves the business that the visitor is sent on to."""

from collections.abc import Mapping

from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.routing import in_force, tie_to_window, tied_clerk
from queue_server.core.seat import Seat


def check_able(
    hall: Hall, seats: Mapping[int, Seat], clerk: str, able: Mapping[str, int] | None, business: str
) -> None:
    """Refuse `clerk-not-there` where a clerk (staff id) never serves the business; `able` is the clerk's profile."""
    if _never(hall, seats, clerk, able, business):
        raise Refusal("clerk-not-there", business=business)


def tie_elsewhere(
    hall: Hall, seats: Mapping[int, Seat], tie: str | None, able: Mapping[str, int] | None, business: str
) -> str | None:
    """What is left of a tie in another business: none to a window or clerk that never serves that one.

    `able` is the profile of the clerk it names. Such a tie would only keep the visitor waiting until it ends by itself.
    """
    clerk = tied_clerk(tie)
    if clerk is not None:
        gone = _never(hall, seats, clerk, able, business)
    else:
        gone = any(tie == tie_to_window(each.number) and business not in each.reluctance for each in hall.windows)
    return None if gone else tie


def _never(hall: Hall, seats: Mapping[int, Seat], clerk: str, able: Mapping[str, int] | None, business: str) -> bool:
    """By the profile (None limits nothing), or at the window where the clerk sits now; who sits nowhere, may."""
    if able is not None and business not in able:
        return True
    sits = (in_force(hall.window(number), seat.reluctance) for number, seat in seats.items() if seat.clerk == clerk)
    return any(business not in window.reluctance for window in sits)
