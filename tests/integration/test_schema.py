"""The migrations make exactly the tables that the code speaks of, and may run again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from queue_server.storage.tables import metadata
from queue_server.storage.upgrade import upgrade
from tests.running.database import Database


def test_the_migrations_end_where_the_tables_are(database: Database):
    upgrade(database.engine())
    upgrade(database.engine())
    with database.engine().begin() as db:
        assert compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), metadata) == []
        assert set(inspect(db).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_a_sqlite_commit_is_durable(sqlite_database: Database):
    with sqlite_database.engine().connect() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "2 is FULL: a commit has reached the disk"
