"""What a hall is, what stands at its windows and in its counters, and its journal, which is the truth."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from queue_server.storage.lanes import CALLS
from queue_server.storage.tables.schema import metadata

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

# When a clerk last left a window, so that what is tied to them is let go in time.
absences = Table(
    "absences",
    metadata,
    Column("hall", String(32), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("since", BigInteger, nullable=False),
    PrimaryKeyConstraint("hall", "clerk"),
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
