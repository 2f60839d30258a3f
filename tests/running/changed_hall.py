"""A hall that its file is to change: the file with other parts, the command, and what the database then holds."""

import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from queue_server import hall_file
from queue_server.cli import main
from queue_server.core.hall import Hall as Definition
from queue_server.hall_file.write import write
from queue_server.storage import halls, lists
from queue_server.storage.upgrade import upgrade
from tests.running.database import Database


def edited(folder: Path, hall: Definition | None = None, **changes: Any) -> Path:
    """A file of the stored hall, or of the default one, in which these parts stand otherwise."""
    said = hall_file.dump(hall or hall_file.read(hall_file.DEFAULT))
    said.update(changes)
    file = folder / "changed.yaml"
    file.write_text(write(hall_file.parse(said), "a changed hall"), encoding="utf-8")
    return file


def windows(*leave_out: int, **serves: Any) -> list[dict[str, Any]]:
    """The windows of the default hall without some, and window 9 as it is said."""
    said = hall_file.dump(hall_file.read(hall_file.DEFAULT))["windows"]
    return [
        {**window, **(serves if window["window"] == 9 else {})} for window in said if window["window"] not in leave_out
    ]


def changed_by(database: Database, *words: str) -> Result:
    """What `onedoor hall` with these words says of a database."""
    return CliRunner().invoke(main, ["hall", *words, "--database", database.url])


def stored(database: Database) -> Definition:
    """The hall as the database has it now."""
    with database.engine().begin() as db:
        found = lists.hall(db, "main")
    assert found is not None
    return found


def made(database: Database) -> None:
    """A database with the default hall in it, and no server."""
    upgrade(database.engine())
    with database.engine().begin() as db:
        halls.create(db, hall_file.read(hall_file.DEFAULT), time.time_ns() // 1_000_000)
