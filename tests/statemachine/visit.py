"""What the model knows: a visit, a desk, a case, a booking, and what somebody did; plain words, no rules."""

from copy import copy
from dataclasses import dataclass, field


@dataclass
class Visit:
    """One visitor; moments in ms UTC.

    `order` counts entries into the queue (`issued_order` is the first), `bare` is the place without grounds.
    `window` is where the visitor was last, until they enter the queue again. `ripe` is the longest `not_before` whose
    timer has fired since. `service` is the time (ms) served in this turn so far, `since` when the present stretch of it
    began; `past` are the turns before: whether their times are wrong, and how long they were served. Who is `in_time`
    brought missing papers by the day on the slip.
    """

    id: str
    number: str
    business: str
    day: str
    grounds: tuple[str, ...]
    place: int
    bare: int
    order: int
    entered_at: int
    item: str | None = None
    later: tuple[str, ...] = ()
    state: str = "waiting"
    turn: int = 1
    owner: str | None = None
    tie: str | None = None
    ripe: int = 0
    callable_from: int | None = None
    slow: bool = False
    window: int | None = None
    queued_at: int = 0
    issued_at: int = 0
    called_at: int | None = None
    counted_at: int | None = None
    calls: int = 0
    since: int | None = None
    service: int = 0
    started_at: int | None = None
    hold: str | None = None
    held_at: int | None = None
    held_until: int | None = None
    awaits: str | None = None
    missed_at: int | None = None
    returns: int = 0
    finished_at: int | None = None
    outcome: str | None = None
    reason: str | None = None
    wrong: bool = False
    past: tuple[tuple[bool, int], ...] = ()
    case: "File | None" = None
    ahead: int = 0
    reviewed: bool = False
    last_deed: int = 0
    entered_deed: int = 0
    issued_order: int = 0
    in_time: bool = False

    @property
    def plain(self) -> int:
        """Where they would stand if they had no ground and had not come back in time with what was missing."""
        if self.in_time and self.bare < self.issued_at:
            return self.issued_at
        return self.bare if self.grounds else self.place

    @property
    def over(self) -> bool:
        """Whether the visit has ended."""
        return self.state in ("finished", "void")

    @property
    def at_window(self) -> bool:
        """Whether the visitor stands at a window now."""
        return self.state in ("called", "serving")

    @property
    def callable(self) -> bool:
        """Whether somebody may call them now."""
        return self.state == "waiting" and self.callable_from is None


@dataclass
class Desk:
    """A window as staff leave it; `since` is when the clerk sat down, or when the last one left."""

    open: bool = True
    clerk: str | None = None
    since: int | None = None
    paused: str | None = None
    changed_at: int | None = None
    able: dict[str, int] | None = None
    help: bool = False
    ready: int | None = None

    @property
    def calls(self) -> bool:
        """Whether it calls."""
        return self.open and self.paused is None


@dataclass(eq=False)
class File:
    """A case; two with the same words are still two. `known` are its id and its code, once the system has told them."""

    business: str
    item: str | None
    owner: str | None
    opened_at: int
    missing: tuple[str, ...] = ()
    return_by: str | None = None
    promised_on: str | None = None
    stopped_on: str | None = None
    closed_at: int | None = None
    outcome: str | None = None
    id: str = ""
    code: str = ""
    last_deed: int = 0


@dataclass
class Booked:
    """A booked visit."""

    id: str
    code: str
    business: str
    item: str | None
    slot: int
    grounds: tuple[str, ...]
    reviewed: bool
    state: str = "booked"
    ticket: str | None = None


@dataclass
class Deed:
    """One act: when, whether by itself, what it touched and how that was before, which window it made stand ready.

    `kinds` are the journal's words for it, so that one knows what may be taken back.
    """

    no: int
    at: int
    by_timer: bool = False
    kinds: set[str] = field(default_factory=set)
    visits: dict[str, Visit] = field(default_factory=dict)
    files: list[tuple[File, File | None]] = field(default_factory=list)
    ready: int | None = None

    def keep(self, visit: Visit) -> None:
        """How a visit was before this act."""
        self.visits.setdefault(visit.id, copy(visit))
