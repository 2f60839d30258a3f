"""What a hall is made of, as it goes out: business types with items and papers, windows, classes, settings."""

from pydantic import Field

from queue_server.protocol.plain import Names, Outgoing


class PaperFacts(Outgoing):
    """One line of a checklist; a minor one may be brought later when an item is accepted on promise."""

    code: str
    names: Names
    minor: bool


class ItemFacts(Outgoing):
    """One thing inside a business type: its checklist, its promised working days, the outcome of the one key."""

    code: str
    names: Names
    papers: list[PaperFacts]
    promise_days: int | None
    outcome: str | None


class BusinessFacts(Outgoing):
    """A business type; `group` is with which others it stands at the kiosk."""

    code: str
    names: Names
    note: Names | None
    group: str | None
    items: list[ItemFacts]
    bookable: bool


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
    granted_by: str = Field(description="who may say so: self, guide or window")


class SettingsFacts(Outgoing):
    """The settings that screens and slips show."""

    max_calls: int
    recall_gap_ms: int
    return_within_ms: int
    direct_call: bool
    pause_reasons: list[str]


class HallFacts(Outgoing):
    """What a hall is made of."""

    hall: str
    names: Names
    time_zone: str
    groups: list[ZoneFacts] = Field(description="groups of business types, in the order of the kiosk")
    businesses: list[BusinessFacts]
    zones: list[ZoneFacts]
    windows: list[WindowFacts]
    classes: list[ClassFacts]
    settings: SettingsFacts
    outcomes: list[str]
    public_url: str
