"""EQT Corp's moves and buildouts are counted apart from EQT's: which of the two an event is of, its words say."""

from alembic import op

from monitor.store.filling import key_ledger_anew

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key_ledger_anew(op.get_bind(), ("eqt",))


def downgrade() -> None:
    """Nothing to do: sums go by the words as written, and an event that is written again gets its key of before."""
