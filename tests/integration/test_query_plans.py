"""However many wait and however long the history, what clerks and screens wait for walks an index, never the table."""

import re
import time
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, Engine, event, func, insert, select

from queue_server import hall_file
from queue_server.core.acts import Stamp, Wish, issue
from queue_server.core.hall import Hall
from queue_server.core.ticket import State, changed
from queue_server.core.words import names
from queue_server.storage import desk, floor, halls, lists
from queue_server.storage.rows import row_of
from queue_server.storage.tables import tickets
from queue_server.storage.upgrade import upgrade
from queue_server.use_cases import clerk, conditions, seats
from tests.running.database import Database

NOW = 1_795_500_000_000
WAITING, TIED, NOT_YET, SERVED = 10_000, 500, 300, 20_000
CALLS = 30
MINUTE = 60_000
HOUR = 60 * MINUTE
DEFAULT = hall_file.read(hall_file.DEFAULT)
# Every rule of the order is at work: window 5 is reluctant to one business and holds back from another; who sits there
# has a skill profile and visitors of their own; a business is suspended, and everybody has been outside before.
FIVE = replace(
    DEFAULT.window(5), reluctance={**DEFAULT.window(5).reluctance, "Z": 10 * MINUTE}, not_before={"B": MINUTE}
)
HALL = replace(DEFAULT, windows=tuple(FIVE if window.number == FIVE.number else window for window in DEFAULT.windows))
WANG = "wang"
ABLE = {code: 5 * MINUTE if code == "C" else 0 for code in "ABCDEGZ"}
Said = list[tuple[str, Any]]


class Asked(NamedTuple):
    """A hall on a database, and every statement that is run on it."""

    engine: Engine
    said: Said


def hall_on(database: Database, *, waiting: int) -> Asked:
    """A hall with a history in which so many wait.

    Every twentieth is tied, three of a hundred are not yet callable, every seventh has a ground for priority.
    """
    engine = database.engine()
    upgrade(engine)
    with engine.begin() as db:
        halls.create(db, HALL, NOW - HOUR)
        _stands(db)
        over: dict[str, Any] = {"state": State.FINISHED.value, "window": 5, "day": "2025-11-24"}
        over |= dict.fromkeys(("tie", "callable_from", "due_at", "due_kind"))
        served = [{**_row(HALL, n), **over} for n in range(waiting, waiting + SERVED)]
        db.execute(insert(tickets), [*(_row(HALL, n) for n in range(waiting)), *served])
    if database.kind == "postgresql":
        # It does so by itself some time after a change; here the day begins with it. Nothing does so on SQLite.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.exec_driver_sql("VACUUM ANALYZE")
    said: Said = []
    event.listen(engine, "before_cursor_execute", lambda *run: said.append((run[2], run[3])))
    return Asked(engine, said)


def _stands(db: Connection) -> None:
    """A clerk sits at window 5, an evacuation is over, and one business is suspended (its visitors are served on)."""
    for minutes, act in (
        (60, lambda ledger, stamp: seats.sign_in(ledger, stamp, 5, WANG, {"number": "0207", "name": "王"}, ABLE)),
        (50, conditions.evacuate),
        (40, conditions.back_to_normal),
        (30, lambda ledger, stamp: conditions.suspend(ledger, stamp, "D", names("暂停", "暫停", "Suspended"))),
    ):
        ledger = halls.lock(db, "main", NOW - minutes * MINUTE)
        act(ledger, ledger.stamp(f"act of {minutes}", "token:test"))
        ledger.close()


