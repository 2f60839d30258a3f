"""What visitors come for: business types, the items inside them with their checklists, and how many numbers a day."""

import re
from dataclasses import dataclass

from queue_server.core.calendar import DAY, Opening
from queue_server.core.errors import BadValue, Refusal
from queue_server.core.words import Names, check_names

_PREFIX = re.compile(r"[A-HJ-NP-Z]{1,2}")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


def check_code(where: str, code: str) -> None:
    """Raise `BadValue` for what is not a code: small letters, digits and hyphens."""
    if not _CODE.fullmatch(code):
        raise BadValue(where, "a code is small letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of a checklist; a `minor` one may be missing when an item is accepted on promise."""

    code: str
    names: Names
    minor: bool = False

    def __post_init__(self) -> None:
        check_code(f"paper {self.code}", self.code)
        check_names(f"paper {self.code}", self.names)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing inside a business type: its checklist, its promised working days, the outcome of the one key."""

    code: str
    names: Names
    papers: tuple[Paper, ...] = ()
    promise_days: int | None = None
    outcome: str | None = None

    def __post_init__(self) -> None:
        check_code(f"item {self.code}", self.code)
        check_names(f"item {self.code}", self.names)
        codes = [paper.code for paper in self.papers]
        if len(set(codes)) != len(codes):
            raise BadValue(f"item {self.code}", "a paper stands twice")
        if self.promise_days is not None and self.promise_days < 1:
            raise BadValue(f"item {self.code}", "promises at least one working day, or nothing")

    def paper(self, code: str) -> Paper:
        """The paper of that code; refuses `unknown-paper`."""
        for paper in self.papers:
            if paper.code == code:
                return paper
        raise Refusal("unknown-paper", paper=code[:32])


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many numbers a day, or between two times of the day (ms of wall time)."""

    most: int
    starts: int = 0
    ends: int = DAY

    def __post_init__(self) -> None:
        if self.most < 0:
            raise BadValue("quota", "is negative")
        if not 0 <= self.starts < self.ends <= DAY:
            raise BadValue("quota", "its time band ends after it starts, within a day")


@dataclass(frozen=True, slots=True)
class Business:
    """What a visitor comes for; `code` is the prefix of its numbers.

    `opening` are hours of its own (None: the hall's), `alarm` is how many may wait before staff are told.
    """

    code: str
    names: Names
    note: Names | None = None
    items: tuple[Item, ...] = ()
    quotas: tuple[Quota, ...] = ()
    opening: Opening | None = None
    alarm: int | None = None

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.code):
            raise BadValue(f"business {self.code}", "a prefix is one or two capital letters, without I and O")
        check_names(f"business {self.code}", self.names)
        if self.note is not None:
            check_names(f"note of business {self.code}", self.note)
        codes = [item.code for item in self.items]
        if len(set(codes)) != len(codes):
            raise BadValue(f"business {self.code}", "an item stands twice")
        if self.alarm is not None and self.alarm < 1:
            raise BadValue(f"business {self.code}", "the alarm is at least one who waits")

    def item(self, code: str) -> Item:
        """The item of that code; refuses `unknown-item`."""
        for item in self.items:
            if item.code == code:
                return item
        raise Refusal("unknown-item", item=code[:32])
