"""Deliveries that some of their recipients have not got yet."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LATER = sa.text("later IS NOT NULL AND state <> 'dead'")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("later", sa.Text(), nullable=True))
    op.create_index(
        "ix_deliveries_later", "deliveries", ["channel", "next_attempt"], sqlite_where=_LATER, postgresql_where=_LATER
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_later", "deliveries")
    op.drop_column("deliveries", "later")
