"""The hall inside one open transaction: what the use cases read and write; locked first, nothing read before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.core import undo
from queue_server.core.acts import Stamp, change
from queue_server.core.conditions import Conditions
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import Entry, chain, line
from queue_server.core.moment import hall_time
from queue_server.core.routing import Waiting
from queue_server.core.seat import Seat, away_since, called_by
from queue_server.core.steps import NOTHING, Told
from queue_server.core.ticket import Act, State, Ticket
from queue_server.storage import history, notes, queries, seats
from queue_server.storage.lanes import OPEN, TIED
from queue_server.storage.rows import DAMAGED, DamagedRow, columns, due_of, row_of, ticket_of
from queue_server.storage.tables import counters, halls, journal, tickets

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_ADD_ENTRY = insert(journal)
_ADD_TICKET = insert(tickets)
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
_SAVE_TICKET = update(tickets).where(tickets.c.id == bindparam("of_ticket"))
_TICKET = select(tickets).where(tickets.c.id == bindparam("of_ticket"), tickets.c.hall == bindparam("in_hall"))
_OPEN = select(tickets).where(tickets.c.hall == bindparam("in_hall"), OPEN)
_AWAITING = (
    select(tickets)
    .where(
        tickets.c.hall == bindparam("in_hall"),
        tickets.c.awaits == bindparam("of_ticket"),
        # A ticket that was voided while it waited for another one still says for which.
        tickets.c.state == State.HELD.value,
    )
    # They come back into the queue in the order in which they stood in it before.
    .order_by(tickets.c.entered)
)
_TIED = select(tickets).where(tickets.c.hall == bindparam("in_hall"), TIED)
_DUE = (
    select(tickets.c.due_kind, tickets.c.id)
    .where(tickets.c.hall == bindparam("in_hall"), tickets.c.due_at <= bindparam("now"))
    .order_by(tickets.c.due_at, tickets.c.due_kind, tickets.c.id)
    .limit(bindparam("most"))
)


@dataclass(slots=True)
class Head:
    """The end of the hall's journal: number, time and hash of the last entry."""

    no: int
    at: int
    hash: str


