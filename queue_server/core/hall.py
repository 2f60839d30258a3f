"""What a hall is made of: businesses, windows, zones, priority classes, settings; frozen and checked when made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from queue_server.core.business import Business, Group, check_code
from queue_server.core.calendar import Calendar, Opening
from queue_server.core.errors import BadValue, Refusal, refuse
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
        refuse(self._mistakes())

    def _mistakes(self) -> Iterator[BadValue]:
        where = f"window {self.number}"
        if not 1 <= self.number <= 999:  # noqa: PLR2004 -- a plate has at most three digits
            yield BadValue(where, "a window number lies between 1 and 999", "number")
        for business, ms in self.reluctance.items():
            if ms < 0:
                yield BadValue(where, f"reluctance for {business} is negative", "reluctance", business)
        for business, ms in self.not_before.items():
            if business not in self.reluctance:
                said = f"not_before names {business}, which it does not serve"
                yield BadValue(where, said, "not_before", business)
            if ms < 0:
                yield BadValue(where, f"not_before for {business} is negative", "not_before", business)


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
            raise BadValue(f"class {self.code}", "head start is negative", "head_start")
        if self.granted_by not in GRANTERS:
            raise BadValue(f"class {self.code}", f"is granted by one of {', '.join(GRANTERS)}", "granted_by")
        check_names(f"class {self.code}", self.names)


@dataclass(frozen=True, slots=True)
class Hall:
    """One place with windows, kiosks and displays: all that the rules need to know about it.

    `profiles` are what clerks may be able to do: a reluctance (ms) per business, absent means never, under a name.
    """

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
    groups: tuple[Group, ...] = ()
    profiles: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_names("hall", self.names)
        refuse(self._mistakes())

    def _mistakes(self) -> Iterator[BadValue]:
        try:
            check_code("hall", self.id)
        except BadValue as bad:
            yield BadValue(bad.where, bad.what, "id")
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            yield BadValue("time_zone", f"{self.time_zone} is not a known time zone", "time_zone")
        yield from self._business_mistakes()
        yield from self._window_mistakes()
        yield from self._profile_mistakes()
        for name, field_name, parts in (
            ("zone", "zones", self.zones),
            ("class", "classes", self.classes),
            ("group", "groups", self.groups),
        ):
            yield from _twice(name, "a code stands twice", field_name, [part.code for part in parts])
        for place, each in enumerate(self.classes):
            if each.head_start > self.settings.max_advance:
                said = "head start is longer than max_advance"
                yield BadValue(f"class {each.code}", said, "classes", place, "head_start")

    def _business_mistakes(self) -> Iterator[BadValue]:
        if not self.businesses:
            yield BadValue("businesses", "a hall has at least one business", "businesses")
        codes = [b.code for b in self.businesses]
        groups = {group.code for group in self.groups}
        for place, business in enumerate(self.businesses):
            where = f"business {business.code}"
            others = codes[:place] + codes[place + 1 :]
            if any(other.startswith(business.code) for other in others):
                said = "is the beginning of another business's prefix"
                yield BadValue(where, said, "businesses", place, "code")
            if business.group is not None and business.group not in groups:
                said = f"stands in unknown group {business.group}"
                yield BadValue(where, said, "businesses", place, "group")
            for at, item in enumerate(business.items):
                if item.outcome is not None and item.outcome not in self.settings.outcomes:
                    said = f"has the outcome {item.outcome}, which is not among the hall's outcomes"
                    yield BadValue(f"item {item.code}", said, "businesses", place, "items", at, "outcome")

    def _window_mistakes(self) -> Iterator[BadValue]:
        if not self.windows:
            yield BadValue("windows", "a hall has at least one window", "windows")
        yield from _twice("windows", "a number stands twice", "windows", [w.number for w in self.windows])
        known = {b.code for b in self.businesses}
        zones = {z.code for z in self.zones}
        for place, window in enumerate(self.windows):
            where = f"window {window.number}"
            for strange in sorted(set(window.reluctance) - known):
                yield BadValue(where, f"serves unknown business {strange}", "windows", place, "reluctance", strange)
            if window.zone is not None and window.zone not in zones:
                yield BadValue(where, f"stands in unknown zone {window.zone}", "windows", place, "zone")

    def _profile_mistakes(self) -> Iterator[BadValue]:
        known = {b.code for b in self.businesses}
        for name, profile in self.profiles.items():
            where = f"profile {name}"
            try:
                check_code(where, name)
            except BadValue as bad:
                yield BadValue(bad.where, bad.what, "profiles", name)
            for business, ms in profile.items():
                if business not in known:
                    yield BadValue(where, f"names unknown business {business}", "profiles", name, business)
                if ms < 0:
                    yield BadValue(where, f"reluctance for {business} is negative", "profiles", name, business)

    def unfit(self) -> Iterator[BadValue]:
        """What no hall may be made of any more; one that was made so before runs on, and places as far as it may."""
        if self.settings.return_head_start > self.settings.max_advance:
            said = "is longer than max_advance"
            yield BadValue("return_head_start", said, "settings", "return_head_start")

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

    def check_regraded(self, before: tuple[str, ...], wanted: tuple[str, ...], granter: str) -> None:
        """Refuse `may-not-grant` for what is new among the grounds; whoever may grade at all may take any away."""
        self.check_granted(tuple(ground for ground in wanted if ground not in before), granter)

    def head_start(self, grounds: tuple[str, ...]) -> int:
        """The largest head start (ms) over a visitor's grounds, never added up; refuses `unknown-class`."""
        if not grounds:
            return 0
        known = {c.code: c.head_start for c in self.classes}
        for ground in grounds:
            if ground not in known:
                raise Refusal("unknown-class", priority=ground[:32])
        return max((known[ground] for ground in grounds), default=0)


def _twice(where: str, what: str, field_name: str, names: Sequence[str | int]) -> Iterator[BadValue]:
    for place, name in enumerate(names):
        if name in names[:place]:
            yield BadValue(where, f"{what}: {name}", field_name, place)
