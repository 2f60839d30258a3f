"""The hall inside one open transaction: what the use cases read and write; locked first, nothing read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from queue_server.core import undo
from queue_server.core.acts import Stamp, change
from queue_server.core.conditions import Conditions
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall
from queue_server.core.journal import Entry, chain, line
from queue_server.core.moment import hall_time
from queue_server.core.seat import Seat
from queue_server.core.steps import NOTHING, Told
from queue_server.core.ticket import Act, Ticket
from queue_server.storage import history, notes, seats
from queue_server.storage.tables import counters, halls, journal
from queue_server.storage.tickets import Tickets

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_ADD_ENTRY = insert(journal)
_ADD_COUNTER = insert(counters)
_CLOSE = update(halls).where(halls.c.id == bindparam("of_hall"))
_COUNT = (
    update(counters)
    .where(
        counters.c.hall == bindparam("in_hall"),
        counters.c.prefix == bindparam("of_prefix"),
        counters.c.day == bindparam("on_day"),
    )
    .values(last=counters.c.last + 1)
    .returning(counters.c.last)
)


@dataclass(slots=True)
class Head:
    """The end of the hall's journal: number, time and hash of the last entry."""

    no: int
    at: int
    hash: str


class Ledger(Tickets):
    """Reads and writes of one hall in one transaction; `entries` gathers what was written, for publishing."""

    def __init__(
        self, connection: Connection, hall: Hall, key: bytes, head: Head, clock: int, conditions: Conditions
    ) -> None:
        super().__init__(connection, hall, hall_time(head.at, clock), conditions)
        self.key = key
        self.head = head
        self.entries: list[Entry] = []

    def stamp(self, act_id: str, by: str) -> Stamp:
        """The stamp of an act that happens now."""
        return Stamp(self.now, act_id, by)

    @property
    def next_no(self) -> int:
        """The number the next entry will have."""
        return self.head.no + 1

    def write(self, entry: Entry) -> None:
        """Chain one entry to the journal."""
        text = line(entry)
        digest = chain(self.head.hash, text)
        self._db.execute(
            _ADD_ENTRY,
            {
                "hall": self.hall.id,
                "entry_no": entry.no,
                "at": entry.at,
                "act": entry.act,
                "ticket": entry.ticket,
                "window": entry.window,
                "case": entry.case,
                "line": text,
                "hash": digest,
            },
        )
        self.head = Head(entry.no, entry.at, digest)
        self.entries.append(entry)

    def close(self) -> None:
        """Store where the journal ends now; the last thing before the commit."""
        end = {"last_no": self.head.no, "last_at": self.head.at, "last_hash": self.head.hash}
        self._db.execute(_CLOSE, {"of_hall": self.hall.id, **end})

    def running(self, prefix: str, day: str) -> int:
        """The next running number of a prefix on a business day; a refused act gives it back with its savepoint."""
        where = {"in_hall": self.hall.id, "of_prefix": prefix, "on_day": day}
        last = self._db.execute(_COUNT, where).scalar()
        if last is None:
            self._db.execute(_ADD_COUNTER, {"hall": self.hall.id, "prefix": prefix, "day": day, "last": 1})
            return 1
        return int(last)

    def add(self, ticket: Ticket, entry: Entry) -> None:
        """A new ticket and the entry that issued it."""
        self._insert(ticket)
        self.write(entry)

    def save(self, ticket: Ticket, entry: Entry) -> None:
        """A changed ticket and the entry that changed it; only what the entry tells is written."""
        self._update(ticket, tuple(sorted(entry.set or ())))
        self.write(entry)

    def act(
        self,
        ticket: Ticket,
        act: Act,
        stamp: Stamp,
        told: Told = NOTHING,
        facts: Mapping[str, Any] | None = None,
        note: str | None = None,
        happened: int | None = None,
    ) -> tuple[Ticket, Entry]:
        """Store an act on a ticket, its entry and the free text with it; `happened`: by hand, and when (ms UTC)."""
        salt, sealed = ("", "") if note is None else notes.seal(note)
        facts = facts if note is None else {**(facts or {}), "note": sealed}
        after, entry = change(self.hall, ticket, act, self.next_no, stamp, told, facts, happened)
        if note is not None:
            notes.keep(self._db, self.hall, entry.no, ticket.id, salt, note)
        self.save(after, entry)
        return after, entry

    def take_back(self, entry: Entry, window: int, undone: Sequence[int], stamp: Stamp) -> tuple[Ticket, Entry]:
        """Give a ticket back what it was before `entry`; refuses `row-damaged` when the journal cannot tell."""
        now = self.ticket(entry.ticket or "")
        before = history.ticket(self._db, self.hall.id, now.id, entry.no - 1)
        if before is None:
            raise Refusal("row-damaged", ticket=now.id[:32])
        told = undo.back(self.hall, now, before, window, undone, self.next_no, stamp)
        self.save(before, told)
        return before, told

    def stand(self, window: int, seat: Seat) -> None:
        """Store a window's new state where it follows from an entry that is written anyhow."""
        if seat == self.seats[window]:
            return
        seats.save(self._db, self.hall, window, seat)
        self.seats[window] = seat

    def seat(self, window: int, seat: Seat, entry: Entry) -> None:
        """Store a window's new state and its entry; what is tied to it or its clerk learns whether they are away."""
        before = self.seats[window]
        self.stand(window, seat)
        seats.note_absence(self._db, self.hall, before, seat, self.now)
        self.write(entry)
        if _serving(before) != _serving(seat):
            self._set_tied_timers()


def _serving(seat: Seat) -> tuple[bool, str | None, int | None, Mapping[str, int] | None]:
    """All of a seat on which it depends whether the window or its clerk is away from a business."""
    return seat.calls, seat.clerk, seat.since, seat.reluctance
