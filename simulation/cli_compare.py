"""The command `onedoor compare`."""

import json
from typing import TYPE_CHECKING

import click

from simulation import options
from simulation.cli import load, need_planner, usual_days
from simulation.options import Unusable
from simulation.running import bar, stoppable

if TYPE_CHECKING:
    from simulation.compare import Comparison, Difference


@click.command()
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
@options.days("How many days (default: 30, or ten rounds through the recorded days; 10000 at most with --half-width).")
@click.option(
    "--half-width",
    type=click.FloatRange(0, min_open=True),
    default=None,
    help="End before all days once half the 95 % interval of the difference in --figure is at most this (s, or share).",
)
@options.figure("--half-width")
@options.seed("The same seed, the same visitors in both.")
@options.as_json("comparison")
@options.processes()
@options.cluster()
@options.progress()
def compare(
    first: str,
    second: str,
    days: int | None,
    half_width: float | None,
    figure: str,
    seed: int,
    processes: int | None,
    cluster: str | None,
    progress: str,
    *,
    as_json: bool,
) -> None:
    """Play the same visitors in FIRST and SECOND, and tell what differs: two scenarios, by file or shipped name."""
    plans = load(first), load(second)
    need_planner()
    from simulation import compare as comparing  # noqa: PLC0415 -- numpy and SimPy belong to the extra `planner`

    longest = max(plans, key=lambda each: each.cycle)
    days = days or usual_days(longest, stops=half_width is not None)
    enough = None if half_width is None else comparing.Enough(figure, half_width)
    executor = options.executor_of(processes, cluster)
    with stoppable() as cancelled, bar("Simulating days", 2 * days, progress) as heard:
        try:
            found = comparing.compare(
                *plans, days=days, seed=seed, enough=enough, progress=heard, cancelled=cancelled, executor=executor
            )
        except comparing.UnlikeHalls as unlike:
            raise Unusable(f"{first} and {second} have no business in common.") from unlike
    click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else text(found))


def text(found: "Comparison") -> str:
    """The comparison for a person at a terminal."""
    lines = [
        f"first:  {found.first}",
        f"second: {found.second}",
        f"{found.days} days, seed {found.seed}, {found.replications} replications, the same visitors in both",
    ]
    if found.reached is not None:
        lines.append("The interval is narrow enough." if found.reached else "The interval is still wider than asked.")
    head = f"{'first':>10}{'second':>10}  {'second less first, 95 %':>28}{'days saved':>13}"
    lines += ["", f"{'all':20}{head}", *(_line(figure, told) for figure, told in found.overall.items())]
    kinds = {
        kind: of for kind, of in found.kinds.items() if of["wait_mean_s"].first is not None and of != found.overall
    }
    lines += ["", f"{'wait_mean_s':20}{head}"]
    lines += [_line(name, of["wait_mean_s"]) for name, of in [*found.businesses.items(), *kinds.items()]]
    return "\n".join(lines)


def _line(name: str, told: "Difference") -> str:
    apart = "–" if told.difference is None else f"{told.difference:+.4g}"
    if told.half_width is not None:
        apart += f" ± {told.half_width:.2g}" + ("" if told.is_clear else " (none sure)")
    saved = "–" if told.saved is None else f"× {told.saved:.1f}"
    return f"{name:20}{_number(told.first):>10}{_number(told.second):>10}  {apart:>28}{saved:>13}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
