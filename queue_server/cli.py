"""The command `onedoor`: serve, token, staff, journal, demo, and the commands of the other rooms."""

import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import Connection
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

from kiosk.cli import kiosk
from queue_server import hall_file
from queue_server.core.hall import Hall
from queue_server.settings import ServerSettings
from queue_server.storage import credentials, halls, history
from queue_server.storage.engines import open_engine, sqlite_file
from queue_server.storage.upgrade import upgrade

# A busy server on a slow disk leaves only moments in which a command gets its turn.
BESIDE_A_SERVER_MS = 60_000

DATABASE = click.option(
    "--database", default=None, help="Where the hall is kept, as a URL: sqlite:///PATH or postgresql://…"
)


@click.group()
def main() -> None:
    """OneDoor (一门): queues and windows of a public service hall."""


@main.command()
@DATABASE
@click.option("--port", type=int, default=None, help="The port to listen on; 0 takes a free one.")
@click.option("--bind", default=None, help="The address to listen on (default: this machine only).")
@click.option(
    "--hall", "hall_path", type=click.Path(path_type=Path), default=None, help="Hall file for an empty database."
)
@click.option("--public-url", default=None, help="Address of the status pages as phones see it.")
def serve(
    database: str | None, port: int | None, bind: str | None, hall_path: Path | None, public_url: str | None
) -> None:
    """Run the hall's server."""
    # Imported here: the kiosk machine has this command line too, and need not load a server to print a slip.
    from queue_server.run import run_server  # noqa: PLC0415

    said = {"database": database, "port": port, "bind": bind, "public_url": public_url}
    settings = ServerSettings(**{k: v for k, v in said.items() if v is not None})  # type: ignore[arg-type]
    run_server(settings, _hall(hall_path or (Path(settings.hall) if settings.hall else None)))


@main.group()
def token() -> None:
    """Tokens for programs."""


@token.command("create")
@DATABASE
@click.option(
    "--role", type=click.Choice(["kiosk", "clerk", "manager"]), required=True, help="What the program may do."
)
@click.option("--hall", default="main", show_default=True, help="The hall it belongs to.")
@click.option("--name", default="", help="What it is, for people.")
def token_create(database: str | None, role: str, hall: str, name: str) -> None:
    """Make a token and print it alone; it is valid at once."""
    with _opened(database, writes=True) as db:
        _check_hall(db, hall)
        made = credentials.create_token(db, hall, role, name or role, _now())
    click.echo(made)


@main.group()
def staff() -> None:
    """The hall's staff."""


@staff.command("add")
@DATABASE
@click.option("--name", required=True, help="The name to sign in with.")
@click.option("--role", type=click.Choice(["clerk", "manager"]), required=True, help="What the person may do.")
@click.option("--display-name", default="", help="The name colleagues see.")
@click.option("--number", default="", help="The staff number that may be shown.")
@click.option("--hall", default="main", show_default=True, help="The hall the person works in.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
def staff_add(
    database: str | None, name: str, role: str, display_name: str, number: str, hall: str, *, password_stdin: bool
) -> None:
    """Add one of the staff; prints the new password unless it was given."""
    from queue_server.passwords import hash_password  # noqa: PLC0415 -- argon2 is only needed here

    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(9)
    if len(password) < 8:  # noqa: PLR2004 -- the shortest password anyone may have
        raise click.ClickException("The password needs at least 8 characters.")
    hashed = hash_password(password)
    person = credentials.Person(secrets.token_hex(16), hall, name, display_name or name, number, role, hashed)
    with _opened(database, writes=True) as db:
        _check_hall(db, hall)
        if credentials.person_by_name(db, name) is not None:
            raise click.ClickException(f"There is already somebody called {name}.")
        credentials.add_person(db, person, _now())
    if not password_stdin:
        click.echo(password)


@main.group()
def journal() -> None:
    """The journal: the hall's history that nobody can change unseen."""


@journal.command("verify")
@DATABASE
def journal_verify(database: str | None) -> None:
    """Check every line of the journal; exit status 1 names the first bad one."""
    with _opened(database, writes=False) as db:
        for hall, bad in history.check(db):
            click.echo(f"hall {hall}: entry {bad.entry_no}: {bad.what}")
            sys.exit(1)
    click.echo("The journal is whole.")


@main.command()
@click.option("--port", type=int, default=8400, show_default=True, help="The server's port.")
@click.option("--kiosk-port", type=int, default=8401, show_default=True, help="The kiosk's port.")
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Where to keep it."
)
def demo(port: int, kiosk_port: int, data: Path) -> None:
    """Run a whole hall on this machine to try it: server, kiosk, staff, all on loopback."""
    from queue_server.demo import run_demo  # noqa: PLC0415 -- as for serve

    run_demo(data, port, kiosk_port)


main.add_command(kiosk)


def _planner_commands() -> None:
    # The planner is an extra: without it the rest of the command line works as before.
    try:
        from simulation.cli import scenario, simulate  # noqa: PLC0415
    except ModuleNotFoundError:
        return
    main.add_command(simulate)
    main.add_command(scenario)


def _hall(path: Path | None) -> Hall:
    try:
        return hall_file.read(path or hall_file.DEFAULT)
    except hall_file.HallFileError as bad:
        raise click.ClickException(str(bad)) from bad


@contextmanager
def _opened(given: str | None, *, writes: bool) -> Iterator[Connection]:
    """The database in one transaction; what keeps it from being used is said in a sentence, not a traceback."""
    url = given or ServerSettings().database
    try:
        file = sqlite_file(url)
        if file is not None and not writes and not file.exists():
            raise click.ClickException(f"There is no database at {file}.")
        engine = open_engine(url, writes=writes, busy_ms=BESIDE_A_SERVER_MS)
        try:
            if writes:
                upgrade(engine)
            with engine.begin() as db:
                yield db
        finally:
            engine.dispose()
    except ValueError as bad:
        raise click.ClickException(str(bad)) from bad
    except (ModuleNotFoundError, NoSuchModuleError) as missing:
        said = "Databases are sqlite:///PATH and postgresql://…; the second needs pip install 'onedoor[postgres]'."
        raise click.ClickException(said) from missing
    except OSError as unwritable:
        raise click.ClickException(f"The folder of {url} cannot be written: {unwritable.strerror}.") from unwritable
    except SQLAlchemyError as failed:
        raise click.ClickException(f"The database cannot be used: {failed.__cause__ or failed}") from failed


def _check_hall(db: Connection, hall: str) -> None:
    # Before the first start there is no hall yet, and its id cannot be known here.
    known = halls.every(db)
    if known and hall not in known:
        raise click.ClickException(f"There is no hall {hall}; there is {', '.join(known)}.")


def _now() -> int:
    return time.time_ns() // 1_000_000


_planner_commands()

if __name__ == "__main__":
    main()
