"""Cases: what lives over days, and which entries of the journal are about one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("business", sa.String(length=2), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=True),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("return_by", sa.String(length=10), nullable=True),
        sa.Column("promised_on", sa.String(length=10), nullable=True),
        sa.Column("stopped_on", sa.String(length=10), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hall", "code", name="one_code_once"),
    )
    only = sa.text("closed_at IS NULL")
    op.create_index("cases_open", "cases", ["hall", "owner"], sqlite_where=only, postgresql_where=only)
    op.add_column("journal", sa.Column("case", sa.String(length=32), nullable=True))
    about = sa.text('"case" IS NOT NULL')
    op.create_index(
        "journal_of_case", "journal", ["hall", "case", "entry_no"], sqlite_where=about, postgresql_where=about
    )
