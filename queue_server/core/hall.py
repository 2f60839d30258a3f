"""What a hall is made of: businesses, windows, zones, priority classes, settings; frozen and checked when made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from queue_server.core.business import Business, check_code
from queue_server.core.calendar import Calendar, Opening
from queue_server.core.errors import BadValue, Refusal
from queue_server.core.settings import Settings
from queue_server.core.words import Names, check_names

# Who may grant a priority class, from the least to the most.
GRANTERS = ("self", "guide", "window")


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the hall with its own display."""

    code: str
    names: Names

    def __post_init__(self) -> None:
        check_names(f"zone {self.code}", self.names)


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
    """A ground for priority; `head_start` (ms) is how much earlier its visitors are placed.

    `granted_by` is who may say so: a visitor may claim only a class of `self`, a guide also those of `guide`, a clerk
    any.
    """

    code: str
    names: Names
    head_start: int
    granted_by: str = "self"

    def __post_init__(self) -> None:
        check_code(f"class {self.code}", self.code)
        if self.head_start < 0:
            raise BadValue(f"class {self.code}", "head start is negative")
        if self.granted_by not in GRANTERS:
            raise BadValue(f"class {self.code}", f"is granted by one of {', '.join(GRANTERS)}")
        check_names(f"class {self.code}", self.names)


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
    opening: Opening | None = None
    calendar: Calendar = field(default_factory=Calendar)

    def __post_init__(self) -> None:
        check_code("hall", self.id)
        check_names("hall", self.names)
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

    def check_granted(self, grounds: tuple[str, ...], granter: str) -> None:
        """Refuse `may-not-grant` where a ground is for somebody else to grant; `granter` is one of GRANTERS."""
        for each in self.classes:
            if each.code in grounds and GRANTERS.index(each.granted_by) > GRANTERS.index(granter):
                raise Refusal("may-not-grant", priority=each.code, granted_by=each.granted_by)

    def head_start(self, grounds: tuple[str, ...]) -> int:
        """The largest head start (ms) over a visitor's grounds, never added up; refuses `unknown-class`."""
        if not grounds:
            return 0
        known = {c.code: c.head_start for c in self.classes}
        for ground in grounds:
            if ground not in known:
                raise Refusal("unknown-class", priority=ground[:32])
        return max((known[ground] for ground in grounds), default=0)
