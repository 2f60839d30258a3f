"""Whom a window lists among the held where many are: nobody within its reach is crowded out by those who are not."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert

from queue_server import hall_file
from queue_server.core.acts import Stamp, Wish, issue
from queue_server.core.seat import Seat
from queue_server.core.ticket import Hold, State, changed
from queue_server.storage import desk, halls
from queue_server.storage.rows import row_of
from queue_server.storage.tables import tickets
from queue_server.storage.upgrade import upgrade
from tests.running.database import Database

NOW = 1_795_500_000_000
MINUTE = 60_000
HALL = hall_file.read(hall_file.DEFAULT)
SEATS = {window.number: Seat(open=True, clerk=f"c{window.number}", since=NOW) for window in HALL.windows}


def put_aside(db: Connection, n: int, window: int, kind: Hold = Hold.PAPERS_KEPT) -> str:
    """Number n of business A is put aside at a window, n minutes after the others; its ticket."""
    ticket, _ = issue(HALL, Wish("A"), f"{n:032x}", n, n, Stamp(NOW, f"act{n}", "system"), 0)
    now: dict[str, Any] = {"state": State.HELD, "window": window, "hold": kind, "held_at": NOW + n * MINUTE}
    db.execute(insert(tickets), row_of(changed(ticket, now), HALL, None))
    return ticket.id


def listed(db: Connection, window: int, **seat: Any) -> list[str]:
    """The tickets in the list of a window, while the seat of window 1 is like that."""
    found = desk.held(db, HALL, HALL.window(window), {**SEATS, 1: replace(SEATS[1], **seat)})
    return [ticket.id for ticket in found]


def test_papers_within_reach_are_listed_however_many_others_keep_some(database: Database) -> None:
    engine = database.engine()
    upgrade(engine)
    with engine.begin() as db:
        halls.create(db, HALL, NOW)
        kept = put_aside(db, 1, 1)
        for n in range(2, 27):
            put_aside(db, n, 3)
        assert listed(db, 1) == [kept]
        assert listed(db, 2) == [], "somebody sits there"
        assert listed(db, 2, open=False) == [kept]
        assert listed(db, 2, clerk=None, since=NOW + MINUTE) == [kept], "the clerk has left"
        assert listed(db, 2, clerk=None, since=NOW) == [], "a program has put it aside since then"
        assert listed(db, 2, clerk=None, since=None) == [], "no clerk ever sat there"


def test_who_was_put_aside_here_stands_first_then_whoever_was_put_aside_first(database: Database) -> None:
    engine = database.engine()
    upgrade(engine)
    with engine.begin() as db:
        halls.create(db, HALL, NOW)
        elsewhere = [put_aside(db, n, 3, Hold.PAPERS_WITH_VISITOR) for n in range(1, 22)]
        own = put_aside(db, 30, 1)
        assert listed(db, 1) == [own, *elsewhere[:19]]
        assert listed(db, 2) == elsewhere[:20]
