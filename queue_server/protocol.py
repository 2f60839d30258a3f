"""Messages on the wire: what comes in is checked here, what goes out described; OpenAPI is made from it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["zh-Hans", "zh-Hant", "en"]
Role = Literal["kiosk", "clerk", "manager", "display"]
TicketState = Literal["waiting", "called", "serving", "missed", "finished", "void"]
WindowState = Literal["closed", "free", "calling", "serving"]
Millis = Annotated[int, Field(description="whole milliseconds UTC")]
ClassCode = Annotated[str, StringConstraints(min_length=1, max_length=32)]
Names = dict[str, str]


class Incoming(BaseModel):
    """A body that comes in: nothing unknown, no quiet conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Empty(Incoming):
    """A body with nothing in it."""


class TakeBody(Incoming):
    """Take a number."""

    business: Annotated[str, StringConstraints(min_length=1, max_length=16)]
    priority: Annotated[list[ClassCode], Field(max_length=8)] = Field(default_factory=list)
    language: Language = "zh-Hans"


class FinishBody(Incoming):
    """Finish the ticket at the window."""

    outcome: Annotated[str, StringConstraints(min_length=1, max_length=32)]


class VoidBody(Incoming):
    """Close a ticket without service."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class SignInBody(Incoming):
    """Staff name and password."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class JournalQuery(BaseModel):
    """Behind which entry to begin."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}$")] | None = None


class ListQuery(JournalQuery):
    """Which tickets, how many, after which one."""

    state: TicketState | None = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class Outgoing(BaseModel):
    """A body that goes out."""

    model_config = ConfigDict(extra="forbid")


class Why(Outgoing):
    """Why this ticket was called, as facts for one sentence."""

    cause: Literal["longest", "head-start", "main-work", "secondary", "only"]
    reluctance_ms: int
    passed: int


class TicketReply(Outgoing):
    """A ticket as staff and kiosks see it."""

    id: str
    number: str
    business: str
    state: TicketState
    language: str
    priority: list[str]
    issued_at: Millis
    place: Millis
    ahead: int = Field(description="people ahead when the number was taken")
    window: int | None
    called_at: Millis | None
    calls: int
    started_at: Millis | None
    finished_at: Millis | None
    outcome: str | None
    why: Why | None = None
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
    at: Millis


class Clerk(Outgoing):
    """Who sits at a window."""

    name: str
    number: str


class Waiting(TicketReply):
    """A waiting ticket with how long it has waited."""

    waited_ms: int


class Missed(Outgoing):
    """A missed ticket that may still come back."""

    number: str
    business: str
    missed_at: Millis


class Seated(Outgoing):
    """Who sits at a window after signing in or out."""

    window: int
    state: Literal["open", "closed"]
    clerk: Clerk | None


class WindowView(Seated):
    """A window as its clerk sees it."""

    ticket: TicketReply | None
    next: Waiting | None
    waiting: list[Waiting]
    waiting_count: int
    missed: list[Missed]
    may_miss_at: Millis | None
    calls_needed: int
    finished_today: int
    at: Millis


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
    """How many wait for a business, and how many would be ahead of somebody who comes now."""

    business: str
    waiting: int
    ahead: int


class BoardWindow(Outgoing):
    """What a window does."""

    window: int
    state: WindowState
    number: str | None


class Board(Outgoing):
    """What a hall display may show."""

    hall: str
    epoch: str
    version: int
    at: Millis
    calls: list[BoardCall]
    waiting: list[BoardWaiting]
    windows: list[BoardWindow]


class BusinessFacts(Outgoing):
    """A business type."""

    code: str
    names: Names
    note: Names | None


class ZoneFacts(Outgoing):
    """A zone."""

    code: str
    names: Names


class WindowFacts(Outgoing):
    """A window and the businesses it serves, each with its reluctance in ms."""

    window: int
    zone: str | None
    serves: dict[str, int]


class ClassFacts(Outgoing):
    """A priority class."""

    code: str
    names: Names
    head_start_ms: int


class SettingsFacts(Outgoing):
    """The settings that screens and slips show."""

    max_calls: int
    recall_gap_ms: int
    return_within_ms: int


class HallFacts(Outgoing):
    """What a hall is made of."""

    hall: str
    names: Names
    time_zone: str
    businesses: list[BusinessFacts]
    zones: list[ZoneFacts]
    windows: list[WindowFacts]
    classes: list[ClassFacts]
    settings: SettingsFacts
    outcomes: list[str]
    public_url: str


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


class Problem(BaseModel):
    """RFC 9457, with a stable `code` and the facts of the refusal beside it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


def as_json(model: BaseModel) -> dict[str, Any]:
    """A message as plain JSON data; what is not set is left out only where the model says so."""
    return model.model_dump(mode="json")
