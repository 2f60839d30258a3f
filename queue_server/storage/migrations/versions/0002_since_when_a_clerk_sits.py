"""Since when a clerk sits at a window; whoever sits there now sat down when the journal says so."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("windows", sa.Column("since", sa.BigInteger(), nullable=True))
    windows = sa.table("windows", *map(sa.column, ("hall", "window", "clerk", "since")))
    journal = sa.table("journal", *map(sa.column, ("hall", "window", "act", "at")))
    sat_down = (
        sa.select(sa.func.max(journal.c.at))
        .where(journal.c.hall == windows.c.hall, journal.c.window == windows.c.window)
        .where(journal.c.act == "clerk-signed-in")
        .scalar_subquery()
    )
    op.execute(sa.update(windows).where(windows.c.clerk.is_not(None)).values(since=sat_down))
