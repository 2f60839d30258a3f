"""Who sits at a window: two people never at one window, one person never at two."""

from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.core.errors import Refusal

SIGNED_IN, SIGNED_OUT = "clerk-signed-in", "clerk-signed-out"


@dataclass(frozen=True, slots=True)
class Seat:
    """A window's state: open or not, the clerk (staff id) who sits there, and since when (hall time, ms UTC)."""

    open: bool
    clerk: str | None
    since: int | None = None


def sit(seats: Mapping[int, Seat], window: int, clerk: str, at: int) -> Seat:
    """The seat with this clerk in it from `at` (ms UTC) on; refuses `window-taken` and `clerk-elsewhere`."""
    seat = seats[window]
    if seat.clerk not in (None, clerk):
        raise Refusal("window-taken", window=window)
    for other, taken in seats.items():
        if other != window and taken.clerk == clerk:
            raise Refusal("clerk-elsewhere", window=other)
    return Seat(seat.open, clerk, at)


def leave(seats: Mapping[int, Seat], window: int, clerk: str, *, busy: bool, frees: bool = False) -> Seat:
    """The seat without its clerk; refuses `not-your-window`, and `window-busy` while a visitor is there.

    `frees`: this person may also free a window that somebody else left without signing out.
    """
    if not frees:
        check(seats, window, clerk)
    if busy:
        raise Refusal("window-busy", window=window)
    return Seat(seats[window].open, None)


def check(seats: Mapping[int, Seat], window: int, clerk: str | None) -> None:
    """Refuse `not-your-window` to a person who does not sit there; a program (None) may act at any window."""
    if clerk is not None and seats[window].clerk != clerk:
        raise Refusal("not-your-window", window=window)
