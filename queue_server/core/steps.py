"""What each act sets on a ticket: `step` is the only way a ticket changes, and refuses what the rules do not allow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from queue_server.core.errors import BadValue, Refusal
from queue_server.core.settings import Settings
from queue_server.core.ticket import TRANSITIONS, Act, Hold, State, Ticket, changed

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What an act is told; each act says below which of these it needs.

    `place` and `entered` are where and under which journal number the ticket enters the queue (again); `until` is when
    a hold ends by itself (ms UTC); `clerk` is a staff id, None for a program; `calls` is how many calls count
    where they were made by voice.
    """

    window: int | None = None
    clerk: str | None = None
    outcome: str | None = None
    reason: str | None = None
    place: int | None = None
    entered: int | None = None
    business: str | None = None
    item: str | None = None
    tie: str | None = None
    hold: Hold | None = None
    until: int | None = None
    awaits: str | None = None
    priority: tuple[str, ...] | None = None
    ripe: int | None = None
    case: str | None = None
    calls: int | None = None


NOTHING = Told()


def apply(ticket: Ticket, act: Act, at: int, settings: Settings, told: Told = NOTHING) -> Ticket:
    """The ticket after `act` at hall time `at` (ms UTC); refuses what `step` refuses."""
    return changed(ticket, step(ticket, act, at, settings, told))


def step(ticket: Ticket, act: Act, at: int, settings: Settings, told: Told = NOTHING) -> Fields:
    """The fields that `act` sets, some perhaps to what they were.

    Refuses `wrong-state` when the table has no such step, `too-few-calls` for a miss before `max_calls` counted
    calls, `too-many-returns` for a re-queue beyond `max_returns`, `unknown-outcome` for an outcome the hall does not
    have, `papers-kept` and `papers-not-kept` for the wrong way back from a hold, `no-more-turns` for a next turn of a
    visit that has none.
    """
    return {"state": leads_to(ticket, act), **_SETS[act](ticket, at, settings, told)}


def leads_to(ticket: Ticket, act: Act) -> State:
    """The state the table has after this act; refuses `wrong-state` when it has no such step."""
    after = TRANSITIONS.get((ticket.state, act))
    if after is None:
        raise Refusal("wrong-state", number=ticket.number, state=ticket.state.value, act=act.value)
    return after


def _needed(name: str, value: Any) -> Any:
    if value is None:
        raise BadValue(name, "is missing from this act")
    return value


def _call(ticket: Ticket, at: int, _: Settings, told: Told) -> Fields:
    window = _needed("window", told.window)
    first = at if ticket.called_at is None else ticket.called_at
    # Who was booked and is called early, for a reason, needs no moment for it any more, however they come back.
    early = {"missed_at": None, "callable_from": None}
    return {"window": window, "called_at": first, "counted_at": at, "calls": 1, **early}


def _recall(ticket: Ticket, at: int, settings: Settings, _: Told) -> Fields:
    # A recall inside the gap is announced but not counted: three calls in one breath are not three chances to come.
    if ticket.counted_at is not None and at - ticket.counted_at < gap(ticket, settings):
        return {}
    return {"counted_at": at, "calls": ticket.calls + 1}


def _start(ticket: Ticket, at: int, _: Settings, told: Told) -> Fields:
    started = at if ticket.started_at is None else ticket.started_at
    owner = told.clerk if ticket.owner is None else ticket.owner
    return {"started_at": started, "owner": owner, **_back(ticket, at)}


def _back(ticket: Ticket, at: int) -> Fields:
    """The hold is over: what it took is not service time."""
    if ticket.held_at is None or ticket.started_at is None:
        return {"held_at": None}
    return {"held_at": None, "held_ms": ticket.held_ms + at - ticket.held_at}


