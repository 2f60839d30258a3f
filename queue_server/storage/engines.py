"""Database engines by URL: SQLite in WAL with full synchronisation, or PostgreSQL; and the lock of a SQLite server."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

# psycopg waits in C, inside the native thread: its Python wait would look for an event loop it must not use.
os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_c")

BUSY_MS = 10_000


class DatabaseInUse(RuntimeError):
    """Another server already runs on this SQLite file."""


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite URL; None for any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("A hall is kept in a file: give sqlite:///PATH.")
    return Path(parsed.database)


def open_engine(url: str, *, writes: bool, busy_ms: int = BUSY_MS) -> Engine:
    """An engine for `url`; with `writes` every transaction takes the write lock at its beginning.

    `busy_ms` is how long it waits on SQLite for another process that writes.
    """
    file = sqlite_file(url)
    if file is None:
        # A reader sees one moment throughout, as it does on SQLite: a board or a check of the journal is many queries.
        level = "READ COMMITTED" if writes else "REPEATABLE READ"
        return create_engine(
            _with_driver(url), hide_parameters=True, pool_pre_ping=True, pool_size=5, isolation_level=level
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": busy_ms / 1000, "check_same_thread": False},
        json_deserializer=_read_json,
    )
    event.listen(engine, "connect", _prepare)
    start = "BEGIN IMMEDIATE" if writes else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(start))
    return engine


def _with_driver(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return url


def _read_json(text: str) -> object:
    """SQLite keeps any text in a column of JSON; one that is none must not hide the rows beside it."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling is switched off, so that BEGIN IMMEDIATE above is the only one.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


class ServerLock:
    """Held by the one server of a SQLite file: an exclusive transaction on a small file beside it.

    The operating system lets go of it when the process ends, however it ends, and it works alike on every platform.
    """

    def __init__(self, url: str) -> None:
        self._held: sqlite3.Connection | None = None
        file = sqlite_file(url)
        if file is None:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        held = sqlite3.connect(f"{file}.server", timeout=0.5, isolation_level=None, check_same_thread=False)
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as taken:
            held.close()
            raise DatabaseInUse(f"Another OneDoor server already runs on {file}. Stop it first.") from taken
        self._held = held

    def release(self) -> None:
        """Let another server take the file."""
        if self._held is not None:
            self._held.close()
            self._held = None
