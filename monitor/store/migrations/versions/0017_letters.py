"""PostgreSQL finds words of every script as SQLite does: Greek, Cyrillic, Hangul and kana were read otherwise."""

from alembic import context, op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    context.config.attributes["dialect"].read_anew(op.get_bind())


def downgrade() -> None:
    """Nothing to do: code before this one asks by the functions that are there."""