def _finish(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    settings.check_outcome(told.outcome)
    begun = _start(ticket, at, settings, told) if ticket.state is State.CALLED else {}
    return {**begun, "finished_at": at, "outcome": told.outcome, "case": told.case or ticket.case}


def _miss(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    calls = ticket.calls if told.calls is None else told.calls
    if calls < settings.max_calls:
        raise Refusal("too-few-calls", number=ticket.number, calls=calls, needed=settings.max_calls)
    return {"missed_at": at}


def _void(ticket: Ticket, at: int, _: Settings, told: Told) -> Fields:
    return {"finished_at": at, "reason": told.reason, "case": told.case or ticket.case}


def _hold(ticket: Ticket, at: int, _: Settings, told: Told) -> Fields:
    kind = _needed("hold", told.hold)
    # Also who is put aside without having been served was asked something: a case they come back with is that clerk's.
    owner = told.clerk if ticket.owner is None else ticket.owner
    held = {"hold": kind, "held_at": at, "held_until": told.until, "awaits": told.awaits, "owner": owner}
    # Who came back from a hold, was called and is put aside again had not been served in between.
    return {**_back(ticket, at), **held}


_NO_HOLD: Mapping[str, Any] = MappingProxyType({"hold": None, "held_until": None, "awaits": None})


def _resume(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    if ticket.hold is not Hold.PAPERS_KEPT:
        raise Refusal("papers-not-kept", number=ticket.number)
    return {**_NO_HOLD, **_start(ticket, at, settings, told)}


def _placed(ticket: Ticket, at: int, told: Told, *, as_issue: bool = False) -> Fields:
    """The place it is told and what that would be without grounds: now for an issue, else the last one, if later."""
    place = _needed("place", told.place)
    return {"place": place, "base": at if as_issue else max(ticket.base, place)}


def _enter(ticket: Ticket, at: int, told: Told, *, as_issue: bool = False) -> Fields:
    """Into the queue: away from the window, at a place of its own, as yet called by nobody."""
    return {
        **_NO_HOLD,
        **_placed(ticket, at, told, as_issue=as_issue),
        "entered": _needed("entered", told.entered),
        "entered_at": at,
        "tie": told.tie,
        "window": None,
        "counted_at": None,
        "calls": 0,
        "ripe": 0,
    }


def _rejoin(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    if ticket.hold is Hold.PAPERS_KEPT:
        raise Refusal("papers-kept", number=ticket.number, window=ticket.window)
    return _enter(ticket, at, told, as_issue=settings.rejoin_as_issue)


def _requeue(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    if ticket.returns >= settings.max_returns:
        raise Refusal("too-many-returns", number=ticket.number, returns=ticket.returns)
    return {**_enter(ticket, at, told), "missed_at": None, "returns": ticket.returns + 1}


def _new_turn(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    """One wait and one service are over, another begins; who the visitor is stays."""
    # Whose papers go on was put aside: they come back from a hold, wherever that is.
    held = ticket.state is State.HELD
    return {
        **_enter(ticket, at, told, as_issue=settings.rejoin_as_issue if held else settings.transfer_as_issue),
        "turn": ticket.turn + 1,
        "queued_at": at,
        "called_at": None,
        "started_at": None,
        "held_at": None,
        "held_ms": 0,
        "missed_at": None,
        "returns": 0,
        "outcome": None,
        "timing_wrong": False,
    }


def _next_turn(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    if not ticket.later:
        raise Refusal("no-more-turns", number=ticket.number)
    settings.check_outcome(told.outcome)
    owner = told.clerk if ticket.owner is None else ticket.owner
    following = {"business": ticket.later[0], "item": None, "later": ticket.later[1:], "owner": owner}
    return {**_new_turn(ticket, at, settings, told), **following}


def _transfer(ticket: Ticket, at: int, settings: Settings, told: Told) -> Fields:
    owner = told.clerk if ticket.owner is None else ticket.owner
    business = _needed("business", told.business)
    # Whoever is sent on within a business comes for the same there.
    item = ticket.item if business == ticket.business else told.item
    return {**_new_turn(ticket, at, settings, told), "business": business, "item": item, "owner": owner}


def _move(ticket: Ticket, at: int, _: Settings, told: Told) -> Fields:
    to = {"business": _needed("business", told.business), "item": told.item, "tie": told.tie, "ripe": 0}
    return {**to, **_placed(ticket, at, told), "entered": _needed("entered", told.entered)}


def _grade(_ticket: Ticket, _at: int, _: Settings, told: Told) -> Fields:
    # Also for who does not wait: the last place is what they come back to, and it must not keep a ground withdrawn.
    return {"priority": _needed("priority", told.priority), "place": _needed("place", told.place)}


def _more_time(_ticket: Ticket, _at: int, _: Settings, _told: Told) -> Fields:
    return {"more_time": True}


def _ripen(_ticket: Ticket, _at: int, _: Settings, told: Told) -> Fields:
    return {"ripe": _needed("ripe", told.ripe)}


_SETS: Mapping[Act, Callable[[Ticket, int, Settings, Told], Fields]] = MappingProxyType(
    {
        Act.CALL: _call,
        Act.RECALL: _recall,
        Act.START: _start,
        Act.FINISH: _finish,
        Act.NEXT_TURN: _next_turn,
        Act.MISS: _miss,
        Act.REQUEUE: _requeue,
        Act.HOLD: _hold,
        Act.RESUME: _resume,
        Act.REJOIN: _rejoin,
        Act.TRANSFER: _transfer,
        Act.MOVE: _move,
        Act.GRADE: _grade,
        Act.RELEASE: lambda *_: {"tie": None},
        Act.RIPEN: _ripen,
        Act.ADMIT: lambda *_: {"callable_from": None},
        Act.MORE_TIME: _more_time,
        Act.MARK_TIMING: lambda *_: {"timing_wrong": True},
        Act.VOID: _void,
    }
)


def gap(ticket: Ticket, settings: Settings) -> int:
    """How long (ms) after a counted call another one counts; twice as long for who needs more time."""
    return settings.recall_gap * (2 if ticket.more_time else 1)


def may_miss_at(ticket: Ticket, settings: Settings) -> int | None:
    """The moment from which the next recall counts, while `missed` is still refused; None once it is allowed."""
    if ticket.state is not State.CALLED or ticket.calls >= settings.max_calls or ticket.counted_at is None:
        return None
    return ticket.counted_at + gap(ticket, settings)
