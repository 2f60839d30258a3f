"""Acts that share a commit share a millisecond, too: they happen in the order in which they arrived all the same."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import gevent
import pytest
from sqlalchemy import Engine, select

from queue_server.clock import Clock
from queue_server.core.acts import Stamp, Wish
from queue_server.core.journal import parse
from queue_server.storage import halls
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.storage.tables import journal
from queue_server.storage.upgrade import upgrade
from queue_server.use_cases import clerk, seats, staff, visitor
from queue_server.writer import Request, Writer
from tests.running.database import Database
from tests.unit.core.small_hall import NINE, SECOND, small_hall

Act = Callable[[Ledger, Stamp], Done]
Way = Callable[[Writer, Sequence[Request]], Sequence[Done]]


class EachCommitLater(Clock):
    """A second later with every look, and the writer looks once in a commit."""

    at = NINE

    def now(self) -> int:
        """The present moment, ms UTC."""
        self.at += SECOND
        return self.at

    def difference(self) -> int:
        """It is right by definition."""
        return 0


@contextmanager
def _writer(engine: Engine) -> Iterator[Writer]:
    upgrade(engine)
    with engine.begin() as db:
        halls.create(db, small_hall(), NINE)
    writer = Writer(engine, "main", EachCommitLater(), lambda *_: None)
    try:
        yield writer
    finally:
        writer.stop()


def _together(writer: Writer, requests: Sequence[Request]) -> Sequence[Done]:
    return [each.get() for each in gevent.joinall([gevent.spawn(writer.submit, request) for request in requests])]


def _one_by_one(writer: Writer, requests: Sequence[Request]) -> Sequence[Done]:
    return [writer.submit(request) for request in requests]


def _asked(acts: Sequence[Act]) -> list[Request]:
    return [Request("token:desk", f"key {number}", "digest", act) for number, act in enumerate(acts)]


def _take(business: str, *grounds: str) -> Act:
    return lambda ledger, stamp: visitor.take(ledger, stamp, Wish(business, grounds), "guide")


def _next(window: int) -> Act:
    return lambda ledger, stamp: clerk.call_next(ledger, stamp, window, None)


def _told(done: Done) -> tuple[str, int | None, str]:
    assert done.entry is not None
    return done.entry.act, done.entry.window, done.ticket.number if done.ticket else ""


@pytest.mark.parametrize(("way", "commits"), [(_together, 1), (_one_by_one, 10)])
def test_acts_happen_in_the_order_of_arrival_however_many_share_a_commit(database: Database, way: Way, commits: int):
    engine = database.engine()
    with _writer(engine) as writer:
        first, _ = _one_by_one(writer, _asked([_take("A"), _take("A")]))
        assert first.ticket is not None
        gone = first.ticket.id
        acts: list[Act] = [
            # Whoever left before the press is not called, and whoever comes after it is not, either.
            lambda ledger, stamp: staff.void(ledger, stamp, gone, "left"),
            _next(1),
            _take("A", "elderly"),
            # One window's acts build on each other: the start on the call, the finish on the start.
            lambda ledger, stamp: clerk.start(ledger, stamp, 1, None),
            lambda ledger, stamp: clerk.finish(ledger, stamp, 1, None, "completed"),
            _next(1),
            _take("C"),
            _next(3),
            # A window that pauses after its call has called.
            lambda ledger, stamp: seats.pause_window(ledger, stamp, 3, None, "meal"),
            _take("A"),
        ]
        replies = way(writer, [Request("token:desk", f"in order {n}", "digest", act) for n, act in enumerate(acts)])
    assert [_told(reply) for reply in replies] == [
        ("voided", None, "A001"),
        ("called", 1, "A002"),
        ("issued", None, "A003"),
        ("started", 1, "A002"),
        ("finished", 1, "A002"),
        ("called", 1, "A003"),
        ("issued", None, "C001"),
        ("called", 3, "C001"),
        ("window-paused", 3, ""),
        ("issued", None, "A004"),
    ]
    with engine.connect() as db:
        written = [parse(text) for text in db.execute(select(journal.c.line).order_by(journal.c.entry_no)).scalars()]
    assert written[-len(replies) :] == [reply.entry for reply in replies]
    assert len({entry.at for entry in written[-len(replies) :]}) == commits
