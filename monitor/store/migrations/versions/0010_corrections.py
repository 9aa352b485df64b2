"""What people said of grouping."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("seq", BIG, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "kind", "event_id", "other_id", "stories", "author", "note")
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    for name in ("event_id", "other_id"):
        op.create_index(op.f(f"ix_corrections_{name}"), "corrections", [name])


def downgrade() -> None:
    op.drop_table("corrections")
