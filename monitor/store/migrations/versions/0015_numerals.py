"""PostgreSQL finds numerals beyond ASCII (½, ², full-width digits) as SQLite does."""

from alembic import context, op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    context.config.attributes["dialect"].index_numerals(op.get_bind())


def downgrade() -> None:
    """Nothing to do: an index that knows more words serves what knows fewer."""
