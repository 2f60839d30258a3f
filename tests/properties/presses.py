"""What somebody does in the hall in memory: one press, one act; what the rules refuse changes nothing."""

from collections.abc import Callable, Mapping

from queue_server.core import places, seat
from queue_server.core.acts import Wish
from queue_server.core.errors import Refusal
from queue_server.core.reasons import why_called, without_head_start
from queue_server.core.routing import choose, order, tie_to_clerk, tie_to_window
from queue_server.core.steps import Told
from queue_server.core.ticket import Act, Hold, State, Ticket
from tests.properties.drawn import CLASSES, CLERKS, Press
from tests.properties.hall_in_memory import HallInMemory, in_queues
from tests.unit.core.small_hall import MINUTE

# What a hall says no to in the course of a day; anything else is a mistake.
ALLOWED = {
    "wrong-state",
    "too-few-calls",
    "too-many-returns",
    "papers-kept",
    "no-more-turns",
    "nothing-to-undo",
    "undo-too-late",
    "undo-overtaken",
    "window-busy",
    "window-closed",
    "window-taken",
    "clerk-elsewhere",
    "nobody-here",
}


def press(queue: HallInMemory, what: Press) -> str | None:
    """Do it; the code of the refusal, or None."""
    number = _window(queue, what)
    written = len(queue.entries)
    try:
        _PRESSES[what.what](queue, number, what)
    except Refusal as refused:
        if refused.code not in ALLOWED:
            raise
        assert len(queue.entries) == written
        return refused.code
    return None


def _window(queue: HallInMemory, what: Press) -> int:
    """Mostly one where that can be done: with a visitor for what is done with one, away for what brings it back."""
    every = list(queue.seats)
    if what.what in _WITH_A_VISITOR:
        every = [number for number in every if queue.at_window(number)] or every
    elif what.what in ("turn", "pause") and what.luck % 4:
        every = [number for number in every if not queue.seats[number].calls] or every
    elif what.what in ("next", "direct") and what.luck % 4:
        every = [n for n in every if queue.seats[n].calls and not queue.at_window(n)] or every
    return every[what.which % len(every)]


def _one_of(tickets: list[Ticket], luck: int) -> Ticket:
    if not tickets:
        raise Refusal("nobody-here")
    return tickets[-1 - luck % len(tickets)]


def _here(queue: HallInMemory, number: int) -> Ticket:
    return _one_of(queue.at_window(number), 0)


def _business(queue: HallInMemory, pick: int) -> str:
    return queue.hall.businesses[pick % len(queue.hall.businesses)].code


def _outcome(queue: HallInMemory, luck: int) -> str:
    return queue.hall.settings.outcomes[luck % len(queue.hall.settings.outcomes)]


def _grounds(who: int) -> tuple[str, ...]:
    return tuple(c for bit, c in enumerate(CLASSES) if who >> bit & 1)


def _tie(queue: HallInMemory, luck: int) -> str | None:
    ties = [tie_to_window(w.number) for w in queue.hall.windows] + [tie_to_clerk(c) for c in CLERKS]
    return ties[luck % len(ties)] if luck % 5 < 2 else None


