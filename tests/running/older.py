"""A database as the first version left it: its schema, its hall, and a journal whose lines say nothing of turns."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import column, insert, table

from queue_server import hall_file, storage
from queue_server.core.acts import day_of
from queue_server.core.journal import START, canonical, chain
from tests.running.database import Database

_TICKET = (
    *("id", "number", "business", "day", "language", "priority", "state", "issued_at", "place", "entered"),
    *("ahead_at_issue", "window", "called_at", "counted_at", "calls", "started_at", "missed_at", "finished_at"),
    *("outcome", "reason"),
)
_SETTINGS = {
    "max_calls": 3,
    "recall_gap": "20 s",
    "return_within": "30 min",
    "missed_timer": None,
    "max_advance": "1 h",
    "day_starts": "4 h",
    "outcomes": ["accepted", "completed"],
}


def upgrade_to(database: Database, revision: str) -> None:
    """The schema of an older version."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    with database.engine().begin() as db:
        config.attributes["connection"] = db
        command.upgrade(config, revision)


class OldHall:
    """Writes the hall's tickets and journal as the first version did, at one moment."""

    def __init__(self, database: Database, at: int) -> None:
        upgrade_to(database, "0001")
        self.at = at
        self.tickets: dict[str, dict[str, Any]] = {}
        self._database = database
        self._day = day_of(hall_file.read(hall_file.DEFAULT), at)
        self._lines: list[dict[str, Any]] = []
        self._hash = START
        self._definition = _definition()
        self._windows = [window["window"] for window in self._definition["windows"]]
        self._entry("hall-loaded", facts={"definition": self._definition})
        for window in self._windows:
            self._entry("window-opened", window=window)

    def take(self) -> str:
        """One more number; the ticket's id."""
        no = len(self.tickets) + 1
        ticket: dict[str, Any] = dict.fromkeys(_TICKET)
        ticket |= {"id": f"{no:032x}", "number": f"A{no:03}", "business": "A", "day": self._day, "language": "zh-Hans"}
        ticket |= {"priority": ["elderly"] if no == 1 else [], "state": "waiting", "issued_at": self.at + no}
        ticket |= {"place": self.at + no, "entered": len(self._lines) + 1, "ahead_at_issue": 0, "calls": 0}
        self.tickets[ticket["id"]] = ticket
        self._entry("issued", ticket=ticket["id"], told=dict(ticket))
        return str(ticket["id"])

    def act(self, act: str, ticket: str, **told: Any) -> None:
        """What was done with a ticket, and the fields it set."""
        self.tickets[ticket] |= told
        facts = {"why": {"cause": "longest", "reluctance_ms": 0, "passed": 0}} if act == "called" else None
        self._entry(act, ticket=ticket, window=self.tickets[ticket]["window"], told=told, facts=facts)

    def close(self) -> None:
        """Write it all down."""
        columns = ("hall", "entry_no", "at", "act", "ticket", "window", "line", "hash")
        rows = [{"hall": "main", **_due(ticket), **ticket} for ticket in self.tickets.values()]
        end = {"last_no": len(self._lines), "last_at": self._lines[-1]["at"], "last_hash": self._hash}
        hall = {"id": "main", "definition": canonical(self._definition), "epoch": "old", "key": "ab" * 32, **end}
        seats = [{"hall": "main", "window": window, "open": True} for window in self._windows]
        with self._database.engine().begin() as db:
            db.execute(insert(_table("halls", hall)), hall)
            db.execute(insert(_table("windows", seats[0])), seats)
            db.execute(insert(table("journal", *map(column, columns))), self._lines)
            for row in rows:
                db.execute(insert(_table("tickets", row)), {**row, "priority": canonical(row["priority"])})
            counted = {"hall": "main", "prefix": "A", "day": self._day, "last": len(rows)}
            db.execute(insert(_table("counters", counted)), counted)

    def _entry(self, act: str, told: Any = None, facts: Any = None, **about: Any) -> None:
        no, at = len(self._lines) + 1, self.at + len(self._lines)
        said = {"no": no, "at": at, "hall": "main", "act": act, "act_id": f"{no:016x}", "by": "system", **about}
        line = canonical({**said, **({"set": told} if told else {}), **({"facts": facts} if facts else {})})
        self._hash = chain(self._hash, line)
        beside = {"hall": "main", "entry_no": no, "at": at, "act": act, "ticket": None, "window": None, **about}
        self._lines.append({**beside, "line": line, "hash": self._hash})


def _due(ticket: dict[str, Any]) -> dict[str, Any]:
    if ticket["state"] == "missed":
        return {"due_at": ticket["missed_at"] + 30 * 60_000, "due_kind": "return-over"}
    return {"due_at": None, "due_kind": None}


def _table(name: str, row: dict[str, Any]) -> Any:
    return table(name, *map(column, row))


def _definition() -> dict[str, Any]:
    """The default hall in the words of the first version."""
    hall = hall_file.read(hall_file.DEFAULT)
    return {
        "hall": hall.id,
        "names": dict(hall.names),
        "time_zone": hall.time_zone,
        "settings": _SETTINGS,
        "zones": [{"code": z.code, "names": dict(z.names)} for z in hall.zones],
        "classes": [{"code": c.code, "names": dict(c.names), "head_start": "20 min"} for c in hall.classes],
        "businesses": [{"code": b.code, "names": dict(b.names), "note": None} for b in hall.businesses],
        "windows": [{"window": w.number, "zone": w.zone, "serves": dict.fromkeys("ABCDEFGZ", 0)} for w in hall.windows],
    }
