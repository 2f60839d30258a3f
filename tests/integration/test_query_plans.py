"""However long the history, what screens and clerks wait for walks an index and never the whole table."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, event

from queue_server import hall_file
from queue_server.storage import halls, lists
from queue_server.storage.engines import open_engine
from queue_server.storage.upgrade import upgrade

NOW = 1_795_500_000_000


@pytest.fixture
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, list[tuple[str, object]]]]:
    """A hall on SQLite, and every statement that is run on it."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('plans') / 'hall.db'}", writes=True)
    upgrade(engine)
    with engine.begin() as db:
        halls.create(db, hall_file.read(hall_file.DEFAULT), NOW)
    said: list[tuple[str, object]] = []
    event.listen(engine, "before_cursor_execute", lambda *run: said.append((run[2], run[3])))
    with engine.connect() as db, db.begin():
        said.clear()
        yield db, said
    engine.dispose()


def test_no_read_of_a_busy_moment_scans(asked: tuple[Connection, list[tuple[str, object]]]) -> None:
    db, said = asked
    hall = hall_file.read(hall_file.DEFAULT)
    ledger = halls.lock(db, "main", NOW)
    lists.read_board(db, hall, NOW)
    lists.finished_today(db, hall, 5, NOW)
    lists.at_window(db, hall, 5)
    lists.in_order(db, hall, hall.window(5), 8)
    ledger.heads(hall.window(5))
    ledger.has_choice(hall.window(5))
    ledger.ahead("A", NOW, 100)
    ledger.due(10)
    ledger.mend()
    read = [(text, values) for text, values in said if text.startswith("SELECT") and "tickets" in text]
    assert len(read) > 8
    for text, values in read:
        plan = [row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]  # type: ignore[arg-type]
        scans = [step for step in plan if step.startswith("SCAN") and "tickets" in step]
        assert scans == [], f"{text}\n{plan}"


def test_the_newest_calls_come_from_the_index_of_calls(asked: tuple[Connection, list[tuple[str, object]]]) -> None:
    db, said = asked
    lists.read_board(db, hall_file.read(hall_file.DEFAULT), NOW)
    text, values = next((text, values) for text, values in said if "journal" in text)
    plan = " ".join(row[3] for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values))  # type: ignore[arg-type]
    assert "journal_calls" in plan, plan
