"""A running hall: its database, its server, and everybody who speaks with it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from click.testing import CliRunner, Result

from queue_server.cli import main
from queue_server.storage import credentials
from tests.running.client import Client
from tests.running.database import Database
from tests.running.process import Odds, ServerProcess
from tests.running.socket import Socket

PASSWORD = "a long enough word"
# As strong as argon2 allows to be weak: what is tested here is not how long guessing takes.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
ROLES = ("kiosk", "clerk", "manager")


class Hall:
    """A server on a database, with a token for each role; more servers may join it."""

    def __init__(self, database: Database, folder: Path, file: Path | None = None, odds: Odds | None = None) -> None:
        self.database = database
        self.odds = odds or Odds.none()
        self._folder = folder
        self._file = file
        self._clients: list[Client] = []
        self._sockets: list[Socket] = []
        self.servers: list[ServerProcess] = []
        self.server = self.add_server()
        self.tokens = {role: self.token(role) for role in ROLES}
        self.kiosk, self.clerk, self.manager = (self.client(self.tokens[role]) for role in ROLES)
        self.nobody = self.client()

    def add_server(self) -> ServerProcess:
        """One more server process on the same database."""
        log = self._folder / f"server{len(self.servers)}.log"
        server = ServerProcess(self.database.url, log, hall=self._file, odds=self.odds)
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

    def person(self, name: str, role: str = "clerk") -> Client:
        """One more of the staff, signed in."""
        person = credentials.Person(secrets.token_hex(16), "main", name, f"{name} 静", name[-4:], role, _HASH)
        with self.database.engine().begin() as db:
            credentials.add_person(db, person, 0)
        client = self.client()
        assert client.sign_in(name, PASSWORD).status_code == 200
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
        """End everything; a server's log must not speak of faults of its own."""
        for socket in self._sockets:
            socket.close()
        for client in self._clients:
            client.close()
        for server in self.servers:
            server.stop()


@contextmanager
def running(database: Database, folder: Path, file: Path | None = None, odds: Odds | None = None) -> Iterator[Hall]:
    """A hall for as long as it is used."""
    hall = Hall(database, folder, file, odds)
    try:
        yield hall
    finally:
        hall.close()
