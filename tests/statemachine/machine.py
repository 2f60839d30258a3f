"""Runs acts through the hall's own writer, batch by batch on a real database, beside the model of the same hall."""

import secrets
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Self, cast

from psycopg.pq import ExecStatus
from sqlalchemy import Connection, Engine

from queue_server.clock import Clock
from queue_server.core.acts import Stamp
from queue_server.core.errors import Refusal
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.writer import Request, Writer
from tests.statemachine import by_itself, checks, explained
from tests.statemachine.acts import ACTS, DRAWN
from tests.statemachine.drawing import PROGRAM, Draw, Wanted
from tests.statemachine.model import Model

# How much later (ms) the next batch comes: mostly soon, sometimes so late that much has happened by itself.
SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
PAUSES = (
    *(0, 0, SECOND, SECOND, SECOND, 4 * SECOND, 4 * SECOND, 4 * SECOND, 8 * SECOND, 8 * SECOND, 8 * SECOND),
    *(*[21 * SECOND] * 6, *[31 * SECOND] * 5, *[62 * SECOND] * 5, *[2 * MINUTE] * 4, *[4 * MINUTE] * 3),
    *(*[5 * MINUTE] * 3, 12 * MINUTE, 12 * MINUTE, 25 * MINUTE, 3 * HOUR, 20 * HOUR),
)
# Of 256 steps each pause comes once before one, and a new batch begins behind it.
NEW_BATCH = len(PAUSES)
FEW = 4
CLERKS_AT_LEAST = 2
# Every so many batches what changes seldom is compared, too.
RARELY = 4
WITH_A_VISITOR = {
    *("window recall", "window start", "window missed", "window finish", "window finish-next", "window hold"),
    *("window papers-missing", "window on-promise", "window transfer"),
}


class Joined:
    """One connection in place of an engine: each transaction of the writer is a savepoint in the one of the whole run.

    So a run ends by rolling back, and the next one begins in the same prepared hall.
    """

    def __init__(self, connection: Connection) -> None:
        self.execute = connection.execute
        self.begin = self.begin_nested
        self._say = _said_to(connection)

    @contextmanager
    def begin_nested(self) -> Iterator[None]:
        """A savepoint, said to the driver itself, for here are hundreds of thousands.

        SQLAlchemy compiles each of its own anew, and psycopg forgets all that it has prepared when it sees one undone.
        """
        self._say("SAVEPOINT apart")
        try:
            yield
        except BaseException:
            self._say("ROLLBACK TO SAVEPOINT apart")
            self._say("RELEASE SAVEPOINT apart")
            raise
        self._say("RELEASE SAVEPOINT apart")

    def connect(self) -> Self:
        """Itself."""
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def _said_to(connection: Connection) -> Callable[[str], object]:
    """How a statement without values or rows is said to the driver of a connection."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        return driver.execute

    def say(statement: str) -> None:
        done = driver.pgconn.exec_(statement.encode())
        assert done.status == ExecStatus.COMMAND_OK, done.error_message

    return say


class DrawnClock(Clock):
    """The hall's clock, put forward by hand."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.differs = 0

    def now(self) -> int:
        """The present moment, ms UTC."""
        return self.at

    def difference(self) -> int:
        """How far the wall clock is away."""
        return self.differs


