"""PostgreSQL finds numerals beyond ASCII (½, ², full-width digits) as SQLite does: by now 0017 sees to it, with all else."""

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to do: of the index that 0017 makes anew another form would be made first."""


def downgrade() -> None:
    """Nothing to do."""
