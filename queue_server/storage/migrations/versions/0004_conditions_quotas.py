"""How the hall stands now (suspended, closed early, evacuated, alarms), and the numbers given per quota."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("halls", sa.Column("conditions", sa.Text(), nullable=True))
    op.create_table(
        "quotas",
        sa.Column("hall", sa.String(length=32), nullable=False),
        sa.Column("business", sa.String(length=2), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "business", "day", "position"),
    )
