"""What alerts and deliveries promise of the disk, and that nothing but the dialect is SQLite's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import ClauseElement

from monitor.results import PollResult, Tried
from monitor.store import Store, due, feeds, postings, tables
from monitor.store.dialect import upsert
from tests.claims import claims, ended
from tests.databases import only_sqlite

from .build import FEED, NOW, founded, story

OWN_WORDS = ("PRAGMA", "sqlite_master", "MATCH", "BEGIN IMMEDIATE", "AUTOINCREMENT", "pg_", "tsquery", "current_schema")


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were synced, while the real sync is done."""
    files: list[str] = []
    sync = os.fsync

    def record(number: int) -> None:
        files.append(Path(f"/proc/self/fd/{number}").resolve().name)
        sync(number)

    monkeypatch.setattr(os, "fsync", record)
    return files


@only_sqlite
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to name an open file")
def test_alerts_claims_and_results_are_on_disk_before_the_answer_and_stories_need_not_be(store: Store, synced: list[str]) -> None:
    store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, stories=(story(1),))))
    store.heartbeat("daemon", NOW, {})
    assert synced == []
    store.transact(lambda tx: tx.record_poll(founded(2)))
    assert synced == ["movewire.db-wal"]
    [claimed] = claims(store, NOW, NOW - NOW)
    assert len(synced) == 2
    ended(store, Tried(delivery=claimed.delivery, at=NOW))
    assert len(synced) == 3


@only_sqlite
def test_a_tick_with_nothing_to_claim_takes_no_lock(store: Store, url: str) -> None:
    with Store.open(url) as other:
        claimed = store.transact(lambda tx: claims(other, NOW, NOW - NOW))
    assert claimed == []


def test_the_statements_of_the_hot_paths_can_be_said_to_postgresql() -> None:
    statements: list[ClauseElement] = [
        upsert("postgresql", tables.stories, ("id",), ("title", "summary")),
        upsert("postgresql", tables.channels, ("name",)),
        postings._PART,
        feeds._DUE,
        due._due(named=True).with_for_update(skip_locked=True),
    ]
    for statement in statements:
        said = str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert said.startswith(("SELECT", "INSERT"))


def test_only_the_dialect_files_speak_a_database_s_own_words() -> None:
    folder = Path(tables.__file__).parent
    for file in folder.rglob("*.py"):
        if file.name not in ("sqlite.py", "blank.py", "postgres.py", "postgres_lock.py"):
            code = "\n".join(line.partition("#")[0] for line in file.read_text(encoding="utf-8").splitlines())
            # (postings runs what SQLAlchemy compiled for the database at hand, once instead of at every poll.)
            assert "exec_driver_sql" not in code or file.name == "postings.py", file
            assert not any(f'"{word}' in code for word in OWN_WORDS), file
