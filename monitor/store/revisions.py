"""The revisions of the database this code knows, oldest first: to see whether one is current without loading Alembic."""

REVISIONS = tuple(f"{number:04}" for number in range(1, 19))
HEAD = REVISIONS[-1]
