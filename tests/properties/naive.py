"""The rules a second time, said as plainly as can be and without the core's order: the properties hold it to them."""

from collections.abc import Iterable, Mapping

from queue_server.core.hall import Hall
from queue_server.core.journal import Entry
from queue_server.core.numbering import business_day
from queue_server.core.ticket import FINAL, State, Ticket
from tests.properties.hall_in_memory import HallInMemory


def least_cost(hall: Hall, window: int, waiting: Iterable[Ticket]) -> Ticket | None:
    """Of all who wait, the one of smallest place + reluctance, ties by the entry into the queue."""
    serves = next(w.reluctance for w in hall.windows if w.number == window)
    mine = [(t.place + serves[t.business], t.entered, t.id, t) for t in waiting if t.business in serves]
    return min(mine)[3] if mine else None


def head_start(hall: Hall, ticket: Ticket) -> int:
    """The largest head start over the ticket's grounds."""
    return max([0, *(c.head_start for c in hall.classes if c.code in ticket.priority)])


def the_call(before: Mapping[str, Ticket], after: Mapping[str, Ticket]) -> Ticket | None:
    """The ticket that went from waiting to called between two moments."""
    called = [t for i, t in after.items() if t.state is State.CALLED and before[i].state is State.WAITING]
    assert len(called) <= 1
    return called[0] if called else None


def check_call(hall: Hall, waiting: list[Ticket], called: Ticket) -> None:
    """Guarantees (a), (b) and (d) at one call; `waiting` is who waited just before, the called one among them."""
    serves = next(w.reluctance for w in hall.windows if w.number == called.window)
    best = least_cost(hall, called.window or 0, waiting)
    assert best is not None
    # (a) The call takes the minimum of the rule.
    assert best.id == called.id
    finite = [ms for w in hall.windows for ms in w.reluctance.values()]
    for other in waiting:
        # (b) Of one business and one head start, nobody who came earlier is left behind.
        if other.business == called.business and head_start(hall, other) == head_start(hall, called):
            assert called.entered <= other.entered
        # (d) Nobody who came so much later than the place of one this window may call is called before that one.
        if other.business in serves and other.id != called.id:
            assert called.issued_at <= other.place + max(finite) + hall.settings.max_advance


def check_places(hall: Hall, tickets: Iterable[Ticket]) -> None:
    """Guarantee (c): no place lies more than `max_advance` before its ticket's entry, and none after it."""
    for ticket in tickets:
        assert ticket.issued_at - hall.settings.max_advance <= ticket.place <= ticket.issued_at
        assert ticket.place == ticket.issued_at - min(head_start(hall, ticket), hall.settings.max_advance)


def check_windows(queue: HallInMemory) -> None:
    """Never two tickets at one window, never one ticket anywhere but at the window that called it."""
    for window in queue.hall.windows:
        assert len(queue.at_window(window.number)) <= 1
    for ticket in queue.tickets.values():
        assert (ticket.window is None) == (ticket.called_at is None)
        if ticket.state is State.WAITING:
            assert ticket.window is None


def check_nothing_is_overdue(queue: HallInMemory) -> None:
    """Once the timers have fired, nobody stands where a timer should have taken them away."""
    settings = queue.hall.settings
    for ticket in queue.tickets.values():
        if ticket.state is State.MISSED:
            assert queue.now < (ticket.missed_at or 0) + settings.return_within
        if ticket.state is State.CALLED and settings.missed_timer is not None and ticket.calls >= settings.max_calls:
            assert queue.now < (ticket.counted_at or 0) + settings.missed_timer
        if ticket.state not in FINAL:
            assert business_day(queue.now, queue.hall.time_zone, settings.day_starts) == ticket.day


def check_numbers(entries: Iterable[Entry]) -> None:
    """Per prefix and day the numbers given out are 1, 2, 3 … in order; none comes twice on one day; days go forward."""
    counted: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str]] = set()
    last_day = ""
    for entry in entries:
        if entry.act != "issued":
            continue
        told = entry.set or {}
        series = (told["business"], told["day"])
        assert int(told["number"].removeprefix(told["business"])) == counted.get(series, 0) + 1
        counted[series] = counted.get(series, 0) + 1
        assert (told["day"], told["number"]) not in seen
        seen.add((told["day"], told["number"]))
        assert told["day"] >= last_day
        last_day = told["day"]
