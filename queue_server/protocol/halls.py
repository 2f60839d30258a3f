"""Halls, boards and sessions as they go out."""

from typing import Literal

from pydantic import Field

from queue_server.protocol.plain import Millis, Names, Outgoing, Role, SeatState, WindowState
from queue_server.protocol.tickets import Clerk


class BoardCall(Outgoing):
    """One call on the board."""

    id: int
    number: str
    business: str
    window: int
    zone: str | None
    at: Millis
    recall: bool


class BoardWaiting(Outgoing):
    """How many wait for a business, how many are ahead of somebody who comes now, and whether numbers are given."""

    business: str
    waiting: int
    ahead: int
    numbers: Literal["given", "suspended", "closed", "closed-early", "evacuated"] = Field(
        description="whether numbers are given, or why not"
    )


class BoardWindow(Outgoing):
    """What a window does."""

    window: int
    state: WindowState
    number: str | None
    paused: str | None = Field(description="why nobody is called there, a reason of the hall; null while it calls")
    calls: int = Field(description="how often the number there was called that counts")
    next: str | None = Field(description="the number it would call now")
    serves: list[str] | None = Field(
        description="what whoever sits there serves, main work first; null: all that the window does"
    )


class HoursSpan(Outgoing):
    """From when to when, in ms of the hall's local day."""

    starts: int
    ends: int


class BoardHours(Outgoing):
    """The hours of the day on which a closed hall opens next, which may be today."""

    day: str
    spans: list[HoursSpan]


class Evacuated(Outgoing):
    """An evacuation of today or yesterday, whose time runs against nobody."""

    since: Millis
    until: Millis | None = Field(description="null while it lasts")


class ConditionsReply(Outgoing):
    """How the hall stands now: notices of suspended business types, early close, evacuation, hours, alarms."""

    suspended: dict[str, Names]
    closed_day: str | None
    evacuated: bool
    evacuations: list[Evacuated]
    open: bool
    alarms: list[str]


class FloorWindow(Outgoing):
    """A window at one look: its state, who sits there, the visitor there, and whether help is asked for."""

    window: int
    zone: str | None
    state: SeatState
    paused: str | None
    since: Millis | None
    help: bool
    help_since: Millis | None = Field(default=None, description="when it was asked for; null while it is not")
    clerk: Clerk | None
    number: str | None
    doing: Literal["called", "serving"] | None
    called_at: Millis | None
    started_at: Millis | None
    serves: list[str] = Field(description="the businesses it serves with whoever sits there now, its main work first")


class FloorQueue(Outgoing):
    """Who waits for a business, how long the one who came first has waited, and how many windows call for it now."""

    business: str
    waiting: int
    longest_ms: int
    windows: int
    alarm: int | None = Field(description="so many waiting ring the alarm")


class FloorHelp(Outgoing):
    """The act at a window that helps most."""

    act: Literal["unpause", "open", "help-ended"]
    window: int


class FloorFirst(Outgoing):
    """What is most wrong in the hall, by a fixed order, and the one act that helps, if any does."""

    kind: Literal["evacuated", "unserved", "alarm", "help", "pause", "suspended", "longest", "calm"]
    business: str | None
    window: int | None
    since: Millis | None
    helps: FloorHelp | None


class FloorTodo(Outgoing):
    """One thing that needs an act: help asked for, an alarm, a long pause, a window left behind, a missed visitor."""

    kind: Literal["help", "alarm", "pause", "silent", "closed", "missed"]
    window: int | None
    business: str | None
    ticket: str | None
    number: str | None
    since: Millis | None
    until: Millis | None = Field(description="when a missed visitor can come back no more")


class Reconciliation(Outgoing):
    """Whether today's numbers add up: issued is the sum over the states."""

    issued: int
    by_state: dict[str, int]
    adds_up: bool
    off: dict[str, int] = Field(description="by how many the numbers given out exceed the tickets, where they differ")


class Floor(Outgoing):
    """The hall at one look."""

    first: FloorFirst
    todo: list[FloorTodo]
    windows: list[FloorWindow]
    queues: list[FloorQueue]
    conditions: ConditionsReply
    consultations: int = Field(description="questions answered today without a number")
    reconciliation: Reconciliation
    at: Millis


class Consulted(Outgoing):
    """A question that was counted, and how many today."""

    business: str | None
    today: int


class Slot(Outgoing):
    """A slot that can be booked: its beginning, and how many may still book it."""

    slot: Millis
    left: int


class Slots(Outgoing):
    """The slots of a day, in order."""

    items: list[Slot]


class BookingReply(Outgoing):
    """A booking: the code a visitor shows, the slot, and where it stands."""

    code: str
    business: str
    item: str | None
    slot: Millis
    reviewed: bool
    priority: list[str]
    state: Literal["booked", "cancelled", "checked-in", "expired"]


class ImportedRow(BookingReply):
    """A booking of an import, with its row counted from 0; `line` (from 1) where it came out of a file."""

    row: int
    line: int | None


class RefusedRow(Outgoing):
    """A row of an import that was refused, and why; `line` and `column` (from 1) where it came out of a file."""

    row: int
    line: int | None
    column: int | None
    code: str
    detail: str


class Imported(Outgoing):
    """What became of each row of an import."""

    booked: list[ImportedRow]
    refused: list[RefusedRow]


class Moved(Outgoing):
    """How many waiting visitors were moved from one business type to another."""

    business: str
    to: str
    moved: int


class Board(Outgoing):
    """What a hall display may show."""

    hall: str
    epoch: str
    version: int
    at: Millis
    calls: list[BoardCall]
    waiting: list[BoardWaiting]
    windows: list[BoardWindow]
    suspended: dict[str, Names] = Field(description="notices of suspended business types")
    open: bool = Field(description="whether the opening hours say so, no early close and no evacuation")
    evacuated: bool
    hours: BoardHours | None = Field(
        default=None, description="null while the hall is open, is evacuated, or keeps no hours"
    )
    speed: int = Field(default=1, description="how many times as fast the hall's clock runs; a real hall has 1")


class SessionUser(Outgoing):
    """Who is signed in."""

    name: str
    display_name: str
    number: str
    role: Role


class Session(Outgoing):
    """The session; everything but `user` only when somebody is signed in."""

    user: SessionUser | None
    hall: str | None = None
    csrf: str | None = None
    window: int | None = None
