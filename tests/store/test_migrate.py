"""A database is brought to the code's form when it is opened: once, by whoever comes first, and never backwards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, Float, Integer, MetaData, Numeric, inspect, select

import monitor.store.blank as blank_form
import monitor.store.tables as t
from monitor.errors import DatabaseTooNew, StoreError
from monitor.model import Event
from monitor.store import Reads, Store
from monitor.store.dialect import dialect_for
from monitor.store.migrate import run
from monitor.store.revisions import HEAD, REVISIONS
from monitor.store.rows import METADATA
from monitor.store.values import document
from tests.databases import only_postgres, only_sqlite

from .build import BUILDOUT, MOVE, buildout_event, event, founded, story


def test_a_blank_database_gets_the_current_form(blank: str) -> None:
    with Store.open(blank) as store:
        assert store.stats()["revision"] == HEAD


def test_opening_again_keeps_everything(store: Store, url: str) -> None:
    store.transact(lambda tx: tx.record_poll(founded(1)))
    for _ in range(2):
        with Store.open(url) as again:
            assert again.counts() == store.counts()


def test_a_database_of_a_newer_movewire_is_refused(url: str) -> None:
    with Store.open(url) as store:
        store.transact(lambda tx: tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="9999"):
        Store.open(url)


def test_without_leave_to_migrate_a_database_that_is_behind_is_refused(blank: str) -> None:
    with pytest.raises(StoreError, match="movewire db upgrade"):
        Store.open(blank, migrate=False)
    Store.open(blank).close()
    Store.open(blank, migrate=False).close()


def test_the_migrations_make_what_the_rows_declare(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        def ours(name: str | None, kind: str, *_: object) -> bool:
            return kind not in ("table", "index") or "_fts" not in (name or "")

        context = MigrationContext.configure(connection, opts={"include_name": lambda n, k, _: ours(n, k)})
        return list(compare_metadata(context, METADATA))

    assert store.read(lambda r: differences(r.connection)) == []


def test_a_new_file_gets_at_once_what_the_migrations_would_make_of_it(tmp_path: Path) -> None:
    def parts(made: str) -> list[list[str]]:
        """(Alembic puts the constraints of a table it makes anew in any order.)"""
        return [sorted(line.strip().rstrip(", ") for line in statement.split("\n")) for statement in json.loads(made)]

    written = blank_form.FILE.read_text(encoding="utf-8")
    assert parts(written) == parts(blank_form.migrated()), "migrations changed: run python -m monitor.store.blank"
    with Store.open(f"sqlite:///{tmp_path}/new.db") as opened:
        assert opened.read(lambda r: blank_form.made(r.connection)) == written


@only_sqlite
def test_clustered_tables_are_made_so(store: Store) -> None:
    statement = "SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%' AND name NOT LIKE '%_fts_%'"
    made = store.read(lambda r: set(r.connection.exec_driver_sql(statement).scalars()))
    assert made == {t.name for t in METADATA.sorted_tables if t.dialect_options["sqlite"]["with_rowid"] is False}


def test_every_revision_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", "monitor.store:migrations")
    config.set_main_option("path_separator", "os")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert tuple(script.revision for script in reversed(scripts)) == REVISIONS


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be looked at " * 40)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(f"sqlite:///{tmp_path}/notes.txt")


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_addresses_that_cannot_be_used_say_what_would_be_right(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///PATH"):
        Store.open(url)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        Store.open(f"sqlite:///{tmp_path}/file/movewire.db")


def test_a_downgrade_leaves_nothing_behind(url: str) -> None:
    """The first migration backwards, so that its two halves agree."""
    dialect = dialect_for(url)
    with dialect.writer.begin() as connection:
        run("downgrade", "base", connection, dialect)
        left = inspect(connection).get_table_names()
        if dialect.name == "postgresql":
            own = "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            left += connection.exec_driver_sql(own).scalars()
    dialect.dispose()
    assert left == ["alembic_version"]
    Store.open(url).close()  # which is not blank, but has all to gain


@only_postgres
def test_text_compares_by_its_bytes_whatever_the_database_was_made_with(url: str) -> None:
    """Ids, names and pages go by the order of bytes; a table a later migration adds has to follow."""
    dialect = dialect_for(url)
    with dialect.writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE later (name text PRIMARY KEY)")
        dialect.after_migration(connection)
        [order] = connection.exec_driver_sql(
            "SELECT DISTINCT collation_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type = 'text'"
        ).scalars()
    dialect.dispose()
    assert order == "C"


def ledger_rows(reads: Reads) -> list[dict[str, Any]]:
    """What is counted of all events."""
    rows = (reads.connection.execute(select(table)).mappings() for table in (t.event_moves, t.event_buildouts))
    return sorted((dict(row) for found in rows for row in found), key=str)


def test_events_of_two_firms_that_were_counted_as_one_are_counted_apart_by_their_words(url: str) -> None:
    gone = tuple(replace(MOVE, person=person, from_org=org) for person, org in (("Ada Quill", "EQT"), ("Ben Okoro", "EQT Corp.")))
    moved, built = founded(1, moves=gone), founded(2, make=buildout_event, buildout=replace(BUILDOUT, orgs=("EQT Corporation",)))
    with Store.open(url) as store:
        for told in (moved, built, founded(3, make=buildout_event, buildout=replace(BUILDOUT, orgs=("EQT",)))):
            store.transact(lambda tx, told=told: tx.record_poll(told))  # type: ignore[misc]
        as_they_are = store.read(ledger_rows)
        for before in (
            "DELETE FROM event_moves WHERE from_key = 'eqt corp'",
            "UPDATE event_moves SET people = 2",
            "UPDATE event_buildouts SET org_key = 'eqt'",
        ):
            store.transact(lambda tx, before=before: tx.connection.exec_driver_sql(before))  # type: ignore[misc]
        assert store.read(ledger_rows) != as_they_are
    dialect = dialect_for(url)
    with dialect.writer.begin() as connection:
        run("downgrade", "0015", connection, dialect)
    dialect.dispose()
    with Store.open(url) as store:
        assert store.read(ledger_rows) == as_they_are
    assert {row.get("from_key", row.get("org_key")) for row in as_they_are} == {"eqt", "eqt corp"}


EVENT = document(Event, event(story(1)))


def fill(connection: Connection) -> dict[str, int]:
    """One row in every table there is, made of nothing but what the table says of itself; returns the rows by table."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: "_fts" not in name and name != "alembic_version")
    made: dict[str, dict[str, Any]] = {}
    for table in metadata.sorted_tables:
        row: dict[str, Any] = {}
        for column in table.columns:
            if column.foreign_keys:
                [target] = [key.column for key in column.foreign_keys][:1]
                row[column.name] = made[target.table.name][target.name]
            elif isinstance(column.type, Boolean):
                row[column.name] = False
            elif isinstance(column.type, (Integer, Float, Numeric)):
                row[column.name] = 1
            else:
                happening = column.name in ("document", "event") and table.name in ("events", "alerts")
                row[column.name] = EVENT if happening else "{}" if column.name in ("document", "info") else "[]"
        connection.execute(table.insert(), row)
        made[table.name] = row
    return dict.fromkeys(made, 1)


@pytest.mark.parametrize("revision", [*(pytest.param(r, marks=pytest.mark.slow) for r in REVISIONS[:-3]), *REVISIONS[-3:-1]])
def test_a_database_of_every_earlier_revision_is_upgraded_with_what_it_holds(blank: str, revision: str) -> None:
    dialect = dialect_for(blank)
    try:
        with dialect.writer.begin() as connection:
            run("upgrade", revision, connection, dialect)
            dialect.after_migration(connection)
        with dialect.writer.begin() as connection:
            before = fill(connection)
    finally:
        dialect.dispose()
    with Store.open(blank) as store:
        rows = store.stats()["rows"]
        assert store.stats()["revision"] == HEAD
        assert {name: rows[name] for name in before if name in rows} == {name: 1 for name in before if name in rows}
        assert set(before) - set(rows) == set(), "a table that is no more: say here what became of its rows"
