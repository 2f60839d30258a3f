"""The order at one instant of what nothing else puts in order; and hall time, which never runs back.

In simulated time two things may happen in the same millisecond, and then this order decides. In the live hall acts
arrive one after another and that is the order in which they happen: the entry number is the finer clock beside the
time, and the millisecond only tells which acts shared a commit (docs/decisions/0010-order-of-arrival.md).
"""

from enum import IntEnum


class Order(IntEnum):
    """Which kind of event goes first when several share a simulated millisecond; equal kinds go by their id.

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
