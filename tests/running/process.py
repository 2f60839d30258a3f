"""A server in a process of its own, forked from one that has everything loaded; with a movable clock or a bad disk."""

import ctypes
import multiprocessing
import os
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event

from queue_server import hall_file
from queue_server.app import create_app
from queue_server.clock import Clock
from queue_server.hall_file.check import check, read_text
from queue_server.logs import configure
from queue_server.serve import listen, until_stopped
from queue_server.server import Server
from queue_server.settings import ServerSettings

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["pytest", "queue_server.run", "queue_server.app", "psycopg", "engineio.async_drivers.gevent"]
)
# A server that is started with less than this left of its business day begins so long after the next one has begun.
HOURS_LEFT, AFTER = timedelta(hours=4), timedelta(minutes=5)
STARTS_S = 60.0
STOPS_S = 20.0


def number(value: int = 0) -> "Synchronized[int]":
    """A whole number that test and server share."""
    return _CONTEXT.Value(ctypes.c_int64, value, lock=False)  # type: ignore[return-value]  # a plain shared value


@dataclass(frozen=True)
class Odds:
    """What is odd about a server; each figure is shared, so a test may change it while the server runs.

    `ahead`: its clock is so far ahead (ms); `stepped`: somebody moved the wall clock by so much (ms);
    `commit_us`: the disk takes so long to commit; `pages`: the SQLite file may not grow beyond so many (0: it may).
    """

    ahead: "Synchronized[int]"
    stepped: "Synchronized[int]"
    commit_us: "Synchronized[int]"
    pages: "Synchronized[int]"

    @staticmethod
    def none() -> "Odds":
        """An ordinary server, whose business day has hours left: tests go on by as much as that within one day."""
        return Odds(number(into_the_day()), number(), number(), number())


def into_the_day() -> int:
    """How far (ms) the clock of a server that starts now is ahead, so that its business day lies before it."""
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    over = now.replace(hour=4, minute=0, second=0, microsecond=0)
    left = over - now
    return (left + AFTER) // timedelta(milliseconds=1) if timedelta() < left < HOURS_LEFT else 0


@lru_cache(maxsize=64)
def _as_stored(text: str) -> dict[str, Any]:
    """The hall in the text of a file, in the plain form in which it goes to another process."""
    hall, findings = check(text)
    assert hall is not None, findings
    return hall_file.dump(hall)


class _OddClock(Clock):
    def __init__(self, odds: Odds) -> None:
        super().__init__()
        self._odds = odds

    def now(self) -> int:
        return super().now() + self._odds.ahead.value

    def difference(self) -> int:
        return super().difference() + self._odds.ahead.value + self._odds.stepped.value


class ServerProcess:
    """One server process; `base` is its address once it has started."""

    def __init__(self, database: str, log: Path, *, hall: Path, odds: Odds, public_url: str) -> None:
        self.log = log
        # Reading YAML takes longer than all else of a start, and most halls of the tests are alike.
        self._first_hall = _as_stored(read_text(hall))
        self._settings = ServerSettings(database=database, bind="127.0.0.1", hall=str(hall), public_url=public_url)
        self._odds = odds
        self._process: ForkServerProcess | None = None
        self.port = 0

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process, for the operating system."""
        if self._process is None or self._process.pid is None:
            raise RuntimeError("The server does not run.")
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it listens; a restarted server keeps its port."""
        settings = self._settings.model_copy(update={"port": self.port})
        mine, theirs = _CONTEXT.Pipe()
        with mine, theirs:
            # A daemon, so that a test that breaks off before it can stop it does not wait for it for ever.
            self._process = _CONTEXT.Process(
                target=_serve, args=(settings, self._first_hall, self.log, self._odds, theirs), daemon=True
            )
            self._process.start()
            theirs.close()
            try:
                self.port = mine.recv() if mine.poll(STARTS_S) else 0
            except EOFError:
                self.port = 0
        if not self.port:
            self.kill()
            raise RuntimeError(self.said())

    def stop(self) -> None:
        """Stop it as an operator would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """It keeps its connections and says nothing, as if its cable were pulled."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """The cable is back."""
        os.kill(self.pid, signal.SIGCONT)

    def said(self) -> str:
        """Its log."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def _end(self, how: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.is_alive():
            os.kill(process.pid or 0, how)
        process.join(STOPS_S)
        if process.is_alive():
            process.kill()
            process.join()
            process.close()
            raise RuntimeError(f"The server did not stop in {STOPS_S} s.\n{self.said()}")
        process.close()


def _serve(settings: ServerSettings, hall: dict[str, Any], log: Path, odds: Odds, tell: Connection) -> None:
    # What `onedoor serve` does, with the odds put in; its own process, so nothing of it reaches the tests' process.
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(out, 1)
    os.dup2(out, 2)
    configure()
    server = Server(settings, hall_file.parse(hall), _OddClock(odds))
    _break_disk(server._engine, odds)
    web = listen(create_app(server), settings.bind, settings.port)
    tell.send(web.server_port)
    tell.close()
    until_stopped(web.stop, server.stop)


def _break_disk(engine: Any, odds: Odds) -> None:
    libc = ctypes.CDLL(None)

    def slow(_connection: Any) -> None:
        # A foreign call lets go of the interpreter and holds its native thread, as a slow fsync does.
        if odds.commit_us.value:
            libc.usleep(odds.commit_us.value)

    def full(connection: Any) -> None:
        # Said only when it has changed, so that an ordinary server is as quick as it is.
        if connection.dialect.name == "sqlite" and connection.info.get("pages", 0) != odds.pages.value:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {odds.pages.value or 4_294_967_294}")
            connection.info["pages"] = odds.pages.value

    event.listen(engine, "commit", slow)
    event.listen(engine, "begin", full)
