"""Bringing a database to the present schema with Alembic, safely when two processes start at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

_ADVISORY = 0x0E_D0_0A


def upgrade(engine: Engine) -> None:
    """Run what migrations are missing; `engine` must be a writing one. One transaction: all or nothing."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        alone(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def alone(connection: Connection) -> None:
    """Let only one process at a time prepare the database; SQLite's write lock does that by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ADVISORY})
