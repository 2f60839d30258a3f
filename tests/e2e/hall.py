"""A hall that really runs, for the browser tests: its own process, database and port; its visitors and staff."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import requests
import yaml
from click.testing import CliRunner

from queue_server import hall_file
from queue_server.cli import main

HALL = "main"
STARTS_S = 60
RECALL_GAP_S = 3


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff, as somebody who signs in knows herself."""

    name: str
    password: str
    display_name: str
    number: str


@dataclass
class LiveHall:
    """A running server; visitors come through the public API as a kiosk would send them."""

    folder: Path
    port: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    staff: list[Person] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None
    _log: IO[bytes] | None = None
    _keys: int = 0

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        """The database as a URL."""
        return f"sqlite:///{(self.folder / 'hall.db').as_posix()}"

    def set_up(self) -> None:
        """A database with tokens, and the default hall with a recall that counts again soon."""
        said = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
        said["settings"] = {**said.get("settings", {}), "recall_gap": f"{RECALL_GAP_S} s"}
        (self.folder / "hall.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
        self.tokens = {role: self._command("token", "create", "--role", role) for role in ("kiosk", "manager")}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._log = (self.folder / "server.log").open("ab")
        call = [sys.executable, "-m", "queue_server.cli", "serve", "--database", self.database]
        call += ["--port", str(self.port), "--hall", str(self.folder / "hall.yaml")]
        self._process = subprocess.Popen(call, stdout=self._log, stderr=subprocess.STDOUT)
        end = time.monotonic() + STARTS_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server as an operator would."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process = None
        if self._log is not None:
            self._log.close()
            self._log = None

    def freeze(self) -> None:
        """The server keeps its connections and says nothing, as if its cable were pulled."""
        self._signal("SIGSTOP")

    def thaw(self) -> None:
        """The cable is back."""
        self._signal("SIGCONT")

    def add_clerk(self) -> Person:
        """One more clerk."""
        return self._add("clerk", "陈静")

    def add_manager(self) -> Person:
        """One more manager."""
        return self._add("manager", "林芳")

    def _add(self, role: str, called: str) -> Person:
        n = len(self.staff) + 1
        person = Person(f"{role}{n}", f"a long word {n}", f"{called}{n}", f"{n:04}")
        words = ["staff", "add", "--name", person.name, "--role", role, "--password-stdin"]
        self._command(*words, "--display-name", person.display_name, "--number", person.number, stdin=person.password)
        self.staff.append(person)
        return person

    def take(self, business: str, *priority: str) -> dict[str, Any]:
        """A visitor takes a number."""
        body = {"business": business, "priority": list(priority)}
        ticket: dict[str, Any] = self.post(f"/halls/{HALL}/tickets", body).json()
        return ticket

    def void(self, ticket: dict[str, Any], reason: str) -> None:
        """Somebody closes a visitor's number without service."""
        self.post(f"/halls/{HALL}/tickets/{ticket['id']}/void", {"reason": reason})

    def tickets(self, **query: Any) -> list[dict[str, Any]]:
        """The hall's tickets as a manager lists them."""
        listed: list[dict[str, Any]] = self.get(f"/halls/{HALL}/tickets", **query)["items"]
        return listed

    def ticket(self, ticket: dict[str, Any]) -> dict[str, Any]:
        """The same ticket as it stands now."""
        return next(now for now in self.tickets(limit=1000) if now["id"] == ticket["id"])

    def view(self, window: int) -> dict[str, Any]:
        """A window as its clerk sees it."""
        view: dict[str, Any] = self.get(f"/halls/{HALL}/windows/{window}")
        return view

    def board(self) -> dict[str, Any]:
        """The board that displays show."""
        board: dict[str, Any] = self.get(f"/halls/{HALL}/board")
        return board

    def get(self, path: str, **query: Any) -> Any:
        """An answer of the public API to a manager's program."""
        answer = requests.get(f"{self.base}/api/v1{path}", params=query, headers=self._program("manager"), timeout=10)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> requests.Response:
        """A wish to the public API, with a key of its own."""
        self._keys += 1
        headers = {**self._program("manager"), "Idempotency-Key": f"e2e-{self._keys:08}"}
        answer = requests.post(f"{self.base}/api/v1{path}", json=body, headers=headers, timeout=10)
        answer.raise_for_status()
        return answer

    def clear(self) -> None:
        """An empty hall for the next test: no visitor, nobody at a window."""
        for state in ("waiting", "called", "serving", "missed"):
            for ticket in self.tickets(state=state, limit=1000):
                self.void(ticket, "the test is over")
        for window in self.get(f"/halls/{HALL}")["windows"]:
            clerk = self.view(window["window"])["clerk"]
            if clerk is not None:
                self._stand_up(next(p for p in self.staff if p.number == clerk["number"]), window["window"])

    def _stand_up(self, person: Person, window: int) -> None:
        self._keys += 1
        with requests.Session() as browser:
            browser.headers.update({"Origin": self.base, "Idempotency-Key": f"e2e-{self._keys:08}"})
            who = {"name": person.name, "password": person.password}
            signed_in = browser.post(f"{self.base}/api/v1/session", json=who, timeout=10).json()
            path = f"{self.base}/api/v1/halls/{HALL}/windows/{window}/sign-out"
            browser.post(path, json={}, headers={"X-CSRF-Token": signed_in["csrf"]}, timeout=10).raise_for_status()

    def _command(self, *words: str, stdin: str | None = None) -> str:
        said = None if stdin is None else f"{stdin}\n"
        done = CliRunner().invoke(main, [*words, "--database", self.database], input=said, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output.strip()

    def _program(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}"}

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.base}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def _signal(self, name: str) -> None:
        if self._process is not None:
            os.kill(self._process.pid, getattr(signal, name))
