"""Where a ticket is placed when it enters the queue: one function per cause, all in whole milliseconds UTC.

No place lies more than `max_advance` before the moment of entering, so nobody can be passed by more than that; the time
of evacuations does not count, so whoever comes back after one regains the place that they had.
"""

from collections.abc import Sequence

from queue_server.core.arithmetic import bounded_place, head_start_place
from queue_server.core.evacuation import NONE, Evacuations, reach
from queue_server.core.settings import Settings


def on_issue(now: int, head_start: int, settings: Settings) -> int:
    """Somebody takes a number or returns with missing papers: the largest head start back."""
    return head_start_place(now, head_start, settings.max_advance)


def on_check_in(now: int, due: int, head_start: int, settings: Settings, evacuations: Evacuations = NONE) -> int:
    """A booked visitor checks in: the earlier of `due` (the slot less its lead) and a number taken now."""
    return _bounded(min(due, now - head_start), now, settings, evacuations)


def on_transfer(
    now: int, last: int, head_start: int, settings: Settings, evacuations: Evacuations = NONE, *, held: bool = False
) -> int:
    """A transfer, or the next business of the visit: the last place, or as if issued now where the hall says so.

    Whoever was put aside (`held`) when sent on comes back from there, and is placed like it.
    """
    if held:
        return on_rejoin(now, last, head_start, settings, evacuations)
    return (
        on_issue(now, head_start, settings)
        if settings.transfer_as_issue
        else _bounded(last, now, settings, evacuations)
    )


def on_rejoin(now: int, last: int, head_start: int, settings: Settings, evacuations: Evacuations = NONE) -> int:
    """Back from a hold into the queue: the last place, or as if issued now where the hall says so."""
    return (
        on_issue(now, head_start, settings) if settings.rejoin_as_issue else _bounded(last, now, settings, evacuations)
    )


def on_requeue(now: int, own: int, waiting: Sequence[int], settings: Settings, evacuations: Evacuations = NONE) -> int:
    """A missed visitor comes back: behind the k-th of those who wait for the same business.

    `waiting` are the places of the callable ones in order; behind the last when fewer wait, from now when nobody does.
    """
    behind = waiting[min(settings.return_behind, len(waiting)) - 1] if waiting else now
    return _bounded(max(own, behind), now, settings, evacuations)


def on_grade(
    entered_at: int,
    base: int,
    last: int,
    head_start: int,
    before: int,
    settings: Settings,
    evacuations: Evacuations = NONE,
) -> int:
    """A class is granted or withdrawn: the moment of entering less the new head start, or what it had without any.

    `before` is the head start so far. Nobody is put back by a grant: who was transferred may stand earlier already; and
    nobody gains by what is withdrawn: who was missed may stand later already.
    """
    if head_start == before:
        return last
    place = _bounded(min(base, entered_at - head_start), entered_at, settings, evacuations)
    return min(place, last) if head_start > before else max(place, last)


def _bounded(place: int, now: int, settings: Settings, evacuations: Evacuations) -> int:
    return bounded_place(place, now, reach(now, settings.max_advance, evacuations))
