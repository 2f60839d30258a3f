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
    text,
)

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
)

windows = Table(
    "windows",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("window", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("clerk", String(32)),
    Column("since", BigInteger),
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
    Column("entered", BigInteger, nullable=False),
    Column("ahead_at_issue", Integer, nullable=False),
    Column("window", Integer),
    Column("called_at", BigInteger),
    Column("counted_at", BigInteger),
    Column("calls", Integer, nullable=False),
    Column("started_at", BigInteger),
    Column("missed_at", BigInteger),
    Column("finished_at", BigInteger),
    Column("outcome", String(32)),
    Column("reason", String(200)),
    Column("due_at", BigInteger),
    Column("due_kind", String(16)),
    UniqueConstraint("hall", "day", "number", name="one_number_once"),
)
Index("tickets_in_order", tickets.c.hall, tickets.c.state, tickets.c.business, tickets.c.place, tickets.c.entered)
_WAIT = text("state = 'waiting'")
Index("tickets_waiting", tickets.c.hall, tickets.c.entered, sqlite_where=_WAIT, postgresql_where=_WAIT)
Index("tickets_of_window", tickets.c.hall, tickets.c.day, tickets.c.window, tickets.c.state)
_NOT_FINAL = text("state NOT IN ('finished', 'void')")
Index("tickets_open", tickets.c.hall, sqlite_where=_NOT_FINAL, postgresql_where=_NOT_FINAL)
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

journal = Table(
    "journal",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("entry_no", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("act", String(32), nullable=False),
    Column("ticket", String(32)),
    Column("window", Integer),
    Column("line", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("hall", "entry_no"),
)
Index("journal_of_ticket", journal.c.hall, journal.c.ticket, journal.c.entry_no)
_CALLS = text("act IN ('called', 'recalled')")
Index("journal_calls", journal.c.hall, journal.c.entry_no, sqlite_where=_CALLS, postgresql_where=_CALLS)

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
