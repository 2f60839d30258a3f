"""Simulated days as one journal file: the lines a live hall exports, so that every reader of those reads these."""

from pathlib import Path

from queue_server.core.journal import line
from simulation.engine import run_day
from simulation.scenario import Scenario


def write(scenario: Scenario, seed: int, days: int, path: Path) -> int:
    """Write the journal of `days` days, one line an entry, numbered through; how many entries it has."""
    entries = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for day in range(days):
            found = run_day(scenario, seed, day, earlier=entries).entries
            file.writelines(line(entry) + "\n" for entry in found)
            entries += len(found)
    return entries
