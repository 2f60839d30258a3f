"""The command `onedoor validate`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulation import options
from simulation.cli import need_planner
from simulation.options import Unusable
from simulation.running import bar

if TYPE_CHECKING:
    from simulation.validation.judge import Beside
    from simulation.validation.validate import Validation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("data", metavar="DATA", type=FILE)
@click.option("--holdout", type=FILE, default=None, help="Judge these days instead, by what DATA tells.")
@click.option("--target", "target_s", type=click.FloatRange(0), default=900, show_default=True, help="Target wait (s).")
@click.option(
    "--away-after",
    type=click.FloatRange(0),
    default=None,
    help="Count windows anew from the services: away once silent for so many minutes.",
)
@click.option(
    "--rounds", type=click.IntRange(2, 10_000), default=40, show_default=True, help="How often the days are played."
)
@options.seed("The same seed, the same rounds.")
@options.as_json("validation")
def validate(
    data: Path,
    holdout: Path | None,
    target_s: float,
    away_after: float | None,
    rounds: int,
    seed: int,
    *,
    as_json: bool,
) -> None:
    """Play recorded days again, and print what was simulated beside what was recorded, by hour and business."""
    need_planner()
    from simulation.history import kinds  # noqa: PLC0415 -- numpy belongs to the extra `planner`
    from simulation.history.recorded import NotReadable  # noqa: PLC0415
    from simulation.validation import validate as validating  # noqa: PLC0415

    try:
        fitted = kinds.read(data)
        judged = None if holdout is None else kinds.read(holdout)
        with bar("Playing rounds", rounds) as progress:
            found = validating.validate(
                fitted,
                judged,
                rounds=rounds,
                seed=seed,
                target_s=target_s,
                away_after_min=away_after,
                progress=progress,
            )
    except NotReadable as unreadable:
        raise Unusable(f"{holdout or data} cannot be validated: {unreadable}.") from unreadable
    click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else text(found))


def text(found: "Validation") -> str:
    """The validation for a person at a terminal; an asterisk where the range does not hold what was recorded."""
    by = "other days than they were fitted to" if found.held_out else "the very days they were fitted to"
    lines = [
        f"{found.visits} visits on {len(found.judged_on)} days, {found.rounds} rounds, seed {found.seed}; judged: {by}",
        "recorded / simulated [95 % of further rounds], * where that does not hold what was recorded",
    ]
    if found.never_seen:
        lines.append(f"Left out, as the fitted days do not have them: {found.never_seen}.")
    if found.unknown_wait:
        lines.append(f"Of {found.unknown_wait} visits the log does not tell how long they waited.")
    lines += ["", "of all visits", *(f"  {name:18}{_cell(told)}" for name, told in found.overall.items())]
    for title, parts in (("by hour", found.hours), ("by business", found.businesses)):
        lines += [
            "",
            f"{title}: wait_all_mean_s",
            *(f"  {k:18}{_cell(v['wait_all_mean_s'])}" for k, v in parts.items()),
        ]
    lines += ["", "waiting at", *(f"  {at:18}{_cell(told)}" for at, told in found.queue.items()), ""]
    lines.append(
        "Ranges that hold what was recorded: " + ", ".join(f"{k} {_share(v)}" for k, v in found.coverage.items())
    )
    return "\n".join(lines)


def _cell(told: "Beside") -> str:
    if told.low is None or told.high is None or told.simulated is None:
        return f"{_number(told.recorded):>9} / –"
    mark = "" if told.inside in {True, None} else " *"
    return f"{_number(told.recorded):>9} / {_number(told.simulated)} [{_number(told.low)}, {_number(told.high)}]{mark}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}" if abs(value) < 1 else f"{value:.1f}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
