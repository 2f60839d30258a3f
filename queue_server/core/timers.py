"""What is due to happen by itself: read from what is stored alone, so that nothing can be forgotten or fired twice."""

from collections.abc import Mapping
from typing import NamedTuple

from queue_server.core.arithmetic import release_at
from queue_server.core.evacuation import NONE, Evacuations, anew, put_off
from queue_server.core.hall import Hall
from queue_server.core.numbering import day_end, day_start
from queue_server.core.seat import Seat
from queue_server.core.settings import Settings
from queue_server.core.ticket import FINAL, Act, Hold, State, Ticket


class Timer(NamedTuple):
    """One thing due: sorted by deadline (ms UTC), kind, ticket, which is the order in which overdue ones fire."""

    deadline: int
    kind: str
    ticket: str


DAY_OVER = "day-over"

# Each kind is an act with the reason the journal gives for it.
ACT_OF: dict[str, tuple[Act, str | None]] = {
    "callable": (Act.ADMIT, None),
    DAY_OVER: (Act.VOID, DAY_OVER),
    "hold-over": (Act.REJOIN, None),
    "missed-timer": (Act.MISS, None),
    "not-before": (Act.RIPEN, None),
    "return-over": (Act.VOID, "return-over"),
    "tie-release": (Act.RELEASE, None),
}


def lets_back(kind: str) -> bool:
    """Whether a turn that ends by this timer lets back who waits for it: the end of the day ends their visit, too."""
    return kind != DAY_OVER


def next_timer(
    ticket: Ticket, hall: Hall, away_since: int | None = None, evacuations: Evacuations = NONE
) -> Timer | None:
    """The first thing that happens to this ticket if nobody does anything; None once it is final.

    `away_since` is the moment (ms UTC) since when the window or clerk it belongs to is away, None while they are there.
    During an evacuation nothing runs out but the day; what lets a visitor be called sooner goes on.
    """
    if ticket.state in FINAL:
        return None
    due = [Timer(day_end(ticket.day, hall.time_zone, hall.settings.day_starts), DAY_OVER, ticket.id)]
    match ticket.state:
        case State.WAITING:
            due += _waiting(ticket, hall, away_since, evacuations)
        case State.CALLED if (over := _called_over(ticket, hall.settings, evacuations)) is not None:
            due.append(Timer(over, "missed-timer", ticket.id))
        case State.HELD if ticket.hold is not Hold.PAPERS_KEPT and (over := hold_over(ticket, evacuations)) is not None:
            due.append(Timer(over, "hold-over", ticket.id))
        case State.MISSED if (over := return_over(ticket, hall.settings, evacuations)) is not None:
            due.append(Timer(over, "return-over", ticket.id))
    return min(due)


def hold_over(ticket: Ticket, evacuations: Evacuations = NONE) -> int | None:
    """When a hold ends by itself (ms UTC); None for one without an end, and while an evacuation lasts."""
    if ticket.held_until is None:
        return None
    return put_off(ticket.held_at or 0, ticket.held_until, evacuations)


def return_over(ticket: Ticket, settings: Settings, evacuations: Evacuations = NONE) -> int | None:
    """When a missed visitor can come back no more (ms UTC); None while an evacuation lasts, or without a known miss.

    Who has come back as often as is allowed has nothing left to wait for, but the miss itself may still be undone.
    """
    if ticket.missed_at is None:
        return None
    left = settings.return_within if ticket.returns < settings.max_returns else 0
    # In the last millisecond it can be undone, and what is due in it would come first.
    return put_off(ticket.missed_at, ticket.missed_at + max(left, settings.undo_within + 1), evacuations)


def _waiting(ticket: Ticket, hall: Hall, away_since: int | None, evacuations: Evacuations) -> list[Timer]:
    due = []
    if ticket.callable_from is not None:
        due.append(Timer(ticket.callable_from, "callable", ticket.id))
    step = next_ripe(ticket, hall)
    if step is not None:
        due.append(Timer(ticket.entered_at + step, "not-before", ticket.id))
    if ticket.tie is not None and away_since is not None:
        start = max(away_since, ticket.entered_at)
        planned = release_at(away_since, ticket.entered_at, hall.settings.affinity_release)
        if (over := put_off(start, planned, evacuations)) is not None:
            due.append(Timer(over, "tie-release", ticket.id))
    return due


def _called_over(ticket: Ticket, settings: Settings, evacuations: Evacuations) -> int | None:
    wait = settings.missed_timer
    if wait is None or ticket.calls < settings.max_calls or ticket.counted_at is None:
        return None
    # Whoever was called when everybody had to leave has the whole time again: the way back in is longer than to a seat.
    start = anew(ticket.counted_at, evacuations)
    return None if start is None else start + wait * (2 if ticket.more_time else 1)


def next_ripe(ticket: Ticket, hall: Hall) -> int | None:
    """The next length of wait (ms) that lets another window in which holds back from this business."""
    steps = (window.not_before.get(ticket.business, 0) for window in hall.windows)
    return min((step for step in steps if step > ticket.ripe), default=None)


def seats_over(seats: Mapping[int, Seat], hall: Hall, now: int) -> list[int]:
    """The windows, in order, where somebody still sits since an earlier business day than that of `now` (ms UTC).

    They end after the timers of tickets, which have the same deadline, so that no visitor is there any more.
    """
    today = day_start(now, hall.time_zone, hall.settings.day_starts)
    # Nobody sits down without a moment; where none is known any more, the seat counts as left behind.
    return [w for w, s in sorted(seats.items()) if s.clerk is not None and (s.since is None or s.since < today)]
