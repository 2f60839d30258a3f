"""Bookings out of a CSV file: every line as the JSON import would have it, and every mistake with its place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from queue_server.api.csv_text import BadPlaceError, Row, decoded, rows
from queue_server.api.wrong_field import wrong_fields
from queue_server.core.errors import Fact, Refusal
from queue_server.protocol import BookBody
from queue_server.protocol.plain import MOST_BOOKINGS

FIELDS = tuple(BookBody.model_fields)
_NEEDED = tuple(name for name, field in BookBody.model_fields.items() if field.is_required())
# More than this nobody corrects at one go, and an answer must not be many times as long as what was sent.
MOST_TOLD = 500
_WRONG = "invalid-csv"
_MOMENT = re.compile(r"[0-9]{1,16}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_SAID = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

Mistake = dict[str, Any]


class _WrongCellError(ValueError):
    """A cell that says nothing its field could hold; reads as the stable reason."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The bookings of a file as JSON would say them, the line of each (from 1), and the column of each field."""

    items: list[dict[str, Any]]
    lines: list[int]
    columns: Mapping[str, int]


def read(body: bytes, charset: str, time_zone: str) -> Sheet:
    """The bookings of a file; times without an offset are local ones.

    Refuses `unknown-charset`, and `invalid-csv` with every mistake.
    """
    try:
        found = rows(decoded(body, charset))
    except BadPlaceError as bad:
        raise _refusal([_mistake(bad.line, bad.column, "", bad.reason)]) from bad
    head, bookings = (_trimmed(found[0]), found[1:]) if found else (Row(1, ()), [])
    if wrong := _wrong_head(head):
        raise _refusal(wrong)
    if not bookings:
        raise _refusal([_mistake(head.line + 1, 1, head.cells[0], "no-lines")])
    if len(bookings) > MOST_BOOKINGS:
        over = bookings[MOST_BOOKINGS].line
        raise _refusal([_mistake(over, 1, head.cells[0], "too-many-lines", limit=MOST_BOOKINGS)])
    columns = {name: place for place, name in enumerate(head.cells, 1)}
    items, mistakes = [], []
    for row in bookings:
        item, wrong = _booking(row, columns, ZoneInfo(time_zone))
        items.append(item)
        mistakes += wrong
    if mistakes:
        raise _refusal(mistakes)
    return Sheet(items, [row.line for row in bookings], columns)


def _trimmed(head: Row) -> Row:
    # Spreadsheets like to leave empty cells behind at the end.
    last = max(place for place, name in enumerate(head.cells, 1) if name)
    return Row(head.line, head.cells[:last])


def _wrong_head(head: Row) -> list[Mistake]:
    wrong = []
    seen: set[str] = set()
    for place, name in enumerate(head.cells, 1):
        if name not in FIELDS:
            wrong.append(_mistake(head.line, place, name, "unknown-field"))
        elif name in seen:
            wrong.append(_mistake(head.line, place, name, "named-twice"))
        seen.add(name)
    missing = [name for name in _NEEDED if name not in seen]
    return wrong + [_mistake(head.line, len(head.cells) + 1, name, "missing") for name in missing]


def _booking(row: Row, columns: Mapping[str, int], zone: ZoneInfo) -> tuple[dict[str, Any], list[Mistake]]:
    """What a line says, and what is wrong with it, from left to right."""
    said: dict[str, Any] = {}
    wrong: dict[str, Mistake] = {}
    for name, place in columns.items():
        cell = row.cells[place - 1] if place <= len(row.cells) else ""
        if cell:
            try:
                said[name] = _READ.get(name, _text)(cell, zone)
            except _WrongCellError as unread:
                wrong[name] = _mistake(row.line, place, name, str(unread))
    try:
        BookBody.model_validate(said)
    except ValidationError as invalid:
        for facts in wrong_fields(invalid):
            name = str(facts["field"]).split(".")[0]
            wrong.setdefault(name, {"line": row.line, "column": columns[name], **facts, "field": name})
    mistakes = sorted(wrong.values(), key=lambda each: int(each["column"]))
    if any(row.cells[len(columns) :]):
        mistakes.append(_mistake(row.line, len(columns) + 1, "", "unknown-field"))
    return said, mistakes


def _text(cell: str, _zone: ZoneInfo) -> str:
    return cell


def _codes(cell: str, _zone: ZoneInfo) -> list[str]:
    return [code.strip() for code in cell.split(";") if code.strip()]


def _yes_or_no(cell: str, _zone: ZoneInfo) -> bool:
    if cell.lower() not in _SAID:
        raise _WrongCellError("not-true-or-false")
    return _SAID[cell.lower()]


def _moment(cell: str, zone: ZoneInfo) -> int:
    if _MOMENT.fullmatch(cell):
        return int(cell)
    if not _TIME.fullmatch(cell):
        raise _WrongCellError("not-a-time")
    try:
        time = datetime.fromisoformat(cell)
        return round((time if time.tzinfo else _local(time, zone)).timestamp() * 1000)
    except (OverflowError, ValueError) as impossible:
        reason = str(impossible) if isinstance(impossible, _WrongCellError) else "not-a-time"
        raise _WrongCellError(reason) from impossible


def _local(time: datetime, zone: ZoneInfo) -> datetime:
    # Where a clock is put forward or back, the wall shows some times never and some twice; neither may be guessed.
    first, second = (time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == time
        raise _WrongCellError("time-shown-twice" if shown else "no-such-time")
    return first


_READ: Mapping[str, Callable[[str, ZoneInfo], Any]] = {
    "slot": _moment,
    "priority": _codes,
    "reviewed": _yes_or_no,
}


def _mistake(line: int, column: int, field: str, reason: str, **more: Fact) -> Mistake:
    return {"line": line, "column": column, "field": field[:40] or _letters(column), "reason": reason, **more}


def _letters(column: int) -> str:
    """What a spreadsheet calls a column: A to Z, AA, AB …; a place without a name of its own is found by it."""
    said = ""
    while column:
        column, last = divmod(column - 1, 26)
        said = chr(ord("A") + last) + said
    return said


def _refusal(mistakes: list[Mistake]) -> Refusal:
    first = mistakes[0]
    return Refusal(_WRONG, **first, count=len(mistakes), mistakes=tuple(mistakes[:MOST_TOLD]))
