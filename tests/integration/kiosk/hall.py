"""A real server in a process of its own, and a wire to it that can lose answers, for the kiosk's tests."""

import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

_COMMAND = [sys.executable, "-c", "from queue_server.cli import main; main()"]


@dataclass(frozen=True)
class RunningHall:
    """Where the server is, and a token of each kind."""

    url: str
    kiosk: str
    manager: str

    def tickets(self) -> list[dict[str, object]]:
        """All tickets the server has."""
        reply = requests.get(
            f"{self.url}/api/v1/halls/main/tickets?limit=1000",
            headers={"Authorization": f"Bearer {self.manager}"},
            timeout=5,
        )
        items: list[dict[str, object]] = reply.json()["items"]
        return items


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_hall(folder: Path, *options: str, port: int | None = None) -> Iterator[RunningHall]:
    """`onedoor serve` on a fresh database."""
    port = port or free_port()
    where, url = f"sqlite:///{folder / 'hall.db'}", f"http://127.0.0.1:{port}"
    log = (folder / "serve.log").open("wb")
    served = subprocess.Popen(
        [*_COMMAND, "serve", "--database", where, "--port", str(port), *options], stdout=log, stderr=log
    )
    try:
        _wait_for(f"{url}/healthz", served, folder / "serve.log")
        yield RunningHall(url, _token(where, "kiosk"), _token(where, "manager"))
    finally:
        served.terminate()
        served.wait(20)
        log.close()


def _token(database: str, role: str) -> str:
    call = [*_COMMAND, "token", "create", "--database", database, "--role", role]
    return subprocess.run(call, check=True, capture_output=True, text=True, env=os.environ).stdout.strip()


def _wait_for(url: str, served: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while served.poll() is None and time.monotonic() < until:
        try:
            if requests.get(url, timeout=1).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8', errors='replace')}")


class Wire:
    """A TCP wire to the server that can be cut, and can lose the next answers after the server has given them."""

    def __init__(self, server: str) -> None:
        self._to = ("127.0.0.1", int(server.rsplit(":", 1)[1]))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.lose_answers = 0
        self.cut = False
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def close(self) -> None:
        """Ends all connections."""
        self._stop.set()
        for each in self._threads:
            each.join()
        self._door.close()

    def _listen(self) -> None:
        while not self._stop.is_set():
            if select.select([self._door], [], [], 0.05)[0]:
                near, _ = self._door.accept()
                self._threads.append(threading.Thread(target=self._carry, args=(near,)))
                self._threads[-1].start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self._to) as far:
            posting = False
            while not self._stop.is_set() and not self.cut:
                for end in select.select([near, far], [], [], 0.05)[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    if end is near:
                        posting = data.startswith(b"POST") or (posting and not data.startswith(b"GET"))
                    elif posting and self.lose_answers > 0:
                        # The server has done it; the kiosk never hears of it.
                        self.lose_answers -= 1
                        return
                    (far if end is near else near).sendall(data)