class Machine:
    """A hall's writer and the model of the hall; `lines` tells what was done, `reached` counts it.

    On a connection everything happens inside its transaction; on an engine each batch is really committed.
    """

    def __init__(self, on: Engine | Connection, model: Model, reached: Counter[str], lines: list[str]) -> None:
        self.model = model
        self.lines = lines
        self.reached = reached
        self.on = on
        self.clock = DrawnClock(model.now)
        # Nobody waits for it here: each batch is handed to it and run at once.
        self.writer = Writer(
            cast("Engine", Joined(on) if isinstance(on, Connection) else on),
            *(model.hall.id, self.clock, lambda *_: None),
        )
        self.writer.stop()
        self._planned = self._mended = 0
        self._last: tuple[Request, Done] | None = None
        self._again: Done | None = None
        self._batches = 0

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection to see what is there."""
        if isinstance(self.on, Connection):
            yield self.on
        else:
            with self.on.connect() as db, db.begin():
                yield db

    def run(self, steps: Sequence[Draw]) -> None:
        """All steps, in the batches that they make."""
        batch: list[Draw] = []
        for step in steps:
            if batch and step.later < NEW_BATCH:
                self.batch(batch)
                self.clock.at += PAUSES[step.later]
                batch = []
            batch.append(step)
        self.batch(batch)

    def batch(self, steps: Sequence[Draw]) -> None:
        """One commit: what is overdue, these acts, the calls that nobody presses for; then all is compared."""
        model, known = self.model, len(self.model.calls)
        self.lines.append(f"--- {model.local(self.clock.at):%F %T}")
        if steps[0].b == 0:
            self.clock.differs = 7_000 - self.clock.differs
            self.reached["clock differs"] += 1
        begun: list[Ledger] = []
        requests = [self._request(step, begun) for step in steps]
        again = self._once_more(steps[-1])
        results, entries = self.writer._commit(requests + again)
        if again:
            assert results[-1] == self._again, "the same request was answered in another way"
        for result in results:
            if isinstance(result, Exception) and not isinstance(result, Refusal):
                raise result
        called = by_itself.call_for_ready(model, self.reached)
        self.lines += [f"window {window} calls {visit.number} by itself" for window, visit in called]
        with self.looking() as db:
            checks.calls(model, entries, known)
            checks.in_order(model, entries)
            checks.compare_tickets(db, model)
            if steps[-1].b % 2:
                explained.check_passing(db, model, steps[-1].a)
            self._batches += 1
            if self._batches % RARELY == 0:
                checks.compare_hall(db, model)
                checks.compare_rest(db, model)

    def _request(self, step: Draw, begun: list[Ledger]) -> Request:
        request: list[Request] = []

        def run(ledger: Ledger, stamp: Stamp) -> Done:
            if not begun:
                begun.append(ledger)
                self._before_acts()
                checks.name_files(self.model, ledger.entries)
            name = self._name(step)
            done = self._act(name, ACTS[name].want(self.model, step), ledger, stamp)
            if done.entry is not None:
                self._last = (request[0], done)
            return done

        request.append(Request(PROGRAM.id, secrets.token_hex(8), "digest", run))
        return request[0]

    def _once_more(self, step: Draw) -> list[Request]:
        """Now and then somebody sends an earlier request again: it is answered as before, and nothing is done."""
        if self._last is None or step.a % 8:
            return []
        first, self._again = self._last

        def never(_: Ledger, __: Stamp) -> Done:
            raise AssertionError("done twice")

        self.reached["sent again"] += 1
        return [Request(first.caller, first.key, first.digest, never)]

    def _name(self, step: Draw) -> str:
        """What is drawn; mostly something else where that could not be done, for else little would happen in a run."""
        model, name = self.model, DRAWN[step.what]
        everybody = model.visits.values()
        for other, one_in, byte, wanted in (
            ("back to normal", 8, step.a, model.evacuated),
            ("evacuate", 16, step.b, model.evacuated),
            ("close early", 16, step.b >> 2, model.closed_day is not None),
            ("window resume", 16, step.d >> 2, any(v.hold == "papers-kept" for v in everybody)),
            ("window transfer", 16, step.c >> 3, any(v.hold == "papers-kept" for v in everybody)),
            ("back to normal", 16, step.a, model.closed_day is not None),
            ("cancel", 64, step.c, any(booked.state == "booked" for booked in model.bookings)),
            ("window recall", 6, step.b, any(v.state == "called" and v.counted_at != model.now for v in everybody)),
            ("take", 2, step.c, sum(not v.over for v in everybody) < FEW),
            ("window sign-in", 4, step.b, sum(d.clerk is not None for d in model.desks.values()) < CLERKS_AT_LEAST),
            ("resume", 8, step.d, bool(model.suspended)),
            ("window help-ended", 16, step.d >> 1, any(desk.help for desk in model.desks.values())),
            ("window unpause", 16, step.c >> 1, any(desk.paused for desk in model.desks.values())),
            ("run clock", 8, step.a >> 1, any(file.stopped_on for file in model.files)),
            ("stop clock", 32, step.b >> 1, any(file.promised_on for file in model.files)),
            ("check in", 12, step.a >> 2, any(booked.state == "booked" for booked in model.bookings)),
        ):
            if wanted and byte % one_in == 1:
                return other
        if name in WITH_A_VISITOR and step.d % 8 and not any(v.at_window for v in everybody):
            return "window next"
        return name

    def _before_acts(self) -> None:
        """What the writer does before the acts of a batch, in its order."""
        model = self.model
        model.now = self.clock.at
        if model.now - self._mended > by_itself.EXPIRE_MS:
            self._mended = model.now
            by_itself.expire(model, self.reached)
        by_itself.fire(model, self.reached)
        if model.now - self._planned >= by_itself.PLANS_MS:
            self._planned = model.now
            by_itself.change(model, self.reached)
        by_itself.watch(model, self.reached)

    def _act(self, name: str, wanted: Wanted, ledger: Ledger, stamp: Stamp) -> Done:
        written = len(ledger.entries)
        try:
            done = wanted.run(ledger, replace(stamp, by=wanted.by))
        except Refusal as refused:
            self.lines.append(f"{wanted.text} -> refused: {refused.code}")
            if refused.code not in wanted.against:
                raise AssertionError(f"refused as {refused.code}, not {sorted(wanted.against)}") from refused
            self.reached[f"{name}: refused"] += 1
            self.reached[f"refusal {refused.code}"] += 1
            raise
        self.lines.append(wanted.text)
        assert not wanted.against, f"not refused, though {sorted(wanted.against)}"
        wanted.then(done)
        told = ledger.entries[written:]
        assert {(entry.by, entry.act_id) for entry in told} <= {(wanted.by, stamp.act_id)}, "told of somebody else"
        checks.name_files(self.model, told)
        self.reached[f"{name}: done"] += 1
        return done
