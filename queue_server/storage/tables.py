"""The tables: the journal is the truth, the others are projections of it or credentials."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from queue_server.storage.lanes import CALLABLE, CALLS, OPEN, TIED, WAITING

metadata = MetaData()

halls = Table(
    "halls",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("definition", Text, nullable=False),
    Column("epoch", String(32), nullable=False),
    Column("key", String(64), nullable=False),
    Column("last_no", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("conditions", Text),
)

windows = Table(
    "windows",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("window", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("clerk", String(32)),
    Column("since", BigInteger),
    Column("paused", String(32)),
    Column("changed_at", BigInteger),
    Column("reluctance", JSON(none_as_null=True)),
    Column("help", Boolean, nullable=False, server_default=false()),
    Column("ready_since", BigInteger),
    PrimaryKeyConstraint("hall", "window"),
    UniqueConstraint("clerk", name="one_window_per_clerk"),
)

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
# It holds all that counting and choosing need, so that no row is read for one that is only counted or passed over.
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

counters = Table(
    "counters",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("prefix", String(2), nullable=False),
    Column("day", String(10), nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("hall", "prefix", "day"),
)

# Numbers given out per quota: a quota may hold for a part of the day only, so the counters of prefixes do not tell.
quotas = Table(
    "quotas",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("business", String(2), nullable=False),
    Column("day", String(10), nullable=False),
    Column("position", Integer, nullable=False),
    Column("given", Integer, nullable=False),
    PrimaryKeyConstraint("hall", "business", "day", "position"),
)

journal = Table(
    "journal",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("entry_no", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("act", String(32), nullable=False),
    Column("ticket", String(32)),
    Column("window", Integer),
    Column("case", String(32)),
    Column("line", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("hall", "entry_no"),
)
Index("journal_of_ticket", journal.c.hall, journal.c.ticket, journal.c.entry_no)
_CASE = text('"case" IS NOT NULL')
Index("journal_of_case", journal.c.hall, journal.c.case, journal.c.entry_no, sqlite_where=_CASE, postgresql_where=_CASE)
Index("journal_of_window", journal.c.hall, journal.c.window, journal.c.entry_no)
Index("journal_calls", journal.c.hall, journal.c.entry_no, sqlite_where=CALLS, postgresql_where=CALLS)

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

# When a clerk last left a window, so that what is tied to them is let go in time.
absences = Table(
    "absences",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("since", BigInteger, nullable=False),
    PrimaryKeyConstraint("hall", "clerk"),
)

# Free text stands beside the journal, which holds only its hash: it can be erased and the chain stays whole.
notes = Table(
    "notes",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("entry_no", BigInteger, nullable=False),
    Column("ticket", String(32)),
    Column("salt", String(32), nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("hall", "entry_no"),
)
Index("notes_of_ticket", notes.c.hall, notes.c.ticket, notes.c.entry_no)

# What a hall shall become: asked for beside the server, done by the hall's writer when it is due.
hall_plans = Table(
    "hall_plans",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("takes_effect_at", BigInteger, nullable=False),
    Column("definition", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("by", String(64), nullable=False),
    PrimaryKeyConstraint("hall", "takes_effect_at"),
)

requests = Table(
    "requests",
    metadata,
    Column("caller", String(64), nullable=False),
    Column("key", String(128), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("hall", String(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("entry_no", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("caller", "key"),
)
Index("requests_by_age", requests.c.at)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("role", String(16), nullable=False),
    Column("name", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("hall", String(32), nullable=False),
    Column("name", String(64), nullable=False, unique=True),
    Column("display_name", String(64), nullable=False),
    Column("number", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("profile", String(32)),
    Column("created_at", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("staff", String(32), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)
