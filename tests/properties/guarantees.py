"""The four guarantees and the reasons given for the order, each checked at one call or at one moment."""

from collections.abc import Mapping
from typing import NamedTuple

from queue_server.core.hall import Hall
from queue_server.core.reasons import can_pass, why_before
from queue_server.core.ticket import State, Ticket
from tests.properties import naive
from tests.properties.hall_in_memory import HallInMemory, in_queue, in_queues


class Promise(NamedTuple):
    """After `until` nobody new passes the ticket, as long as it stands where and as it did."""

    stands: tuple[object, ...]
    until: int


def stands(ticket: Ticket) -> tuple[object, ...]:
    """What a promise was made for; a tie released since only brings the ticket forward."""
    return ticket.place, ticket.entered, ticket.business


def check_direct(why: Mapping[str, object], called: Ticket, waiting: list[Ticket]) -> None:
    """A call that the rule did not make carries a recorded reason."""
    assert why["reason"]
    assert called in waiting


def check_call(
    queue: HallInMemory,
    at: naive.Post,
    waiting: list[Ticket],
    called: Ticket,
    why: Mapping[str, object],
    promises: Mapping[str, Promise],
) -> None:
    """What holds at one call of the rule; `waiting` is who could be called just before it, `called` among them."""
    hall = queue.hall
    mine = naive.may_call(hall, at, waiting, queue.now)
    # (a) The call takes the minimum of the rule.
    assert mine[0] == called
    check_why(hall, at, naive.one_after_the_other(hall, at, waiting, queue.now), waiting, called, why)
    most = naive.largest_reluctance(hall, queue.clerks) + hall.settings.affinity + hall.settings.max_advance
    for other in mine[1:]:
        # (b) Of equals who came by issue and stand where that put them, the first is called.
        if _equal_by_issue(hall, called, other):
            assert called.entered < other.entered
        # (d) Nobody who entered so much later than the place of one this window may call is called before that one.
        assert called.entered_at <= other.place + most
        promise = promises.get(other.id)
        if promise is not None and promise.stands == stands(other):
            assert called.entered_at <= promise.until
    check_why_before(queue, at, waiting, called)


def _equal_by_issue(hall: Hall, one: Ticket, other: Ticket) -> bool:
    alike = [
        (
            t.business,
            t.tie,
            naive.head_start(hall, t.priority),
            t.entered == int(t.id[1:]),
            t.issued_at - t.place == naive.head_start(hall, t.priority),
        )
        for t in (one, other)
    ]
    return alike[0] == alike[1] and alike[0][3:] == (True, True)


def check_why(
    hall: Hall,
    at: naive.Post,
    mine: list[Ticket],
    waiting: list[Ticket],
    called: Ticket,
    why: Mapping[str, object],
) -> None:
    """The one sentence for a call is true."""
    passed = [t for t in mine if t.issued_at < called.issued_at]
    earlier = [t for t in waiting if t.business in at.serves and naive.first_by_place(t, called)]
    aside = {code for code, ms in at.serves.items() if ms > 0 or at.holds_back.get(code)}
    assert why["passed"] == len(passed)
    assert why["reluctance_ms"] == at.serves[called.business]
    foreign = called.tie is not None and called.tie not in at.own
    assert why.get("affinity_ms", 0) == (hall.settings.affinity if foreign else 0)
    assert (why["cause"] == "only") == (len(mine) == 1)
    true = {
        "only": len(mine) == 1,
        "own": called.tie in at.own,
        "secondary": at.serves[called.business] > 0,
        "longest": not passed,
        # Nobody in these halls comes back with a case, so there is no other ground than a class.
        "head-start": bool(called.priority) and any(called.place <= t.place < called.base for t in passed),
        "main-work": bool(passed) and any(t.business in aside for t in earlier),
        "tie": bool(passed) and any(t.tie is not None and t.tie not in at.own for t in earlier),
        "place": bool(passed) and not earlier,
    }
    assert true[str(why["cause"])]


def check_why_before(queue: HallInMemory, at: naive.Post, waiting: list[Ticket], called: Ticket) -> None:
    """For everybody who was not called: the part of the rule that is named made the difference."""
    hall = queue.hall
    window, ties = queue.post(at.window)
    for other in waiting:
        if other == called:
            continue
        ordinary = called.base if called.priority else called.place
        told = why_before(window, in_queue(called), in_queue(other), ordinary, ties, hall.settings.affinity)
        if other.business not in at.serves:
            assert told == {"cause": "not-here"}
            continue
        first, second = naive.cost(hall, at, called), naive.cost(hall, at, other)
        if second < first:
            # Dearer, and called all the same: the other one's business is held back.
            assert told == {"cause": "not-before", "ms": at.holds_back[other.business]}
            assert naive.held_back(hall, at, other.business, waiting, queue.now)
        elif second[0] == first[0]:
            assert told == {"cause": "entered-first"}
        else:
            parts = {
                "place": other.place - called.place,
                "main-work": at.serves[other.business] - at.serves[called.business],
                "tie": (second[0] - other.place - at.serves[other.business])
                - (first[0] - called.place - at.serves[called.business]),
            }
            cause = "place" if told["cause"] == "head-start" else str(told["cause"])
            # No other part did more for it, and only a head start is told as one: without it the other stood first.
            assert parts[cause] == told["ms"] == max(parts.values()) > 0
            assert (told["cause"] == "head-start") == (cause == "place" and ordinary > other.place)


def check_can_pass(queue: HallInMemory, ticket: Ticket, promises: dict[str, Promise]) -> None:
    """Those counted are exactly those whom an open window would take first; the promise is kept in mind."""
    hall, waiting = queue.hall, queue.callable_now()
    early = [t for t in queue.in_state(State.WAITING) if t.callable_from is not None]
    told = can_pass(hall, in_queue(ticket), in_queues(waiting), queue.posts(), in_queues(early))
    posts = [naive.post(hall, number, seat) for number, seat in queue.seats.items() if seat.calls]
    passing = [
        other
        for other in (*waiting, *early)
        if (other in early or (other.place, other.entered) > (ticket.place, ticket.entered))
        and any(
            {other.business, ticket.business} <= set(at.serves)
            and naive.cost(hall, at, other) < naive.cost(hall, at, ticket)
            for at in posts
        )
    ]
    assert told.now == len(passing)
    promises.setdefault(ticket.id, Promise(stands(ticket), told.until))
    if promises[ticket.id].stands != stands(ticket):
        promises[ticket.id] = Promise(stands(ticket), told.until)
