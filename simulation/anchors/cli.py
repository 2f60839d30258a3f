"""The command `onedoor theory-check`."""

import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulation import options
from simulation.cli import need_planner
from simulation.options import Unusable
from simulation.running import bar

if TYPE_CHECKING:
    from simulation.players import Engine


@click.command("theory-check")
@click.option(
    "--engine",
    type=click.Choice(["both", "kernel", "simpy"]),
    default="both",
    show_default=True,
    help="Who plays: the kernel until its intervals are narrow, the slow engine its first five to twenty days.",
)
@click.option(
    "--precision",
    type=click.FloatRange(0.001, 1),
    default=0.05,
    show_default=True,
    help="Half of each of the kernel's 95 % intervals is at most this share of its figure.",
)
@options.seed("The first seed; every hall has its own.")
@click.option("--seeds", type=click.IntRange(1, 100), default=3, show_default=True, help="Seeds for each hall.")
@click.option("--only", default="", help="Only halls (and formulas) whose name holds this, such as M/M/10.")
@options.processes()
@options.as_json("rows")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table of docs/simulation.md.")
@click.option(
    "--scenarios",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Play nothing, but write every hall here as a scenario for `onedoor simulate`.",
)
def theory_check(
    engine: str,
    precision: float,
    seed: int,
    seeds: int,
    only: str,
    processes: int | None,
    scenarios: Path | None,
    *,
    as_json: bool,
    as_markdown: bool,
) -> None:
    """Hold the engines to every value that queueing theory knows exactly; exit status 1 where one is off.

    A simulated figure is off at four standard deviations; a formula where it is not the value known from elsewhere.
    """
    need_planner()
    from simulation.anchors import table  # noqa: PLC0415 -- numpy and scipy belong to the extra `planner`
    from simulation.anchors.check import Wish, check, halls  # noqa: PLC0415

    if scenarios is not None:
        scenarios.mkdir(parents=True, exist_ok=True)
        for hall in halls():
            path = scenarios / f"{file_name(hall.name)}.json"
            path.write_text(hall.scenario().model_dump_json(exclude_none=True, indent=1), encoding="utf-8")
        click.echo(f"{len(halls())} scenarios in {scenarios}")
        return
    engines: tuple[Engine, ...] = ("kernel", "simpy") if engine == "both" else (engine,)  # type: ignore[assignment]
    wish = Wish(engines, seed, seeds, precision, only, processes or os.cpu_count() or 1)
    with bar("Playing halls", 1) as progress:
        rows = list(check(wish, progress))
    if not rows:
        raise Unusable(f"No hall's name holds {only}.")
    if as_json:
        click.echo(json.dumps({"rows": [asdict(row) for row in rows]}, indent=2, ensure_ascii=False))
    else:
        click.echo(table.markdown(rows) if as_markdown else "\n".join(table.lines(rows)))
    if not all(row.holds for row in rows):
        raise click.exceptions.Exit(1)


def file_name(hall: str) -> str:
    """A hall's name as a file may be called."""
    return re.sub(r"[^a-z0-9.]+", "-", hall.lower().replace("+m", "-plus-m")).strip("-")
