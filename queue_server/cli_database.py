"""The database as the commands open it: one option, one transaction, and a sentence for what keeps it from working."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

from queue_server.settings import WrongSettingError, server_settings
from queue_server.storage import halls
from queue_server.storage.engines import open_engine, sqlite_file
from queue_server.storage.upgrade import upgrade

# A busy server on a slow disk leaves only moments in which a command gets its turn.
BESIDE_A_SERVER_MS = 60_000

DATABASE = click.option(
    "--database", default=None, help="Where the hall is kept, as a URL: sqlite:///PATH or postgresql://…"
)


@contextmanager
def opened(given: str | None, *, writes: bool) -> Iterator[Connection]:
    """The database in one transaction; what keeps it from being used is said in a sentence, not a traceback."""
    url = given or _from_the_environment()
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


def _from_the_environment() -> str:
    try:
        return server_settings().database
    except WrongSettingError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def check_hall(db: Connection, hall: str) -> None:
    """End the command when there is no such hall."""
    # Before the first start there is no hall yet, and its id cannot be known here.
    known = halls.every(db)
    if known and hall not in known:
        raise click.ClickException(f"There is no hall {hall}; there is {', '.join(known)}.")


def now() -> int:
    """The wall clock (ms UTC)."""
    return time.time_ns() // 1_000_000
