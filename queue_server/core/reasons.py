"""Why the order is as it is, as facts for a sentence: why this one was called, and who can still pass whom."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from queue_server.core.arithmetic import cost
from queue_server.core.by_hand import CAUSE as BY_HAND
from queue_server.core.evacuation import NONE, Evacuations, put_off
from queue_server.core.hall import Hall, Window
from queue_server.core.routing import NOBODY, Choice, Waiting, affinity_of
from queue_server.core.ticket import Ticket

Facts = Mapping[str, str | int]


def without_head_start(ticket: Ticket) -> int:
    """The place (ms UTC) that a ticket would have without a ground for priority and without being back in time.

    For whoever has neither it is the place itself: no transfer, move, hold or booking is a priority.
    """
    if ticket.case is not None and ticket.base < ticket.issued_at:
        return ticket.issued_at
    return ticket.base if ticket.priority else ticket.place


def why_called(
    window: Window, choice: Choice, heads: Iterable[Waiting], passed: int, overtaken: int, *, alone: bool
) -> Facts:
    """Why this ticket was called.

    `heads` are those the window chose from, `passed` counts waiting tickets this window may call that were issued
    earlier, `overtaken` those of them before which a head start has brought this one; `alone` says that the window may
    call no other.
    """
    if alone:
        cause = "only"
    elif choice.own:
        cause = "own"
    elif choice.reluctance > 0:
        cause = "secondary"
    elif passed == 0:
        cause = "longest"
    elif overtaken:
        cause = "head-start"
    else:
        cause = _passed_by(window, choice.ticket, heads)
    facts: dict[str, str | int] = {"cause": cause, "reluctance_ms": choice.reluctance, "passed": passed}
    return facts if choice.affinity == 0 else {**facts, "affinity_ms": choice.affinity}


def _passed_by(window: Window, called: Waiting, heads: Iterable[Waiting]) -> str:
    """What kept back those with an earlier place: their work, or that they are a colleague's; else the place decided.

    Who was issued earlier may have a later place: missed and let in again, or before whom a slot was booked.
    """
    mine = (head for head in heads if head.business in window.reluctance)
    earlier = [head for head in mine if (head.place, head.entered) < (called.place, called.entered)]
    if any(window.reluctance[head.business] or window.not_before.get(head.business) for head in earlier):
        return "main-work"
    return "tie" if earlier else "place"


def why_direct(window: Window, business: str) -> Facts:
    """Why a ticket was called past the order: somebody said so, whose words stand beside the entry."""
    return {"cause": "direct", "reluctance_ms": window.reluctance[business], "passed": 0}


def why_by_hand(window: Window, business: str) -> Facts:
    """Why a ticket was called without a link: the window did it by hand, and entered it afterwards."""
    return {"cause": BY_HAND, "reluctance_ms": window.reluctance[business], "passed": 0}


class Passing(NamedTuple):
    """How many who wait now may still be called before a ticket, and until when somebody new may pass it (ms UTC)."""

    now: int
    until: int


def can_pass(
    hall: Hall,
    ticket: Waiting,
    waiting: Iterable[Waiting],
    windows: Iterable[tuple[Window, frozenset[str]]],
    early: Iterable[Waiting] = (),
    opens: int | None = None,
    evacuations: Evacuations = NONE,
) -> Passing:
    """Who may still pass this ticket, from the rule alone; `windows` are the open ones as they serve, with their ties.

    Somebody behind it passes if an open window prefers them to it; so does, wherever they stand, one of `early`, who
    wait for the moment from which they may be called and are not among those ahead. Before this ticket's own such
    moment (`opens`, ms UTC) everybody whom one of its windows serves may pass it.

    Somebody new passes only by a place that lies early enough, which none is by more than `max_advance`; so after
    `until` nobody new does (guarantee d), whichever windows open and whichever of the hall's profiles their clerks
    bring, as long as the hall stays as it is. Its `evacuations`, all over, have put that moment off.
    """
    posts = list(windows)
    affinity = hall.settings.affinity
    behind = [other for other in waiting if (other.place, other.entered) > (ticket.place, ticket.entered)]
    behind += early
    passing = sum(
        any(
            _serves_both(window, other, ticket) and (opens or _prefers(window, ties, other, ticket, affinity))
            for window, ties in posts
        )
        for other in behind
    )
    # Also of the windows that are closed now and of clerks who are not here: the promise holds when they come, too.
    every = [*(window.reluctance for window in (*hall.windows, *(window for window, _ in posts)))]
    most = max(reluctance.get(ticket.business, 0) for reluctance in (*every, *hall.profiles.values()))
    most += 0 if ticket.tie is None else affinity
    until = put_off(ticket.place, ticket.place + most + hall.settings.max_advance, evacuations)
    return Passing(passing, max(until or 0, opens or 0))


def _serves_both(window: Window, other: Waiting, ticket: Waiting) -> bool:
    # A window that never calls the ticket takes nothing from it.
    return other.business in window.reluctance and ticket.business in window.reluctance


def _prefers(window: Window, ties: frozenset[str], other: Waiting, ticket: Waiting, affinity: int) -> bool:
    theirs, mine = window.reluctance[other.business], window.reluctance[ticket.business]
    their_cost = cost(other.place, theirs, affinity_of(other.tie, ties, affinity))
    return (their_cost, other.entered) < (
        cost(ticket.place, mine, affinity_of(ticket.tie, ties, affinity)),
        ticket.entered,
    )


def why_before(
    window: Window, first: Waiting, second: Waiting, ordinary: int, ties: frozenset[str] = NOBODY, affinity: int = 0
) -> Facts:
    """Why `first` was called before `second` at this window: the part of the rule that made the difference (ms).

    `ordinary` is the first one's place without a head start (ms UTC). `direct` says that the rule did not do it, so the
    call has a reason of its own in the journal.
    """
    theirs, mine = window.reluctance.get(first.business), window.reluctance.get(second.business)
    if theirs is None or mine is None:
        return {"cause": "not-here"}
    by_place = second.place - first.place
    by_work = mine - theirs
    by_tie = affinity_of(second.tie, ties, affinity) - affinity_of(first.tie, ties, affinity)
    ahead = by_place + by_work + by_tie
    if (ahead, second.entered) < (0, first.entered):
        # By its cost the second would have been called: only a business held back explains that.
        held_back = 0 if first.business == second.business else window.not_before.get(second.business, 0)
        return {"cause": "not-before", "ms": held_back} if held_back else {"cause": "direct"}
    if ahead == 0:
        return {"cause": "entered-first"}
    cause, ms = max([("place", by_place), ("main-work", by_work), ("tie", by_tie)], key=lambda each: each[1])
    if cause == "place" and ordinary > second.place:
        cause = "head-start"
    return {"cause": cause, "ms": ms}
