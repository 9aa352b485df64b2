"""Bring a database to the form this code knows, when it is opened. Two processes that open it at once do it once."""

from __future__ import annotations

from sqlalchemy import Connection, column, inspect, select, table

from monitor.errors import DatabaseTooNew, StoreError
from monitor.store.dialect import Dialect
from monitor.store.revisions import HEAD, REVISIONS

_VERSION = table("alembic_version", column("version_num"))


def revision_of(connection: Connection) -> str | None:
    """The revision a database stands at; None for an empty one."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


def check(dialect: Dialect) -> str | None:
    """The revision of the database. Raises DatabaseTooNew where this code does not know it. It waits for nobody who writes."""
    with dialect.translated(), dialect.reader.connect() as connection:
        found = revision_of(connection)
    if found is not None and found not in REVISIONS:
        raise DatabaseTooNew(
            f"the database is at revision {found}, which a newer Movewire wrote; this one knows {HEAD}. "
            "Upgrade Movewire, or restore a backup."
        )
    return found


def upgrade(dialect: Dialect) -> None:
    """Run the migrations that are missing, in one transaction that holds the write lock."""
    with dialect.translated(), dialect.writer.begin() as connection:
        dialect.lock_for_migration(connection)
        found = revision_of(connection)
        if found == HEAD:  # another process was quicker
            return
        if found is not None or not dialect.made_blank(connection, HEAD):
            migrate(connection, dialect)


def migrate(connection: Connection, dialect: Dialect) -> None:
    """Every migration that is missing."""
    run("upgrade", "head", connection, dialect)
    dialect.after_migration(connection)


def run(command: str, target: str, connection: Connection, dialect: Dialect) -> None:
    """Alembic's ``upgrade`` or ``downgrade`` to ``target``, on the transaction of ``connection``."""
    # Alembic costs 0.1 s of start-up and is needed on the first start after an upgrade only.
    from alembic import command as alembic  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "monitor.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, dialect=dialect)
    {"upgrade": alembic.upgrade, "downgrade": alembic.downgrade}[command](config, target)


def ensure(dialect: Dialect, *, migrate: bool) -> None:
    """Raises StoreError where the database is behind and ``migrate`` is false."""
    found = check(dialect)
    if found == HEAD:
        return
    if not migrate:
        raise StoreError(f"the database is at revision {found or 'none'} and this Movewire needs {HEAD}: run movewire db upgrade")
    upgrade(dialect)
