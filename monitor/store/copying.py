"""Copying a database row by row into another of either kind, and proving that both hold the same."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

import monitor.store.tables as t
from monitor.errors import ConflictError, DatabaseTooNew, StoreError
from monitor.store.dialect import Dialect, dialect_for, sqlite_file
from monitor.store.files import new_file, present
from monitor.store.migrate import check, ensure, revision_of

_BATCH = 1000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """How many rows a table, and a digest over all of them, the same in both databases."""

    rows: dict[str, int]
    checksum: str


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
    """Copy every row; returns how many by table. Raises StoreError where ``target`` is not empty or of another revision."""
    theirs, ours = revision_of(source), revision_of(target)
    if theirs != ours:
        raise StoreError(f"the databases are at revisions {theirs} and {ours}: run movewire db upgrade on the older one")
    tables = t.METADATA.sorted_tables
    for table in tables:
        if target.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreError(f"the database to copy into is not empty: table {table.name} has rows; --replace throws them away")
    copied = dict.fromkeys((table.name for table in tables), 0)
    for table in tables:
        for part in _rows(source, table):
            target.execute(insert(table), part)
            copied[table.name] += len(part)
    into.after_copy(target, numbered())
    return copied


def copy(source_url: str, target_url: str, *, replace: bool = False) -> Copied:
    """Copy one database into another, which is empty or, with ``replace``, emptied first. All is copied, or nothing.

    No daemon may run on either. Raises StoreError where one does, and where both do not hold the same afterwards.
    """
    with _opened(source_url, target_url) as (source, target):
        ensure(target, migrate=True)
        with (
            source.translated(),
            target.translated(),
            source.alone(),
            target.alone(),
            source.reader.connect() as reading,
            target.writer.begin() as writing,
        ):
            target.take_turn(writing)
            if replace:
                for table in reversed(t.METADATA.sorted_tables):
                    writing.execute(delete(table))
            rows = copy_rows(reading, writing, target)
            proof = checksum(reading)
            if checksum(writing) != proof:
                raise StoreError("the copy differs from the database; nothing was copied")
        target.make_durable()
    return Copied(rows=rows, checksum=proof)


def restore(backup: Path, target_url: str, *, replace: bool = False) -> Copied:
    """Copy a backup into a database, brought up to date on the way where an older Movewire wrote it; the file stays as it is."""
    if not backup.is_file():
        raise StoreError(f"{backup}: no such file")
    with TemporaryDirectory(prefix="movewire-") as folder:
        try:
            work = shutil.copy(backup, Path(folder) / "backup.db")
        except OSError as error:
            raise StoreError(f"{backup}: cannot be read ({error.strerror})") from error
        url = f"sqlite:///{work}"
        dialect = dialect_for(url)
        try:
            if _revision_of(backup, dialect) is None:
                raise StoreError(f"{backup} is not a backup of a Movewire database")
            ensure(dialect, migrate=True)
        finally:
            dialect.dispose()
        return copy(url, target_url, replace=replace)


def _revision_of(backup: Path, copied: Dialect) -> str | None:
    """That of a backup, read from its copy. Raises DatabaseTooNew, and StoreError naming the backup for what is no database."""
    try:
        return check(copied)
    except DatabaseTooNew as error:
        raise DatabaseTooNew(f"{backup}: {error}") from error
    except StoreError as error:
        raise StoreError(f"{backup} is not a backup of a Movewire database, or a damaged one") from error


@contextmanager
def _opened(source_url: str, target_url: str) -> Iterator[tuple[Dialect, Dialect]]:
    """Two databases, opened and let go of. Raises ConflictError where they are one, StoreError where the source is none yet."""
    if _place(source_url) == _place(target_url):
        raise ConflictError("source and target are the same database")
    with ExitStack() as stack:
        file = sqlite_file(source_url)
        if file is not None and not present(file):  # opening it would make it
            raise StoreError(f"{file}: no such file")
        source = dialect_for(source_url)
        stack.callback(source.dispose)
        if check(source) is None:
            raise StoreError("the database to copy from is empty")
        target = dialect_for(target_url)
        stack.callback(target.dispose)
        yield source, target


def _place(url: str) -> str | Path:
    """The same for two spellings of one file."""
    file = sqlite_file(url)
    return url if file is None else file.resolve()


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
    with new_file(target) as part:
        dialect = dialect_for(f"sqlite:///{part}")
        try:
            ensure(dialect, migrate=True)
            with dialect.writer.begin() as connection:
                copy_rows(source, connection, dialect)
            with dialect.reader.connect() as connection:
                if checksum(connection) != checksum(source):
                    raise StoreError(f"{target}: the copy differs from the database and was not kept")
        finally:
            dialect.dispose()  # (the last connection that closes brings the log into the file)
