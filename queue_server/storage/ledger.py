"""The hall inside one open transaction: what the use cases read and write; locked first, nothing read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from queue_server.core.acts import Stamp, change
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall, Window
from queue_server.core.journal import Entry, chain, line
from queue_server.core.moment import hall_time
from queue_server.core.routing import Waiting
from queue_server.core.seat import Seat
from queue_server.core.ticket import Act, Ticket
from queue_server.storage import history, queries
from queue_server.storage.rows import DAMAGED, DamagedRow, row_of, ticket_of
from queue_server.storage.tables import counters, halls, journal, tickets, windows

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_SEATS = select(windows.c.window, windows.c.open, windows.c.clerk, windows.c.since).where(
    windows.c.hall == bindparam("in_hall")
)
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
_OPEN = select(tickets).where(
    tickets.c.hall == bindparam("in_hall"),
    # Written out, so that the index of open tickets is used, however many are closed.
    text("state NOT IN ('finished', 'void')"),
)
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

    def __init__(self, connection: Connection, hall: Hall, key: bytes, head: Head, clock: int) -> None:
        self._db = connection
        self.hall = hall
        self.key = key
        self.head = head
        self.now = hall_time(head.at, clock)
        self.entries: list[Entry] = []
        rows = self._db.execute(_SEATS, {"in_hall": hall.id}).all()
        # A window whose row is lost is closed; a row of a window the hall does not have is none.
        self.seats = {w.number: Seat(open=False, clerk=None) for w in hall.windows}
        for window, is_open, clerk, since in rows:
            if window in self.seats:
                # SQLite keeps a text in a column of numbers, and such a moment is none.
                self.seats[window] = Seat(is_open, clerk, since if isinstance(since, int) else None)

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
        self._db.execute(_ADD_TICKET, row_of(ticket, self.hall))
        self.write(entry)

    def save(self, ticket: Ticket, entry: Entry) -> None:
        """A changed ticket and the entry that changed it."""
        self._store(ticket)
        self.write(entry)

    def act(self, ticket: Ticket, act: Act, stamp: Stamp, **values: Any) -> tuple[Ticket, Entry]:
        """Apply an act to a ticket and store both the ticket and the entry."""
        after, entry = change(self.hall, ticket, act, self.next_no, stamp, **values)
        self.save(after, entry)
        return after, entry

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

    def heads(self, window: Window) -> list[Waiting]:
        """The first waiting ticket of each business this window serves, in (place, entered) order."""
        found = queries.heads(self._db, self.hall, tuple(sorted(window.reluctance)))
        if all(isinstance(figure, int) for head in found for figure in head[:2]):
            return found
        # SQLite keeps a text in a column of numbers, and such a row cannot be put in order.
        self.mend()
        return queries.heads(self._db, self.hall, tuple(sorted(window.reluctance)))

    def ahead(self, business: str, place: int, entered: int) -> int:
        """How many waiting tickets stand before (place, entered) and compete for the same windows."""
        now_open = [w for w, s in self.seats.items() if s.open]
        return queries.ahead(self._db, self.hall, now_open, business, place, entered)

    def has_choice(self, window: Window) -> bool:
        """Whether this window may call more than one waiting ticket."""
        return queries.several_wait(self._db, self.hall, window.reluctance)

    def issued_before(self, window: Window, entered: int) -> int:
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

    def seat(self, window: int, seat: Seat, entry: Entry) -> None:
        """Store who sits at a window since when, and whether it is open."""
        self._db.execute(
            update(windows).where(windows.c.hall == self.hall.id, windows.c.window == window),
            {"open": seat.open, "clerk": seat.clerk, "since": seat.since},
        )
        self.seats[window] = seat
        self.write(entry)

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
        row = row_of(ticket, self.hall)
        row["of_ticket"] = row.pop("id")
        self._db.execute(_SAVE_TICKET, row)
