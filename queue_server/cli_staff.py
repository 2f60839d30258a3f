"""The commands `onedoor staff`: who works in the hall, and their passwords."""

import secrets
import sys

import click

from queue_server.cli_database import DATABASE, check_hall, now, opened
from queue_server.roles import PEOPLE
from queue_server.storage import credentials

NAME = click.option("--name", required=True, help="The name to sign in with.")
PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of making one."
)


@click.group()
def staff() -> None:
    """The hall's staff."""


@staff.command("add")
@DATABASE
@NAME
@click.option("--role", type=click.Choice(PEOPLE), required=True, help="What the person may do.")
@click.option("--display-name", default="", help="The name colleagues see.")
@click.option("--number", default="", help="The staff number that may be shown.")
@click.option("--hall", default="main", show_default=True, help="The hall the person works in.")
@PASSWORD
def staff_add(
    database: str | None, name: str, role: str, display_name: str, number: str, hall: str, *, password_stdin: bool
) -> None:
    """Add one of the staff; prints the new password unless it was given."""
    password, hashed = _new_password(given=password_stdin)
    person = credentials.Person(secrets.token_hex(16), hall, name, display_name or name, number, role, hashed)
    with opened(database, writes=True) as db:
        check_hall(db, hall)
        if credentials.person_by_name(db, name) is not None:
            raise click.ClickException(f"There is already somebody called {name}.")
        credentials.add_person(db, person, now())
    if not password_stdin:
        click.echo(password)


@staff.command("password")
@DATABASE
@NAME
@PASSWORD
def staff_password(database: str | None, name: str, *, password_stdin: bool) -> None:
    """Give one of the staff a new password, printed unless it was given; their sessions end within five seconds."""
    password, hashed = _new_password(given=password_stdin)
    with opened(database, writes=True) as db:
        if not credentials.set_password(db, name, hashed):
            raise click.ClickException(f"There is nobody called {name}.")
    if not password_stdin:
        click.echo(password)


@staff.command("list")
@DATABASE
def staff_list(database: str | None) -> None:
    """List the staff, one a line: name, role, staff number, display name, with tabs between."""
    with opened(database, writes=False) as db:
        for person in credentials.everybody(db):
            click.echo(f"{person.name}\t{person.role}\t{person.number}\t{person.display_name}")


def _new_password(*, given: bool) -> tuple[str, str]:
    """A password, read from standard input when it is given, and what is stored of it."""
    from queue_server.passwords import hash_password  # noqa: PLC0415 -- argon2 is only needed here

    password = sys.stdin.readline().rstrip("\n") if given else secrets.token_urlsafe(9)
    if len(password) < 8:  # noqa: PLR2004 -- the shortest password anyone may have
        raise click.ClickException("The password needs at least 8 characters.")
    return password, hash_password(password)
