"""The command `onedoor play`."""

import json
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulation import options
from simulation.cli import load, need_planner
from simulation.options import Unusable
from simulation.play.link import Link, PlayError
from simulation.running import stop_signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulation.play.game import Moment
    from simulation.scenario import Scenario

DEFAULT = "default_hall"
FASTEST = 600
TOLD_S = 1.0


@click.command()
@click.argument("scenario", metavar="[SCENARIO]", default=DEFAULT)
@click.option("--server", default=None, help="Address of a running server (default: one of the play's own).")
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="A file holding a manager's token for that server.",
)
@click.option("--hall", default="main", show_default=True, help="The hall to play in.")
@click.option(
    "--speed",
    type=click.IntRange(1, FASTEST),
    default=60,
    show_default=True,
    help="How fast the play's own server runs; another server has its own --clock-speed.",
)
@options.days("How many days.", default=1, most=1000)
@options.seed("The same seed, the same visitors.")
@click.option("--windows", default=None, help="Play clerks at these windows only, like 1-8,10; people sit at the rest.")
@click.option(
    "--mischief",
    type=click.IntRange(0, 200),
    default=0,
    show_default=True,
    help="So many per mille miss their call, lack papers, are held, sent on, or have an act taken back.",
)
@click.option("--training", is_flag=True, help="The server runs in real time, and its hall is for training only.")
@options.as_json("report")
@click.option(
    "--progress",
    type=click.Choice(["line", "json", "none"]),
    default="line",
    show_default=True,
    help="How to tell on standard error how the play stands.",
)
def play(
    scenario: str,
    server: str | None,
    token_file: Path | None,
    hall: str,
    speed: int,
    days: int,
    seed: int,
    windows: str | None,
    mischief: int,
    progress: str,
    *,
    training: bool,
    as_json: bool,
) -> None:
    """Play days of SCENARIO on a running server: visitors take numbers, clerks call and serve, faster than life.

    Ends with what the server's journal says of it, beside the simulation of the same visitors; exit status 1 where
    anything does not add up.
    """
    document = _to_play(load(scenario), windows)
    if (server is None) != (token_file is None):
        raise Unusable("A running server needs both --server and --token-file; without either the play has its own.")
    need_planner()
    from simulation.play.game import Wish  # noqa: PLC0415 -- numpy and SimPy belong to the extra `planner`
    from simulation.play.game import play as play_it  # noqa: PLC0415
    from simulation.play.own_hall import OwnHall, own_hall  # noqa: PLC0415

    wish = Wish(days, seed, mischief, training or server is None)
    try:
        shipped = load(DEFAULT)
        own = None if document.businesses == shipped.businesses else document
        there = (
            own_hall(own, speed)
            if server is None or token_file is None
            else nullcontext(OwnHall(server, token_file.read_text(encoding="utf-8").strip()))
        )
        with stop_signal() as stopped, there as (base, token):
            tell = _teller(progress)
            if server is None:
                _say(progress, {"server": base}, f"The play's own server: {base}/display/main")
            report = play_it(Link(base, hall, token), document, wish, stopped, tell)
    except PlayError as refused:
        raise click.ClickException(str(refused)) from refused
    if progress == "line" and sys.stderr.isatty():
        click.echo(err=True)
    click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False) if as_json else report.text())
    if not report.good:
        sys.exit(1)


def _to_play(document: "Scenario", windows: str | None) -> "Scenario":
    from simulation.play.setting import at_windows, check_played, windows_in  # noqa: PLC0415 -- as for the rest of a play

    try:
        check_played(document)
        return at_windows(document, None if windows is None else windows_in(windows))
    except ValueError as wrong:
        raise Unusable(str(wrong)) from wrong


def _teller(progress: str) -> "Callable[[Moment], None]":
    last = 0.0

    def tell(moment: "Moment") -> None:
        nonlocal last
        if time.monotonic() < last + TOLD_S:
            return
        last = time.monotonic()
        said = moment.as_json()
        line = f"day {said['day']} {said['time']}  issued {said['issued']}  waiting {said['waiting']}  "
        _say(progress, said, f"{line}served {said['served']}  errors {said['errors']}", again=True)

    return tell


def _say(progress: str, document: object, line: str, *, again: bool = False) -> None:
    if progress == "json":
        click.echo(json.dumps(document), err=True)
    elif progress == "line":
        # On a terminal one line tells how it stands; in a file each stays.
        over = again and sys.stderr.isatty()
        click.echo(f"\r{line}  " if over else line, nl=not over, err=True)
