"""The command `onedoor`: serve, token, journal, demo, and the commands of the other rooms."""

import sys
from pathlib import Path

import click

from kiosk.cli import kiosk
from queue_server import hall_file
from queue_server.cli_database import DATABASE, check_hall, now, opened
from queue_server.cli_hall import hall
from queue_server.cli_staff import staff
from queue_server.clock import FASTEST
from queue_server.core.hall import Hall
from queue_server.roles import PROGRAMS
from queue_server.settings import WrongSettingError, server_settings
from queue_server.storage import credentials, history


@click.group()
def main() -> None:
    """OneDoor (一门): queues and windows of a public service hall."""


@main.command()
@DATABASE
@click.option("--port", type=click.IntRange(0, 65_535), default=None, help="The port to listen on; 0 takes a free one.")
@click.option("--bind", default=None, help="The address to listen on (default: this machine only).")
@click.option(
    "--hall", "hall_path", type=click.Path(path_type=Path), default=None, help="Hall file for an empty database."
)
@click.option("--public-url", default=None, help="Address of the status pages as phones see it.")
@click.option(
    "--clock-speed",
    type=click.IntRange(1, FASTEST),
    default=None,
    help="Run the hall's clock so many times as fast; only for a hall that is for show.",
)
def serve(
    database: str | None,
    port: int | None,
    bind: str | None,
    hall_path: Path | None,
    public_url: str | None,
    clock_speed: int | None,
) -> None:
    """Run the hall's server."""
    # Imported here: the kiosk machine has this command line too, and need not load a server to print a slip.
    from queue_server.run import run_server  # noqa: PLC0415

    said = {
        "database": database,
        "port": port,
        "bind": bind,
        "public_url": public_url,
        "clock_speed": clock_speed,
    }
    try:
        settings = server_settings(**{k: v for k, v in said.items() if v is not None})
    except WrongSettingError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    run_server(settings, _hall(hall_path or (Path(settings.hall) if settings.hall else None)))


@main.group()
def token() -> None:
    """Tokens for programs."""


@token.command("create")
@DATABASE
@click.option("--role", type=click.Choice(PROGRAMS), required=True, help="What the program may do.")
@click.option("--hall", default="main", show_default=True, help="The hall it belongs to.")
@click.option("--name", default="", help="What it is, for people.")
def token_create(database: str | None, role: str, hall: str, name: str) -> None:
    """Make a token and print it alone; it is valid at once."""
    with opened(database, writes=True) as db:
        check_hall(db, hall)
        made = credentials.create_token(db, hall, role, name or role, now())
    click.echo(made)


@main.group()
def journal() -> None:
    """The journal: the hall's history that nobody can change unseen."""


@journal.command("verify")
@DATABASE
def journal_verify(database: str | None) -> None:
    """Check every line of the journal; exit status 1 names the first bad one."""
    with opened(database, writes=False) as db:
        for hall, bad in history.check(db):
            click.echo(f"hall {hall}: entry {bad.entry_no}: {bad.what}")
            sys.exit(1)
    click.echo("The journal is whole.")


@main.command()
@click.option("--port", type=click.IntRange(0, 65_535), default=8400, show_default=True, help="The server's port.")
@click.option("--kiosk-port", type=click.IntRange(0, 65_535), default=8401, show_default=True, help="The kiosk's port.")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Where to keep it."
)
@click.option(
    "--speed",
    type=click.IntRange(1, FASTEST),
    default=1,
    show_default=True,
    help="Run the hall's clock so many times as fast.",
)
def demo(port: int, kiosk_port: int, data: Path, speed: int) -> None:
    """Run a whole hall on this machine to try it: server, kiosk, staff, all on loopback."""
    from queue_server.demo import run_demo  # noqa: PLC0415 -- as for serve

    run_demo(data, port, kiosk_port, speed)


main.add_command(hall)
main.add_command(kiosk)
main.add_command(staff)


def _planner_commands() -> None:
    # The planner is an extra: without it the rest of the command line works as before.
    try:
        from simulation.anchors.cli import theory_check  # noqa: PLC0415
        from simulation.cli import scenario, simulate  # noqa: PLC0415
        from simulation.cli_compare import compare  # noqa: PLC0415
        from simulation.fit.cli import fit  # noqa: PLC0415
        from simulation.play.cli import play  # noqa: PLC0415
        from simulation.validation.cli import validate  # noqa: PLC0415
    except ModuleNotFoundError:
        return
    main.add_command(simulate)
    main.add_command(play)
    main.add_command(scenario)
    main.add_command(compare)
    main.add_command(fit)
    main.add_command(theory_check)
    main.add_command(validate)


def _hall(path: Path | None) -> Hall:
    try:
        return hall_file.read(path or hall_file.DEFAULT)
    except hall_file.HallFileError as bad:
        raise click.ClickException(str(bad)) from bad


_planner_commands()

if __name__ == "__main__":
    main()
