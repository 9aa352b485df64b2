"""When a hub confirmed a subscription."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("verified_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("subscriptions", "verified_at")
