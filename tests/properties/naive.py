"""The rules a second time, said as plainly as can be and without the core's code: who is called, and where one stands.

It knows no ripeness and no timers: what has been waited is worked out from the moments themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queue_server.core.hall import Hall
from queue_server.core.seat import Seat
from queue_server.core.ticket import Ticket


@dataclass(frozen=True)
class Post:
    """An open window with its clerk: reluctance and waiting per business, and the two ties that are its own."""

    window: int
    serves: Mapping[str, int]
    holds_back: Mapping[str, int]
    own: tuple[str, str]


def post(hall: Hall, number: int, seat: Seat) -> Post:
    """The window with whoever sits there: of two reluctances the larger one, never if either never does."""
    window = next(w for w in hall.windows if w.number == number)
    serves = {}
    for business in window.reluctance:
        if seat.reluctance is None:
            serves[business] = window.reluctance[business]
        elif business in seat.reluctance:
            serves[business] = max(window.reluctance[business], seat.reluctance[business])
    return Post(number, serves, window.not_before, (f"w{number}", f"c{seat.clerk}"))


def cost(hall: Hall, at: Post, ticket: Ticket) -> tuple[int, int]:
    """Place + reluctance + affinity, then the entry into the queue."""
    foreign = ticket.tie is not None and ticket.tie not in at.own
    return ticket.place + at.serves[ticket.business] + (hall.settings.affinity if foreign else 0), ticket.entered


def first_by_place(one: Ticket, other: Ticket) -> bool:
    """Whether one stands before the other as far as places go."""
    return (one.place, one.entered) < (other.place, other.entered)


def held_back(hall: Hall, at: Post, business: str, waiting: Iterable[Ticket], now: int) -> bool:
    """Whether the first of this business, as this window sees it, has not yet waited long enough for it."""
    head = min((t for t in waiting if t.business == business), key=lambda t: cost(hall, at, t))
    return now - head.entered_at < at.holds_back.get(business, 0)


def may_call(hall: Hall, at: Post, waiting: list[Ticket], now: int) -> list[Ticket]:
    """All that the window may call now, the next one first."""
    mine = [t for t in waiting if t.business in at.serves and not held_back(hall, at, t.business, waiting, now)]
    return sorted(mine, key=lambda t: cost(hall, at, t))


def one_after_the_other(hall: Hall, at: Post, waiting: list[Ticket], now: int) -> list[Ticket]:
    """Whom the window would call one after the other; behind somebody called a head may be new and still held back."""
    left, found = list(waiting), []
    while mine := may_call(hall, at, left, now):
        found.append(mine[0])
        left.remove(mine[0])
    return found


def head_start(hall: Hall, grounds: Iterable[str]) -> int:
    """The largest head start over the grounds."""
    return max([0, *(c.head_start for c in hall.classes if c.code in grounds)])


def largest_reluctance(hall: Hall, clerks: Mapping[str, Mapping[str, int] | None]) -> int:
    """The largest finite one of any window or clerk."""
    return max(
        ms for each in [*(w.reluctance for w in hall.windows), *clerks.values()] for ms in (each or {0: 0}).values()
    )


def place_of(hall: Hall, act: str, now: int, last: int, ahead_start: int, behind: list[int]) -> int:
    """The place that this entry into the queue gives; `behind` are the places of the same business in order."""
    rules = hall.settings
    earliest = now - rules.max_advance
    as_issue = now - ahead_start
    match act:
        case "issued":
            return max(earliest, as_issue)
        case "transferred" | "turn-finished":
            return max(earliest, as_issue if rules.transfer_as_issue else last)
        case "rejoined":
            return max(earliest, as_issue if rules.rejoin_as_issue else last)
        case "moved":
            return last
        case "requeued" if not behind:
            return max(earliest, last, now)
        case "requeued":
            return max(earliest, last, behind[: rules.return_behind][-1])
    raise AssertionError(act)
