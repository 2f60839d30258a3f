"""The tickets of a hall inside one open transaction: read by id, window or order; one that makes no sense is mended."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.core.conditions import Conditions
from queue_server.core.errors import Refusal
from queue_server.core.hall import Hall, Window
from queue_server.core.routing import Waiting
from queue_server.core.seat import away_since, called_by
from queue_server.core.ticket import State, Ticket
from queue_server.storage import history, queries, seats
from queue_server.storage.lanes import OPEN, TIED
from queue_server.storage.rows import DAMAGED, DamagedRow, columns, due_of, row_of, ticket_of
from queue_server.storage.tables import tickets

# Built once: building and hashing a statement anew costs more than SQLite needs to run it.
_ADD_TICKET = insert(tickets)
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


class Tickets:
    """The tickets of one hall in one transaction, at the hall's time `now` (ms UTC)."""

    def __init__(self, connection: Connection, hall: Hall, now: int, conditions: Conditions) -> None:
        self.db = self._db = connection
        self.hall = hall
        self.now = now
        self.conditions = conditions
        self.seats = seats.load(self._db, hall)

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

    def issued_before(self, window: Window, at: int) -> int:
        """How many waiting tickets this window may call were issued before a moment (ms UTC)."""
        return queries.issued_before(self._db, self.hall, window.reluctance, at)

    def overtaken(self, window: Window, ticket: Ticket, ordinary: int) -> int:
        """How many of those a head start brought this ticket before; `ordinary` is its place without one (ms UTC)."""
        return queries.overtaken(self._db, self.hall, window.reluctance, ticket.issued_at, ticket.place, ordinary)

    def due(self, limit: int) -> list[tuple[str, str]]:
        """(kind, ticket id) of the overdue timers, in order of deadline, kind, ticket."""
        rows = self._db.execute(_DUE, {"in_hall": self.hall.id, "now": self.now, "most": limit}).all()
        return [(kind, ticket) for kind, ticket in rows]

    def set_timer(self, ticket: Ticket) -> None:
        """Write the ticket with the timer that it really has."""
        self._store(ticket)

    def _set_tied_timers(self) -> None:
        # Whether what they are tied to is away has just changed, and with it until when they wait for it.
        for row in self._db.execute(_TIED, {"in_hall": self.hall.id}).mappings().all():
            self.set_timer(self._read(row))

    def set_timers(self) -> None:
        """Write every open ticket whose timer is another one now that the hall is, or stands, otherwise."""
        for row in self._db.execute(_OPEN, {"in_hall": self.hall.id}).mappings().all():
            # One that nobody can read any more has no timer; it is mended or set aside in its turn.
            with suppress(Refusal):
                ticket = self._read(row)
                due = self._due(ticket)
                if due != {name: row[name] for name in due}:
                    self.set_timer(ticket)

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

    def away(self, ticket: Ticket) -> int | None:
        """Since when (ms UTC) the window or clerk it belongs to calls nobody of its business; None while they do."""
        if ticket.tie is None:
            return None
        return away_since(self.hall, self.seats, seats.absent(self._db, self.hall), ticket.tie, ticket.business)

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
        row = row_of(ticket, self.hall, self.away(ticket), self.conditions.evacuations)
        row["of_ticket"] = row.pop("id")
        self._db.execute(_SAVE_TICKET, row)

    def _insert(self, ticket: Ticket) -> None:
        self._db.execute(_ADD_TICKET, row_of(ticket, self.hall, self.away(ticket), self.conditions.evacuations))

    def _update(self, ticket: Ticket, names: tuple[str, ...]) -> None:
        due = self._due(ticket)
        new = {f"new_{name}": value for name, value in {**columns(ticket, names), **due}.items()}
        self._db.execute(_save((*names, *due)), {"of_ticket": ticket.id, **new})

    def _due(self, ticket: Ticket) -> dict[str, Any]:
        return due_of(ticket, self.hall, self.away(ticket), self.conditions.evacuations)


@lru_cache(maxsize=256)
def _save(names: tuple[str, ...]) -> Update:
    return _SAVE_TICKET.values({name: bindparam(f"new_{name}") for name in names})
