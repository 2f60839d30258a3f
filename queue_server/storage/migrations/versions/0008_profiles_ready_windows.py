"""What a clerk is able to do (the name of a skill profile), and since when a window stands ready for who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.add_column("staff", sa.Column("profile", sa.String(length=32), nullable=True))
    op.add_column("windows", sa.Column("ready_since", sa.BigInteger(), nullable=True))
