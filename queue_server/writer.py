"""The one writer of a hall: acts queue, up to 64 share one durable commit, and none is answered before it."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import gevent
import structlog
from gevent.event import AsyncResult
from gevent.queue import Empty, Queue
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from queue_server.clock import Clock
from queue_server.core.acts import Stamp
from queue_server.core.errors import Refusal
from queue_server.core.journal import Entry
from queue_server.storage import halls, remembered
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.upkeep import Upkeep, apart

log = structlog.get_logger(__name__)

T = TypeVar("T")

BATCH = 64
WAKE_S = 1.0
SHORTEST_WAKE_S = 0.02
DAMAGED = "row-damaged"


class StorageDown(Exception):
    """The database could not take the act; nothing of it was kept and the same request may be sent again."""


@dataclass(frozen=True, slots=True)
class Request:
    """One act asked for: who, under which key, the digest of what exactly, and what to run."""

    caller: str
    key: str
    digest: str
    run: Callable[[Ledger, Stamp], Done]


@dataclass(frozen=True, slots=True)
class Beside:
    """Work that is no act of the hall: it leaves no entry and no remembered request, and only shares the commit."""

    run: Callable[[Connection], Any]


# What the work gave, or the exception that its caller shall see.
Result = Any
Published = Callable[[str, Sequence[Entry]], None]


class Writer:
    """Runs a hall's acts one batch after another, in a native thread, so that a slow disk never stops the sockets."""

    def __init__(self, engine: Engine, hall: str, clock: Clock, published: Published) -> None:
        self._engine = engine
        self._hall = hall
        self._clock = clock
        self._published = published
        self._queue: Queue[tuple[Request | Beside, AsyncResult[Result]]] = Queue()
        self._pool = ThreadPool(1)
        self._upkeep = Upkeep(hall, clock)
        # A fast hall's timers come sooner by the same measure; a shorter sleep than this would leave no time for acts.
        self._wake_s = max(WAKE_S / clock.speed, SHORTEST_WAKE_S)
        self._loop = gevent.spawn(self._work)

    def submit(self, request: Request) -> Done:
        """Run one act and wait for its durable commit; raises `Refusal` or `StorageDown`."""
        done: Done = self._wait(request)
        return done

    def beside(self, run: Callable[[Connection], T]) -> T:
        """What `run` gives, once it is durable; raises what it refuses, or `StorageDown`.

        SQLite has one write lock for the whole file, and a second connection would have to catch it between two acts.
        """
        given: T = self._wait(Beside(run))
        return given

    def _wait(self, work: Request | Beside) -> Result:
        answer: AsyncResult[Result] = AsyncResult()
        self._queue.put((work, answer))
        result = answer.get()
        if isinstance(result, Exception):
            raise result
        return result

    def stop(self) -> None:
        """Stop; whoever still waits asks again, for what was not answered was not promised."""
        self._loop.kill()
        self._pool.kill()

    def _work(self) -> None:
        while True:
            batch = self._take()
            results, entries = self._pool.apply(self._attempt, ([work for work, _ in batch],))
            for (_, answer), result in zip(batch, results, strict=True):
                answer.set(result)
            if entries:
                self._published(self._hall, entries)

    def _take(self) -> list[tuple[Request | Beside, "AsyncResult[Result]"]]:
        # An empty batch after a quiet second is what lets timers fire in a hall where nobody presses anything.
        try:
            batch = [self._queue.get(timeout=self._wake_s)]
        except Empty:
            return []
        while len(batch) < BATCH and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        return batch

    def _attempt(self, batch: Sequence[Request | Beside]) -> tuple[list[Result], list[Entry]]:
        # Never raises: an exception that crosses the thread pool would be printed and the waiting callers forgotten.
        entries: list[Entry] = []
        try:
            while True:
                results, written = self._commit(batch)
                entries += written
                if len(results) == len(batch):
                    return results, entries
        except SQLAlchemyError as failed:
            log.exception("commit-failed", hall=self._hall, acts=len(batch), error=str(failed.__cause__ or failed))
            return [StorageDown() for _ in batch], entries
        except Exception:
            # Every waiting caller must get its answer; what breaks outside of an act is what is stored.
            log.exception("batch-broken", hall=self._hall, acts=len(batch))
            return [StorageDown() for _ in batch], entries

    def _commit(self, batch: Sequence[Request | Beside]) -> tuple[list[Result], list[Entry]]:
        """The acts' results and what was written; no result yet where so much is overdue that it fills a commit."""
        with self._engine.connect() as db:
            with db.begin():
                ledger = halls.lock(db, self._hall, self._clock.now())
                before = ledger.head.no
                results: list[Result] = []
                # No act, and no call by itself, finds what a timer should have taken away before.
                if self._upkeep.before_acts(db, ledger):
                    results = [self._run(db, ledger, work) for work in batch]
                    self._upkeep.after_acts(db, ledger)
                if any(isinstance(result, Refusal) and result.code == DAMAGED for result in results):
                    # What stood in the way is set right or aside, so that it is in the way once.
                    self._upkeep.mend(ledger)
                if ledger.head.no != before:
                    ledger.close()
            return results, ledger.entries

    def _run(self, db: Connection, ledger: Ledger, work: Request | Beside) -> Result:
        try:
            if isinstance(work, Beside):
                return apart(db, ledger, partial(work.run, db))
            return apart(db, ledger, partial(self._act, db, ledger, work))
        except Refusal as refused:
            return refused
        except IntegrityError as damaged:
            # The rules cannot break these constraints; only a row changed behind their back can.
            log.exception("row-damaged", hall=self._hall, error=str(damaged.orig))
            return Refusal(DAMAGED, ticket="")
        except DataError:
            # The database cannot hold what this one act says; that is no matter of the others in its batch.
            log.exception("act-not-stored", hall=self._hall)
            return StorageDown()
        except SQLAlchemyError:
            raise
        except Exception as broken:
            # A fault of our own in one act must not take the others of its batch with it.
            log.exception("act-broken", hall=self._hall)
            return broken

    @staticmethod
    def _act(db: Connection, ledger: Ledger, request: Request) -> Done:
        known = remembered.find(db, ledger.hall, request.caller, request.key, request.digest)
        if known is not None:
            return known
        done = request.run(ledger, ledger.stamp(secrets.token_hex(8), request.caller))
        remembered.keep(db, ledger.hall, request.caller, request.key, request.digest, done)
        return done
