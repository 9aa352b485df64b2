"""What differs between databases, behind one contract: a second database is a second member, chosen by its URL."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Select, Table
from sqlalchemy.dialects import sqlite as sqlite_statements
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.sql.dml import Insert

from monitor.errors import SettingsError, StoreError
from monitor.store.sqlite import Sqlite

EXPECTED = "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE"
_DRIVER = "PostgreSQL needs the extra: pip install 'movewire[postgres]'"


class Lock(Protocol):
    """That of the one daemon, held. ``sure``: whoever held it before is certain to have ended."""

    sure: bool

    def keep(self) -> bool:
        """Make sure that it is ours still; True where it had been lost and was taken again.

        Raises AnotherDaemon where another has it now, DatabaseAway where nobody can be asked.
        """
        ...


class Dialect(Protocol):
    """One kind of database. ``writer`` begins transactions that may write, ``reader`` begins snapshots."""

    name: str
    groups: bool  # is a commit shared cheaper, and is there one writer anyway?
    address: str  # as the driver takes it, with its secrets
    writer: Engine
    reader: Engine

    def dispose(self) -> None: ...
    def take_turn(self, connection: Connection) -> None: ...
    def lock_for_migration(self, connection: Connection) -> None: ...
    def made_blank(self, connection: Connection, revision: str) -> bool: ...
    def after_migration(self, connection: Connection) -> None: ...
    def make_durable(self) -> None: ...
    def create_full_text(self, connection: Connection) -> None: ...
    def read_anew(self, connection: Connection) -> None: ...
    def drop_full_text(self, connection: Connection) -> None: ...
    def full_text(self, name: str, query: str) -> Select[Any] | None: ...
    def size(self, connection: Connection) -> int: ...
    def backup(self, target: Path) -> None: ...
    def after_copy(self, connection: Connection, numbered: dict[str, str]) -> None: ...
    def alone(self) -> AbstractContextManager[Lock]: ...
    def translated(self) -> AbstractContextManager[None]: ...


def dialect_for(url: str) -> Dialect:
    """The dialect of ``url``. Raises StoreError for an address that cannot be used, SettingsError where its driver is missing."""
    if wrong := wrong_with(url):
        raise StoreError(f"the database's address: {wrong}")
    parsed = make_url(url)
    return Sqlite(parsed) if _kind(parsed) == "sqlite" else _postgres(parsed)


def wrong_with(url: str) -> str:
    """What is wrong with the address of a database, and what would be right, without its secrets; "" where nothing is."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # (ValueError: a port that is not a number)
        return f"found no database address; expected {EXPECTED}"
    if _kind(parsed) not in ("sqlite", "postgresql", "postgres"):
        return f"found {_kind(parsed)}, which is not supported; expected {EXPECTED}"
    if parsed.port is not None and not 0 < parsed.port < 65536:
        return f"found port {parsed.port}; expected 1 to 65535"
    if _kind(parsed) != "sqlite":
        return ""
    if parsed.host:
        return f"found a host where SQLite has none; expected three slashes: sqlite:///{parsed.host}/{parsed.database or ''}"
    return "" if parsed.database and parsed.database != ":memory:" else "found no file; expected sqlite:///PATH"


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for an address that is none of one."""
    parsed = None if wrong_with(url) else make_url(url)
    return Path(parsed.database or "") if parsed is not None and _kind(parsed) == "sqlite" else None


def lacks(url: str) -> str:
    """What the database of an address that is one needs and the installation has not; "" where it has all."""
    return _DRIVER if _kind(make_url(url)) != "sqlite" and find_spec("psycopg") is None else ""


def _kind(url: URL) -> str:
    return url.drivername.partition("+")[0]


def _postgres(url: URL) -> Dialect:
    try:
        from monitor.store.postgres import Postgres  # noqa: PLC0415 - an optional dependency
    except ImportError as error:
        raise SettingsError([_DRIVER]) from error
    return Postgres(url)


@lru_cache(maxsize=128)
def upsert(dialect: str, table: Table, key: Sequence[str], update: Sequence[str] = ()) -> Insert:
    """INSERT of one row a set of parameters; where ``key`` is taken, ``update`` these columns, or leave the row as it is.

    Both databases speak the same ON CONFLICT; only where SQLAlchemy keeps it differs.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - start-up where the database is SQLite

        statement: Any = postgresql.insert(table)
    else:
        statement = sqlite_statements.insert(table)
    if not update:
        return statement.on_conflict_do_nothing(index_elements=list(key))  # type: ignore[no-any-return]
    changed = {name: statement.excluded[name] for name in update}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)  # type: ignore[no-any-return]
