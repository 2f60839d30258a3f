"""The order of events at one instant, stated once for the live hall and for every simulation engine."""

from enum import IntEnum


class Order(IntEnum):
    """Which kind of event goes first when several share a millisecond; equal kinds go by their id.

    A visitor whose patience ends at the instant of a call is served, because calls come before leavings.
    """

    FINISH = 0
    WINDOW = 1
    TIMER = 2
    ARRIVAL = 3
    CALL = 4
    LEAVING = 5


def hall_time(last: int, clock: int) -> int:
    """Hall time (ms UTC): the clock, but never before the hall's last entry, so it never runs back."""
    return max(last, clock)
