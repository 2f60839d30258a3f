"""What a hall is made of: businesses, windows, zones, priority classes, settings; frozen and checked when made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from zoneinfo import ZoneInfo

from queue_server.core.errors import BadValue, Refusal
from queue_server.core.settings import Settings

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_PREFIX = re.compile(r"[A-HJ-NP-Z]{1,2}")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")

Names = Mapping[str, str]


def names(zh_hans: str, zh_hant: str, en: str) -> Names:
    """One text in the three languages every hall must have."""
    return MappingProxyType({"zh-Hans": zh_hans, "zh-Hant": zh_hant, "en": en})


def _check_names(where: str, given: Names) -> None:
    for language in LANGUAGES:
        if not given.get(language, "").strip():
            raise BadValue(where, f"no text in {language}")


@dataclass(frozen=True, slots=True)
class Business:
    """What a visitor comes for; `code` is the prefix of its numbers."""

    code: str
    names: Names
    note: Names | None = None

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.code):
            raise BadValue(f"business {self.code}", "a prefix is one or two capital letters, without I and O")
        _check_names(f"business {self.code}", self.names)
        if self.note is not None:
            _check_names(f"note of business {self.code}", self.note)


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the hall with its own display."""

    code: str
    names: Names

    def __post_init__(self) -> None:
        _check_names(f"zone {self.code}", self.names)


@dataclass(frozen=True, slots=True)
class Window:
    """Where a clerk serves; `reluctance` maps each business it serves to ms (0: its main work); absent means never.

    `not_before` keeps the window off a business until its first visitor has waited so long (ms) in the queue.
    """

    number: int
    reluctance: Mapping[str, int]
    zone: str | None = None
    not_before: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 999:  # noqa: PLR2004 -- a plate has at most three digits
            raise BadValue(f"window {self.number}", "a window number lies between 1 and 999")
        for business, ms in self.reluctance.items():
            if ms < 0:
                raise BadValue(f"window {self.number}", f"reluctance for {business} is negative")
        for business, ms in self.not_before.items():
            if business not in self.reluctance:
                raise BadValue(f"window {self.number}", f"not_before names {business}, which it does not serve")
            if ms < 0:
                raise BadValue(f"window {self.number}", f"not_before for {business} is negative")


@dataclass(frozen=True, slots=True)
class PriorityClass:
    """A ground for priority; `head_start` (ms) is how much earlier its visitors are placed."""

    code: str
    names: Names
    head_start: int

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise BadValue(f"class {self.code}", "a class code is small letters, digits and hyphens")
        if self.head_start < 0:
            raise BadValue(f"class {self.code}", "head start is negative")
        _check_names(f"class {self.code}", self.names)


@dataclass(frozen=True, slots=True)
class Hall:
    """One place with windows, kiosks and displays: all that the rules need to know about it."""

    id: str
    names: Names
    time_zone: str
    businesses: tuple[Business, ...]
    windows: tuple[Window, ...]
    zones: tuple[Zone, ...] = ()
    classes: tuple[PriorityClass, ...] = ()
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.id):
            raise BadValue("hall", "a hall id is small letters, digits and hyphens")
        _check_names("hall", self.names)
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as unknown:
            raise BadValue("time_zone", f"{self.time_zone} is not a known time zone") from unknown
        self._check_prefixes()
        self._check_windows()
        for name, codes in (("zone", [z.code for z in self.zones]), ("class", [c.code for c in self.classes])):
            if len(set(codes)) != len(codes):
                raise BadValue(name, "a code stands twice")
        for each in self.classes:
            if each.head_start > self.settings.max_advance:
                raise BadValue(f"class {each.code}", "head start is longer than max_advance")

    def _check_prefixes(self) -> None:
        if not self.businesses:
            raise BadValue("businesses", "a hall has at least one business")
        codes = [b.code for b in self.businesses]
        for code in codes:
            if sum(other.startswith(code) for other in codes) > 1:
                raise BadValue(f"business {code}", "is the beginning of another business's prefix")

    def _check_windows(self) -> None:
        numbers = [w.number for w in self.windows]
        if not numbers:
            raise BadValue("windows", "a hall has at least one window")
        if len(set(numbers)) != len(numbers):
            raise BadValue("windows", "a number stands twice")
        known = {b.code for b in self.businesses}
        zones = {z.code for z in self.zones}
        for window in self.windows:
            strange = set(window.reluctance) - known
            if strange:
                raise BadValue(f"window {window.number}", f"serves unknown business {min(strange)}")
            if window.zone is not None and window.zone not in zones:
                raise BadValue(f"window {window.number}", f"stands in unknown zone {window.zone}")

    def business(self, code: str) -> Business:
        """The business of that prefix; refuses `unknown-business`."""
        for business in self.businesses:
            if business.code == code:
                return business
        raise Refusal("unknown-business", business=code[:16])

    def window(self, number: int) -> Window:
        """The window of that number; refuses `unknown-window`."""
        for window in self.windows:
            if window.number == number:
                return window
        raise Refusal("unknown-window", window=number)

    def head_start(self, grounds: tuple[str, ...]) -> int:
        """The largest head start (ms) over a visitor's grounds, never added up; refuses `unknown-class`."""
        if not grounds:
            return 0
        known = {c.code: c.head_start for c in self.classes}
        for ground in grounds:
            if ground not in known:
                raise Refusal("unknown-class", priority=ground[:32])
        return max((known[ground] for ground in grounds), default=0)