def _take(queue: HallInMemory, _: int, what: Press) -> None:
    later = (_business(queue, what.luck), _business(queue, what.luck // 7))[: max(0, what.luck % 6 - 3)]
    wish = Wish(_business(queue, what.which), _grounds(what.who))
    queue.take(wish, later=later, tie=_tie(queue, what.luck // 11))


def _book(queue: HallInMemory, _: int, what: Press) -> None:
    """A booked visitor checks in, often before the time from which he may be called."""
    slot = queue.now + (-8 + what.luck % 40) * MINUTE
    opens, due = slot - 15 * MINUTE, slot - 10 * MINUTE
    wish = Wish(_business(queue, what.which), _grounds(what.who))
    head_start = queue.hall.head_start(wish.priority)
    place = places.on_check_in(queue.now, due, head_start, queue.hall.settings)
    base = places.on_check_in(queue.now, due, 0, queue.hall.settings)
    queue.take(wish, place=place, base=base, callable_from=opens if queue.now < opens else None)


def _free(queue: HallInMemory, number: int, besides: Ticket | None = None) -> None:
    if not queue.seats[number].calls:
        raise Refusal("window-closed", window=number)
    if [t for t in queue.at_window(number) if t != besides]:
        raise Refusal("window-busy", window=number)


def _next(queue: HallInMemory, number: int, _: Press, act_id: str | None = None) -> None:
    _free(queue, number)
    window, ties = queue.post(number)
    heads = queue.heads()
    choice = choose(window, heads, ties, queue.hall.settings.affinity)
    if choice is None:
        return
    ticket = queue.tickets[choice.ticket.id]
    mine = order(window, in_queues(queue.callable_now()), ties, queue.hall.settings.affinity)
    passed = sum(queue.tickets[other.id].issued_at < ticket.issued_at for other in mine)
    ordinary = without_head_start(ticket)
    between = [queue.tickets[other.id] for other in mine if ticket.place <= other.place < ordinary]
    overtaken = sum(other.issued_at < ticket.issued_at for other in between)
    why = why_called(window, choice, heads, passed, overtaken, alone=len(mine) == 1)
    queue.act(ticket, Act.CALL, Told(window=number), {"why": dict(why)}, act_id)


def _direct(queue: HallInMemory, number: int, what: Press) -> None:
    _free(queue, number)
    ticket = _one_of(queue.callable_now(), what.luck)
    queue.act(ticket, Act.CALL, Told(window=number), {"why": {"cause": "direct", "reason": "guide asked"}})


def _at_window(act: Act) -> Callable[[HallInMemory, int, Press], None]:
    def do(queue: HallInMemory, number: int, what: Press) -> None:
        clerk = queue.seats[number].clerk
        told = Told(window=number, clerk=clerk, outcome=_outcome(queue, what.who), reason="asked")
        queue.act(_here(queue, number), act, told)

    return do


def _miss(queue: HallInMemory, number: int, what: Press) -> None:
    """Mostly as a clerk does it: called again until it may be."""
    here = _here(queue, number)
    enough = here.calls >= queue.hall.settings.max_calls or here.state is not State.CALLED or what.luck % 4 == 0
    queue.act(here, Act.MISS if enough else Act.RECALL, Told(window=number))


def _finish_next(queue: HallInMemory, number: int, what: Press) -> None:
    """One act with two entries; nothing is done when the window does not call."""
    here = _here(queue, number)
    _free(queue, number, here)
    act_id = f"both{len(queue.entries)}"
    queue.act(here, Act.FINISH, Told(window=number, outcome=_outcome(queue, what.who)), act_id=act_id)
    _next(queue, number, what, act_id)


def _hold(queue: HallInMemory, number: int, what: Press) -> None:
    kind = list(Hold)[what.luck % 3]
    ends = kind is Hold.AWAITING or what.luck % 2 == 0
    until = queue.now + queue.hall.settings.hold_timer if ends else None
    queue.act(_here(queue, number), Act.HOLD, Told(window=number, hold=kind, until=until, awaits="t1"))


def _resume(queue: HallInMemory, number: int, what: Press) -> None:
    held = _one_of(queue.in_state(State.HELD), what.luck)
    if held.hold is not Hold.PAPERS_KEPT or what.luck % 9 == 0:
        queue.act(held, Act.REJOIN, Told(tie=_tie(queue, what.luck)))
        return
    assert held.window is not None
    _free(queue, held.window)
    queue.act(held, Act.RESUME, Told(window=held.window, clerk=queue.seats[number].clerk))


def _requeue(queue: HallInMemory, _: int, what: Press) -> None:
    queue.act(_one_of(queue.in_state(State.MISSED), what.luck), Act.REQUEUE, Told(tie=_tie(queue, what.luck)))


def _transfer(queue: HallInMemory, number: int, what: Press) -> None:
    """By the window where the visitor is, or by a guide for somebody put aside."""
    here = queue.at_window(number)
    ticket = here[0] if here else _one_of(queue.in_state(State.HELD), what.luck)
    to, clerk = _business(queue, what.luck), queue.seats[number].clerk
    told = Told(ticket.window if here else None, clerk, business=to, tie=_tie(queue, what.luck // 7))
    queue.act(ticket, Act.TRANSFER, told)


def _move(queue: HallInMemory, number: int, what: Press) -> None:
    told = Told(_by(number, what), business=_business(queue, what.which), tie=_tie(queue, what.luck))
    queue.act(_one_of(queue.in_state(State.WAITING), what.luck // 3), Act.MOVE, told)


def _grade(queue: HallInMemory, number: int, what: Press) -> None:
    ticket = _one_of(list(queue.tickets.values())[-8:], what.luck)
    queue.act(ticket, Act.GRADE, Told(_by(number, what), priority=_grounds(what.luck % 8)))


def _by(number: int, what: Press) -> int | None:
    """At a window, or by a guide on foot."""
    return number if what.who else None


def _more_time(queue: HallInMemory, _: int, what: Press) -> None:
    queue.act(_one_of(queue.in_state(State.WAITING, State.CALLED), what.luck), Act.MORE_TIME)


def _mark(queue: HallInMemory, _: int, what: Press) -> None:
    queue.act(_one_of(list(queue.tickets.values())[-8:], what.luck), Act.MARK_TIMING)


def _void(queue: HallInMemory, _: int, what: Press) -> None:
    queue.act(_one_of(list(queue.tickets.values()), what.luck), Act.VOID, Told(reason="left"))


def _turn(queue: HallInMemory, number: int, _: Press) -> None:
    mine, busy = queue.seats[number], bool(queue.at_window(number))
    if mine.open:
        queue.tell(seat.CLOSED, number, seat.close_window(mine, number, queue.now, busy=busy))
    else:
        queue.tell(seat.OPENED, number, seat.open_window(mine, number, queue.now))


def _pause(queue: HallInMemory, number: int, _: Press) -> None:
    mine, rules = queue.seats[number], queue.hall.settings
    if mine.paused is not None:
        queue.tell(seat.RESUMED, number, seat.resume_window(mine, number, queue.now))
    else:
        queue.tell(seat.PAUSED, number, seat.pause_window(mine, number, queue.now, rules.pause_reasons[0], rules))


def _sign(queue: HallInMemory, number: int, what: Press) -> None:
    clerk, busy = queue.seats[number].clerk, bool(queue.at_window(number))
    if clerk is not None:
        queue.tell(seat.SIGNED_OUT, number, seat.leave(queue.seats, number, clerk, queue.now, busy=busy))
        queue.absences[clerk] = queue.now
        return
    comes = CLERKS[what.luck % len(CLERKS)]
    queue.tell(seat.SIGNED_IN, number, seat.sit(queue.seats, number, comes, queue.now, queue.clerks[comes]))


def _undo(queue: HallInMemory, number: int, _: Press) -> None:
    queue.take_back(number)


_WITH_A_VISITOR = frozenset({"recall", "start", "finish", "finish_next", "next_turn", "miss", "hold", "transfer"})
_PRESSES: Mapping[str, Callable[[HallInMemory, int, Press], None]] = {
    "take": _take,
    "book": _book,
    "next": _next,
    "direct": _direct,
    "recall": _at_window(Act.RECALL),
    "start": _at_window(Act.START),
    "finish": _at_window(Act.FINISH),
    "finish_next": _finish_next,
    "next_turn": _at_window(Act.NEXT_TURN),
    "miss": _miss,
    "requeue": _requeue,
    "hold": _hold,
    "resume": _resume,
    "transfer": _transfer,
    "move": _move,
    "grade": _grade,
    "more_time": _more_time,
    "mark": _mark,
    "void": _void,
    "turn": _turn,
    "pause": _pause,
    "sign": _sign,
    "undo": _undo,
}
