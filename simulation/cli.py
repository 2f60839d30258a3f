"""The commands `onedoor simulate` and `onedoor scenario`."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulation import options
from simulation.options import Unusable
from simulation.running import bar, stoppable
from simulation.scenario import Scenario
from simulation.scenario_text import LARGEST_FILE, BadScenario, read

if TYPE_CHECKING:
    from simulation.players import Engine

SHIPPED = Path(__file__).parent / "scenarios"
# Below so many visitors, starting more processes takes longer than the work.
WORTH_PROCESSES = 20_000
# A stop rule that is not kept after so many days is given up.
MOST_DAYS = 10_000


@click.command()
@click.argument("scenario", metavar="SCENARIO")
@options.days("How many days (default: 30, or ten rounds through the recorded days; 10000 at most with --precision).")
@click.option(
    "--precision",
    type=click.FloatRange(0, 1, min_open=True),
    default=None,
    help="End before all days once half the 95 % interval of --figure is at most this share of it (0.05 is 5 %).",
)
@options.figure("--precision")
@options.seed()
@options.as_json("report")
@options.processes()
@options.cluster()
@options.progress()
@click.option(
    "--engine",
    type=click.Choice(["kernel", "simpy"]),
    default="kernel",
    show_default=True,
    help="The compiled kernel, or the slow engine it is compared with.",
)
@click.option(
    "--journal",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Also write each day's journal here.",
)
def simulate(
    scenario: str,
    days: int | None,
    precision: float | None,
    figure: str,
    seed: int,
    processes: int | None,
    cluster: str | None,
    progress: str,
    engine: "Engine",
    journal: Path | None,
    *,
    as_json: bool,
) -> None:
    """Simulate days of the hall that SCENARIO describes: a JSON file, or the name of one that is shipped."""
    document = load(scenario)
    need_planner()
    from simulation import experiment, journal_file  # noqa: PLC0415 -- numpy and SimPy belong to the extra `planner`
    from simulation.report_text import text  # noqa: PLC0415
    from simulation.stop_rule import StopRule  # noqa: PLC0415

    began = time.monotonic()
    days = days or usual_days(document, stops=precision is not None)
    if engine == "simpy" and processes is None and days * document.expected_a_day < WORTH_PROCESSES:
        processes = None if cluster else 1
    executor = options.executor_of(processes, cluster, engine)
    with stoppable() as cancelled, bar("Simulating days", days, progress) as heard:
        report = experiment.run(
            document,
            days=days,
            seed=seed,
            stop=None if precision is None else StopRule(figure, precision),
            progress=heard,
            cancelled=cancelled,
            executor=executor,
            engine=engine,
        )
    if journal is not None:
        journal_file.write(document, seed, report.days, journal)
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        click.echo(text(report))
    if sys.stderr.isatty():
        click.echo(f"{report.customers} visitors counted in {time.monotonic() - began:.1f} s", err=True)


@click.group()
def scenario() -> None:
    """Scenario documents."""


@scenario.command("schema")
def scenario_schema() -> None:
    """Print the JSON Schema of a scenario."""
    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))


@scenario.command("check")
@click.argument("scenario", metavar="SCENARIO")
def scenario_check(scenario: str) -> None:
    """Say whether SCENARIO can be simulated; exit status 2 names every field that is wrong."""
    document = load(scenario)
    click.echo(
        f"{document.name}: {len(document.businesses)} businesses, {len(document.windows)} windows, "
        f"about {document.expected_a_day:.0f} visitors a day."
    )


@scenario.command("from-history")
@click.argument("history", metavar="HISTORY", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write it."
)
@click.option("--target", "target_s", type=click.FloatRange(0), default=60, show_default=True, help="Target wait (s).")
@click.option(
    "--away-after",
    type=click.FloatRange(0),
    default=None,
    help="Count windows anew from the services: away once silent for so many minutes.",
)
def scenario_from_history(history: Path, output: Path, target_s: float, away_after: float | None) -> None:
    """Make the recorded days in HISTORY a scenario: its arrivals and windows, its services and patience."""
    need_planner()
    from simulation.history import kinds  # noqa: PLC0415 -- a server that only prints the schema need not load readers
    from simulation.history.recorded import NotReadable  # noqa: PLC0415
    from simulation.replay import replay  # noqa: PLC0415

    try:
        recorded = kinds.read(history)
        made = replay(recorded, target_s, away_after)
    except NotReadable as unreadable:
        raise Unusable(f"{history} cannot be made a scenario: {unreadable}.") from unreadable
    output.write_text(made.model_dump_json(exclude_none=True), encoding="utf-8")
    waited = [wait for visit in recorded.visits if (wait := visit.waited_ms) is not None]
    click.echo(
        f"{made.name}: {made.cycle} days, {len(recorded.visits)} visits, recorded mean wait "
        f"{sum(waited) / max(1, len(waited)) / 1000:.1f} s of all, until called or left."
    )


@scenario.command("head-starts")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--minutes", default="0,10,20,30,strict", show_default=True, help="The head starts, with commas between.")
@options.days("Days for each of them.", default=400)
@options.seed()
@options.processes()
@options.cluster()
def scenario_head_starts(
    scenario: str, minutes: str, days: int, seed: int, processes: int | None, cluster: str | None
) -> None:
    """Compare head starts for priority on the same days of SCENARIO: waits of those who have one, and of the others."""
    document = load(scenario)
    need_planner()
    from simulation import head_starts  # noqa: PLC0415 -- numpy and SimPy belong to the extra `planner`
    from simulation.tally import KINDS  # noqa: PLC0415

    wanted = [each.strip() for each in minutes.split(",")]
    for each in wanted:
        try:
            head_starts.seconds(each)
        except ValueError as wrong:
            raise Unusable(f"{each} is no head start: say minutes, a day at most, or strict.") from wrong
    click.echo(f"{document.name}: {days} days each, seed {seed}; waits (min) with 95 % intervals\n")
    click.echo(f"{'head start':10}" + "".join(f"{kind + ' mean':>17}{'P90':>15}" for kind in KINDS))
    executor = options.executor_of(processes, cluster)
    with stoppable() as cancelled:
        compared = head_starts.compare(document, wanted, days=days, seed=seed, executor=executor, cancelled=cancelled)
        for said, report in compared:
            waits = [
                (of.wait_mean_s, of.half_width_s, of.wait_p90_s, of.wait_p90_half_width_s)
                for of in report.kinds.values()
            ]
            cells = (f"{_minutes(mean, off):>17}{_minutes(p90, p90_off):>15}" for mean, off, p90, p90_off in waits)
            click.echo(f"{said:10}" + "".join(cells))


def schema() -> dict[str, object]:
    """The JSON Schema that a scenario document holds to."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema()}


