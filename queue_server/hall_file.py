"""A hall as a file (YAML) and as stored (JSON): read, checked with plain sentences, and written back."""

import re
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from queue_server.core.business import Business
from queue_server.core.errors import BadValue
from queue_server.core.hall import Hall, PriorityClass, Window, Zone
from queue_server.core.settings import Settings
from queue_server.core.words import names

DEFAULT = Path(__file__).parent / "halls" / "default.yaml"
_DURATION = re.compile(r"(\d+)\s*(ms|s|min|h)")
_MS = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000}


class HallFileError(ValueError):
    """A hall file that cannot be used; the text says where and why, for the person who wrote it."""


def _duration(value: object) -> object:
    if isinstance(value, str) and (found := _DURATION.fullmatch(value.strip())):
        return int(found[1]) * _MS[found[2]]
    if value is None or value == 0:
        return value
    raise ValueError("a duration is written like 20 s, 10 min or 1 h")


def _written(ms: int | None) -> str | int | None:
    if not ms:
        return ms
    unit = next(u for u in ("h", "min", "s", "ms") if ms % _MS[u] == 0)
    return f"{ms // _MS[unit]} {unit}"


Duration = Annotated[int, BeforeValidator(_duration), PlainSerializer(_written)]
MaybeDuration = Annotated[int | None, BeforeValidator(_duration), PlainSerializer(_written)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Text(_Part):
    """One text in the three languages."""

    zh_hans: str = Field(alias="zh-Hans", min_length=1)
    zh_hant: str = Field(alias="zh-Hant", min_length=1)
    en: str = Field(min_length=1)


class BusinessPart(_Part):
    """A business type."""

    code: str
    names: Text
    note: Text | None = None


class ZonePart(_Part):
    """A zone."""

    code: str
    names: Text


class WindowPart(_Part):
    """A window: the businesses it serves with the reluctance for each."""

    window: int
    zone: str | None = None
    serves: dict[str, Duration]


class ClassPart(_Part):
    """A priority class."""

    code: str
    names: Text
    head_start: Duration


class SettingsPart(_Part):
    """The hall's settings."""

    max_calls: int = 3
    recall_gap: Duration = 20_000
    return_within: Duration = 1_800_000
    missed_timer: MaybeDuration = None
    max_advance: Duration = 3_600_000
    day_starts: Duration = 14_400_000
    direct_call: bool = False
    outcomes: list[str] = Field(default_factory=lambda: list(Settings().outcomes))


class HallPart(_Part):
    """The whole file."""

    hall: str
    names: Text
    time_zone: str
    zones: list[ZonePart] = Field(default_factory=list)
    classes: list[ClassPart] = Field(default_factory=list)
    settings: SettingsPart = Field(default_factory=SettingsPart)
    businesses: list[BusinessPart]
    windows: list[WindowPart]


def read(path: Path) -> Hall:
    """The hall in a YAML file; raises `HallFileError` that names the place and the reason."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise HallFileError(f"{path}: cannot be read as text ({unreadable}).") from unreadable
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        raise HallFileError(f"{path}: is not YAML: {broken}") from broken
    try:
        return parse(said)
    except HallFileError as bad:
        raise HallFileError(f"{path}: {bad}") from bad


def parse(said: object) -> Hall:
    """The hall in plain data; raises `HallFileError`."""
    try:
        part = HallPart.model_validate(said)
        return Hall(
            id=part.hall,
            names=_names(part.names),
            time_zone=part.time_zone,
            businesses=tuple(
                Business(b.code, _names(b.names), None if b.note is None else _names(b.note)) for b in part.businesses
            ),
            windows=tuple(Window(w.window, w.serves, w.zone) for w in part.windows),
            zones=tuple(Zone(z.code, _names(z.names)) for z in part.zones),
            classes=tuple(PriorityClass(c.code, _names(c.names), c.head_start) for c in part.classes),
            settings=_settings(part.settings),
        )
    except ValidationError as invalid:
        first = invalid.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise HallFileError(f"{where}: {first['msg']}.") from invalid
    except BadValue as bad:
        raise HallFileError(f"{bad}.") from bad


def dump(hall: Hall) -> dict[str, Any]:
    """The hall as plain data that `parse` reads back."""
    part = HallPart(
        hall=hall.id,
        names=_text(hall.names),
        time_zone=hall.time_zone,
        zones=[ZonePart(code=z.code, names=_text(z.names)) for z in hall.zones],
        classes=[
            ClassPart.model_construct(code=c.code, names=_text(c.names), head_start=c.head_start) for c in hall.classes
        ],
        settings=SettingsPart.model_construct(
            **{name: getattr(hall.settings, name) for name in SettingsPart.model_fields if name != "outcomes"},
            outcomes=list(hall.settings.outcomes),
        ),
        businesses=[
            BusinessPart(code=b.code, names=_text(b.names), note=None if b.note is None else _text(b.note))
            for b in hall.businesses
        ],
        windows=[
            WindowPart.model_construct(window=w.number, zone=w.zone, serves=dict(w.reluctance)) for w in hall.windows
        ],
    )
    return part.model_dump(mode="json", by_alias=True)


def _settings(part: SettingsPart) -> Settings:
    durations = {name: getattr(part, name) for name in SettingsPart.model_fields if name != "outcomes"}
    return Settings(**durations, outcomes=tuple(part.outcomes))


def _names(text: Text) -> Any:
    return names(text.zh_hans, text.zh_hant, text.en)


def _text(given: Any) -> Text:
    return Text(**{"zh-Hans": given["zh-Hans"], "zh-Hant": given["zh-Hant"], "en": given["en"]})
