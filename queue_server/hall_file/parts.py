"""What may stand in a hall file, part by part; each makes its part of the core's hall, which checks it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.core.booking import BookingRules
from queue_server.core.business import Business, Group, Item, Paper, Quota
from queue_server.core.calendar import Calendar, Opening
from queue_server.core.errors import BadValue
from queue_server.core.hall import Hall, PriorityClass, Window, Zone
from queue_server.core.settings import Settings
from queue_server.core.words import Names, names
from queue_server.hall_file import values
from queue_server.hall_file.values import Band, Code, Days, DayStarts, Duration, MaybeDuration, OneDay, Spans

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_USUAL = Settings()
_SLOTS = BookingRules()


class Part(BaseModel):
    """A part of the file: nothing unknown may stand in it, and what it makes must be right."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _makes_something(self) -> "Part":
        self.made()
        return self

    def made(self) -> Any:
        """What the core knows this part as; raises `BadValue`."""
        raise NotImplementedError


class Text(Part):
    """One text in the three languages."""

    zh_hans: str = Field(alias="zh-Hans", min_length=1)
    zh_hant: str = Field(alias="zh-Hant", min_length=1)
    en: str = Field(min_length=1)

    def made(self) -> Names:
        """The text."""
        return names(self.zh_hans, self.zh_hant, self.en)


class ZonePart(Part):
    """A part of the hall with its own display."""

    code: Code
    names: Text

    def made(self) -> Zone:
        """The zone."""
        return Zone(self.code, self.names.made())


class GroupPart(Part):
    """Business types that stand together where visitors choose."""

    code: Code
    names: Text

    def made(self) -> Group:
        """The group."""
        return Group(self.code, self.names.made())


class ClassPart(Part):
    """A ground for priority."""

    code: Code
    names: Text
    head_start: Duration = Field(description="how much earlier its visitors are placed")
    granted_by: Literal["self", "guide", "window"] = Field(
        "self", description="who says so: the visitors themselves, a guide, or the clerk at a window"
    )

    def made(self) -> PriorityClass:
        """The class."""
        return PriorityClass(self.code, self.names.made(), self.head_start, self.granted_by)


class OpeningPart(Part):
    """When the hall, or one business type, is open."""

    hours: dict[Weekday, Spans] = Field(description="by weekday; a day that is not named is closed")
    exceptions: dict[OneDay, Spans] = Field(default_factory=dict, description="dates with hours of their own")
    last_ticket: Duration = Field(0, description="numbers are given until so long before the day's last closing")

    def made(self) -> Opening:
        """The hours."""
        week = {values.WEEKDAYS.index(day): spans for day, spans in self.hours.items()}
        return Opening(week, dict(self.exceptions), self.last_ticket)


class CalendarPart(Part):
    """The official calendar."""

    holidays: list[Days] = Field(default_factory=list, description="dates, or 2026-10-01 to 2026-10-07")
    make_up: dict[OneDay, Weekday] = Field(
        default_factory=dict, description="days off that are worked, with the weekday whose hours they keep"
    )

    def made(self) -> Calendar:
        """The calendar."""
        off = frozenset(day for line in self.holidays for day in values.days(line))
        return Calendar(off, {day: values.WEEKDAYS.index(weekday) for day, weekday in self.make_up.items()})


class BookingPart(Part):
    """How a business type is booked."""

    step: Duration = Field(_SLOTS.step, description="how long a slot is")
    capacity: int = Field(_SLOTS.capacity, description="how many visitors have the same slot")
    early: Duration = Field(_SLOTS.early, description="called from so long before the slot")
    late: Duration = Field(_SLOTS.late, description="the booking holds until so long after the slot")
    lead: Duration = Field(_SLOTS.lead, description="placed as if taken so long before the slot")
    days_ahead: int = Field(_SLOTS.days_ahead, description="how many days ahead slots are given")

    def made(self) -> BookingRules:
        """The rules."""
        return BookingRules(**{f.name: getattr(self, f.name) for f in fields(BookingRules)})


class PaperPart(Part):
    """One line of a checklist."""

    code: Code
    names: Text
    minor: bool = Field(default=False, description="may be missing when an item is accepted on promise")

    def made(self) -> Paper:
        """The paper."""
        return Paper(self.code, self.names.made(), self.minor)


class ItemPart(Part):
    """One thing inside a business type."""

    code: Code
    names: Text
    promise_days: int | None = Field(None, description="promised working days")
    outcome: str | None = Field(None, description="what the one key of the clerk says")
    papers: list[PaperPart] = Field(default_factory=list, description="the checklist")

    def made(self) -> Item:
        """The item."""
        papers = tuple(paper.made() for paper in self.papers)
        return Item(self.code, self.names.made(), papers, self.promise_days, self.outcome)


class BusinessPart(Part):
    """What visitors come for; its code is the beginning of its numbers."""

    code: str
    names: Text
    note: Text | None = Field(None, description="a line below the name where visitors choose")
    group: Code | None = Field(None, description="with which others it stands")
    alarm: int | None = Field(None, description="staff are told when so many wait")
    quotas: dict[Band, int] = Field(default_factory=dict, description="numbers by day and by time band")
    opening: OpeningPart | None = Field(None, description="hours of its own instead of the hall's")
    booking: BookingPart | None = Field(None, description="it can be booked, by these rules")
    items: list[ItemPart] = Field(default_factory=list)

    def made(self) -> Business:
        """The business."""
        bands = sorted((*values.quota_band(text), most) for text, most in self.quotas.items())
        return Business(
            self.code,
            self.names.made(),
            None if self.note is None else self.note.made(),
            tuple(item.made() for item in self.items),
            tuple(Quota(most, starts, ends) for starts, ends, most in bands),
            None if self.opening is None else self.opening.made(),
            self.alarm,
            self.group,
            None if self.booking is None else self.booking.made(),
        )