def _row(hall: Hall, n: int) -> dict[str, Any]:
    business = hall.businesses[n % len(hall.businesses)].code
    stamp = Stamp(NOW + n, f"act{n}", "system")
    grounds = ("elderly",) if n % 7 == 0 else ()
    ticket, _ = issue(hall, Wish(business, grounds), f"{n:032x}", n + 1, 1_000 + n, stamp, 0)
    if n % (WAITING // TIED) == 0:
        ticket = changed(ticket, {"tie": "w5" if n % 3 else f"c{WANG}"})
    elif n % 100 in (1, 2, 3):
        ticket = changed(ticket, {"callable_from": NOW + 3_600_000})
    return row_of(ticket, hall, None)


@pytest.fixture
def full(database: Database) -> Asked:
    """A hall in which ten thousand wait."""
    asked = hall_on(database, waiting=WAITING)
    with asked.engine.connect() as db:
        tied = db.execute(select(func.count()).where(tickets.c.tie.is_not(None))).scalar_one()
        not_yet = db.execute(select(func.count()).where(tickets.c.callable_from.is_not(None))).scalar_one()
    assert (tied, not_yet) == (TIED, NOT_YET)
    return asked


def plan(db: Connection, text: str, values: Any) -> list[str]:
    """How the database goes about a statement, step by step."""
    how = "EXPLAIN QUERY PLAN" if db.dialect.name == "sqlite" else "EXPLAIN"
    return [str(row[-1]) for row in db.exec_driver_sql(f"{how} {text}", values)]


def walks_indexes_only(db: Connection, said: Said, least: int) -> None:
    """No statement about tickets or the journal goes through the whole table."""
    about = [
        (text, values)
        for text, values in said
        if not text.startswith(("INSERT", "EXPLAIN", "SAVEPOINT")) and ("tickets" in text or "journal" in text)
    ]
    assert len(about) >= least
    for text, values in about:
        steps = plan(db, text, values)
        whole = [s for s in steps if s.startswith(("SCAN tickets", "SCAN journal")) or "Seq Scan on tickets" in s]
        assert whole == [], "\n".join([text, *steps])


def call(asked: Asked, window: int) -> str:
    """What a clerk's "next" does, from the lock to the commit; the ticket's id."""
    with asked.engine.begin() as db:
        ledger = halls.lock(db, "main", NOW + WAITING)
        done = clerk.call_next(ledger, ledger.stamp("an act", "token:test"), window, WANG)
        ledger.close()
    assert done.ticket is not None
    return done.ticket.id


def test_a_call_walks_indexes_only(full: Asked):
    full.said.clear()
    assert call(full, 5)
    said = list(full.said)
    with full.engine.connect() as db:
        walks_indexes_only(db, said, 8)
        heads = [(text, values) for text, values in said if "UNION ALL" in text]
        assert len(heads) == 2, "nobody's lanes, and those of somebody"
        for text, values in heads:
            steps = plan(db, text, values)
            print(f"\nheads on {db.dialect.name}:", *steps, sep="\n  ")  # noqa: T201 -- to be read with -s
            lanes = [step for step in steps if "tickets_" in step]
            assert len(lanes) >= len(ABLE), steps
            assert all(re.search("tickets_(callable|tied|of_tie)", lane) for lane in lanes), (
                "each lane by its own index"
            )


def test_what_else_a_busy_moment_reads_walks_indexes_only(full: Asked):
    with full.engine.connect() as db, db.begin():
        full.said.clear()
        ledger = halls.lock(db, "main", NOW + WAITING)
        lists.read_board(db, HALL, NOW)
        seat = ledger.seats[5]
        desk.at_window(db, HALL, 5)
        desk.in_order(db, HALL, HALL.window(5), seat, 8)
        desk.missed(db, HALL, HALL.window(5))
        left = replace(ledger.seats[1], open=True, clerk=None, since=NOW)
        desk.held(db, HALL, HALL.window(5), {**ledger.seats, 1: left})
        desk.finished_today(db, HALL, 5, NOW)
        desk.undoable(db, HALL, 5, NOW)
        ledger.first_places("A")
        ledger.awaiting("0" * 32)
        ledger.has_choice(HALL.window(5))
        ledger.ahead("A", NOW, 100)
        ledger.due(10)
        walks_indexes_only(db, list(full.said), 12)


def test_whether_the_numbers_add_up_is_read_from_the_day_alone(full: Asked):
    with full.engine.connect() as db:
        full.said.clear()
        assert floor.floor(db, HALL, NOW)["reconciliation"]["by_state"]["waiting"] > 0
        counting = [(text, values) for text, values in full.said if "AS kind" in text]
        assert len(counting) == 2, "by state, and by the letters of the number"
        walks_indexes_only(db, list(full.said), 5)
        if db.dialect.name == "sqlite":
            for text, values in counting:
                assert any("COVERING INDEX" in step and "day=?" in step for step in plan(db, text, values)), text


def test_a_call_takes_no_longer_where_thousands_wait(database: Database, full: Asked, tmp_path: Any):
    """Against the same hall with one visitor, in the same run; the print says how long (see it with -s)."""
    took = _times(full)
    with full.engine.begin() as db:
        db.execute(tickets.delete().where(tickets.c.state != State.FINISHED.value))
    empty = _times(full, alone=True)
    said = f"{min(took) * 1000:.1f} ms where {WAITING} wait, {min(empty) * 1000:.1f} ms where one does"
    print(f"\na call on {database.kind}: {said}")  # noqa: T201
    assert min(took) < 10 * min(empty) + 0.02, said


def _times(asked: Asked, *, alone: bool = False) -> list[float]:
    took = []
    for n in range(CALLS):
        with asked.engine.begin() as db:
            db.execute(tickets.update().where(tickets.c.state == "called").values(state="finished"))
            if alone:
                db.execute(insert(tickets), _row(HALL, 2 * SERVED + 50 + 100 * n))
        began = time.perf_counter()
        call(asked, 5)
        took.append(time.perf_counter() - began)
    return took


def test_the_newest_calls_come_from_the_index_of_calls(sqlite_database: Database):
    asked = hall_on(sqlite_database, waiting=0)
    with asked.engine.connect() as db:
        asked.said.clear()
        lists.read_board(db, HALL, NOW)
        text, values = next((text, values) for text, values in asked.said if "journal" in text)
        steps = plan(db, text, values)
    assert "journal_calls" in " ".join(steps), steps
