"""The one hall of the browser tests: the default hall where a recall soon counts again, emptied after each test."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running.database import Database, sqlite
from tests.running.hall import Hall, hall_with
from tests.running.staff import Person

RECALL_GAP_S = 3


class SharedHall(Hall):
    """A running hall that many tests use one after another."""

    def __init__(self, database: Database, folder: Path) -> None:
        super().__init__(database, folder, hall_with(folder, recall_gap=f"{RECALL_GAP_S} s", direct_call=True))
        self._staff = itertools.count(1)
        self._warden = self.person("warden", "manager")

    def add_clerk(self) -> Person:
        """One more clerk."""
        n = next(self._staff)
        return self.add(Person(f"clerk{n}", "clerk", f"陈静{n}", f"{n:04}"))

    def add_guide(self) -> Person:
        """One more guide."""
        n = next(self._staff)
        return self.add(Person(f"guide{n}", "guide", f"周敏{n}", f"{n:04}"))

    def add_manager(self) -> Person:
        """One more manager."""
        n = next(self._staff)
        return self.add(Person(f"manager{n}", "manager", f"林芳{n}", f"{n:04}"))

    def clear(self) -> None:
        """An empty hall for the next test: no visitor, nobody at a window."""
        for state in ("waiting", "called", "serving", "held", "missed"):
            for ticket in self.manager.every(state=state):
                self.manager.void(ticket["id"], "the test is over")
        for window in self.manager.board()["windows"]:
            view = self.manager.view(window["window"])
            if view["clerk"] is not None:
                self._warden.done(window["window"], "sign-out")
            if view["state"] == "paused":
                self.clerk.done(window["window"], "unpause")
            if view["help"]:
                self.clerk.done(window["window"], "help-ended")


@contextmanager
def shared_hall(folder: Path) -> Iterator[SharedHall]:
    """Such a hall for as long as it is used."""
    with sqlite(folder) as database:
        hall = SharedHall(database, folder)
        try:
            yield hall
        finally:
            hall.close()
