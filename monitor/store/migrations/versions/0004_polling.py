"""What polling remembers of each feed; budgets of requests, subscriptions at hubs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, default: str = "") -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _time(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=True)


def _figure(name: str, default: str = "0") -> sa.Column[Any]:
    return sa.Column(name, sa.Float(), nullable=False, server_default=default)


def _feed() -> list[sa.Column[Any]]:
    return [
        *(_text(name) for name in ("title", "given_url", "moved_to")),
        *(_count(name) for name in ("moved_polls", "overruns", "rung")),
        *(_time(name) for name in ("moved_since", "changed_at", "added_at", "state_since", "pushed_until")),
        *(_figure(name) for name in ("gap_seconds", "longest_gap")),
        _figure("haste", "1"),
        _text("told_state", "ok"),
    ]


def upgrade() -> None:
    for column in _feed():
        op.add_column("feeds", column)
    op.create_index(op.f("ix_stories_title_digest"), "stories", ["title_digest"])
    op.create_table(
        "budgets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("next_free", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("feed_id", sa.Text(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("next_request", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("pushes", sa.BigInteger(), nullable=False),
        sa.Column("missed", sa.BigInteger(), nullable=False),
        sa.Column("last_push", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index(op.f("ix_subscriptions_next_request"), "subscriptions", ["next_request"])


def downgrade() -> None:
    for table in ("subscriptions", "budgets"):
        op.drop_table(table)
    op.drop_index(op.f("ix_stories_title_digest"), "stories")
    for column in _feed():
        op.drop_column("feeds", column.name)
