"""The hall in which a scenario happens: a real server, whoever comes, the clerks, and what was answered last."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import requests

from tests.running.client import HALL, Client
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.own_hall import go_to, monday, own_file
from tests.scenarios.telling import Facts

_WEEKDAYS = "一二三四五六日"
CLERKS = {"陈静": "0105", "王敏": "0106", "李强": "0107"}


def day_named(said: str) -> date:
    """The day of 周三, 下周三 or 下下周三; the first week is the next that begins."""
    weeks = said.count("下")
    return monday() + timedelta(days=7 * weeks + _WEEKDAYS.index(said[-1]))


class World:
    """One scenario's hall; it starts when somebody first needs it, so that its file can be told before."""

    def __init__(self, start: Start, database: Database, folder: Path) -> None:
        self.own: Facts = {"settings": {}, "calendar": {"holidays": [], "make_up": {}}}
        self.businesses: dict[str, Facts] = {}
        self.classes: dict[str, Facts] = {}
        self.people: dict[str, Facts] = {}
        self.cases: dict[str, str] = {}
        self.bookings: dict[str, str] = {}
        self.desks: dict[str, tuple[Client, int]] = {}
        self.read_until = 0
        self.feed: list[Facts] = []
        self._last: requests.Response | None = None
        self._start: Callable[[], Hall] = lambda: start(database, file=self._file(folder))
        self._hall: Hall | None = None
        self._guide: Client | None = None
        self._facts: Facts = {}

    @property
    def hall(self) -> Hall:
        """The running hall."""
        if self._hall is None:
            self._hall = self._start()
        return self._hall

    @property
    def last(self) -> requests.Response:
        """The last answer."""
        assert self._last is not None
        return self._last

    @property
    def guide(self) -> Client:
        """The guide's tablet."""
        if self._guide is None:
            self._guide = self.hall.client(self.hall.token("guide"))
        return self._guide

    @property
    def facts(self) -> Facts:
        """What the hall is made of, as any program reads it."""
        if not self._facts:
            self._facts = self.hall.kiosk.ask(HALL).json()
        return self._facts

    def _file(self, folder: Path) -> Path:
        return own_file(folder, businesses=self.businesses, classes=self.classes, **self.own)

    def at(self, day: str, clock: str) -> None:
        """The clock stands there."""
        go_to(self.hall, day_named(day), clock)

    def business(self, name: str) -> Facts:
        """A business by its name."""
        return _named(self.facts["businesses"], name)

    def item(self, business: str, name: str) -> Facts:
        """An item of a business by its name."""
        return _named(self.business(business)["items"], name)

    def grounds(self, name: str) -> str:
        """A priority class by its name."""
        return str(_named(self.facts["classes"], name)["code"])

    def clerk_at(self, window: int) -> Client:
        """Who acts at a window: the clerk who sits there, else the hall's own program."""
        return next((client for client, desk in self.desks.values() if desk == window), self.hall.clerk)

    def said(self, reply: requests.Response) -> Facts:
        """Keep an answer; what it says, whether it is a refusal or not."""
        self._last = reply
        told: Facts = reply.json() if reply.content else {}
        return told

    def done(self, reply: requests.Response) -> Facts:
        """Keep an answer, which must be a yes."""
        told = self.said(reply)
        assert reply.ok, reply.text
        return told

    def came(self, who: str, reply: requests.Response) -> None:
        """Somebody asked for a number, and has it now unless it was refused."""
        told = self.said(reply)
        if reply.ok:
            self.people[who] = told

    def now(self, who: str) -> Facts:
        """Somebody's ticket as it stands."""
        return self.hall.manager.ticket(self.people[who]["id"])

    def at_window(self, window: int) -> Facts:
        """The ticket at a window."""
        told: Facts | None = self.hall.manager.view(window)["ticket"]
        assert told is not None, f"nobody is at window {window}"
        return told

    def case(self, who: str) -> Facts:
        """Somebody's case as it stands."""
        told: Facts = self.hall.manager.ask(f"{HALL}/cases/{self.cases[who]}").json()
        return told

    def journal(self) -> list[Facts]:
        """The whole journal, as a program reads it."""
        return follow(self.hall.manager, 0)

    def entries(self, who: str) -> list[Facts]:
        """What the journal tells of somebody's ticket."""
        return [entry for entry in self.journal() if entry.get("ticket") == self.people[who]["id"]]


def follow(reader: Client, after: int) -> list[Facts]:
    """The entries of the journal's stream behind one number."""
    reply = reader.ask(f"{HALL}/journal", params={"after": after})
    assert reply.ok, reply.text
    return [_entry(line) for line in reply.text.splitlines()]


def _entry(line: str) -> Facts:
    told: Facts = json.loads(line)
    return told


def _named(parts: list[Facts], name: str) -> Facts:
    found = [part for part in parts if part["names"]["zh-Hans"] == name]
    assert found, f"nothing here is called {name}"
    return found[0]
