"""Everything that is SQLite's own: engines, locks, durability, full text, backup. No other file holds its SQL."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event, literal_column, select, table, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from monitor.errors import AnotherDaemon, DatabaseBusy, StoreError
from monitor.searching import Phrase, phrases
from monitor.stems import stems
from monitor.store.files import new_file
from monitor.store.full_text import FULL_TEXT, TOKENIZER
from monitor.store.values import clean

BUSY_SECONDS = 15.0  # how long a writer waits for another process's transaction
_READERS = 8


def _one_of(phrase: Phrase) -> str:
    """A phrase in any of its ways, as FTS5 has it."""
    end = "*" if phrase.beginning else ""
    ways = (" AND ".join(f'"{words}"{end}' for words in way) for way in phrase.ways)
    return f"({' OR '.join(f'({way})' for way in ways)})"


@contextmanager
def one_daemon(path: Path) -> Iterator[FileLock]:
    """Be the one daemon of this SQLite file: a lock beside it, which the kernel lets go of however we end.

    Raises AnotherDaemon naming the process that holds it, StoreError where the lock is another user's.
    """
    lock = Path(f"{path}.lock")
    if lock.exists() and not os.access(lock, os.R_OK | os.W_OK):
        raise StoreError(f"{lock}: this user may not read and write the file")
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise AnotherDaemon(f"another movewire daemon (process {holder}) runs on this database; stop it first") from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield FileLock(path)


class Sqlite:
    """One SQLite file in WAL mode: any number of readers, and one writer that takes its lock when it begins."""

    name = "sqlite"
    groups = True

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:":
            raise StoreError("the database must be a file: sqlite:///PATH")
        self.path = Path(url.database)
        self.address = url.database
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            wrong = f"{self.path.parent.absolute()} can be no folder for the database ({error.strerror})"
            raise StoreError(f"{wrong}; run it in a folder you may write in, or give database.url a whole path") from error
        self.writer = self._engine(url, "BEGIN IMMEDIATE", size=1)
        self.reader = self._engine(url, "BEGIN", size=_READERS)
        event.listen(self.reader, "connect", lambda raw, _: raw.execute("PRAGMA query_only=ON"))

    def _engine(self, url: URL, begin: str, size: int) -> Engine:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=size,
            pool_use_lifo=True,  # the one used last has its pages at hand; in turns each would come to hold 8 MB of them
            max_overflow=0,
            pool_timeout=60,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )

        def begin_with(raw: PoolProxiedConnection) -> None:
            raw.cursor().execute(begin)

        # The driver's own way of beginning leaves reads before the first write outside the transaction, so it is
        # switched off and every transaction begins by our word.
        event.listen(engine, "connect", _configure)
        # (Done here and not by listening to "begin": one listener of that kind slows every statement by a tenth.)
        engine.dialect.do_begin = begin_with  # type: ignore[method-assign, assignment]
        return engine

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()

    def take_turn(self, connection: Connection) -> None:
        """Nothing to do: BEGIN IMMEDIATE lets one transaction write at a time."""

    def lock_for_migration(self, connection: Connection) -> None:
        """Nothing to do: BEGIN IMMEDIATE is the lock, and definitions of tables are part of the transaction."""

    def made_blank(self, connection: Connection, revision: str) -> bool:
        """Give an empty file its form of ``revision`` without the migrations; False where it is not empty."""
        from monitor.store import blank  # noqa: PLC0415 - start-up of all but the first

        if connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first():
            return False
        blank.make(connection, revision)
        return True

    def after_migration(self, connection: Connection) -> None:
        """Nothing to do: text compares by its bytes."""

    def make_durable(self) -> None:
        """What is committed survives a loss of power after this: the same as committing with synchronous=FULL.

        The log is one file written in order, so one sync of it covers every commit before. SQLite puts no lock on
        this file that closing a descriptor could drop. Where it is absent, a checkpoint has synced everything.
        """
        try:
            log = os.open(f"{self.path}-wal", os.O_RDWR)
        except FileNotFoundError:
            return
        try:
            os.fsync(log)
        finally:
            os.close(log)

    # -- full text

    def create_full_text(self, connection: Connection) -> None:
        """An index of words beside each table, kept by triggers, so that no writer can forget it."""
        for name, columns in FULL_TEXT.items():
            listed = ", ".join(columns)
            old, new = (", ".join(f"{side}.{c}" for c in columns) for side in ("old", "new"))
            add = f"INSERT INTO {name}_fts(rowid, {listed}) VALUES (new.seq, {new});"  # noqa: S608
            drop = f"INSERT INTO {name}_fts({name}_fts, rowid, {listed}) VALUES ('delete', old.seq, {old});"  # noqa: S608
            changed = " OR ".join(f"old.{c} IS NOT new.{c}" for c in columns)
            # (columnsize=0: only ranking by relevance needs the sizes, and we order by time; a seventh off each insert.)
            for statement in (
                f"CREATE VIRTUAL TABLE {name}_fts USING fts5({listed}, content='{name}', content_rowid='seq',"
                f" columnsize=0, tokenize='{TOKENIZER}')",
                f"CREATE TRIGGER {name}_fts_insert AFTER INSERT ON {name} BEGIN {add} END",
                f"CREATE TRIGGER {name}_fts_delete AFTER DELETE ON {name} BEGIN {drop} END",
                f"CREATE TRIGGER {name}_fts_update AFTER UPDATE OF {listed} ON {name} WHEN {changed} BEGIN {drop} {add} END",
            ):
                connection.exec_driver_sql(statement)

    def read_anew(self, connection: Connection) -> None:
        """Nothing to do: FTS5 read every character from the first as it does now."""

    def drop_full_text(self, connection: Connection) -> None:
        for name in FULL_TEXT:
            for trigger in ("insert", "delete", "update"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}_fts_{trigger}")
            connection.exec_driver_sql(f"DROP TABLE {name}_fts")

    def full_text(self, name: str, query: str) -> Select[Any] | None:
        """The ``seq`` of the rows of ``name`` that hold every word and "phrase" of ``query``; None where it has none."""
        # (One of signs alone is passed over; to AND it would be nothing that is found.)
        wanted = " AND ".join(_one_of(one) for one in phrases(clean(query)) if stems(one.words))
        if not wanted:
            return None
        index = table(f"{name}_fts")
        return (
            select(literal_column("rowid").label("seq"))
            .select_from(index)
            .where(text(f"{name}_fts MATCH :words").bindparams(words=wanted))
        )

    # -- care

    def size(self, connection: Connection) -> int:
        """Bytes of the database, its log left out."""
        return int(
            connection.exec_driver_sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").scalar_one()
        )

    def backup(self, target: Path) -> None:
        """A consistent copy while others write: a copy of one snapshot, written beside ``target`` and moved in place. Who may not
        read the database may not read the copy."""
        with new_file(target) as part:
            try:
                part.touch(mode=self.path.stat().st_mode & 0o777)
            except OSError as error:
                raise StoreError(f"{target}: cannot be written ({error.strerror})") from error
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file to carry away

    def after_copy(self, connection: Connection, numbered: dict[str, str]) -> None:
        """Nothing to do: a row's number follows the highest there is."""

    def alone(self) -> AbstractContextManager[FileLock]:
        """As ``one_daemon`` of this file."""
        return one_daemon(self.path)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            if type(cause) not in (sqlite3.OperationalError, sqlite3.DatabaseError):
                raise  # a broken constraint or a wrong call: a fault of ours, shown whole
            said = str(cause)
            if "locked" in said or "busy" in said:
                raise DatabaseBusy(f"{self.path}: another process holds the write lock ({said})") from error
            raise StoreError(f"{self.path}: {self._meaning(said)}") from error

    def _meaning(self, said: str) -> str:
        """What SQLite says, in the words of a person who looked why."""
        if "not a database" in said or "malformed" in said:
            return f"is no SQLite database, or a damaged one ({said}); name another file, or restore a backup into a new one"
        if "unable to open" not in said and "readonly" not in said:
            return said
        folder = self.path.absolute().parent
        if not os.access(folder, os.X_OK):
            return f"this user may not look into {folder}"
        if self.path.is_dir():
            return "is a folder; expected a file"
        if self.path.exists() and not os.access(self.path, os.R_OK | os.W_OK):
            return "this user may not read and write the file"
        return said if os.access(folder, os.W_OK) else f"this user may not write in {folder}, as the database must"


class FileLock:
    """Held until the process ends or lets it go: nothing takes it away. The file it guards may be taken away all the same."""

    sure = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _identity(path)

    def keep(self) -> bool:
        """Raises StoreError where the path is another file's by now, or nobody's."""
        if (found := _identity(self._path)) != self._file:
            done = "replaced" if found else "deleted"
            raise StoreError(f"{self._path}: was {done} while the daemon has it open; what it writes is lost: restart it")
        return False


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at ``path``; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _configure(raw: sqlite3.Connection, _: object) -> None:
    raw.isolation_level = None
    _write_ahead(raw)
    raw.execute("PRAGMA synchronous=NORMAL")  # make_durable adds what alerts and deliveries need
    raw.execute("PRAGMA foreign_keys=ON")
    raw.execute("PRAGMA temp_store=MEMORY")
    raw.execute("PRAGMA cache_size=-8000")
    raw.execute("PRAGMA journal_size_limit=67108864")


def _write_ahead(raw: sqlite3.Connection) -> None:
    """Switch a new file to its write-ahead log. Processes that open it at one time race for the switch: try again."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            if (
                raw.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
                or raw.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
            ):
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            raise sqlite3.OperationalError("this file system cannot hold a write-ahead log")
        time.sleep(0.01)
