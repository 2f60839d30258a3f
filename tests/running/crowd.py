"""Many callers at the same time, and what must hold when they are done."""

import threading
from collections.abc import Callable
from typing import Any

from queue_server.core.journal import parse
from queue_server.core.journal import tickets as tickets_of
from queue_server.core.measures import reconciliation
from tests.running.client import Client
from tests.running.hall import Hall


def together(*works: Callable[[], Any]) -> None:
    """Run them at the same time; a failure of one is a failure of the test."""
    failed: list[BaseException] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            gate.wait()
            work()
        except BaseException as problem:
            failed.append(problem)
            raise

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    assert not any(thread.is_alive() for thread in threads)


def sound(hall: Hall) -> None:
    """The journal holds, and every number issued is somewhere, once."""
    checked = hall.command("journal", "verify")
    assert checked.exit_code == 0, checked.output
    entries = [parse(line) for (line,) in hall.database.sql("SELECT line FROM journal ORDER BY entry_no")]
    issued = sum(entry.act == "issued" for entry in entries)
    told = tickets_of(entries)
    assert reconciliation(told.values(), issued).adds_up
    listed = {t["id"]: (t["number"], t["state"], t["window"]) for t in hall.manager.every()}
    assert listed == {t.id: (t.number, t.state.value, t.window) for t in told.values()}
    calls = [entry.ticket for entry in entries if entry.act == "called"]
    assert len(calls) == len(set(calls)), "nobody is called twice"


class Crowd:
    """Kiosks that give out numbers and clerks who serve until the last kiosk is done and nobody waits."""

    def __init__(self, kiosks: int, numbers_each: int, businesses: str = "ACGZ") -> None:
        self.numbers: list[str] = []
        self.called: list[str] = []
        self._each = numbers_each
        self._businesses = businesses
        self._open = kiosks
        self._lock = threading.Lock()

    def kiosk(self, client: Client) -> Callable[[], None]:
        """One kiosk: the businesses in turn."""

        def take() -> None:
            try:
                for n in range(self._each):
                    self.numbers.append(client.take(self._businesses[n % len(self._businesses)])["number"])
            finally:
                with self._lock:
                    self._open -= 1

        return take

    def clerk(self, client: Client, window: int) -> Callable[[], None]:
        """One clerk: next, finish, next; a colleague at the same window is only in the way."""
        pause = threading.Event()

        def serve() -> None:
            while True:
                over = self._open == 0
                reply = client.act(window, "next")
                if reply.status_code == 200:
                    self.called.append(reply.json()["id"])
                    client.done(window, "finish", outcome="accepted")
                elif over:
                    return
                else:
                    assert reply.status_code in (204, 409), reply.text
                    pause.wait(0.02)

        return serve
