"""Processes that die, and processes that meet: nothing committed is lost, nothing is half there."""

from __future__ import annotations

import os
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.errors import AnotherDaemon, DatabaseAway, DatabaseBusy, StoreError
from monitor.store import Store, Transaction
from monitor.store import sqlite as dialect
from tests import postgres
from tests.databases import only_postgres, only_sqlite

from .build import founded

ROOT = Path(__file__).parents[2]


@contextmanager
def worker(url: str, first: int, count: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.store.worker", url, str(first), str(count)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def whole_polls(store: Store) -> int:
    """How many polls of the worker are stored; fails where one is there in part."""
    rows = store.stats()["rows"]
    polls: int = rows["feeds"]
    expected = {"stories": 10, "story_keys": 10, "matches": 1, "events": 1, "memberships": 1, "alerts": 1, "deliveries": 2}
    assert {table: rows[table] for table in expected} == {table: each * polls for table, each in expected.items()}
    assert sorted(feed.etag for feed in store.feeds()) == sorted(f'"{feed.id.removeprefix("feed-")}"' for feed in store.feeds())
    return polls


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_loses_nothing_it_committed_and_leaves_no_half_poll(url: str) -> None:
    rnd = random.Random(7)
    promised: set[str] = set()
    for run in range(4):
        with worker(url, run * 1000, 1000) as process:
            assert process.stdout is not None
            for _ in range(rnd.randrange(1, 60)):
                promised.add(process.stdout.readline().strip())
            process.send_signal(signal.SIGKILL)
            promised.update(line.strip() for line in process.stdout if line.endswith("\n"))
            process.wait()
        with Store.open(url) as store:
            stored = {feed.name.removeprefix("feed ") for feed in store.feeds()}
            assert promised <= stored
            assert len(stored - promised) <= run + 1, "at most the one under way in each run"
            assert whole_polls(store) == len(stored)


@pytest.mark.slow
def test_two_processes_that_open_a_new_database_at_once_and_write_both_succeed(blank: str) -> None:
    url = blank
    with worker(url, 0, 40) as one, worker(url, 1000, 40) as other:
        for process in (one, other):
            output, _ = process.communicate(timeout=60)
            assert process.returncode == 0
            assert len(output.splitlines()) == 40
    with Store.open(url) as store:
        assert whole_polls(store) == 80


@only_sqlite
def test_a_lock_held_too_long_is_an_error_that_a_retry_helps(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.05)
    with Store.open(url) as store, closing(sqlite3.connect(tmp_path / "data/movewire.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy) as caught:
            store.transact(lambda tx: None)
        assert caught.value.retry
        assert store.counts()["stories"] == 0, "readers go on"
        other.execute("ROLLBACK")
        store.transact(lambda tx: tx.record_poll(founded(1)))


@only_postgres
def test_a_turn_held_too_long_is_an_error_that_a_retry_helps(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from monitor.store import postgres

    monkeypatch.setattr(postgres, "LOCK_SECONDS", 0.05)
    with Store.open(url) as store, Store.open(url) as other:

        def meanwhile(_: Transaction) -> None:
            with pytest.raises(DatabaseBusy) as caught:
                other.transact(lambda tx: None)
            assert caught.value.retry
            assert other.counts()["stories"] == 0, "readers go on"
            other.heartbeat("worker", founded(1).stories[0].first_seen, {})  # needs no turn

        store.transact(meanwhile)
        other.transact(lambda tx: tx.record_poll(founded(1)))


@only_postgres
def test_a_server_that_was_away_is_an_error_that_a_retry_helps_and_then_it_goes_on(url: str) -> None:
    with Store.open(url) as store:
        store.transact(lambda tx: tx.record_poll(founded(1)))
        server = postgres.server()
        server.stop()
        try:
            for ask in (store.counts, lambda: store.transact(lambda tx: tx.record_poll(founded(2)))):
                with pytest.raises(DatabaseAway) as caught:
                    ask()
                assert caught.value.retry and "movewire@" not in str(caught.value)
        finally:
            server.start()
        store.transact(lambda tx: tx.record_poll(founded(2)))
        assert store.counts()["stories"] == 2


def test_there_is_one_daemon_a_database(url: str) -> None:
    with Store.open(url) as one, Store.open(url) as other:
        with one.alone(), pytest.raises(StoreError, match=str(os.getpid())), other.alone():
            raise AssertionError("both are alone")
        with other.alone():
            pass


@contextmanager
def deaf_line(server: postgres.Server) -> Iterator[tuple[int, Callable[[], None]]]:
    """A way to the server that can be cut so that the server does not notice, as a network does: a port, and what cuts it."""
    ends: list[tuple[socket.socket, socket.socket]] = []
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as stack:

        def pass_on(source: socket.socket, target: socket.socket) -> None:
            with suppress(OSError):
                while data := source.recv(65536):
                    target.sendall(data)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listener.accept()
                    far = stack.enter_context(socket.socket(socket.AF_UNIX))
                    far.connect(f"{server.folder}/.s.PGSQL.5432")
                    ends.append((stack.enter_context(near), far))
                    for pair in ((near, far), (far, near)):
                        threading.Thread(target=pass_on, args=pair, daemon=True).start()

        def cut() -> None:
            for near, _ in ends:
                with suppress(OSError):
                    near.shutdown(socket.SHUT_RDWR)

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1], cut
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


@only_postgres
def test_a_daemon_whose_line_was_cut_takes_the_lock_again_before_the_server_has_noticed(url: str) -> None:
    with deaf_line(postgres.server()) as (port, cut):
        name = url.partition("@/")[2].partition("?")[0]
        with Store.open(f"postgresql://movewire@127.0.0.1:{port}/{name}") as store, store.alone() as lock:
            assert lock.keep() is False
            cut()
            assert lock.keep() is True, "the server's process for the dead line is ended"
            assert lock.keep() is False
            with Store.open(url) as other, pytest.raises(AnotherDaemon, match=str(os.getpid())), other.alone():
                raise AssertionError("both are alone")


@only_postgres
def test_a_daemon_whose_line_was_cut_does_not_take_the_lock_from_another(url: str) -> None:
    server = postgres.server()
    with Store.open(url) as store, Store.open(url) as other, store.alone() as lock:
        server.stop()
        try:
            for _ in range(2):
                with pytest.raises(DatabaseAway):
                    lock.keep()
        finally:
            server.start()
        with other.alone():
            with pytest.raises(AnotherDaemon, match="stop it first"):
                lock.keep()
            with pytest.raises(AnotherDaemon):
                lock.keep()
        assert lock.keep() is True


@pytest.mark.slow
def test_a_backup_taken_while_a_process_writes_is_whole(url: str, tmp_path: Path) -> None:
    with worker(url, 0, 300) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        with Store.open(url) as store:
            store.backup(tmp_path / "copy.db")
    with Store.open(f"sqlite:///{tmp_path}/copy.db") as copy:
        assert whole_polls(copy) >= 20
        assert copy.read(lambda r: r.connection.execute(text("PRAGMA integrity_check")).scalar_one()) == "ok"


def test_a_backup_never_overwrites_and_says_where_it_cannot_write(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(StoreError, match="exists"):
        store.backup(tmp_path / "there.db")
    with pytest.raises(StoreError, match="nowhere"):
        store.backup(tmp_path / "nowhere/copy.db")
    assert (tmp_path / "there.db").read_text() == "precious"


@only_sqlite
def test_a_backup_that_fails_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    """As on a full disk, which what was written so far would fill further: here no file may grow over a few pages."""
    before, limits = sorted(tmp_path.iterdir()), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limits[1]))
    try:
        with pytest.raises(StoreError):
            store.backup(tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert sorted(tmp_path.iterdir()) == before


@only_sqlite
def test_who_only_reads_waits_for_no_writer(store: Store, url: str) -> None:
    """A daemon that writes for long keeps no command waiting, and none that reads holds up what it writes."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store.open(url) as reading:
            assert reading.counts()["stories"] == 0
        other.execute("ROLLBACK")


def test_heartbeats_are_seen_by_others(store: Store, url: str) -> None:
    store.heartbeat("daemon", founded(1).stories[0].first_seen, {"pid": 7})
    store.heartbeat("daemon", founded(1).stories[0].first_seen, {"pid": 8})
    with Store.open(url) as other:
        assert other.heartbeats()["daemon"].info == {"pid": 8}


def test_who_fell_silent_long_ago_is_forgotten_by_the_beginning_of_the_name(store: Store) -> None:
    now = founded(1).stories[0].first_seen
    for name, days in (("worker a/1", 3), ("worker b/1", 0), ("daemon", 3), ("workers", 3)):
        store.heartbeat(name, now - timedelta(days=days), {})
    assert store.forget_silent("worker ", now - timedelta(days=1)) == 1
    assert set(store.heartbeats()) == {"worker b/1", "daemon", "workers"}


@only_sqlite
def test_a_file_that_is_taken_away_from_its_daemon_is_missed(store: Store, tmp_path: Path) -> None:
    """Deleted, or replaced by a backup: SQLite goes on writing into what has no name any longer."""
    path = Path(store.address)
    with store.alone() as lock:
        assert not lock.keep()
        path.rename(tmp_path / "away.db")
        with pytest.raises(StoreError, match="was deleted while the daemon has it open"):
            lock.keep()
        path.write_bytes((tmp_path / "away.db").read_bytes())
        with pytest.raises(StoreError, match=r"was replaced .* what it writes is lost: restart it"):
            lock.keep()
        (tmp_path / "away.db").rename(path)
        assert not lock.keep()