def load(given: str) -> Scenario:
    """The scenario in a file, or the shipped one of that name; raises `Unusable`."""
    path = Path(given)
    shipped = SHIPPED / f"{given}.json"
    if not path.exists() and shipped.is_file():
        path = shipped
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unusable(f"{given} is larger than {LARGEST_FILE // 1024 // 1024} MB.")
        return read(path.read_bytes())
    except OSError as unreadable:
        raise Unusable(f"{given} cannot be read: {unreadable.strerror}.") from unreadable
    except BadScenario as bad:
        raise Unusable(f"{given} is not a scenario that can be simulated:\n{bad}") from bad


def need_planner() -> None:
    """Raise `Unusable` where the extra `planner` is not installed."""
    try:
        import scipy.special  # noqa: F401, PLC0415 -- only asked whether it is there
        import simpy  # noqa: F401, PLC0415
    except ModuleNotFoundError as missing:
        raise Unusable(f"{missing.name} is missing; it comes with: pip install 'onedoor[planner]'") from missing


def usual_days(document: Scenario, *, stops: bool) -> int:
    """How many days where nobody says: enough for an interval, or with a stop rule the most; whole recorded rounds."""
    if stops:
        return MOST_DAYS // document.cycle * document.cycle
    return 30 if document.cycle == 1 else 10 * document.cycle


def _minutes(seconds: float | None, half_width: float | None) -> str:
    return "–" if seconds is None else f"{seconds / 60:.2f}" + (f" ± {half_width / 60:.2f}" if half_width else "")
