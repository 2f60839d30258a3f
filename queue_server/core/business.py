"""What visitors come for: business types, the items inside them with their checklists, and how many numbers a day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from queue_server.core.booking import BookingRules
from queue_server.core.calendar import DAY, Opening
from queue_server.core.errors import BadValue, Refusal, refuse
from queue_server.core.words import Names, check_names

_PREFIX = re.compile(r"[A-HJ-NP-Z]{1,2}")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


def check_code(where: str, code: str) -> None:
    """Raise `BadValue` for what is not a code: small letters, digits and hyphens."""
    if not _CODE.fullmatch(code):
        raise BadValue(where, "a code is small letters, digits and hyphens", "code")


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
        refuse(self._mistakes())

    def _mistakes(self) -> Iterator[BadValue]:
        codes = [paper.code for paper in self.papers]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                yield BadValue(f"item {self.code}", "a paper stands twice", "papers", place)
        if self.promise_days is not None and self.promise_days < 1:
            yield BadValue(f"item {self.code}", "promises at least one working day, or nothing", "promise_days")

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
class Group:
    """Business types that stand together where visitors choose."""

    code: str
    names: Names

    def __post_init__(self) -> None:
        check_code(f"group {self.code}", self.code)
        check_names(f"group {self.code}", self.names)


@dataclass(frozen=True, slots=True)
class Business:
    """What a visitor comes for; `code` is the prefix of its numbers.

    `opening` are hours of its own (None: the hall's), `alarm` is how many may wait before staff are told, `group` is
    with which others it stands. It can be booked where it has `booking` rules. `quotas` are in the order of the day.
    """

    code: str
    names: Names
    note: Names | None = None
    items: tuple[Item, ...] = ()
    quotas: tuple[Quota, ...] = ()
    opening: Opening | None = None
    alarm: int | None = None
    group: str | None = None
    booking: BookingRules | None = None

    def __post_init__(self) -> None:
        refuse(self._mistakes())
        check_names(f"business {self.code}", self.names)
        if self.note is not None:
            check_names(f"note of business {self.code}", self.note)

    def _mistakes(self) -> Iterator[BadValue]:
        where = f"business {self.code}"
        if not _PREFIX.fullmatch(self.code):
            yield BadValue(where, "a prefix is one or two capital letters, without I and O", "code")
        codes = [item.code for item in self.items]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                yield BadValue(where, "an item stands twice", "items", place)
        bands = [(quota.starts, quota.ends) for quota in self.quotas]
        if any(later <= earlier for earlier, later in pairwise(bands)):
            yield BadValue(where, "its quotas are in the order of the day, each time band once", "quotas")
        if self.alarm is not None and self.alarm < 1:
            yield BadValue(where, "the alarm is at least one who waits", "alarm")

    def quotas_at(self, wall: int) -> list[int]:
        """The positions of the quotas that a number given at this wall time (ms) counts for."""
        return [place for place, quota in enumerate(self.quotas) if quota.starts <= wall < quota.ends]

    def main_item(self, chosen: str | None, served: Sequence[str]) -> Item | None:
        """The item a visit is about: of those really served the first, else the one chosen before; `unknown-item`."""
        code = served[0] if served else chosen
        return None if code is None else self.item(code)

    def item(self, code: str) -> Item:
        """The item of that code; refuses `unknown-item`."""
        for item in self.items:
            if item.code == code:
                return item
        raise Refusal("unknown-item", item=code[:32])
