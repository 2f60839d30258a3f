"""Visits as most tests of cases and bookings need them: somebody comes, somebody sits there and serves."""

from typing import Any

from tests.running.client import HALL, Client
from tests.running.hall import Hall

CASES = f"{HALL}/cases"


def at_window(hall: Hall, clerk: Client, window: int, business: str = "A", **wish: Any) -> dict[str, Any]:
    """Somebody comes for a business and is served at a window."""
    reply = hall.kiosk.tell(f"{HALL}/tickets", {"business": business, **wish})
    assert reply.status_code == 201, reply.text
    clerk.done(window, "next")
    return clerk.done(window, "start")


def seated(hall: Hall, name: str, window: int) -> Client:
    """A clerk of that name who sits at a window."""
    clerk = hall.person(name)
    clerk.done(window, "sign-in")
    return clerk


def entered(reply: dict[str, Any]) -> int:
    """How much earlier (ms) a number was placed than it was taken."""
    return int(reply["issued_at"]) - int(reply["place"])
