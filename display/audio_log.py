"""The audio log: one JSON line for each thing said or not said, in one file a day; kept for half a year."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

import structlog

log = structlog.get_logger(__name__)

# What became of an announcement in one language: said to its end, broken off, or why it was not begun.
Outcome = Literal["said", "broken-off", "given-up", "quiet", "evacuated", "too-late", "no-sound", "no-screen"]
_DAYS = 184


class Line(NamedTuple):
    """What was (not) said; `at` is the hall's time (ms UTC), `language`, `engine` and `ms` where it came to that."""

    at: int
    epoch: str
    call: int
    number: str
    window: int
    zone: str
    recall: bool
    outcome: Outcome
    language: str | None = None
    text: str | None = None
    engine: str | None = None
    ms: int | None = None
    screen: str | None = None


class AudioLog:
    """The log of one hall, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, day: str, line: Line) -> None:
        """Add a line to a day (ISO date); raises `OSError`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{day}.jsonl"
        begins = not file.exists()
        with file.open("ab+") as out:
            # What a loss of power has cut off gets a line of its own, so that it does not spoil this one.
            if out.tell() and not _ends_a_line(out):
                out.write(b"\n")
            out.write(json.dumps(line._asdict(), ensure_ascii=False).encode() + b"\n")
        if begins:
            for old in self.days()[:-_DAYS]:
                (self._folder / f"{old}.jsonl").unlink(missing_ok=True)

    def read(self, day: str) -> list[Line]:
        """The lines of a day in order; a last line that a power cut has left unfinished is left out."""
        return list(self._read(day))

    def days(self) -> list[str]:
        """The days that have lines, in order."""
        return sorted(file.stem for file in self._folder.glob("????-??-??.jsonl"))

    def _read(self, day: str) -> Iterator[Line]:
        file = self._folder / f"{day}.jsonl"
        if not file.is_file():
            return
        for text in file.read_text(encoding="utf-8").splitlines():
            try:
                said: dict[str, Any] = json.loads(text)
                yield Line(**said)
            except (ValueError, TypeError):
                log.warning("audio-log-line-not-read", file=str(file), line=text[:80])


def _ends_a_line(file: BinaryIO) -> bool:
    file.seek(-1, 2)
    return file.read() == b"\n"
