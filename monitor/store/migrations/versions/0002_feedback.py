"""What people say of alerts: relevant, not relevant, a wrong slot, a wrong event."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    texts = ("target", "target_kind", "kind", "person")
    more = ("via", "note", "story_id", "title", "summary", "url", "labels", "trace", "version")
    op.create_table(
        "feedback",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in more),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("target", "person", "number"),
    )
    op.create_index("ix_feedback_current", "feedback", ["current", "seq"])


def downgrade() -> None:
    op.drop_table("feedback")
