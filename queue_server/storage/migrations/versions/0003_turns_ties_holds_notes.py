"""Turns, ties, holds and notes: a ticket may wait more than once, belong to somebody, and be put aside."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INDEXES = {
    "tickets_callable": (
        ["hall", "state", "business", "place", "entered", "tie"],
        "state = 'waiting' AND callable_from IS NULL",
    ),
    "tickets_tied": (
        ["hall", "state", "business", "place", "entered"],
        "state = 'waiting' AND tie IS NOT NULL AND callable_from IS NULL",
    ),
    "tickets_of_tie": (
        ["tie", "hall", "state", "business", "place", "entered"],
        "state = 'waiting' AND tie IS NOT NULL AND callable_from IS NULL",
    ),
    "tickets_awaiting": (["hall", "awaits"], "awaits IS NOT NULL"),
}


def upgrade() -> None:
    """Bring the schema forward."""
    _tickets()
    _windows()
    op.create_table(
        "absences",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "clerk"),
    )
    op.create_table(
        "notes",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("entry_no", sa.BigInteger(), nullable=False),
        sa.Column("ticket", sa.String(length=32), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "entry_no"),
    )
    op.create_index("notes_of_ticket", "notes", ["hall", "ticket", "entry_no"])
    op.create_index("journal_of_window", "journal", ["hall", "window", "entry_no"])
    op.drop_index("journal_calls", "journal")
    calls = sa.text("act IN ('called', 'recalled', 'undone')")
    op.create_index("journal_calls", "journal", ["hall", "entry_no"], sqlite_where=calls, postgresql_where=calls)


def _tickets() -> None:
    zero, no = sa.text("0"), sa.false()
    for column in (
        sa.Column("base", sa.BigInteger(), nullable=False, server_default=zero),
        sa.Column("entered_at", sa.BigInteger(), nullable=False, server_default=zero),
        sa.Column("queued_at", sa.BigInteger(), nullable=False, server_default=zero),
        sa.Column("item", sa.String(length=32), nullable=True),
        sa.Column("later", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("turn", sa.Integer(), nullable=False, server_default=sa.text("1")),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("case", sa.String(length=32), nullable=True),
        sa.Column("reviewed", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("tie", sa.String(length=33), nullable=True),
        sa.Column("ripe", sa.BigInteger(), nullable=False, server_default=zero),
        sa.Column("callable_from", sa.BigInteger(), nullable=True),
        sa.Column("more_time", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("hold", sa.String(length=24), nullable=True),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("awaits", sa.String(length=32), nullable=True),
        sa.Column("held_ms", sa.BigInteger(), nullable=False, server_default=zero),
        sa.Column("returns", sa.Integer(), nullable=False, server_default=zero),
        sa.Column("timing_wrong", sa.Boolean(), nullable=False, server_default=no),
    ):
        op.add_column("tickets", column)
    # Until now every ticket had one wait, and it began with its number.
    tickets = sa.table("tickets", *map(sa.column, ("base", "entered_at", "queued_at", "issued_at")))
    op.execute(sa.update(tickets).values(dict.fromkeys(("base", "entered_at", "queued_at"), tickets.c.issued_at)))
    for name, (columns, where) in _INDEXES.items():
        only = sa.text(where)
        op.create_index(name, "tickets", columns, sqlite_where=only, postgresql_where=only)


def _windows() -> None:
    op.add_column("windows", sa.Column("paused", sa.String(length=32), nullable=True))
    op.add_column("windows", sa.Column("changed_at", sa.BigInteger(), nullable=True))
    op.add_column("windows", sa.Column("reluctance", sa.JSON(), nullable=True))
    op.add_column("windows", sa.Column("help", sa.Boolean(), nullable=False, server_default=sa.false()))
