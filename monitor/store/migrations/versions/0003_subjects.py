"""Deliveries that carry notices and digests; whether one may have arrived; where a channel holds what it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("kind", sa.Text(), nullable=False, server_default="alert"))
    op.add_column("deliveries", sa.Column("plain", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("unsure", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("document", sa.Text(), nullable=True))
    _alert_nullable(True)
    op.create_table(
        "posts",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.name"]),
        sa.PrimaryKeyConstraint("channel", "alert_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("posts")
    op.execute("DELETE FROM deliveries WHERE kind <> 'alert'")
    _alert_nullable(False)
    for column in ("document", "unsure", "plain", "kind"):
        op.drop_column("deliveries", column)


def _alert_nullable(nullable: bool) -> None:
    """A notice has no alert. SQLite copies the table for that, which would take the attempts along: they are put aside."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("deliveries", "alert_id", existing_type=sa.Text(), nullable=nullable)
        return
    op.execute("CREATE TABLE attempts_kept AS SELECT * FROM attempts")
    op.drop_table("attempts")
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("alert_id", existing_type=sa.Text(), nullable=nullable)
    op.create_table(
        "attempts",
        sa.Column("seq", BIG, nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("duration_ms", sa.Float(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("next_attempt", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_attempts_delivery_id"), "attempts", ["delivery_id"])
    op.execute("INSERT INTO attempts SELECT * FROM attempts_kept")
    op.drop_table("attempts_kept")
