"""Rows out of a file: plain or gzip, bounded in size, with the columns that a log must have."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from simulation.history.recorded import NotReadable

# A packed file of 20 MB could unfold into gigabytes; no log of a hall comes near this.
LARGEST_TEXT = 400 * 1024 * 1024
_GZIP = b"\x1f\x8b"
LONGEST_LINE = 1_000_000


def lines(path: Path, largest: int = LARGEST_TEXT) -> Iterator[str]:
    """The file's lines without their ends; raises `NotReadable` for an empty, binary, broken or too large file."""
    read = 0
    with _opened(path) as file:
        try:
            while raw := file.readline(LONGEST_LINE):
                read += len(raw)
                if len(raw) == LONGEST_LINE:
                    raise NotReadable("not-text")
                if read > largest:
                    raise NotReadable("too-large", megabytes=largest // 1024 // 1024)
                if b"\0" in raw:
                    raise NotReadable("not-text")
                yield raw.decode("utf-8-sig" if read == len(raw) else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as strange:
            raise NotReadable("not-text") from strange
        except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
            raise NotReadable("broken-gzip") from broken
    if read == 0:
        raise NotReadable("empty-file")


def first_line(path: Path) -> str:
    """The first line that is not blank, to tell the kind of file by."""
    for number, line in enumerate(lines(path)):
        if line.strip():
            return line
        if number > 100:  # noqa: PLR2004 -- a log does not begin with pages of nothing
            break
    raise NotReadable("empty-file")


def table(path: Path, separator: str, columns: Sequence[str]) -> Iterator[dict[str, str] | None]:
    """Each row by column name, or None for a row with the wrong number of cells; the header must name `columns`."""
    reader = csv.reader(lines(path), delimiter=separator)
    try:
        header = next(reader)
    except StopIteration:
        raise NotReadable("empty-file") from None
    except csv.Error as strange:
        raise NotReadable("not-text") from strange
    missing = [name for name in columns if name not in header]
    if missing:
        raise NotReadable("wrong-columns", missing=", ".join(missing)[:200])
    try:
        for cells in reader:
            if cells:
                yield dict(zip(header, cells, strict=True)) if len(cells) == len(header) else None
    except csv.Error as strange:
        raise NotReadable("not-text") from strange


def _opened(path: Path) -> gzip.GzipFile | BinaryIO:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path, "rb") if packed else path.open("rb")
