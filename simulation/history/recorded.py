"""Recorded: the one plain value that every reader makes, whatever log it read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

QUARTER_S = 15 * 60
QUARTER_MS = QUARTER_S * 1000
# Quarter hours of a day.
QUARTERS = 96
DAY_MS = 24 * 60 * 60_000

Done = Literal["kept", "mended", "left-out"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's way through the hall; moments in ms UTC, None where the log does not tell them.

    `arrived_at` is the entry into the queue, `left_at` the moment of leaving it unserved; `service_ms` is given only
    where the log holds a service time that may be believed. `window` is a number of ours, never a name.
    """

    arrived_at: int
    business: str
    called_at: int | None = None
    started_at: int | None = None
    finished_at: int | None = None
    left_at: int | None = None
    service_ms: int | None = None
    window: int | None = None
    priority: tuple[str, ...] = ()

    @property
    def waited_ms(self) -> int | None:
        """From the entry into the queue to the call, or to leaving it uncalled (ms); None where neither is known."""
        end = self.called_at if self.called_at is not None else self.left_at
        return None if end is None else end - self.arrived_at


@dataclass(frozen=True, slots=True)
class Staffed:
    """Windows in one quarter hour that starts at `at` (ms UTC): the mean number there, and how many were seen busy."""

    at: int
    present: float
    busy: int | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """Service time of one business, in seconds; `cv` None means that the log cannot tell the spread."""

    mean_s: float
    cv: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One kind of dirt, in how many rows it stood, and what was done with them."""

    kind: str
    rows: int
    done: Done


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a log tells about a hall: visits by arrival, staffing, service, and what was cleaned.

    `wait_meaning` is the code of the definition that this log's waiting times follow, `cannot_tell` the codes of
    what the log is silent on; their sentences are in the language files. `head_starts` (ms) belong to the classes
    that stand in `Visit.priority`. `part` says which part of a larger log this is (office, queue), `choices` what else
    it holds.
    """

    source: str
    time_zone: str
    rows: int
    days: tuple[date, ...]
    visits: tuple[Visit, ...]
    staffing: tuple[Staffed, ...]
    service: Mapping[str, Service]
    names: Mapping[str, str]
    cleaning: tuple[Cleaned, ...]
    wait_meaning: str
    cannot_tell: tuple[str, ...] = ()
    head_starts: Mapping[str, int] = field(default_factory=dict)
    part: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class NotReadable(ValueError):
    """A file that cannot be read as a log of a hall; `code` is stable, `facts` fill the sentence for a person."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.facts = facts
