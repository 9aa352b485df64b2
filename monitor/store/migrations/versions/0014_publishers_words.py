"""When a feed's last document asked to be asked again, and when not: it holds also where the document has not changed since."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feeds", sa.Column("ttl_seconds", sa.Float(), nullable=False, server_default="0"))
    op.add_column("feeds", sa.Column("skip_hours", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("feeds", sa.Column("skip_days", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    for column in ("skip_days", "skip_hours", "ttl_seconds"):
        op.drop_column("feeds", column)
