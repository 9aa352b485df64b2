"""Everything that is PostgreSQL's own: engines, locks, full text, errors. Beside ``postgres_lock`` no other file holds its SQL.

It behaves as SQLite does: text compares by its bytes, transactions that decide take turns, words are found by the same stems.
"""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from sqlalchemy import (
    Connection,
    Engine,
    Select,
    create_engine,
    event,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from monitor.errors import DatabaseAway, DatabaseBusy, StoreError
from monitor.searching import Phrase, phrases
from monitor.stems import letters
from monitor.store.copying import export
from monitor.store.full_text import FULL_TEXT
from monitor.store.postgres_lock import LIVELY, DaemonLock, first_line
from monitor.store.values import clean

LOCK_SECONDS = 30  # how long a writer waits for another's lock
CONNECT_SECONDS = 10
_READERS, _WRITERS = 8, 2
# Advisory locks are numbers, each database with its own. These spell "movewire" and a digit.
_TURNS, _MIGRATION, _DAEMON = (0x6D6F766577697200 + digit for digit in (1, 2, 3))
_SCRIPTS = (0x80, 0x250, 0x590, 0x110000)  # where each begins: Latin, Greek and Cyrillic, all others; and the end


def _one_of(phrase: Phrase) -> Any:
    """A phrase in any of its ways, as a query of words."""
    ways = (reduce(func.tsquery_and, (func.movewire_query(w, literal(phrase.beginning)) for w in way)) for way in phrase.ways)
    return reduce(func.tsquery_or, ways)


_FUNCTIONS = (
    # A word in the letters that FTS5 compares it by. (Looked for first: to translate a letter costs as much as the list is long.)
    r"""CREATE FUNCTION movewire_folded(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ BEGIN
    IF word ~ '[{changed}]' THEN
        {translated}
    END IF;
    RETURN lower(word COLLATE "C"); END $$""",
    # The words of a text as FTS5's `porter unicode61 remove_diacritics 2` makes them: runs of letters and digits, as its tables
    # have them and not the server's collation, stemmed from three bytes to 64. (OFFSET has each of them folded once, and not
    # wherever it is named.)
    r"""CREATE FUNCTION movewire_stems(given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array(
        SELECT CASE WHEN octet_length(word) NOT BETWEEN 3 AND 64 THEN word
            ELSE coalesce((ts_lexize('movewire_porter', word))[1], word) END
        FROM (
            SELECT CASE WHEN octet_length(word) = length(word) THEN lower(word COLLATE "C") ELSE movewire_folded(word) END, place
            FROM regexp_split_to_table(given, '[^0-9A-Za-z{parts}]+') WITH ORDINALITY AS written (word, place)
            OFFSET 0
        ) AS words (word, place)
        WHERE word <> '' AND length(word) < 500 ORDER BY place)
    $$""",
    # The bar is a word nobody can ask for: a phrase never reaches from one column into the next.
    r"""CREATE FUNCTION movewire_vector(one text, other text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg('''' || word || ''':' || least(place, 16383), ' ')::tsvector
    FROM unnest(movewire_stems(one) || '|'::text || movewire_stems(other)) WITH ORDINALITY AS words (word, place)
    $$""",
    r"""CREATE FUNCTION movewire_query(phrase text, beginning boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg('''' || word || '''', ' <-> ' ORDER BY place)
        || CASE WHEN beginning THEN ':*' ELSE '' END, '')::tsquery
    FROM unnest(movewire_stems(phrase)) WITH ORDINALITY AS words (word, place)
    $$""",
)
_KEEP = """CREATE FUNCTION {name}_fts_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO {name}_fts (seq, words) VALUES (new.seq, movewire_vector({given}))
    ON CONFLICT (seq) DO UPDATE SET words = excluded.words; RETURN NULL; END $$"""


class Postgres:
    """One database on a server: any number of processes; those that decide take turns."""

    name = "postgresql"
    groups = False

    def __init__(self, url: URL) -> None:
        self.where = where(url)
        self.address = url.set(drivername="postgresql").render_as_string(hide_password=False)  # as the driver takes it
        self.writer = self._engine(url, _WRITERS, isolation_level="READ COMMITTED")
        self.reader = self._engine(url, _READERS, isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _engine(self, url: URL, size: int, **options: Any) -> Engine:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=size,
            max_overflow=0,
            pool_timeout=60,
            pool_pre_ping=True,  # a server that was restarted costs a new connection and no failed transaction
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": _application(""), **LIVELY},
            execution_options=options,
        )
        event.listen(engine, "connect", _configure)
        return engine

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()

    # -- locks

    def take_turn(self, connection: Connection) -> None:
        """Wait until no other transaction of any process has the turn; it ends with the transaction.

        What follows sees everything committed before: two processes that decide at once decide one after the other.
        """
        connection.execute(select(func.pg_advisory_xact_lock(_TURNS)))

    def lock_for_migration(self, connection: Connection) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")  # a migration of another process may take its time
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))
        if (encoding := connection.exec_driver_sql("SHOW server_encoding").scalar_one()) != "UTF8":
            raise StoreError(f"{self.where}: the database's encoding is {encoding}; create it with ENCODING 'UTF8'")

    def made_blank(self, connection: Connection, revision: str) -> bool:
        """False: a server's database is made once, and its migrations are its form."""
        return False

    def after_migration(self, connection: Connection) -> None:
        """Every text column compares by its bytes, whatever the database was made with: ids, names and pages go by it."""
        columns = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name NOT LIKE 'procrastinate%%'"
        ).all()
        for name, column in columns:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" ALTER COLUMN "{column}" TYPE text COLLATE "C"')

    def make_durable(self) -> None:
        """Nothing to do: the server answers a commit when it is on disk."""

    # -- full text

    def create_full_text(self, connection: Connection) -> None:
        """An index of words beside each table, kept by triggers, so that no writer can forget it."""
        self.after_migration(connection)  # now: a column that a trigger reads cannot change
        run = connection.exec_driver_sql
        run("CREATE TEXT SEARCH DICTIONARY movewire_porter (TEMPLATE = snowball, Language = porter)")
        self._make_functions(connection)
        for name, columns in FULL_TEXT.items():
            given = ", ".join(f"new.{column}" for column in columns)
            changed = " OR ".join(f"old.{c} IS DISTINCT FROM new.{c}" for c in columns)
            for statement in (
                f"CREATE TABLE {name}_fts (seq bigint PRIMARY KEY REFERENCES {name} ON DELETE CASCADE, words tsvector NOT NULL)",
                f"CREATE INDEX {name}_fts_words ON {name}_fts USING gin (words)",
                _KEEP.replace("{name}", name).replace("{given}", given),
                f"CREATE TRIGGER {name}_fts_insert AFTER INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION {name}_fts_keep()",
                f"CREATE TRIGGER {name}_fts_update AFTER UPDATE OF {', '.join(columns)} ON {name} FOR EACH ROW"
                f" WHEN ({changed}) EXECUTE FUNCTION {name}_fts_keep()",
            ):
                run(statement)

    def _make_functions(self, connection: Connection) -> None:
        known = letters()
        parts = "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in known["parts"])
        told = {"{parts}": parts, "{changed}": known["given"], "{translated}": "\n        ".join(_translated(**known))}
        for function in _FUNCTIONS:
            made = reduce(lambda text, name: text.replace(name, told[name]), told, function)
            connection.exec_driver_sql(made.replace("CREATE", "CREATE OR REPLACE", 1))

    def read_anew(self, connection: Connection) -> None:
        """Index once more what holds characters beyond ASCII, in a database whose index was made of other words."""
        self._make_functions(connection)
        for name, columns in FULL_TEXT.items():
            said = " || ' ' || ".join(f"{name}.{c}" for c in columns)
            connection.exec_driver_sql(
                f"UPDATE {name}_fts SET words = movewire_vector({', '.join(f'{name}.{c}' for c in columns)})"  # noqa: S608
                f" FROM {name} WHERE {name}.seq = {name}_fts.seq AND ({said}) ~ '[^\\u0001-\\u007f‘’“”–—…]'"
            )

    def drop_full_text(self, connection: Connection) -> None:
        run = connection.exec_driver_sql
        for name in FULL_TEXT:
            for trigger in ("insert", "update"):
                run(f"DROP TRIGGER {name}_fts_{trigger} ON {name}")
            run(f"DROP FUNCTION {name}_fts_keep()")
            run(f"DROP TABLE {name}_fts")
        run("DROP FUNCTION movewire_query(text, boolean)")
        run("DROP FUNCTION movewire_vector(text, text)")
        run("DROP FUNCTION movewire_stems(text)")
        run("DROP FUNCTION movewire_folded(text)")
        run("DROP TEXT SEARCH DICTIONARY movewire_porter")

    def full_text(self, name: str, query: str) -> Select[Any] | None:
        """The ``seq`` of the rows of ``name`` that hold every word and "phrase" of ``query``; None where it has none."""
        wanted = phrases(clean(query))
        if not wanted:
            return None
        whole = reduce(func.tsquery_and, map(_one_of, wanted))
        index = table(f"{name}_fts")
        return (
            select(literal_column("seq").label("seq"))
            .select_from(index)
            .where(literal_column(f"{name}_fts.words").op("@@")(whole))
        )

    # -- care

    def size(self, connection: Connection) -> int:
        """Bytes of the database with its indexes."""
        return int(connection.execute(select(func.pg_database_size(func.current_database()))).scalar_one())

    def backup(self, target: Path) -> None:
        """A consistent copy while others write: one snapshot, as a SQLite file."""
        with self.reader.connect() as connection:
            export(connection, target)

    def after_copy(self, connection: Connection, numbered: dict[str, str]) -> None:
        """Let the numbers of ``numbered`` (column by table) go on after those that were copied in."""
        for name, column in numbered.items():
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{name}', '{column}'),"  # noqa: S608 - names of our own tables
                f" (SELECT coalesce(max({column}), 0) + 1 FROM {name}), false)"
            )

    @contextmanager
    def translated(self) -> Iterator[None]:
        """PostgreSQL's errors as ours."""
        try:
            yield
        except DBAPIError as error:
            cause = error.orig
            if isinstance(cause, (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)):
                raise DatabaseBusy(f"{self.where}: another process holds a lock ({first_line(cause)})") from error
            if error.connection_invalidated or _is_away(cause):
                raise DatabaseAway(f"{self.where}: {first_line(cause)}") from error
            known = (psycopg.OperationalError, errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)
            if isinstance(cause, known):
                raise StoreError(f"{self.where}: {first_line(cause)}") from error
            raise  # a broken constraint or a wrong call: a fault of ours, shown whole

    @contextmanager
    def alone(self) -> Iterator[DaemonLock]:
        """Be the one daemon of this database. Raises AnotherDaemon naming the one that is, where there is one."""
        lock = DaemonLock(
            self.address, key=_DAEMON, where=self.where, application=_application(" daemon"), timeout=CONNECT_SECONDS
        )
        try:
            yield lock
        finally:
            lock.release()


