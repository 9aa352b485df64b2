"""A daemon on PostgreSQL whose connections are cut while it works: it goes on, alone, and tells nothing twice."""

from __future__ import annotations

import json
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from monitor.store import Store
from tests import postgres
from tests.databases import only_postgres
from tests.engine.processes import configure, ids, log_of, running, told, until
from tests.servers import LocalServer, document, rss

pytestmark = [only_postgres, pytest.mark.slow]
FEEDS = 12
# Alone all of it takes eight seconds.
PATIENCE = 45  # seconds


def publish(net: LocalServer, numbers: range) -> None:
    """From now on the feeds of these numbers show their story."""
    for n in numbers:
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([told(n)], f"Wire {n}"))  # type: ignore[misc]


def cut(url: str) -> int:
    """End every connection of Movewire to its database, as an administrator or a restart would; returns how many."""
    with psycopg.connect(url, autocommit=True) as connection:
        done = connection.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE 'movewire%'"
        ).fetchone()
    return int(done[0]) if done else 0


def holders(url: str) -> list[str]:
    """Who has the lock of the one daemon."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted"
            " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND application_name LIKE 'movewire daemon%'"
        ).fetchall()
    return [row[0] for row in rows]


def known(net: LocalServer) -> None:
    """Feeds that have said nothing yet."""
    for n in range(FEEDS):
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([], f"Wire {n}"))  # type: ignore[misc]


@pytest.mark.parametrize("engine", ["embedded", "distributed"])
def test_cut_lines_and_a_restarted_server_cost_nothing(engine: str, net: LocalServer, url: str, tmp_path: Path) -> None:
    known(net)
    config = configure(tmp_path, net, url, FEEDS)
    with ExitStack() as stack:
        daemon = stack.enter_context(running(config, "run", "--engine", engine))
        if engine == "distributed":
            for _ in range(2):
                stack.enter_context(running(config, "worker", "--concurrency", "4"))
        publish(net, range(4))
        until(lambda: len(ids(net)) == 4, 40, tmp_path)
        publish(net, range(4, 8))
        assert cut(url) >= 2, "while the next ones are polled and told"
        until(lambda: len(ids(net)) == 8, PATIENCE, tmp_path)
        until(lambda: len(holders(url)) == 1 and "the lock is taken again" in log_of(daemon), 20, tmp_path)
        server = postgres.server()
        server.stop()
        try:
            publish(net, range(8, FEEDS))
        finally:
            server.start()
        until(lambda: len(ids(net)) == FEEDS, PATIENCE, tmp_path)
        until(lambda: len(holders(url)) == 1 and log_of(daemon).count("the lock is taken again") == 2, 20, tmp_path)
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(15) == 0
    with Store.open(url) as store:
        assert store.counts()["stories"] == store.counts()["deliveries_sent"] == FEEDS
    assert set(ids(net).values()) == {1}, "each told once"


def test_who_lost_the_lock_to_another_stops_and_says_so(net: LocalServer, url: str, tmp_path: Path) -> None:
    known(net)
    config = configure(tmp_path, net, url, FEEDS)
    with ExitStack() as stack:
        first = stack.enter_context(running(config, "run"))
        publish(net, range(6))
        until(lambda: len(ids(net)) == 6, 40, tmp_path)
        first.send_signal(signal.SIGSTOP)  # a machine that pauses, while its lines are given up
        cut(url)
        second = stack.enter_context(running(config, "run"))
        until(lambda: len(holders(url)) == 1, 20, tmp_path)
        first.send_signal(signal.SIGCONT)
        assert first.wait(20) == 1
        assert f"/{second.pid}) runs on postgresql://" in log_of(first).splitlines()[-1]
        assert "another daemon took over" in events(first)
        publish(net, range(FEEDS))
        until(lambda: len(ids(net)) == FEEDS, 40, tmp_path)
        third = stack.enter_context(running(config, "run"))
        assert third.wait(20) == 1, "and there is one still"
        second.send_signal(signal.SIGTERM)
        assert second.wait(15) == 0
    assert set(ids(net).values()) == {1}, "each told once, by whichever"


def events(process: subprocess.Popen[bytes]) -> str:
    """The events of a log, a line each."""
    lines = [line for line in log_of(process).splitlines() if line.startswith("{")]
    return "\n".join(json.loads(line)["event"] for line in lines)
