"""A running hall: its database, its server, and everybody who speaks with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result

from queue_server import hall_file
from queue_server.cli import main
from queue_server.storage import credentials
from tests.running import staff
from tests.running.client import Client
from tests.running.database import Database
from tests.running.process import Odds, ServerProcess
from tests.running.socket import Socket
from tests.running.staff import Person

ROLES = ("kiosk", "clerk", "manager")


class Hall:
    """A server on a database, with a token for each role; more servers may join it."""

    def __init__(self, database: Database, folder: Path, file: Path | None = None, public_url: str = "") -> None:
        self.database = database
        self.odds = Odds.none()
        self._folder = folder
        self._said = (file or hall_file.DEFAULT, public_url)
        self._clients: list[Client] = []
        self._sockets: list[Socket] = []
        self.servers: list[ServerProcess] = []
        self.server = self.add_server()
        self.tokens = {role: self.token(role) for role in ROLES}
        self.kiosk, self.clerk, self.manager = (self.client(self.tokens[role]) for role in ROLES)
        self.nobody = self.client()

    def add_server(self) -> ServerProcess:
        """One more server process on the same database."""
        file, public_url = self._said
        log = self._folder / f"server{len(self.servers)}.log"
        server = ServerProcess(self.database.url, log, hall=file, odds=self.odds, public_url=public_url)
        server.start()
        self.servers.append(server)
        return server

    def token(self, role: str, hall: str = "main") -> str:
        """A new token, made beside the server."""
        with self.database.engine().begin() as db:
            return credentials.create_token(db, hall, role, f"test {role}", 0)

    def client(self, token: str | None = None, server: ServerProcess | None = None) -> Client:
        """A caller of a server."""
        client = Client((server or self.server).base, token)
        self._clients.append(client)
        return client

    def add(self, person: Person) -> Person:
        """One more of the staff, who has not signed in yet."""
        staff.add(self.database.engine(), person)
        return person

    def person(self, name: str, role: str = "clerk") -> Client:
        """One more of the staff, signed in."""
        person = self.add(Person(name, role, f"{name} 静", name[-4:]))
        client = self.client()
        assert client.sign_in(person.name, person.password).status_code == 200
        return client

    def socket(self, token: str | None = None, client: Client | None = None) -> Socket:
        """A Socket.IO connection by token, or by the session of a signed-in person."""
        socket = Socket(self.server.base, token, client)
        self._sockets.append(socket)
        return socket

    def command(self, *words: str) -> Result:
        """The command line on this hall's database."""
        return CliRunner().invoke(main, [*words, "--database", self.database.url])

    def close(self) -> None:
        """End everything."""
        for socket in self._sockets:
            socket.close()
        for client in self._clients:
            client.close()
        for server in self.servers:
            server.stop()


def hall_with(folder: Path, **settings: Any) -> Path:
    """A file of the default hall with settings of its own, written as in any hall file."""
    said = {**_default(), "settings": {**_default().get("settings", {}), **settings}}
    file = folder / "own.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return file


@cache
def _default() -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(hall_file.DEFAULT.read_text(encoding="utf-8"))
    return said


@contextmanager
def running(database: Database, folder: Path, file: Path | None = None, public_url: str = "") -> Iterator[Hall]:
    """A hall for as long as it is used."""
    hall = Hall(database, folder, file, public_url)
    try:
        yield hall
    finally:
        hall.close()
