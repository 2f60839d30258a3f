"""The ticket, what can be done with it, and the one table of transitions."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    MISSED = "missed"
    FINISHED = "finished"
    VOID = "void"


class Act(StrEnum):
    """What can be done with a ticket."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NEXT_TURN = "next-turn"
    MISS = "miss"
    REQUEUE = "requeue"
    HOLD = "hold"
    RESUME = "resume"
    REJOIN = "rejoin"
    TRANSFER = "transfer"
    MOVE = "move"
    GRADE = "grade"
    RELEASE = "release"
    RIPEN = "ripen"
    ADMIT = "admit"
    MORE_TIME = "more-time"
    MARK_TIMING = "mark-timing"
    VOID = "void"


class Hold(StrEnum):
    """Why a ticket is put aside: the visitor has the papers, this window keeps them, or something is awaited."""

    PAPERS_WITH_VISITOR = "papers-with-visitor"
    PAPERS_KEPT = "papers-kept"
    AWAITING = "awaiting"


ISSUED = "issued"
UNDONE = "undone"

# The act as the journal tells it: a past fact.
PAST: Mapping[Act, str] = MappingProxyType(
    {
        Act.CALL: "called",
        Act.RECALL: "recalled",
        Act.START: "started",
        Act.FINISH: "finished",
        Act.NEXT_TURN: "turn-finished",
        Act.MISS: "missed",
        Act.REQUEUE: "requeued",
        Act.HOLD: "held",
        Act.RESUME: "resumed",
        Act.REJOIN: "rejoined",
        Act.TRANSFER: "transferred",
        Act.MOVE: "moved",
        Act.GRADE: "priority-changed",
        Act.RELEASE: "tie-released",
        Act.RIPEN: "ripened",
        Act.ADMIT: "admitted",
        Act.MORE_TIME: "more-time-given",
        Act.MARK_TIMING: "timing-marked",
        Act.VOID: "voided",
    }
)

TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.WAITING, Act.CALL): State.CALLED,
        (State.CALLED, Act.RECALL): State.CALLED,
        (State.CALLED, Act.START): State.SERVING,
        (State.CALLED, Act.FINISH): State.FINISHED,
        (State.SERVING, Act.FINISH): State.FINISHED,
        # One business is done, the next of the same visit begins to wait.
        (State.CALLED, Act.NEXT_TURN): State.WAITING,
        (State.SERVING, Act.NEXT_TURN): State.WAITING,
        (State.CALLED, Act.MISS): State.MISSED,
        (State.MISSED, Act.REQUEUE): State.WAITING,
        (State.CALLED, Act.HOLD): State.HELD,
        (State.SERVING, Act.HOLD): State.HELD,
        # Papers kept at the window: served on at once. Any other hold goes back through the queue.
        (State.HELD, Act.RESUME): State.SERVING,
        (State.HELD, Act.REJOIN): State.WAITING,
        (State.CALLED, Act.TRANSFER): State.WAITING,
        (State.SERVING, Act.TRANSFER): State.WAITING,
        (State.HELD, Act.TRANSFER): State.WAITING,
        # Nobody has called yet: another business, but still the same wait.
        (State.WAITING, Act.MOVE): State.WAITING,
        (State.WAITING, Act.GRADE): State.WAITING,
        (State.CALLED, Act.GRADE): State.CALLED,
        (State.SERVING, Act.GRADE): State.SERVING,
        (State.HELD, Act.GRADE): State.HELD,
        (State.MISSED, Act.GRADE): State.MISSED,
        (State.WAITING, Act.RELEASE): State.WAITING,
        (State.WAITING, Act.RIPEN): State.WAITING,
        (State.WAITING, Act.ADMIT): State.WAITING,
        (State.WAITING, Act.MORE_TIME): State.WAITING,
        (State.CALLED, Act.MORE_TIME): State.CALLED,
        (State.SERVING, Act.MARK_TIMING): State.SERVING,
        (State.HELD, Act.MARK_TIMING): State.HELD,
        (State.FINISHED, Act.MARK_TIMING): State.FINISHED,
        (State.WAITING, Act.VOID): State.VOID,
        (State.CALLED, Act.VOID): State.VOID,
        (State.SERVING, Act.VOID): State.VOID,
        (State.HELD, Act.VOID): State.VOID,
        (State.MISSED, Act.VOID): State.VOID,
    }
)

FINAL = frozenset({State.FINISHED, State.VOID})
AT_WINDOW = frozenset({State.CALLED, State.SERVING})
# With these acts a turn is over, and whoever was put aside to wait for it comes back into the queue.
ENDS_TURN = frozenset({Act.FINISH, Act.NEXT_TURN, Act.TRANSFER, Act.VOID})


@dataclass(frozen=True)
class Ticket:
    """What stands for one visit; moments in ms UTC, None while they have not come.

    Of the visit: `later` are the businesses still to come after this turn, `owner` is the clerk (staff id) who took
    the first question, `case` the case it continues, `reviewed` says that its papers were checked beforehand.

    Of the present turn: `place` orders it in the queue, `base` is what the place would be without any ground for
    priority; `entered` and `entered_at` are the journal number (it breaks ties) and the moment of entering the queue,
    `queued_at` the moment the turn began to wait. `tie` names the window (`w5`) or clerk (`c…`) it belongs to, `ripe`
    how long (ms) it has surely waited for windows that hold back, `callable_from` the moment before which nobody may
    call it. `called_at` is the first call of the turn, `counted_at` the last call that counted, `calls` how many
    counted since it last entered the queue, `returns` how often it came back after being missed. `held_ms` is time
    put aside during the service.
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
    base: int
    entered: int
    entered_at: int
    queued_at: int
    ahead_at_issue: int = 0
    item: str | None = None
    later: tuple[str, ...] = ()
    turn: int = 1
    owner: str | None = None
    case: str | None = None
    reviewed: bool = False
    tie: str | None = None
    ripe: int = 0
    callable_from: int | None = None
    more_time: bool = False
    window: int | None = None
    called_at: int | None = None
    counted_at: int | None = None
    calls: int = 0
    started_at: int | None = None
    hold: Hold | None = None
    held_at: int | None = None
    held_until: int | None = None
    awaits: str | None = None
    held_ms: int = 0
    missed_at: int | None = None
    returns: int = 0
    finished_at: int | None = None
    outcome: str | None = None
    reason: str | None = None
    timing_wrong: bool = False


FIELDS = tuple(field.name for field in fields(Ticket))


def changed(ticket: Ticket, fields_now: Mapping[str, Any]) -> Ticket:
    """The ticket with these fields: what dataclasses.replace does, ten times faster, as a simulated year needs it."""
    after = object.__new__(Ticket)
    vars(after).update(vars(ticket), **fields_now)
    return after


def ending(ticket: Ticket) -> Act:
    """The act that ends a service: a visit with another business to come goes on to it, any other is finished."""
    return Act.NEXT_TURN if ticket.later else Act.FINISH