class WindowPart(Part):
    """A window and what it serves."""

    window: int = Field(description="the number on its plate")
    zone: Code | None = None
    serves: dict[str, Duration] = Field(
        description="its businesses: 0 is its main work, 10 min helps only those who came so much earlier"
    )
    not_before: dict[str, Duration] = Field(
        default_factory=dict, description="stays off a business until somebody has waited so long"
    )

    def made(self) -> Window:
        """The window."""
        return Window(self.window, dict(self.serves), self.zone, dict(self.not_before))


class SettingsPart(Part):
    """How the hall works."""

    max_calls: int = Field(_USUAL.max_calls, description="calls before somebody may be marked as missed")
    recall_gap: Duration = Field(_USUAL.recall_gap, description="a further call within this time does not count")
    missed_timer: MaybeDuration = Field(_USUAL.missed_timer, description="missed by itself after this time, or off")
    return_within: Duration = Field(_USUAL.return_within, description="a missed visitor may come back so long")
    return_behind: int = Field(_USUAL.return_behind, description="who comes back stands behind so many")
    max_returns: int = Field(_USUAL.max_returns, description="how often somebody may come back")
    return_head_start: Duration = Field(_USUAL.return_head_start, description="head start for bringing missing papers")
    return_days: int = Field(_USUAL.return_days, description="working days until missing papers are due")
    max_advance: Duration = Field(_USUAL.max_advance, description="nobody is placed further ahead than this")
    affinity: Duration = Field(_USUAL.affinity, description="how far other windows leave a tied visitor alone")
    affinity_release: Duration = Field(
        _USUAL.affinity_release, description="a tie ends when its window was away so long"
    )
    hold_timer: Duration = Field(_USUAL.hold_timer, description="who waits for something else is back after this time")
    undo_within: Duration = Field(_USUAL.undo_within, description="an act may be taken back so long")
    transfer_as_issue: bool = Field(_USUAL.transfer_as_issue, description="a transferred visitor queues as if new")
    rejoin_as_issue: bool = Field(_USUAL.rejoin_as_issue, description="who was put aside queues as if new")
    direct_call: bool = Field(_USUAL.direct_call, description="clerks may call a given number, with a reason")
    auto_call: bool = Field(_USUAL.auto_call, description="an idle window calls by itself")
    day_starts: DayStarts = Field(_USUAL.day_starts, description="when a business day begins")
    outcomes: list[str] = Field(list(_USUAL.outcomes), description="how a service may end")
    pause_reasons: list[str] = Field(list(_USUAL.pause_reasons), description="why a window may pause")
    voice: list[str] = Field(list(_USUAL.voice), description="languages in which calls are said, in this order")
    volume: int = Field(_USUAL.volume, description="how loud the voice is, 0 to 100")
    quiet: values.MaybeSpans = Field(_USUAL.quiet, description="hours in which nothing is said, or off")

    def made(self) -> Settings:
        """The settings."""
        said: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(Settings)}
        said.update({name: tuple(value) for name, value in said.items() if isinstance(value, list)})
        return Settings(**said)


class HallPart(Part):
    """The whole file."""

    hall: Code
    names: Text
    time_zone: str
    settings: SettingsPart = Field(default_factory=SettingsPart)
    opening: OpeningPart | None = None
    calendar: CalendarPart = Field(default_factory=CalendarPart)
    zones: list[ZonePart] = Field(default_factory=list)
    classes: list[ClassPart] = Field(default_factory=list)
    groups: list[GroupPart] = Field(default_factory=list)
    businesses: list[BusinessPart]
    windows: list[WindowPart]
    profiles: dict[str, dict[str, Duration]] = Field(
        default_factory=dict, description="what clerks are able to do: a reluctance for each business"
    )

    def made(self) -> Hall:
        """The hall."""
        return Hall(
            self.hall,
            self.names.made(),
            self.time_zone,
            businesses=tuple(part.made() for part in self.businesses),
            windows=tuple(part.made() for part in self.windows),
            zones=tuple(part.made() for part in self.zones),
            classes=tuple(part.made() for part in self.classes),
            settings=self.settings.made(),
            opening=None if self.opening is None else self.opening.made(),
            calendar=self.calendar.made(),
            groups=tuple(part.made() for part in self.groups),
            profiles={name: dict(profile) for name, profile in self.profiles.items()},
        )


# Where the core has another word than the file.
_FILE_WORD: Mapping[str | int, str] = {"reluctance": "serves", "number": "window", "id": "hall", "week": "hours"}


def way_in_file(bad: BadValue) -> tuple[str | int, ...]:
    """The way to a bad value through the keys and places of the file."""
    way = bad.way
    if way[:1] == ("week",) and len(way) > 1:
        return ("hours", values.WEEKDAYS[int(way[1])], *way[2:])
    return tuple(_FILE_WORD.get(step, step) for step in way)
