"""Bookings of slots."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "bookings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("business", sa.String(length=2), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=True),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ticket", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hall", "code", name="one_booking_code_once"),
    )
    op.create_index("bookings_of_slot", "bookings", ["hall", "business", "slot"])
    waits = sa.text("state = 'booked'")
    op.create_index("bookings_waiting", "bookings", ["hall", "slot"], sqlite_where=waits, postgresql_where=waits)
