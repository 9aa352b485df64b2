"""Entries that were missed and stand behind a page that failed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds", sa.Column("missed_since", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("feeds", "missed_since")
