"""A screen on the wall as the voice meets it: it offers to speak, fetches each sound, and says how far it is."""

import queue
import time
from typing import Any

import requests

from tests.running.client import Client
from tests.running.hall import Hall
from tests.running.socket import WAIT_S, Socket

Say = dict[str, Any]


class Screen:
    """One display page; with `speaks` it says by itself whatever it is asked to, in no time."""

    def __init__(self, hall: Hall, zone: str | None = None, *, can_speak: bool = True, speaks: bool = True) -> None:
        page = hall.nobody.ask("/display/main").text
        token = page[page.index('"token": "') + 10 :]
        self.token = token[: token.index('"')]
        self._client = hall.client(self.token)
        self.socket: Socket = hall.socket(self.token)
        self.says: queue.Queue[Say] = queue.Queue()
        self.sayings: queue.Queue[dict[str, Any]] = queue.Queue()
        self.silences: queue.Queue[str | None] = queue.Queue()
        self._zone, self._can_speak = zone, can_speak
        self.socket.on("say", self._say if speaks else self.says.put)
        self.socket.on("saying", self.sayings.put)
        self.socket.on("voice", lambda told: self.silences.put(told["silence"]))
        self.socket.join()
        self.offered = self.offer()

    def offer(self, **more: Any) -> dict[str, Any]:
        """Say where this screen hangs."""
        return self.socket.call("voice", {"hall": "main", "zone": self._zone, "can_speak": self._can_speak, **more})

    def next(self) -> Say:
        """What it is asked to say next."""
        return self.says.get(timeout=WAIT_S)

    def tell(self, say: Say, state: str) -> dict[str, Any]:
        """How far it is."""
        return self.socket.call("spoken", {"hall": "main", "turn": say["turn"], "state": state})

    def hear(self, say: Say) -> requests.Response:
        """The sound of it."""
        return self._client.ask(say["sound"])

    def _say(self, say: Say) -> None:
        self.says.put(say)
        for state in ("begun", "said"):
            self.socket.send("spoken", {"hall": "main", "turn": say["turn"], "state": state})


def log(client: Client, **day: str) -> list[dict[str, Any]]:
    """The audio log."""
    lines: list[dict[str, Any]] = client.ask("/api/v1/halls/main/voice/log", params=day).json()["items"]
    return lines


def until_said(hall: Hall, call: int) -> list[dict[str, Any]]:
    """What the audio log tells of a call, once something was said of it."""
    end = time.monotonic() + WAIT_S
    while True:
        found = [line for line in log(hall.manager) if line["call"] == call and line["outcome"] == "said"]
        if found:
            return found
        assert time.monotonic() < end, "Nothing was said."
        time.sleep(0.05)