def _translated(given: str, read: str, **_: Any) -> Iterator[str]:
    """Statements that bring a word's letters to those that FTS5 compares it by, for each of ``_SCRIPTS``."""
    pairs = list(itertools.zip_longest(given, read, fillvalue=""))
    for first, end in itertools.pairwise(_SCRIPTS):
        one, other = map("".join, zip(*(pair for pair in pairs if first <= ord(pair[0]) < end), strict=True))
        yield f"IF word ~ '[{one}]' THEN word := translate(word, '{one}', '{other}'); END IF;"


def where(url: URL) -> str:
    """The database as it may be shown: without user and password."""
    host = url.host or url.query.get("host") or "localhost"
    return f"postgresql://{host}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def _application(part: str) -> str:
    """What the server shows of us: where we run."""
    return f"movewire{part} {socket.gethostname()}/{os.getpid()}"[:63]


def _configure(raw: Any, _: object) -> None:
    with raw.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        cursor.execute("SET TIME ZONE 'UTC'")
    raw.commit()


def _is_away(cause: object) -> bool:
    """Connections that could not be made or were cut, and a server that ends or begins: no SQLSTATE, or class 08 or 57P."""
    state = getattr(cause, "sqlstate", None) or ""
    return isinstance(cause, psycopg.OperationalError) and (not state or state.startswith(("08", "57P")))