class Ledger:
    """Reads and writes of one hall in one transaction; `entries` gathers what was written, for publishing."""

    def __init__(
        self, connection: Connection, hall: Hall, key: bytes, head: Head, clock: int, conditions: Conditions
    ) -> None:
        self.db = self._db = connection
        self.hall = hall
        self.key = key
        self.head = head
        self.now = hall_time(head.at, clock)
        self.entries: list[Entry] = []
        self.seats = seats.load(self._db, hall)
        self.conditions = conditions

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
        self._db.execute(_ADD_TICKET, row_of(ticket, self.hall, self.away(ticket)))
        self.write(entry)

    def save(self, ticket: Ticket, entry: Entry) -> None:
        """A changed ticket and the entry that changed it; only what the entry tells is written."""
        names = tuple(sorted(entry.set or ()))
        due = due_of(ticket, self.hall, self.away(ticket))
        new = {f"new_{name}": value for name, value in {**columns(ticket, names), **due}.items()}
        self._db.execute(_save((*names, *due)), {"of_ticket": ticket.id, **new})
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

    def away(self, ticket: Ticket) -> int | None:
        """Since when the window or clerk a ticket belongs to is away (ms UTC); None while they are there."""
        if ticket.tie is None:
            return None
        return away_since(self.seats, seats.absent(self._db, self.hall), ticket.tie)

    def take_back(self, entry: Entry, window: int, undone: Sequence[int], stamp: Stamp) -> tuple[Ticket, Entry]:
        """Give a ticket back what it was before `entry`; refuses `row-damaged` when the journal cannot tell."""
        now = self.ticket(entry.ticket or "")
        before = history.ticket(self._db, self.hall.id, now.id, entry.no - 1)
        if before is None:
            raise Refusal("row-damaged", ticket=now.id[:32])
        told = undo.back(self.hall, now, before, window, undone, self.next_no, stamp)
        self.save(before, told)
        return before, told

    def ticket(self, ticket_id: str) -> Ticket:
        """A ticket of this hall by id; refuses `unknown-ticket`."""
        row = self._db.execute(_TICKET, {"of_ticket": ticket_id, "in_hall": self.hall.id}).mappings().first()
        if row is None:
            raise Refusal("unknown-ticket")
        return self._read(row)

    def at_window(self, window: int) -> Ticket | None:
        """The ticket called or serving at a window."""
        row = queries.at_window(self._db, self.hall, window)
        return None if row is None else self._read(row)

    def heads(self, window: Window, mine: Collection[str]) -> list[Waiting]:
        """The first callable ticket of each lane this window serves; `mine` are its own ties."""
        businesses = tuple(sorted(window.reluctance))
        found = queries.heads(self._db, self.hall, businesses, mine)
        if all(isinstance(figure, int) for head in found for figure in (head.place, head.entered, head.ripe)):
            return found
        # SQLite keeps a text in a column of numbers, and such a row cannot be put in order.
        self.mend()
        return queries.heads(self._db, self.hall, businesses, mine)

    def first_places(self, business: str) -> list[int]:
        """The places of those behind whom a missed visitor of this business comes back, in order."""
        return queries.first_places(self._db, self.hall, business, self.hall.settings.return_behind)

    def awaiting(self, ticket_id: str) -> list[Ticket]:
        """The held tickets that wait for this one."""
        rows = self._db.execute(_AWAITING, {"in_hall": self.hall.id, "of_ticket": ticket_id}).mappings()
        return [self._read(row) for row in rows.all()]

    def ahead(self, business: str, place: int, entered: int) -> int:
        """How many waiting tickets stand before (place, entered) and compete for the same windows."""
        return queries.ahead(self._db, self.hall, called_by(self.hall, self.seats), business, place, entered)

    def has_choice(self, window: Window) -> bool:
        """Whether this window may call more than one waiting ticket."""
        return queries.several_wait(self._db, self.hall, window.reluctance)

    def entered_before(self, window: Window, entered: int) -> int:
        """How many waiting tickets this window may call entered the queue before that entry."""
        return queries.entered_before(self._db, self.hall, window.reluctance, entered)

    def due(self, limit: int) -> list[tuple[str, str]]:
        """(kind, ticket id) of the overdue timers, in order of deadline, kind, ticket."""
        rows = self._db.execute(_DUE, {"in_hall": self.hall.id, "now": self.now, "most": limit}).all()
        return [(kind, ticket) for kind, ticket in rows]

    def set_timer(self, ticket: Ticket) -> None:
        """Write the ticket with the timer that it really has."""
        self._store(ticket)

    def mend(self) -> list[str]:
        """Set right each open ticket whose row makes no sense; the ids of those beyond repair, which are set aside."""
        lost = []
        rows: Sequence[Mapping[Any, Any]] = self._db.execute(_OPEN, {"in_hall": self.hall.id}).mappings().all()
        for row in rows:
            try:
                ticket_of(row)
            except DamagedRow as damaged:
                if not self._write_anew(damaged.ticket) and row["state"] != DAMAGED:
                    aside = {"state": DAMAGED, "due_at": None, "due_kind": None}
                    self._db.execute(update(tickets).where(tickets.c.id == damaged.ticket), aside)
                    lost.append(damaged.ticket)
        return lost

    def _write_anew(self, ticket_id: str) -> bool:
        ticket = history.ticket(self._db, self.hall.id, ticket_id)
        if ticket is None:
            return False
        try:
            with self._db.begin_nested():
                self._store(ticket)
        except IntegrityError:
            # Meanwhile somebody else stands where this ticket stood.
            return False
        return True

    def forget_timer(self, ticket_id: str) -> None:
        """Take a timer that can never fire (its ticket is damaged beyond repair) out of the way of all others."""
        self._db.execute(update(tickets).where(tickets.c.id == ticket_id), {"due_at": None, "due_kind": None})

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
        if (before.calls, before.clerk) != (seat.calls, seat.clerk):
            for row in self._db.execute(_TIED, {"in_hall": self.hall.id}).mappings().all():
                self.set_timer(self._read(row))

    def _read(self, row: Mapping[Any, Any]) -> Ticket:
        try:
            return ticket_of(row)
        except DamagedRow as damaged:
            # The journal is the truth: a ticket row that makes no sense is written anew from it.
            ticket = history.ticket(self._db, self.hall.id, damaged.ticket)
            if ticket is None:
                raise Refusal("row-damaged", ticket=damaged.ticket[:32]) from damaged
            self._store(ticket)
            return ticket

    def _store(self, ticket: Ticket) -> None:
        row = row_of(ticket, self.hall, self.away(ticket))
        row["of_ticket"] = row.pop("id")
        self._db.execute(_SAVE_TICKET, row)


@lru_cache(maxsize=256)
def _save(names: tuple[str, ...]) -> Update:
    return _SAVE_TICKET.values({name: bindparam(f"new_{name}") for name in names})
