"""Which reader reads a file: told by its first line, so that nobody has to name the kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulation.history import journal, technion, technion_row, warsaw, warsaw_rows
from simulation.history.recorded import NotReadable, Recorded
from simulation.history.rows import first_line


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the asker may narrow a file down to; None leaves the choice to the reader."""

    office: str | None = None
    queue: str | None = None
    time_zone: str | None = None


def kind_of(path: Path) -> str:
    """`technion`, `warsaw` or `journal`; raises `NotReadable` for an empty or binary file, or any other kind."""
    line = first_line(path).strip()
    if line.startswith("{"):
        return "journal"
    for kind, separator, columns in (("technion", "\t", technion_row.COLUMNS), ("warsaw", ",", warsaw_rows.COLUMNS)):
        header = {cell.strip('"') for cell in line.split(separator)}
        if len(header & set(columns)) * 2 > len(columns):
            missing = [name for name in columns if name not in header]
            if missing:
                raise NotReadable("wrong-columns", missing=", ".join(missing))
            return kind
    raise NotReadable("unknown-kind")


def read(path: Path, wanted: Wanted | None = None) -> Recorded:
    """The file, read by the reader of its kind; raises `NotReadable`, also when no visit is in it."""
    found = _READERS[kind_of(path)](path, wanted or Wanted())
    if not found.visits:
        raise NotReadable("no-visits")
    return found


def _journal(path: Path, wanted: Wanted) -> Recorded:
    return journal.read(path, wanted.time_zone) if wanted.time_zone else journal.read(path)


_READERS: Mapping[str, Callable[[Path, Wanted], Recorded]] = {
    "technion": lambda path, _: technion.read(path),
    "warsaw": lambda path, wanted: warsaw.read(path, wanted.office, wanted.queue),
    "journal": _journal,
}
