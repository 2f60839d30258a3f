"""Single values as people write them in a hall file: durations, times of day, hours, days and weekdays."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

from queue_server.core.calendar import DAY, Span
from queue_server.core.errors import BadValue

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHOLE_DAY = "day"
CLOSED = "closed"
_MS = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000}
_LONGEST = 366 * DAY
_DURATION = re.compile(r"([0-9]{1,12})\s*(ms|s|min|h)")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{3}))?)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OFF = {"off", "no", "false", False}


def duration(value: object) -> object:
    """Ms from `20 s`; what else may stand there is left to the field."""
    if isinstance(value, str) and (found := _DURATION.fullmatch(value.strip())):
        ms = int(found[1]) * _MS[found[2]]
        if ms > _LONGEST:
            raise ValueError("a duration is at most 8784 h, which is a year")
        return ms
    if value is None or (value == 0 and not isinstance(value, bool)) or value == "0":
        return None if value is None else 0
    raise ValueError("a duration is written like 20 s, 10 min or 1 h")


def written_duration(ms: int | None) -> str | int | None:
    """Ms as they are written, in the largest unit that fits."""
    if not ms:
        return ms
    unit = next(u for u in ("h", "min", "s", "ms") if ms % _MS[u] == 0)
    return f"{ms // _MS[unit]} {unit}"


def _maybe(value: object) -> object:
    return None if value is None or (isinstance(value, str | bool) and value in _OFF) else duration(value)


def time_of_day(text: str) -> int:
    """Ms since midnight of `09:00`; `24:00` is the end of the day. Raises `ValueError`."""
    found = _TIME.fullmatch(text.strip())
    hours, minutes, seconds, ms = (int(part or 0) for part in found.groups()) if found else (99, 0, 0, 0)
    at = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + ms
    if minutes > 59 or seconds > 59 or at > DAY:  # noqa: PLR2004 -- as on every clock
        raise ValueError(f"{text.strip()} is not a time; one is written like 09:00, up to 24:00")
    return at


def written_time(ms: int) -> str:
    """Ms since midnight as `09:00`, and finer only where they are."""
    minutes, rest = divmod(ms, 60_000)
    said = f"{minutes // 60:02}:{minutes % 60:02}"
    if rest:
        said += f":{rest // 1_000:02}"
    return said + (f".{rest % 1_000:03}" if rest % 1_000 else "")


def _day_starts(value: object) -> object:
    # Files written before clock times had this as a duration since midnight.
    return time_of_day(value) if isinstance(value, str) and ":" in value else duration(value)


def band(text: str) -> tuple[int, int]:
    """From and to (ms since midnight) of `09:00-12:00`; raises `ValueError`."""
    parts = re.split(r"\s*[-–]\s*", text.strip())
    if len(parts) != 2:  # noqa: PLR2004 -- from and to
        raise ValueError(f"{text!r} is not a time band; one is written like 09:00-12:00")
    return time_of_day(parts[0]), time_of_day(parts[1])


def quota_band(text: str) -> tuple[int, int]:
    """The time band of a quota; `day` is all of it. Raises `ValueError`."""
    starts, ends = (0, DAY) if text == WHOLE_DAY else band(text)
    if starts >= ends:
        raise ValueError("a time band ends after it starts, within a day")
    return starts, ends


def written_band(starts: int, ends: int) -> str:
    """A time band as it is written."""
    return f"{written_time(starts)}-{written_time(ends)}"


def _check_band(text: str) -> str:
    quota_band(text)
    return text


def _spans(value: object) -> tuple[Span, ...]:
    # A program may hand over the hours as a list; people write them in one line.
    parts = value.split(",") if isinstance(value, str) else value
    if value == CLOSED:
        return ()
    if not isinstance(parts, list) or not parts or not all(isinstance(part, str) for part in parts):
        raise ValueError("hours are written like 09:00-12:00, 13:30-17:00, or closed")
    try:
        return tuple(Span(*band(part)) for part in parts)
    except BadValue as bad:
        raise ValueError(f"hours {bad.what}") from bad


def _maybe_spans(value: object) -> tuple[Span, ...]:
    off = value is None or value == [] or (isinstance(value, str | bool) and value in _OFF)
    return () if off else _spans(value)


def written_spans(spans: Iterable[Span]) -> str:
    """Hours as they are written."""
    return ", ".join(written_band(span.starts, span.ends) for span in spans) or CLOSED


def one_day(text: str) -> str:
    """An ISO date; raises `ValueError`."""
    try:
        known = bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"{text} is not a date like 2026-10-01")
    return text


def days(text: str) -> list[str]:
    """The ISO dates of `2026-10-01` or `2026-10-01 to 2026-10-07`; raises `ValueError`."""
    first, _, last = (part.strip() for part in text.partition(" to "))
    begins, ends = date.fromisoformat(one_day(first)), date.fromisoformat(one_day(last or first))
    if not timedelta(0) <= ends - begins < timedelta(days=366):
        raise ValueError(f"{text} does not go forward, or is longer than a year")
    return [(begins + timedelta(days=n)).isoformat() for n in range((ends - begins).days + 1)]


def written_days(each: Iterable[str]) -> list[str]:
    """Dates as they are written: in order, days in a row as one line."""
    rows: list[list[date]] = []
    for day in sorted(map(date.fromisoformat, each)):
        if rows and rows[-1][-1] + timedelta(days=1) == day:
            rows[-1].append(day)
        else:
            rows.append([day])
    return [f"{row[0]} to {row[-1]}" if len(row) > 1 else str(row[0]) for row in rows]


def _check_days(text: str) -> str:
    days(text)
    return text


def _code(value: object) -> object:
    # A zone called 1 need not stand in quotes.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _schema(example: str, pattern: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example], **more})


_CLOCK = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{3})?)?"
_BAND = rf"{_CLOCK}\s*[-–]\s*{_CLOCK}"
_LENGTH: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "pattern": r"^\s*[0-9]{1,12}\s*(ms|s|min|h)\s*$", "examples": ["10 min"]},
        {"const": 0},
    ]
}
_LENGTH_OR_OFF = {"anyOf": [*_LENGTH["anyOf"], {"enum": ["off", False]}, {"type": "null"}]}

Duration = Annotated[int, BeforeValidator(duration), PlainSerializer(written_duration), WithJsonSchema(_LENGTH)]
MaybeDuration = Annotated[
    int | None, BeforeValidator(_maybe), PlainSerializer(written_duration), WithJsonSchema(_LENGTH_OR_OFF)
]
DayStarts = Annotated[
    int,
    BeforeValidator(_day_starts),
    PlainSerializer(written_time),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": f"^{_CLOCK}$", "examples": ["04:00"]}, _LENGTH]}),
]
Band = Annotated[str, AfterValidator(_check_band), _schema("09:00-12:00", f"^({WHOLE_DAY}|{_BAND})$")]
Spans = Annotated[
    tuple[Span, ...],
    PlainValidator(_spans),
    PlainSerializer(written_spans),
    _schema("09:00-12:00, 13:30-17:00", rf"^({CLOSED}|\s*{_BAND}(\s*,\s*{_BAND})*\s*)$"),
]
MaybeSpans = Annotated[
    tuple[Span, ...],
    PlainValidator(_maybe_spans),
    PlainSerializer(lambda spans: written_spans(spans) if spans else "off"),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "string",
                    "pattern": rf"^\s*{_BAND}(\s*,\s*{_BAND})*\s*$",
                    "examples": ["12:00-13:30", "00:00-07:00, 21:00-24:00"],
                },
                {"enum": ["off", False]},
                {"type": "null"},
            ]
        }
    ),
]
OneDay = Annotated[str, AfterValidator(one_day), _schema("2026-10-01", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Days = Annotated[str, AfterValidator(_check_days), _schema("2026-10-01 to 2026-10-07", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}")]
Code = Annotated[str, BeforeValidator(_code)]
