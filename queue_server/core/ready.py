"""Windows that call by themselves: when one stands ready, which ones do, and whether the hall calls for them now."""

from collections.abc import Callable, Mapping

from queue_server.core.conditions import Conditions
from queue_server.core.hall import Hall
from queue_server.core.routing import Idle, in_force, ties_of
from queue_server.core.seat import Seat
from queue_server.core.settings import Settings


def becomes_ready(settings: Settings, seat: Seat) -> bool:
    """Whether a window whose call found nobody stands ready from now on: where the hall calls by itself, and once."""
    return settings.auto_call and seat.ready_since is None


def calls_by_itself(settings: Settings, now: Conditions) -> bool:
    """Whether the hall calls for windows that stand ready: not while everybody leaves."""
    return settings.auto_call and not now.evacuated


def idle(hall: Hall, seats: Mapping[int, Seat], busy: Callable[[int], bool]) -> list[Idle]:
    """The windows that stand ready, call, and have nobody there (`busy` knows), as their clerks serve them."""
    return [
        Idle(in_force(hall.window(number), seat.reluctance), seat.ready_since, ties_of(number, seat.clerk))
        for number, seat in seats.items()
        if seat.ready_since is not None and seat.calls and not busy(number)
    ]
