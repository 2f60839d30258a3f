"""What is due to happen by itself: read from ticket or seat alone, so that nothing can be forgotten or fired twice."""

from collections.abc import Mapping
from typing import NamedTuple

from queue_server.core.hall import Hall
from queue_server.core.numbering import day_end, day_start
from queue_server.core.seat import Seat
from queue_server.core.ticket import FINAL, Act, State, Ticket


class Timer(NamedTuple):
    """One thing due: sorted by deadline (ms UTC), kind, ticket, which is the order in which overdue ones fire."""

    deadline: int
    kind: str
    ticket: str


DAY_OVER = "day-over"

# Each kind is an act with the reason the journal gives for it.
ACT_OF: dict[str, tuple[Act, str | None]] = {
    DAY_OVER: (Act.VOID, DAY_OVER),
    "missed-timer": (Act.MISS, None),
    "return-over": (Act.VOID, "return-over"),
}


def next_timer(ticket: Ticket, hall: Hall) -> Timer | None:
    """The first thing that happens to this ticket if nobody does anything; None once it is final."""
    if ticket.state in FINAL:
        return None
    settings = hall.settings
    due = [Timer(day_end(ticket.day, hall.time_zone, settings.day_starts), DAY_OVER, ticket.id)]
    if ticket.state is State.MISSED and ticket.missed_at is not None:
        due.append(Timer(ticket.missed_at + settings.return_within, "return-over", ticket.id))
    may_be_missed = ticket.state is State.CALLED and ticket.calls >= settings.max_calls
    if may_be_missed and settings.missed_timer is not None and ticket.counted_at is not None:
        due.append(Timer(ticket.counted_at + settings.missed_timer, "missed-timer", ticket.id))
    return min(due)


def seats_over(seats: Mapping[int, Seat], hall: Hall, now: int) -> list[int]:
    """The windows, in order, where somebody still sits since an earlier business day than that of `now` (ms UTC).

    They end after the timers of tickets, which have the same deadline, so that no visitor is there any more.
    """
    today = day_start(now, hall.time_zone, hall.settings.day_starts)
    # Nobody sits down without a moment; where none is known any more, the seat counts as left behind.
    return [w for w, s in sorted(seats.items()) if s.clerk is not None and (s.since is None or s.since < today)]
