"""The commands `onedoor hall`: check a hall file, write one, change the stored hall by one, print its schema."""

import getpass
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import click
from sqlalchemy import Connection

from queue_server import hall_file
from queue_server.cli_database import DATABASE, check_hall, now, opened
from queue_server.core.hall import Hall
from queue_server.core.in_use import Needed, businesses_less, needed
from queue_server.core.moment import hall_time
from queue_server.core.numbering import business_day, day_end
from queue_server.hall_file.check import check, read_text
from queue_server.hall_file.differences import differences
from queue_server.hall_file.write import write
from queue_server.storage import lists, plans
from queue_server.storage.in_use import in_use

# A running server looks for plans every second; a slow disk or a busy hall may take a little longer.
TAKEN_S = 6.0
LOOK_S = 0.1
FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def hall() -> None:
    """The hall as a file."""


@hall.command("check")
@FILE
def hall_check(file: Path) -> None:
    """Say what is wrong in FILE, with line and column; exit status 1 when the hall cannot be made of it."""
    made = _checked(file)
    click.echo(f"{file}: hall {made.id}, {len(made.businesses)} businesses, {len(made.windows)} windows.")


@hall.command("schema")
def hall_schema() -> None:
    """Print the JSON Schema of a hall file."""
    click.echo(json.dumps(hall_file.schema(), indent=2, ensure_ascii=False))


@hall.command("export")
@DATABASE
@click.option("--hall", "hall_id", default="main", show_default=True, help="The hall to write down.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=None, help="Where to write it.")
def hall_export(database: str | None, hall_id: str, output: Path | None) -> None:
    """Write the hall down as it is stored, as a file that can be changed and imported again."""
    with opened(database, writes=False) as db:
        text = write(_stored(db, hall_id), f"Hall {hall_id} as it is stored.\nonedoor hall import FILE changes it.")
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as unwritable:
        raise click.ClickException(f"{output} cannot be written: {unwritable.strerror}.") from unwritable


@hall.command("import")
@FILE
@DATABASE
@click.option("--yes", is_flag=True, help="Do it; without this only what would change is told.")
@click.option("--from", "from_day", default=None, help="Change at the start of this business day, like 2026-12-01.")
def hall_import(file: Path, database: str | None, from_day: str | None, *, yes: bool) -> None:
    """Change the stored hall to what FILE says, now or from a day on; a running server does it while it runs."""
    new = _checked(file)
    with opened(database, writes=yes) as db:
        old = _stored(db, new.id)
        # A hall for show may be ahead of the wall clock.
        asked = hall_time(lists.version(db, old.id)[2], now())
        at = asked if from_day is None else _start_of(old, from_day, asked)
        changes = differences(old, new)
        _tell(old, db, changes, at)
        still = needed(old, new, in_use(db, old, businesses_less(old, new)))
        if still and from_day is None:
            raise click.ClickException("\n".join(["This cannot be done now:", *map(_sentence, still)]))
        if still:
            click.echo(
                "\n".join([f"If nothing changes until {from_day}, it will wait for these:", *map(_sentence, still)])
            )
        if not yes:
            click.echo("Nothing was changed; --yes does it." if changes else "Nothing would change.")
            return
        # What waits since an earlier day would come before this change, and hold it up as long as it waits itself.
        if from_day is None and plans.drop_due(db, new.id, asked):
            click.echo("What was to change before and still waited is called off.")
        if changes:
            plans.keep(db, plans.Plan(new, at, asked, _who()))
        elif from_day is not None and plans.drop(db, new.id, at):
            click.echo(f"What was to change on {from_day} stays as it is.")
    if changes and from_day is not None:
        click.echo(f"It takes effect when {from_day} starts.")
    elif changes:
        click.echo(_taken(database, new.id, at))


def _checked(file: Path) -> Hall:
    try:
        made, findings = check(read_text(file))
    except hall_file.HallFileError as unreadable:
        raise click.ClickException(str(unreadable)) from unreadable
    for finding in findings:
        click.echo(f"{file}:{finding.line}:{finding.column}: {'' if finding.wrong else 'warning: '}{finding.what}")
    if made is None:
        wrong = sum(finding.wrong for finding in findings)
        raise click.ClickException(f"{file} has {wrong} mistake{'s' if wrong > 1 else ''}.")
    return made


def _stored(db: Connection, hall_id: str) -> Hall:
    check_hall(db, hall_id)
    stored = lists.hall(db, hall_id)
    if stored is None:
        raise click.ClickException("There is no hall yet: onedoor serve --hall FILE starts with one.")
    return stored


def _start_of(old: Hall, day: str, asked: int) -> int:
    """When a business day starts (ms UTC); ends the command for a day that has begun."""
    zone, starts = old.time_zone, old.settings.day_starts
    try:
        before = date.fromisoformat(day) - timedelta(days=1)
    except (ValueError, OverflowError) as wrong:
        raise click.ClickException(f"{day} is not a date like 2026-12-01.") from wrong
    at = day_end(before.isoformat(), zone, starts)
    if at <= asked:
        today = business_day(asked, zone, starts)
        raise click.ClickException(f"{day} has begun, today is {today}; without --from the hall changes now.")
    return at


def _tell(old: Hall, db: Connection, changes: Sequence[str], at: int) -> None:
    if changes:
        click.echo(f"Hall {old.id}:")
    for change in changes:
        click.echo(f"- {change}")
    for plan in plans.coming(db, old.id):
        if plan.takes_effect_at != at:
            day = business_day(plan.takes_effect_at, old.time_zone, old.settings.day_starts)
            click.echo(f"Asked for before and still to come, with the whole hall of then: a change on {day}.")


def _sentence(needed: Needed) -> str:
    part = f"{needed.kind} {needed.name}"
    if needed.by == "clerk":
        return f"- {part} is not in the file, and a clerk sits there."
    many = len(needed.numbers)
    said = ", ".join(needed.numbers[:10]) + (f" and {many - 10} more" if many > 10 else "")  # noqa: PLR2004 -- a line
    return f"- {part} is not in the file, and is needed by {needed.by[:-1] if many == 1 else needed.by} {said}."


def _who() -> str:
    # A container may have no name for its user.
    with suppress(KeyError, OSError):
        return f"administrator:{getpass.getuser()}"[:64]
    return "administrator"


def _taken(database: str | None, hall_id: str, at: int) -> str:
    ends = time.monotonic() + TAKEN_S
    while time.monotonic() < ends:
        with opened(database, writes=False) as db:
            if all(plan.takes_effect_at != at for plan in plans.coming(db, hall_id)):
                return "The hall is changed."
        time.sleep(LOOK_S)
    return "It is stored and takes effect with the next start of the server."
