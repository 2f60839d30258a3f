"""A link that can be cut: a door of its own in front of a server, through which bytes go as they are."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_MUCH = 65_536


class Link:
    """Leads to a server until it is cut; `base` is its own address, `back_at` when it was first used after a cut."""

    def __init__(self, base: str) -> None:
        there = urlsplit(base)
        assert there.hostname is not None
        assert there.port is not None
        self._there = (there.hostname, there.port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._cut = threading.Event()
        self._used = threading.Event()
        self.back_at = 0.0
        threading.Thread(target=self._let_in, daemon=True).start()

    def cut(self) -> None:
        """From now on nothing comes through, and what was open is over."""
        self._cut.set()
        self._used.clear()
        for end in list(self._open):
            _hang_up(end)

    def mend(self) -> None:
        """Whoever comes now gets through."""
        self._cut.clear()

    def used(self, within_s: float) -> float:
        """Wait until somebody has come through since the last cut; when that was (monotonic s)."""
        assert self._used.wait(within_s), "Nobody came back."
        return self.back_at

    def close(self) -> None:
        """No more of it."""
        self.cut()
        self._door.close()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                if self._cut.is_set():
                    here.close()
                    continue
                there = socket.create_connection(self._there)
                if not self._used.is_set():
                    self.back_at = time.monotonic()
                    self._used.set()
                self._open |= {here, there}
                for source, target in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(_MUCH):
                target.sendall(said)
        for end in (source, target):
            _hang_up(end)
            self._open.discard(end)
            end.close()


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def link_to(base: str) -> Iterator[Link]:
    """Such a link for as long as it is used."""
    link = Link(base)
    try:
        yield link
    finally:
        link.close()
