"""Tickets and windows as they go out to staff, kiosks and phones."""

from typing import Literal

from pydantic import Field

from queue_server.protocol.plain import HoldKind, Millis, Names, Outgoing, SeatState, TicketState


class Why(Outgoing):
    """Why this ticket was called, as facts for one sentence."""

    cause: Literal[
        "longest", "place", "head-start", "main-work", "tie", "secondary", "only", "own", "direct", "by-hand"
    ]
    reluctance_ms: int
    passed: int
    affinity_ms: int = 0


class Clerk(Outgoing):
    """Who sits at a window."""

    name: str
    number: str


class CaseReply(Outgoing):
    """A case: its code, who is responsible, the papers still open, the promise and the troubles it is in."""

    code: str
    business: str
    item: str | None
    owner: Clerk | None
    opened_at: Millis
    missing: list[str]
    checked: dict[str, str] = Field(
        default_factory=dict, description="the papers found in order, each with the day it was looked at"
    )
    told: int = Field(default=0, description="how often papers were asked for")
    return_by: str | None
    promised_on: str | None
    stopped_on: str | None
    days_left: int | None = Field(default=None, description="working days until the promise is due")
    closed_at: Millis | None
    outcome: str | None
    troubles: list[Literal["ownerless", "overdue", "papers-overdue"]] = Field(default_factory=list)


class CaseList(Outgoing):
    """Cases, the nearest promise first."""

    items: list[CaseReply]


class TicketReply(Outgoing):
    """A ticket as staff and kiosks see it."""

    id: str
    number: str
    business: str
    state: TicketState
    language: str
    priority: list[str]
    issued_at: Millis
    queued_at: Millis = Field(description="when this turn began to wait")
    turn: int
    item: str | None
    later: list[str]
    place: Millis
    tie: str | None = Field(description="the window (`w5`) or clerk it belongs to")
    ahead: int = Field(description="people ahead when the number was taken")
    window: int | None
    called_at: Millis | None
    calls: int
    started_at: Millis | None
    hold: HoldKind | None
    held_at: Millis | None
    held_until: Millis | None
    missed_at: Millis | None
    returns: int
    more_time: bool
    reviewed: bool = Field(default=False, description="the papers were checked before the visit")
    finished_at: Millis | None
    outcome: str | None
    timing_wrong: bool
    why: Why | None = None
    case: CaseReply | None = Field(default=None, description="in the answer to an act that opened or continued one")
    token: str | None = Field(default=None, description="only in the answer to a take: opens the status page")


class TicketList(Outgoing):
    """A page of tickets; `next` goes into `after` of the next call and is null at the end."""

    items: list[TicketReply]
    next: str | None


class Status(Outgoing):
    """A visitor's own ticket."""

    hall: str
    names: Names
    time_zone: str
    number: str
    business: str
    business_names: Names
    state: TicketState
    ahead: int | None
    window: int | None
    calls: int
    issued_at: Millis
    windows_open: int
    notice: Names | None = Field(description="said to everybody while the business is suspended")
    at: Millis


class Passing(Outgoing):
    """Who may still come before a waiting ticket, by the rule alone."""

    ahead: int
    may_pass: int = Field(description="how many who wait behind it some open window prefers")
    at_least: bool = Field(description="there are more than were counted")
    until: Millis = Field(description="nobody who comes later than this passes it")


class Before(Outgoing):
    """Why another number was called before a ticket: the part of the rule that made the difference, in ms."""

    number: str
    window: int
    at: Millis
    cause: Literal[
        "place",
        "head-start",
        "main-work",
        "tie",
        "entered-first",
        "not-here",
        "not-before",
        "not-waiting",
        "direct",
        "by-hand",
    ]
    ms: int


class Waiting(TicketReply):
    """A waiting ticket with how long it has waited."""

    waited_ms: int


class Missed(Outgoing):
    """A missed ticket that may still come back, until when, and how often still."""

    id: str
    number: str
    business: str
    missed_at: Millis
    until: Millis
    returns_left: int


class Held(Outgoing):
    """A ticket put aside; `here`: its papers stay at this window, else nobody attends the one that has them."""

    id: str
    number: str
    business: str
    hold: HoldKind
    held_at: Millis
    held_until: Millis | None
    awaits: str | None = Field(description="the number whose turn's end resumes it")
    kept_at: int | None = Field(description="the window that keeps the papers")
    here: bool


class Note(Outgoing):
    """What somebody wrote for the next clerk: when, where, by whom."""

    at: Millis
    window: int | None
    act: str
    by: Clerk | None
    text: str


class Undoable(Outgoing):
    """The last act at the window, and until when it may be taken back."""

    act: str
    number: str | None
    until: Millis


class WindowReply(Outgoing):
    """A window after it was opened, closed, paused or resumed; `paused` is the reason, `help` says it was asked for."""

    window: int
    state: SeatState
    paused: str | None
    help: bool


class Seated(WindowReply):
    """Who sits at a window after signing in or out."""

    clerk: Clerk | None


class WindowView(Seated):
    """A window as its clerk sees it."""

    owner: Clerk | None = Field(description="who took the first question of the visitor at the window")
    case: CaseReply | None = Field(description="the case that the visitor at the window continues")
    notes: list[Note]
    promises: list[CaseReply] = Field(description="this clerk's own cases whose promise is near or past")
    held: list[Held]
    undo: Undoable | None
    ticket: TicketReply | None
    next: Waiting | None
    waiting: list[Waiting]
    waiting_count: int
    missed: list[Missed]
    may_miss_at: Millis | None
    calls_needed: int
    finished_today: int
    day: str = Field(description="the business day (ISO): it begins with the hall, not at midnight")
    at: Millis
