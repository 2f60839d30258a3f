"""One running server: its halls with their writers, its reads, callers and clock; the interfaces share it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from queue_server import hall_file
from queue_server.caller import Callers
from queue_server.clock import Clock
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry
from queue_server.hall_clock import clock_for
from queue_server.passwords import Passwords
from queue_server.printers import Printers
from queue_server.rates import Rates
from queue_server.reads import Reads
from queue_server.settings import ServerSettings
from queue_server.storage import credentials, halls, lists, shown_board
from queue_server.storage.engines import ServerLock, open_engine
from queue_server.storage.upgrade import alone, upgrade
from queue_server.writer import Writer

Published = Callable[[str, Sequence[Entry]], None]


class Server:
    """Opens the database (upgraded, with a hall in it) and starts a writer for each hall."""

    def __init__(self, settings: ServerSettings, first_hall: Hall, clock: Clock | None = None) -> None:
        self.settings = settings
        self._lock = ServerLock(settings.database)
        self._engine = open_engine(settings.database, writes=True)
        upgrade(self._engine)
        with self._engine.begin() as db:
            alone(db)
            if not halls.every(db):
                halls.create(db, first_hall, (clock or Clock()).now())
            self.clock = clock or clock_for(db, settings.clock_speed)
            self.key = credentials.key(db, credentials.SESSION_KEY)
            found = [lists.hall(db, hall_id) for hall_id in halls.every(db)]
            self.halls: dict[str, Hall] = {hall.id: hall for hall in found if hall is not None}
            self.hall_keys = {hall_id: halls.key(db, hall_id) for hall_id in self.halls}
        self._reading = open_engine(settings.database, writes=False)
        self.reads = Reads(self._reading)
        self.callers = Callers(self.reads, self.key, self.clock)
        self.passwords = Passwords()
        self.rates = Rates()
        self.printers = Printers()
        self.printers_changed: Callable[[str], None] = lambda _hall: None
        self.publish: Published = lambda _hall, _entries: None
        self.session_ended: Callable[[str], None] = lambda _session: None
        self.writers = {hall_id: Writer(self._engine, hall_id, self.clock, self._published) for hall_id in self.halls}

    def _published(self, hall_id: str, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.act == halls.CHANGED and entry.facts is not None:
                self.halls[hall_id] = hall_file.parse(entry.facts["definition"])
        # Looked up at each commit, because the interfaces are wired in after the writers run.
        self.publish(hall_id, entries)

    def open_session(self, person: credentials.Person) -> str:
        """Sign a person in; gives the id that the cookie carries."""
        return self._writer(person.hall).beside(partial(credentials.open_session, person=person, now=self.clock.real()))

    def end_session(self, session_id: str) -> None:
        """Sign out: the cookie is worthless from now on, and what was opened with it is closed."""
        person = self.callers.by_session(session_id)
        if person is not None:
            self._writer(person.hall).beside(partial(credentials.end_session, session_id=session_id))
        self.callers.forget_session(session_id)
        self.session_ended(session_id)

    def _writer(self, hall_id: str) -> Writer:
        # A person may belong to a hall that this server does not run: the session is kept all the same.
        return self.writers.get(hall_id) or next(iter(self.writers.values()))

    def refresh(self, hall_id: str) -> None:
        """Know the hall as it is stored now: another process may have changed it."""
        self.halls[hall_id] = self.reads(lists.hall, hall_id) or self.halls[hall_id]

    def board(self, hall_id: str) -> dict[str, Any]:
        """The hall's board as it is stored now."""
        self.refresh(hall_id)
        board = self.reads(shown_board.read, self.halls[hall_id], self.clock.now())
        return {**board, "speed": self.clock.speed}

    def stop(self) -> None:
        """Finish what is being written and let go of the database."""
        for writer in self.writers.values():
            writer.stop()
        self._engine.dispose()
        self._reading.dispose()
        self._lock.release()
