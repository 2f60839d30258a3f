"""A CSV file as somebody sent it: its bytes into text, and its text into rows of cells, each with its place."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.core.errors import Refusal

CHARSETS: Mapping[str, str] = {"utf-8": "utf-8", "utf8": "utf-8", "gb18030": "gb18030"}
_MARK = "\ufeff"
_CELL = re.compile(r'[ \t]*"((?:[^"]|"")*)"[ \t]*(,|\r?\n|\r|\Z)|([^",\r\n]*)(,|\r?\n|\r|\Z)')


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells, without the blanks around them; `line` counts from 1."""

    line: int
    cells: tuple[str, ...]


class BadPlaceError(ValueError):
    """A place that cannot be read: `line` and `column` (cells, not characters) count from 1."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(f"line {line}, column {column}: {reason}")
        self.line = line
        self.column = column
        self.reason = reason


def decoded(body: bytes, charset: str) -> str:
    """The text of a body, without a byte order mark; refuses `unknown-charset`, raises `BadPlaceError`."""
    codec = CHARSETS.get(charset.lower())
    if codec is None:
        raise Refusal("unknown-charset", charset=charset[:32])
    try:
        return body.decode(codec).removeprefix(_MARK)
    except UnicodeDecodeError as wrong:
        # What stands before the first wrong byte can be read; its last line is the one in question.
        lines = re.split(r"\r?\n|\r", body[: wrong.start].decode(codec))
        column = len(next(csv.reader(io.StringIO(lines[-1])), [])) or 1
        raise BadPlaceError(len(lines), column, "not-in-charset") from wrong


def rows(text: str) -> list[Row]:
    """The rows of a text but those with nothing in them; raises `BadPlaceError` for quotation marks that do not fit."""
    found: list[Row] = []
    cells: list[str] = []
    place, line, starts = 0, 1, 1
    while place < len(text) or cells:
        cell = _CELL.match(text, place)
        if cell is None:
            raise BadPlaceError(line, len(cells) + 1, "wrong-quotes")
        quoted, after_quoted, plain, after_plain = cell.groups()
        cells.append((plain if quoted is None else quoted.replace('""', '"')).strip())
        line += len(re.findall(r"\r?\n|\r", cell[0]))
        place = cell.end()
        if (after_quoted if quoted is not None else after_plain) != ",":
            if any(cells):
                found.append(Row(starts, tuple(cells)))
            cells, starts = [], line
    return found
