"""Who stands where as a simulated day begins for them: a visitor at the door, a window with its shutters."""

from dataclasses import dataclass

from queue_server.core.acts import Entering, walk_in
from queue_server.core.hall import Hall, Window
from queue_server.core.places import on_issue
from queue_server.core.routing import tie_to_window
from simulation.draws import Customer


@dataclass(slots=True)
class Desk:
    """A window during the day: open or not, who is there, and whether it closes once that visitor is done.

    `closed_at` is since when (ms UTC) it calls nobody.
    """

    window: Window
    closed_at: int
    open: bool = False
    closing: bool = False
    ticket: str | None = None


def entering(hall: Hall, visitor: Customer, now: int, case: str) -> Entering:
    """Where a visitor begins to wait; who brings missing papers for a case is tied, and has a return's head start."""
    plain = walk_in(hall, visitor.grounds, now)
    if visitor.tie is None:
        return plain
    base = on_issue(now, hall.settings.return_head_start, hall.settings)
    return Entering(min(plain.place, base), base, tie=tie_to_window(visitor.tie), case=case)
