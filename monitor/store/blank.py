"""The form of a new SQLite file at once, from ``blank.json``: what all migrations make of it, at a twentieth of their cost.

``python -m monitor.store.blank`` runs the migrations on a new file and writes down what they made.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from sqlalchemy import Connection

from monitor.store.full_text import FULL_TEXT

FILE = Path(__file__).with_name("blank.json")
_SHADOWS = tuple(f"{name}_fts_{part}" for name in FULL_TEXT for part in ("data", "idx", "content", "docsize", "config"))


def make(connection: Connection, revision: str) -> None:
    """Give an empty file the form of ``revision``, the newest."""
    for statement in json.loads(FILE.read_bytes()):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES (?)", (revision,))


def made(connection: Connection) -> str:
    """The statements that make the form a file has, as JSON; what SQLite makes by itself left out."""
    said = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'trigger', type = 'index', name"
    rows = connection.exec_driver_sql(said).all()
    return json.dumps([row.sql for row in rows if row.name not in _SHADOWS], indent=0, ensure_ascii=False) + "\n"


def migrated() -> str:
    """``made`` of a new file that went through every migration."""
    from monitor.store.dialect import dialect_for  # noqa: PLC0415 - it knows this module
    from monitor.store.migrate import migrate  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        dialect = dialect_for(f"sqlite:///{folder}/blank.db")
        try:
            with dialect.writer.begin() as connection:
                migrate(connection, dialect)
                return made(connection)
        finally:
            dialect.dispose()


if __name__ == "__main__":
    FILE.write_text(migrated(), encoding="utf-8")
