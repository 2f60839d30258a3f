"""The one hall of the browser tests: the default hall where a recall soon counts again, emptied after each test."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running.client import HALL
from tests.running.database import Database, sqlite
from tests.running.hall import Hall, hall_with
from tests.running.staff import Person

RECALL_GAP_S = 3
OPEN = ("waiting", "called", "serving", "held", "missed")


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
        """The hall as on any day for the next test: open, no visitor, nobody at a window, every window free to call."""
        self._back_to_normal()
        # Whoever waited for somebody comes back into the queue when that one is gone, so it is looked at once more.
        while there := [each for state in OPEN for each in self.manager.every(state=state)]:
            for ticket in there:
                self.manager.void(ticket["id"], "the test is over")
        for window in self.manager.board()["windows"]:
            view = self.manager.view(window["window"])
            if view["clerk"] is not None:
                self._warden.done(window["window"], "sign-out")
            if view["state"] != "open":
                self.clerk.done(window["window"], {"paused": "unpause", "closed": "open"}[view["state"]])
            if view["help"]:
                self.clerk.done(window["window"], "help-ended")

    def _back_to_normal(self) -> None:
        stands = self.manager.ask(f"{HALL}/conditions").json()
        for code in stands["suspended"]:
            assert self.manager.tell(f"{HALL}/businesses/{code}/resume").ok
        if stands["evacuated"] or stands["closed_day"] is not None:
            assert self.manager.tell(f"{HALL}/back-to-normal").ok


@contextmanager
def shared_hall(folder: Path) -> Iterator[SharedHall]:
    """Such a hall for as long as it is used."""
    with sqlite(folder) as database:
        hall = SharedHall(database, folder)
        try:
            yield hall
        finally:
            hall.close()
