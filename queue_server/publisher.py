"""Boards go out: calls at once, other changes at most four times a second, and a heartbeat every three seconds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gevent
import structlog
from flask_socketio import SocketIO
from gevent.event import Event

from queue_server.core.journal import Entry
from queue_server.server import Server
from queue_server.storage import lists
from queue_server.writer import StorageDown

log = structlog.get_logger(__name__)

COALESCE_S = 0.25
BURST_S = 0.05
HEARTBEAT_S = 3.0
CALLS = frozenset({"called", "recalled"})


class Publisher:
    """Sends one hall's boards; it reads the stored board, so what it says is what was committed.

    `heard` is told of each board, too: the hall's voice.
    """

    def __init__(self, server: Server, io: SocketIO, hall: str, heard: Callable[[Mapping[str, Any]], None]) -> None:
        self._server = server
        self._io = io
        self._hall = hall
        self._heard = heard
        self._changed = Event()
        self._called = Event()
        self._sent = -1
        gevent.spawn(self._boards)
        gevent.spawn(self._heartbeats)

    def tell(self, entries: Sequence[Entry]) -> None:
        """Something was committed."""
        self._changed.set()
        if any(e.act in CALLS for e in entries):
            self._called.set()

    def _boards(self) -> None:
        while True:
            self._changed.wait()
            a_call = self._called.wait(COALESCE_S)
            self._changed.clear()
            self._called.clear()
            try:
                board = self._server.board(self._hall)
            except StorageDown:
                # The heartbeat notices the higher version once the database answers again.
                log.warning("board-not-read", hall=self._hall)
                continue
            except Exception:
                # Whatever one board cannot be made of, the next one gets its chance: the displays depend on this loop.
                log.exception("board-broken", hall=self._hall)
                gevent.sleep(COALESCE_S)
                continue
            if board["version"] == self._sent:
                # The last board already held what was told afterwards.
                continue
            self._sent = board["version"]
            self._io.emit("board", board, to=self._hall)
            try:
                self._heard(board)
            except Exception:
                # Whatever the voice makes of one board, the displays get the next one.
                log.exception("board-not-heard", hall=self._hall)
            if a_call:
                # A single call goes out at once; in a burst, what follows within this moment shares one board.
                gevent.sleep(BURST_S)

    def _heartbeats(self) -> None:
        first: int | None = None
        known = -1
        while True:
            gevent.sleep(HEARTBEAT_S)
            try:
                epoch, version, at = self._server.reads(lists.version, self._hall)
                if version != known:
                    self._server.refresh(self._hall)
                    known = version
            except StorageDown:
                # No heartbeat: displays say by themselves since when they are stale.
                continue
            except Exception:
                log.exception("heartbeat-broken", hall=self._hall)
                continue
            if first is None:
                first = version
            if version > max(first, self._sent):
                # Another process wrote: its acts reach our displays here.
                self._changed.set()
                self._called.set()
            beat = {"hall": self._hall, "epoch": epoch, "version": version, "at": max(at, self._server.clock.now())}
            self._io.emit("heartbeat", beat, to=self._hall)
