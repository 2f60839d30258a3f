"""A Socket.IO client that keeps what it hears: boards and heartbeats in the order they came."""

import functools
import queue
import time
from collections.abc import Callable
from typing import Any

import socketio
from socketio.exceptions import ConnectionError as Refused

from tests.running.client import Client

__all__ = ["Refused", "Socket"]

WAIT_S = 20.0


class Socket:
    """One connection; `boards` and `beats` are what came since it joined."""

    def __init__(self, base: str, token: str | None = None, client: Client | None = None) -> None:
        self.boards: queue.Queue[dict[str, Any]] = queue.Queue()
        self.beats: queue.Queue[dict[str, Any]] = queue.Queue()
        self._io = socketio.Client(reconnection=False)
        self._io.on("board", self.boards.put)
        self._io.on("heartbeat", self.beats.put)
        # The client names our own origin by itself, as a browser on our page does.
        cookies = [] if client is None else [f"{cookie.name}={cookie.value}" for cookie in client.cookies]
        headers = {"Cookie": "; ".join(cookies)} if cookies else {}
        auth = None if token is None else {"token": token}
        self._io.connect(base, auth=auth, headers=headers, transports=["websocket"], wait_timeout=WAIT_S)

    def join(self, hall: str = "main") -> dict[str, Any]:
        """Join a hall; the board (or a problem)."""
        return self.call("join", {"hall": hall})

    def act(self, window: int, act: str, key: str, **body: Any) -> dict[str, Any]:
        """Act at a window; `{status, body}`."""
        return self.call("act", {"key": key, "hall": "main", "act": act, "window": window, **body})

    def call(self, event: str, message: Any) -> dict[str, Any]:
        """Send any event and wait for its acknowledgement."""
        answer: dict[str, Any] = self._io.call(event, message, timeout=WAIT_S)
        return answer

    def on(self, event: str, heard: Callable[[Any], None]) -> None:
        """Hand over what comes under this event."""
        self._io.on(event, heard)

    def send(self, event: str, message: Any) -> None:
        """Send any event and wait for nothing."""
        self._io.emit(event, message)

    def board(self, version: int) -> dict[str, Any]:
        """The first pushed board of at least that version."""
        while True:
            board = self.boards.get(timeout=WAIT_S)
            if board["version"] >= version:
                return board

    def beat(self) -> dict[str, Any]:
        """The next heartbeat."""
        return self.beats.get(timeout=WAIT_S)

    def gone(self) -> None:
        """Wait until the server has hung up."""
        end = time.monotonic() + WAIT_S
        while self._io.connected:
            assert time.monotonic() < end, "The server still holds the connection."
            time.sleep(0.05)

    def close(self) -> None:
        """Hang up, without waiting until the server has said goodbye, too."""
        if self._io.connected:
            wire = self._io.eio.ws
            wire.close = functools.partial(wire.close, timeout=0.05)
        self._io.disconnect()
