"""Which papers of a case were found in order and when, and how often papers were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("cases", sa.Column("checked", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    op.add_column("cases", sa.Column("told", sa.Integer(), nullable=False, server_default=sa.text("0")))
