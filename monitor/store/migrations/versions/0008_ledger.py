"""Moves and buildouts as rows to count, and how far a buildout has come as a term; filled from the events there are."""

import sqlalchemy as sa
from alembic import context, op

from monitor.store.filling import fill_ledger

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "event_moves",
        sa.Column("event_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("from_key", sa.Text(), nullable=False),
        sa.Column("to_key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("from_org", sa.Text(), nullable=False),
        sa.Column("to_org", sa.Text(), nullable=False),
        sa.Column("seniority", sa.Text(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event_seq"], ["events.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_seq", "from_key", "to_key"),
        sqlite_with_rowid=False,
    )
    period = ["at", "status", "from_org", "to_org", "seniority", "people", "event_seq"]
    op.create_index("ix_event_moves_period", "event_moves", period)
    op.create_index("ix_event_moves_from", "event_moves", ["from_key", "at"])
    op.create_index("ix_event_moves_to", "event_moves", ["to_key", "at"])
    op.create_table(
        "event_buildouts",
        sa.Column("event_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("org_key", sa.Text(), nullable=False),
        sa.Column("org", sa.Text(), nullable=False),
        sa.Column("project_key", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.Column("capacity", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["event_seq"], ["events.seq"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_seq", "n"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_buildouts_period", "event_buildouts", ["n", "at"])
    op.create_index("ix_event_buildouts_org", "event_buildouts", ["org_key", "at"])
    op.create_index("ix_event_buildouts_project", "event_buildouts", ["project_key", "at"])
    # The rows follow from the events; a database with many is filled as a live one would be.
    fill_ledger(op.get_bind(), context.config.attributes["dialect"].name)


def downgrade() -> None:
    op.execute("DELETE FROM event_terms WHERE kind = 'progress'")
    op.execute("DELETE FROM alert_terms WHERE kind = 'progress'")
    op.drop_table("event_buildouts")
    op.drop_table("event_moves")
