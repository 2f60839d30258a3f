"""The server dies in the middle of its work, again and again: what it acknowledged is stored, once."""

import random
import threading

import requests

from tests.running.client import HALL, Client, new_key
from tests.running.crowd import sound
from tests.running.hall import Hall

KILLS = 10
CALLERS = 4


class Stubborn:
    """A kiosk that asks again under the same key until it is answered, however often the server dies."""

    def __init__(self, client: Client, stop: threading.Event) -> None:
        self.client = client
        self.given: list[str] = []
        self._stop = stop

    def run(self) -> None:
        """Take numbers until told to stop."""
        while not self._stop.is_set():
            key = new_key()
            while (number := self._try(key)) is None:
                self._stop.wait(0.02)
            self.given.append(number)

    def _try(self, key: str) -> str | None:
        try:
            reply = self.client.tell(f"{HALL}/tickets", {"business": "A"}, key)
        except requests.RequestException:
            return None
        return str(reply.json()["number"]) if reply.status_code == 201 else None


def test_killed_under_load_and_started_again(hall: Hall):
    """Kill -9 at odd moments; each caller repeats its request until it has its number."""
    chance, stop = random.Random(9), threading.Event()
    kiosks = [Stubborn(hall.client(hall.tokens["kiosk"]), stop) for _ in range(CALLERS)]
    threads = [threading.Thread(target=kiosk.run) for kiosk in kiosks]
    for thread in threads:
        thread.start()
    try:
        for _ in range(KILLS):
            threading.Event().wait(chance.uniform(0.05, 0.3))
            hall.server.kill()
            assert hall.command("journal", "verify").exit_code == 0, "what lies on the disk is whole at any moment"
            hall.server.start()
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
    given = [number for kiosk in kiosks for number in kiosk.given]
    assert len(given) > KILLS
    assert len(given) == len(set(given)), "no number twice"
    stored = [t["number"] for t in hall.manager.every()]
    assert sorted(given) == stored, "acknowledged is stored, and stored is acknowledged"
    assert stored == [f"A{n:03}" for n in range(1, len(stored) + 1)]
    sound(hall)


def test_a_clerk_finds_the_window_as_it_was(hall: Hall):
    """Killed between call and finish: the visitor still stands there."""
    tickets = [hall.kiosk.take("A") for _ in range(3)]
    hall.clerk.done(1, "next")
    hall.clerk.done(1, "start")
    person = hall.person("chen")
    person.done(2, "sign-in")
    person.done(2, "next")
    hall.server.kill()
    hall.server.start()
    view = hall.clerk.view(1)
    assert (view["ticket"]["id"], view["ticket"]["state"]) == (tickets[0]["id"], "serving")
    assert person.done(2, "finish-next", outcome="accepted")["id"] == tickets[2]["id"], "the session has survived, too"
    assert hall.clerk.done(1, "finish", outcome="accepted")["state"] == "finished"
    sound(hall)
