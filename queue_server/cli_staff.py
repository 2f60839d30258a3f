"""The commands `onedoor staff`: who works in the hall, and their passwords."""

import secrets
import sys

import click
from sqlalchemy import Connection

from queue_server.cli_database import DATABASE, check_hall, now, opened
from queue_server.roles import PEOPLE
from queue_server.storage import credentials, lists

NAME = click.option("--name", required=True, help="The name to sign in with.")
PROFILE = click.option("--profile", default=None, help="One of the hall's skill profiles: what the person can do.")
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
@PROFILE
@PASSWORD
def staff_add(
    database: str | None,
    name: str,
    role: str,
    display_name: str,
    number: str,
    hall: str,
    profile: str | None,
    *,
    password_stdin: bool,
) -> None:
    """Add one of the staff; prints the new password unless it was given."""
    password, hashed = _new_password(given=password_stdin)
    person = credentials.Person(secrets.token_hex(16), hall, name, display_name or name, number, role, hashed, profile)
    with opened(database, writes=True) as db:
        check_hall(db, hall)
        _check_profile(db, hall, profile)
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


@staff.command("profile")
@DATABASE
@NAME
@PROFILE
def staff_profile(database: str | None, name: str, profile: str | None) -> None:
    """Say what one of the staff is able to do, from the next time they sit down; without --profile everything."""
    with opened(database, writes=True) as db:
        person = credentials.person_by_name(db, name)
        if person is None:
            raise click.ClickException(f"There is nobody called {name}.")
        _check_profile(db, person.hall, profile)
        credentials.set_profile(db, name, profile)


@staff.command("list")
@DATABASE
def staff_list(database: str | None) -> None:
    """List the staff, one a line: name, role, staff number, display name, skill profile, with tabs between."""
    with opened(database, writes=False) as db:
        for person in credentials.everybody(db):
            told = (person.name, person.role, person.number, person.display_name, person.profile or "")
            click.echo("\t".join(told))


def _check_profile(db: Connection, hall: str, profile: str | None) -> None:
    if profile is None:
        return
    known = lists.hall(db, hall)
    if known is None or profile not in known.profiles:
        there = ", ".join(sorted(known.profiles)) if known is not None and known.profiles else "none"
        raise click.ClickException(f"The hall has no skill profile {profile}; it has {there}.")


def _new_password(*, given: bool) -> tuple[str, str]:
    """A password, read from standard input when it is given, and what is stored of it."""
    from queue_server.passwords import hash_password  # noqa: PLC0415 -- argon2 is only needed here

    password = sys.stdin.readline().rstrip("\n") if given else secrets.token_urlsafe(9)
    if len(password) < 8:  # noqa: PLR2004 -- the shortest password anyone may have
        raise click.ClickException("The password needs at least 8 characters.")
    return password, hash_password(password)
