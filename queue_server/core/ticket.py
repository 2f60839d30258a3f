"""The ticket, its one table of transitions, and `step`: the only way a ticket changes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, assert_never

from queue_server.core.errors import BadValue, Refusal
from queue_server.core.hall import Settings


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    MISSED = "missed"
    FINISHED = "finished"
    VOID = "void"


class Act(StrEnum):
    """What can be done with a ticket."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MISS = "miss"
    VOID = "void"


ISSUED = "issued"

# The act as the journal tells it: a past fact.
PAST: Mapping[Act, str] = MappingProxyType(
    {
        Act.CALL: "called",
        Act.RECALL: "recalled",
        Act.START: "started",
        Act.FINISH: "finished",
        Act.MISS: "missed",
        Act.VOID: "voided",
    }
)

TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.WAITING, Act.CALL): State.CALLED,
        (State.CALLED, Act.RECALL): State.CALLED,
        (State.CALLED, Act.START): State.SERVING,
        (State.CALLED, Act.FINISH): State.FINISHED,
        (State.CALLED, Act.MISS): State.MISSED,
        (State.SERVING, Act.FINISH): State.FINISHED,
        (State.WAITING, Act.VOID): State.VOID,
        (State.CALLED, Act.VOID): State.VOID,
        (State.SERVING, Act.VOID): State.VOID,
        (State.MISSED, Act.VOID): State.VOID,
    }
)

FINAL = frozenset({State.FINISHED, State.VOID})
AT_WINDOW = frozenset({State.CALLED, State.SERVING})


@dataclass(frozen=True)
class Ticket:
    """What stands for one visit; moments in ms UTC, None while they have not come.

    `place` orders it in the queue, `entered` is the journal number of entering the queue (it breaks ties),
    `called_at` the first call of the turn, `counted_at` the last call that counted, `calls` how many counted.
    """

    id: str
    number: str
    business: str
    day: str
    language: str
    priority: tuple[str, ...]
    state: State
    issued_at: int
    place: int
    entered: int
    ahead_at_issue: int = 0
    window: int | None = None
    called_at: int | None = None
    counted_at: int | None = None
    calls: int = 0
    started_at: int | None = None
    missed_at: int | None = None
    finished_at: int | None = None
    outcome: str | None = None
    reason: str | None = None


FIELDS = tuple(field.name for field in fields(Ticket))


def apply(
    ticket: Ticket,
    act: Act,
    at: int,
    settings: Settings,
    *,
    window: int | None = None,
    outcome: str | None = None,
    reason: str | None = None,
) -> Ticket:
    """The ticket after `act` at hall time `at`; `window` for a call, `outcome` for a finish, `reason` for a void.

    Refuses what `step` refuses.
    """
    return changed(ticket, step(ticket, act, at, settings, window=window, outcome=outcome, reason=reason))


def changed(ticket: Ticket, fields_now: Mapping[str, Any]) -> Ticket:
    """The ticket with these fields: what dataclasses.replace does, ten times faster, as a simulated year needs it."""
    after = object.__new__(Ticket)
    vars(after).update(vars(ticket), **fields_now)
    return after


def step(
    ticket: Ticket,
    act: Act,
    at: int,
    settings: Settings,
    *,
    window: int | None = None,
    outcome: str | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """The fields that `act` sets, some perhaps to what they were.

    Refuses `wrong-state` when the table has no such step, `too-few-calls` for a miss before `max_calls` counted
    calls, `unknown-outcome` for an outcome the hall does not have.
    """
    after = TRANSITIONS.get((ticket.state, act))
    if after is None:
        raise Refusal("wrong-state", number=ticket.number, state=ticket.state.value, act=act.value)
    match act:
        case Act.CALL:
            if window is None:
                raise BadValue("window", "a call names its window")
            return {"state": after, "window": window, "called_at": at, "counted_at": at, "calls": 1}
        case Act.RECALL:
            return _recalled(ticket, at, settings)
        case Act.START:
            return {"state": after, "started_at": at}
        case Act.FINISH:
            return {"state": after, **_finished(ticket, at, outcome, settings)}
        case Act.MISS:
            if ticket.calls < settings.max_calls:
                raise Refusal("too-few-calls", number=ticket.number, calls=ticket.calls, needed=settings.max_calls)
            return {"state": after, "missed_at": at}
        case Act.VOID:
            return {"state": after, "finished_at": at, "reason": reason}
        case _:
            assert_never(act)


def _finished(ticket: Ticket, at: int, outcome: str | None, settings: Settings) -> dict[str, Any]:
    if outcome not in settings.outcomes:
        raise Refusal("unknown-outcome", outcome=str(outcome)[:32])
    started = at if ticket.started_at is None else ticket.started_at
    return {"started_at": started, "finished_at": at, "outcome": outcome}


def _recalled(ticket: Ticket, at: int, settings: Settings) -> dict[str, Any]:
    # A recall inside the gap is announced but not counted: three calls in one breath are not three chances to come.
    if ticket.counted_at is not None and at - ticket.counted_at < settings.recall_gap:
        return {}
    return {"counted_at": at, "calls": ticket.calls + 1}


def may_miss_at(ticket: Ticket, settings: Settings) -> int | None:
    """The moment from which the next recall counts, while `missed` is still refused; None once it is allowed."""
    if ticket.state is not State.CALLED or ticket.calls >= settings.max_calls or ticket.counted_at is None:
        return None
    return ticket.counted_at + settings.recall_gap
