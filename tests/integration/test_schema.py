"""The migrations make exactly the tables that the code speaks of, and may run again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import column, insert, inspect, table

from queue_server.core.seat import SIGNED_IN as IN
from queue_server.core.seat import SIGNED_OUT as OUT
from queue_server.storage.tables import metadata
from queue_server.storage.upgrade import upgrade
from tests.running.database import Database
from tests.running.older import upgrade_to


def test_the_migrations_end_where_the_tables_are(database: Database):
    upgrade(database.engine())
    upgrade(database.engine())
    with database.engine().begin() as db:
        assert compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), metadata) == []
        assert set(inspect(db).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_who_sits_at_a_window_keeps_the_moment_the_journal_tells(database: Database):
    """The second migration on a database of the first: one clerk who sat down twice, another, a free window."""
    upgrade_to(database, "0001")
    with database.engine().begin() as db:
        seats = [(4, None), (5, "chen"), (6, "wang")]
        db.execute(
            insert(table("windows", *map(column, ("hall", "window", "open", "clerk")))),
            [{"hall": "main", "window": window, "open": True, "clerk": clerk} for window, clerk in seats],
        )
        said = [(4, 10, IN), (4, 20, OUT), (5, 30, IN), (5, 40, OUT), (5, 50, IN), (6, 60, IN), (5, 70, "called")]
        beside = {"hall": "main", "ticket": None, "line": "", "hash": ""}
        rows = [{**beside, "window": w, "at": at, "act": act, "entry_no": n} for n, (w, at, act) in enumerate(said, 1)]
        db.execute(insert(metadata.tables["journal"]), rows)
    upgrade(database.engine())
    assert database.sql('SELECT "window", since FROM windows ORDER BY 1') == [(4, None), (5, 50), (6, 60)]


def test_a_sqlite_commit_is_durable(sqlite_database: Database):
    with sqlite_database.engine().connect() as db:
        assert db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "2 is FULL: a commit has reached the disk"
