"""What visitors have in the hall: tickets, cases and bookings, with the indexes that keep the queue quick."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, String, Table, UniqueConstraint, false, text

from queue_server.storage.lanes import CALLABLE, OPEN, TIED, WAITING
from queue_server.storage.tables.schema import metadata

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("number", String(16), nullable=False),
    Column("business", String(2), nullable=False),
    Column("day", String(10), nullable=False),
    Column("language", String(16), nullable=False),
    Column("priority", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("base", BigInteger, nullable=False, server_default=text("0")),
    Column("entered", BigInteger, nullable=False),
    Column("entered_at", BigInteger, nullable=False, server_default=text("0")),
    Column("queued_at", BigInteger, nullable=False, server_default=text("0")),
    Column("ahead_at_issue", Integer, nullable=False),
    Column("item", String(32)),
    Column("later", JSON, nullable=False, server_default=text("'[]'")),
    Column("turn", Integer, nullable=False, server_default=text("1")),
    Column("owner", String(32)),
    Column("case", String(32)),
    Column("reviewed", Boolean, nullable=False, server_default=false()),
    Column("tie", String(33)),
    Column("ripe", BigInteger, nullable=False, server_default=text("0")),
    Column("callable_from", BigInteger),
    Column("more_time", Boolean, nullable=False, server_default=false()),
    Column("window", Integer),
    Column("called_at", BigInteger),
    Column("counted_at", BigInteger),
    Column("calls", Integer, nullable=False),
    Column("started_at", BigInteger),
    Column("hold", String(24)),
    Column("held_at", BigInteger),
    Column("held_until", BigInteger),
    Column("awaits", String(32)),
    Column("held_ms", BigInteger, nullable=False, server_default=text("0")),
    Column("missed_at", BigInteger),
    Column("returns", Integer, nullable=False, server_default=text("0")),
    Column("finished_at", BigInteger),
    Column("outcome", String(32)),
    Column("reason", String(200)),
    Column("timing_wrong", Boolean, nullable=False, server_default=false()),
    Column("due_at", BigInteger),
    Column("due_kind", String(16)),
    UniqueConstraint("hall", "day", "number", name="one_number_once"),
)
Index("tickets_in_order", tickets.c.hall, tickets.c.state, tickets.c.business, tickets.c.place, tickets.c.entered)
Index("tickets_waiting", tickets.c.hall, tickets.c.entered, sqlite_where=WAITING, postgresql_where=WAITING)
# One step into each of these finds the head of a lane, whatever else waits: nobody's, somebody's, by place and by tie.
# The state is the same in all of them, but with one column less SQLite would rather walk the index of every ticket.
_LANE = (tickets.c.hall, tickets.c.state, tickets.c.business, tickets.c.place, tickets.c.entered)
# It holds all that choosing and counting who is ahead need: no row is read for one that is only passed over or ahead.
Index("tickets_callable", *_LANE, tickets.c.tie, sqlite_where=CALLABLE, postgresql_where=CALLABLE)
Index("tickets_tied", *_LANE, sqlite_where=TIED, postgresql_where=TIED)
Index("tickets_of_tie", tickets.c.tie, *_LANE, sqlite_where=TIED, postgresql_where=TIED)
_AWAITS = text("awaits IS NOT NULL")
Index("tickets_awaiting", tickets.c.hall, tickets.c.awaits, sqlite_where=_AWAITS, postgresql_where=_AWAITS)
Index("tickets_of_window", tickets.c.hall, tickets.c.day, tickets.c.window, tickets.c.state)
Index("tickets_open", tickets.c.hall, sqlite_where=OPEN, postgresql_where=OPEN)
Index("tickets_by_entry", tickets.c.hall, tickets.c.entered, unique=True)
Index("tickets_due", tickets.c.hall, tickets.c.due_at, tickets.c.due_kind, tickets.c.id)
_AT_WINDOW = text("state IN ('called', 'serving')")
Index(
    "one_ticket_per_window",
    tickets.c.hall,
    tickets.c.window,
    unique=True,
    sqlite_where=_AT_WINDOW,
    postgresql_where=_AT_WINDOW,
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("code", String(8), nullable=False),
    Column("business", String(2), nullable=False),
    Column("item", String(32)),
    Column("owner", String(32)),
    Column("opened_at", BigInteger, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("return_by", String(10)),
    Column("promised_on", String(10)),
    Column("stopped_on", String(10)),
    Column("closed_at", BigInteger),
    Column("outcome", String(32)),
    Column("checked", JSON, nullable=False, server_default=text("'{}'")),
    Column("told", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("hall", "code", name="one_code_once"),
)
_OPEN_CASE = text("closed_at IS NULL")
Index("cases_open", cases.c.hall, cases.c.owner, sqlite_where=_OPEN_CASE, postgresql_where=_OPEN_CASE)

bookings = Table(
    "bookings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("code", String(8), nullable=False),
    Column("business", String(2), nullable=False),
    Column("item", String(32)),
    Column("slot", BigInteger, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("priority", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("ticket", String(32)),
    UniqueConstraint("hall", "code", name="one_booking_code_once"),
)
Index("bookings_of_slot", bookings.c.hall, bookings.c.business, bookings.c.slot)
_BOOKED = text("state = 'booked'")
Index("bookings_waiting", bookings.c.hall, bookings.c.slot, sqlite_where=_BOOKED, postgresql_where=_BOOKED)
