"""Rows of the Warsaw queue snapshots as values, and what a first pass finds: offices, queues, date labels."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from simulation.history.localtime import seconds_of
from simulation.history.rows import table

COLUMNS = (
    "name",
    "time",
    "date",
    "liczbaCzynnychStan",
    "nazwaGrupy",
    "literaGrupy",
    "liczbaKlwKolejce",
    "aktualnyNumer",
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One reading of one queue: `label` is the date as the office said it, `seconds` its local time of day."""

    office: str
    queue: str
    name: str
    label: date
    seconds: int
    open: int
    waiting: int
    number: str


@dataclass(slots=True)
class Contents:
    """What a file holds: its date labels by office in the order of collection, and how crowded each queue is."""

    rows: int = 0
    unreadable: int = 0
    labels: dict[str, dict[date, None]] = field(default_factory=lambda: defaultdict(dict))
    crowd: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def busiest_office(self) -> str:
        """The office with the most people waiting over all readings of queues that called anybody."""
        return max(sorted(self.crowd), key=lambda office: sum(self.crowd[office].values()))

    def busiest_queue(self, office: str) -> str:
        """Of one office, the queue with the most people waiting over all readings."""
        return max(sorted(self.crowd[office]), key=lambda queue: self.crowd[office][queue])


def snapshots(path: Path) -> Iterator[Snapshot | None]:
    """Every row in the order of collection; None for a row that cannot be read."""
    for row in table(path, ",", COLUMNS):
        try:
            yield None if row is None else _snapshot(row)
        except ValueError:
            yield None


def contents(path: Path) -> Contents:
    """One pass over the file."""
    found = Contents()
    for each in snapshots(path):
        found.rows += 1
        if each is None:
            found.unreadable += 1
            continue
        found.labels[each.office][each.label] = None
        if each.number:
            found.crowd[each.office][each.queue] += each.waiting
    return found


def _snapshot(row: Mapping[str, str]) -> Snapshot:
    if not row["name"] or not row["literaGrupy"]:
        raise ValueError(row["name"])
    counters, waiting = int(row["liczbaCzynnychStan"]), int(row["liczbaKlwKolejce"])
    if counters < 0 or waiting < 0:
        raise ValueError(counters, waiting)
    return Snapshot(
        office=row["name"],
        queue=row["literaGrupy"],
        name=row["nazwaGrupy"],
        label=date.fromisoformat(row["date"]),
        seconds=seconds_of(row["time"]),
        open=counters,
        waiting=waiting,
        number=row["aktualnyNumer"].strip(),
    )
