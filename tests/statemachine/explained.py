"""Whether what people are told about the order is true: who may still pass, until when, and why another was first."""

from sqlalchemy import Connection, bindparam, select

from queue_server.core.errors import Refusal
from queue_server.core.ticket import Ticket
from queue_server.storage import explained
from queue_server.storage.rows import ticket_of
from queue_server.storage.tables import tickets
from tests.statemachine.drawing import pick
from tests.statemachine.explaining import Call
from tests.statemachine.model import Model
from tests.statemachine.visit import Visit

_TICKET = select(tickets).where(tickets.c.id == bindparam("of"))


def check_passing(db: Connection, model: Model, luck: int) -> None:
    """One of those who wait asks who may still pass; what is promised is kept in mind."""
    waiting = [v for v in model.visits.values() if v.state == "waiting"]
    if not waiting:
        return
    me = pick(waiting, luck)
    told = explained.passing(db, model.hall, _stored(db, me), model.now)
    posts = [number for number, desk in model.desks.items() if desk.calls]
    waits = [v for v in waiting if v is not me]
    # Who is not callable yet is not ahead, however early the place, and may be called first once they are.
    behind = [v for v in waits if not v.callable or (v.place, v.order) > (me.place, me.order)]
    passing = sum(any(_may_pass(model, n, v, me) for n in posts) for v in behind)
    able = [set(model.serves(n)) for n in posts]
    rivals = {business for each in able if me.business in each for business in each}
    ahead = sum((v.place, v.order) < (me.place, me.order) and v.business in rivals for v in model.queue())
    said = (told["may_pass"], told["ahead"], told["at_least"])
    assert said == (passing, ahead, False), f"{me.number} is told {said} of {passing} passing and {ahead} ahead"
    model.promises[me.id] = ((me.order, me.place), told["until"])


def _may_pass(model: Model, window: int, other: Visit, me: Visit) -> bool:
    """Whether this window may take somebody first whom it would else take me; anybody while I may not be called."""
    if not {other.business, me.business} <= set(model.serves(window)):
        return False
    return not me.callable or model.cost(window, other) < model.cost(window, me)


def _stored(db: Connection, visit: Visit) -> Ticket:
    return ticket_of(db.execute(_TICKET, {"of": visit.id}).mappings().one())


def check_before(db: Connection, model: Model, luck: int) -> None:
    """Somebody asks why another was called first: the part of the rule that is named did make the difference."""
    if not model.calls:
        return
    other = model.visits[pick(model.calls, luck).visit]
    me = pick([v for v in model.visits.values() if v is not other] or [other], luck >> 3)
    if me is other:
        return
    call = _call_before(model, me, other)
    try:
        told = explained.before(db, model.hall, _stored(db, me), _stored(db, other))
    except Refusal as refused:
        if call is not None or refused.code != "not-called-before":
            raise AssertionError(f"{other.number} was called before {me.number}") from refused
        return
    assert call is not None, f"{other.number} was not called before {me.number}, but {told}"
    assert (told["number"], told["window"], told["at"]) == (other.number, call.window, call.at)
    _check_cause(told["cause"], told["ms"], call, me, other)


def _call_before(model: Model, me: Visit, other: Visit) -> Call | None:
    """The last call of the other one since my number, before my own last call where I was called to stay."""
    made = [call for call in model.calls if not call.withdrawn]
    every = sorted(enumerate(made), key=lambda each: (each[1].at, each[0]))
    still = me.state in ("waiting", "held", "missed")
    last = max((number for number, call in enumerate(made) if call.visit == me.id), default=None)
    until = len(every) if still or last is None else next(p for p, (number, _) in enumerate(every) if number == last)
    of = [call for _, call in every[:until] if call.visit == other.id and call.at >= me.issued_at]
    return of[-1] if of else None


def _check_cause(cause: str, ms: int, call: Call, me: Visit, other: Visit) -> None:
    said = f"{other.number} before {me.number} at {call}: {cause} {ms}"
    if call.past is not None:
        assert cause == call.past, said
        return
    if me.id not in call.standing:
        assert cause == "not-waiting", said
        return
    first, second = call.standing[other.id], call.standing[me.id]
    if second.work is None:
        assert cause == "not-here", said
    elif second.cost < first.cost:
        assert (cause, ms) == ("not-before", call.held_back[second.business]), said
    elif second.cost[0] == first.cost[0]:
        assert cause == "entered-first", said
    else:
        parts = {
            "place": second.place - first.place,
            "main-work": second.work - (first.work or 0),
            "tie": second.tie - first.tie,
        }
        named = "place" if cause == "head-start" else cause
        assert parts.get(named) == ms == max(parts.values()) > 0, (said, parts)
        # Without the head start the other one would have stood behind.
        assert (cause == "head-start") == (named == "place" and first.plain > second.place), said
