"""Copying a database row by row into another of either kind, and proving that both hold the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

import monitor.store.rows as t
from monitor.errors import StoreError
from monitor.store.dialect import Dialect, dialect_for
from monitor.store.files import new_file
from monitor.store.migrate import ensure, revision_of

_BATCH = 1000  # rows


def numbered() -> dict[str, str]:
    """The column each table numbers its rows by, for tables that do."""
    found = {}
    for table in t.METADATA.sorted_tables:
        [*key] = table.primary_key.columns
        if len(key) == 1 and table.autoincrement_column is key[0]:
            found[table.name] = key[0].name
    return found


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    ordered = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
    for part in connection.execute(ordered).mappings().partitions(_BATCH):
        yield [dict(row) for row in part]


def copy_rows(source: Connection, target: Connection, into: Dialect) -> dict[str, int]:
    """Copy every row; returns how many by table. ``target`` is of the same revision and empty: raises StoreError where not."""
    theirs, ours = revision_of(source), revision_of(target)
    if theirs != ours:
        raise StoreError(f"the databases are at revisions {theirs} and {ours}: run movewire db upgrade on the older one")
    tables = t.METADATA.sorted_tables
    for table in tables:
        if target.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(f"the database to copy into is not empty: table {table.name} has rows")
    copied = dict.fromkeys((table.name for table in tables), 0)
    for table in tables:
        for part in _rows(source, table):
            target.execute(insert(table), part)
            copied[table.name] += len(part)
    into.after_copy(target, numbered())
    return copied


def checksum(connection: Connection) -> str:
    """A digest over every row of every table, the same wherever the same is stored."""
    digest = hashlib.sha256()
    for table in t.METADATA.sorted_tables:
        digest.update(f"\n{table.name}\n".encode())
        for part in _rows(connection, table):
            for row in part:
                digest.update(json.dumps(list(row.values()), ensure_ascii=False).encode())
    return digest.hexdigest()


def export(source: Connection, target: Path) -> None:
    """Write a new SQLite file with everything ``source`` holds. Raises StoreError where ``target`` exists."""
    part = new_file(target)
    dialect = dialect_for(f"sqlite:///{part}")
    try:
        ensure(dialect, migrate=True)
        with dialect.writer.begin() as connection:
            copy_rows(source, connection, dialect)
        with dialect.reader.connect() as connection:
            if checksum(connection) != checksum(source):
                raise StoreError(f"{target}: the copy does not hold what the database holds; it was not kept")
    finally:
        dialect.dispose()
    for log in ("-wal", "-shm"):  # empty by now: the last connection that closes brings the log into the file
        part.with_name(part.name + log).unlink(missing_ok=True)
    part.replace(target)
