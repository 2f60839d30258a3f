"""The command `onedoor fit`."""

import json
from pathlib import Path
from typing import Any

import click

from simulation.cli import need_planner
from simulation.fit.rates import WEEKDAYS
from simulation.options import Unusable


@click.command()
@click.argument("data", metavar="DATA", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the fit."
)
@click.option(
    "--scenario",
    "scenario_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Also write an ordinary day as a scenario here.",
)
@click.option(
    "--weekday", type=click.Choice(WEEKDAYS), default=None, help="The scenario is of this weekday (default: of all)."
)
@click.option("--target", "target_s", type=click.FloatRange(0), default=900, show_default=True, help="Target wait (s).")
def fit(data: Path, output: Path, scenario_path: Path | None, weekday: str | None, target_s: float) -> None:
    """Fit demand to the recorded days in DATA: arrivals by weekday and quarter hour, families of service and patience.

    DATA is a hall's journal, a CSV of Warsaw's queue systems or the "Anonymous Bank" log, plain or gzip.
    """
    need_planner()
    from simulation.fit import document as fitting  # noqa: PLC0415 -- scipy belongs to the extra `planner`
    from simulation.history import kinds  # noqa: PLC0415
    from simulation.history.recorded import NotReadable  # noqa: PLC0415

    try:
        recorded = kinds.read(data)
        found = fitting.document(recorded)
        made = None if scenario_path is None else fitting.scenario(recorded, weekday, target_s)
    except NotReadable as unreadable:
        raise Unusable(f"{data} cannot be fitted: {unreadable}.") from unreadable
    output.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    if made is not None and scenario_path is not None:
        scenario_path.write_text(made.model_dump_json(exclude_none=True), encoding="utf-8")
    click.echo(text(found))


def text(found: dict[str, Any]) -> str:
    """The fit for a person at a terminal: one line for each business."""
    left_out = sum(each["rows"] for each in found["cleaning"] if each["done"] == "left-out")
    lines = [
        f"{found['source']}: {found['visits']} visits of {found['rows']} rows ({left_out} left out)",
        f"{len(found['days'])} ordinary days and {len(found['other_days'])} others",
        "",
        f"{'':12}{'visits':>8}{'day cv':>9}{'service':>9}  {'likeliest':22}{'left':>7}  {'likeliest patience':22}",
    ]
    for code, told in found["businesses"].items():
        mean, cv = told["service"]["mean_s"], told["day_cv"]
        lines.append(
            f"{code:12}{told['visits']:>8}{'–' if cv is None else f'{cv:.0%}':>9}"
            f"{'–' if mean is None else f'{mean:.0f} s':>9}  {_likeliest(told['service']):22}"
            f"{told['patience']['left']:>7}  {_likeliest(told['patience']):22}".rstrip()
        )
    if found["cannot_tell"]:
        lines += ["", f"The data cannot tell: {', '.join(found['cannot_tell'])}."]
    return "\n".join(lines)


def _likeliest(told: dict[str, Any]) -> str:
    families = told["families"]
    return f"{families[0]['family']}, KS {families[0]['ks']:.3f}" if families else "–"
