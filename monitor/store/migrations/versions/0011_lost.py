"""Attempts that never ended are counted by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("lost", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("deliveries", "lost")
