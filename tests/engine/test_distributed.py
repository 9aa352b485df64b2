"""A scheduler and workers as processes of their own, on a real PostgreSQL and real sockets."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor import query
from monitor.errors import SettingsError
from monitor.model import DeliveryState
from monitor.store import Store
from tests.databases import only_postgres, only_sqlite
from tests.servers import LocalServer, Reply, document, local_server, rss

ROOT = Path(__file__).parents[2]


@pytest.fixture
def net() -> Iterator[LocalServer]:
    with local_server("0.0.0.0") as server:
        server.routes["/hook"] = lambda _: Reply(200, b"ok")
        yield server


def told(number: int) -> tuple[str, str, str, datetime]:
    """A move nobody else makes, so that each feed has an event of its own."""
    name = f"{'ABCDEFGHIJ'[number // 10 % 10]}{'abcdefghij'[number % 10]}rnor Systems"
    person = f"Mara {'ABCDEFGHIJ'[number % 10]}indqv{'aeiou'[number // 10 % 5]}st"
    title = f"{name} names {person} chief executive officer"
    return f"new-{number}", title, f"{person} takes over at {name}.", datetime.now(UTC) - timedelta(minutes=5)


def configure(folder: Path, net: LocalServer, url: str, feeds: int) -> Path:
    port = net.url.rpartition(":")[2]
    raw: dict[str, Any] = {
        "database": {"url": url},
        "server": {"listen": "127.0.0.1:0"},
        "polling": {"min_interval": "1s", "max_interval": "1s", "host_delay": 0},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "alerting": {"alert_backlog": "24h"},
        # The lease of a delivery under way is six time-outs and 45 s: a short time-out keeps the wait for it short.
        "channels": {"hook": {"type": "webhook", "url": f"{net.url}/hook", "rate_per_second": 1000, "timeout": "3s"}},
        "routes": [{"name": "all", "channels": ["hook"]}],
        "feeds": [{"name": f"wire {n}", "url": f"http://127.0.1.{n + 1}:{port}/{n}.xml"} for n in range(feeds)],
    }
    config = folder / "movewire.yaml"
    config.write_text(yaml.safe_dump(raw))
    return config


@contextmanager
def running(config: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    """``movewire ARGS`` until the block ends; its log lies beside the configuration."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}
    with (config.parent / f"log-{'-'.join(args[:1])}-{time.monotonic_ns()}").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), *args], stderr=log, env=clean)
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def until(holds: Callable[[], bool], seconds: float, folder: Path) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            logs = "\n".join(f"{p.name}:\n{p.read_text()[-3000:]}" for p in sorted(folder.glob("log-*")))
            raise AssertionError(f"not within {seconds} s\n{logs}")
        time.sleep(0.1)


def ids(net: LocalServer) -> Counter[str]:
    return Counter(asked.headers["webhook-id"] for asked in net.asked if asked.path == "/hook")


@only_postgres
@pytest.mark.slow
def test_a_scheduler_and_two_workers_tell_everything_once_and_stop_when_told(net: LocalServer, url: str, tmp_path: Path) -> None:
    feeds = 12
    for n in range(feeds):
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([told(n)], f"Wire {n}"))  # type: ignore[misc]
    config = configure(tmp_path, net, url, feeds)
    with Store.open(url) as store, ExitStack() as stack:
        scheduler = stack.enter_context(running(config, "run", "--engine", "distributed"))
        workers = [stack.enter_context(running(config, "worker", "--concurrency", "4")) for _ in range(2)]
        until(lambda: len(ids(net)) == feeds, 40, tmp_path)
        second = stack.enter_context(running(config, "run", "--engine", "distributed"))
        assert second.wait(20) == 1, "there is one scheduler a database"
        for process in (*workers, scheduler):
            process.send_signal(signal.SIGTERM)
        assert [process.wait(10) for process in (*workers, scheduler)] == [0, 0, 0]
        assert set(ids(net).values()) == {1}
        assert store.counts()["stories"] == store.counts()["deliveries_sent"] == feeds
        assert {name.partition(" ")[0] for name in store.heartbeats()} == {"daemon", "worker"}


@only_postgres
@pytest.mark.slow
def test_a_killed_worker_s_jobs_are_taken_up_and_nothing_is_lost_or_told_twice(
    net: LocalServer, url: str, tmp_path: Path
) -> None:
    feeds = 20

    def hook(_: Any) -> Reply:
        time.sleep(0.05)
        return Reply(200, b"ok")

    net.routes["/hook"] = hook
    for n in range(feeds):

        def answer(asked: Any, n: int = n) -> Reply:
            time.sleep(0.02)
            return document(lambda: rss([told(n)], f"Wire {n}"))(asked)

        net.routes[f"/{n}.xml"] = answer
    config = configure(tmp_path, net, url, feeds)
    with Store.open(url) as store, ExitStack() as stack:
        stack.enter_context(running(config, "run", "--engine", "distributed"))
        victim = stack.enter_context(running(config, "worker", "--concurrency", "10"))
        until(lambda: len(ids(net)) >= 3, 40, tmp_path)
        victim.send_signal(signal.SIGKILL)
        victim.wait(10)
        killed = time.monotonic()
        stack.enter_context(running(config, "worker", "--concurrency", "10"))
        until(lambda: store.counts()["stories"] == feeds, 20, tmp_path)
        polled = time.monotonic() - killed
        until(lambda: store.counts()["deliveries_sent"] == feeds, 90, tmp_path)
        assert polled < 20, "polls are taken up when the worker was given up (10 s) and the scheduler has looked (3 s)"
    assert len(ids(net)) == feeds
    assert sum(ids(net).values()) <= feeds + 1, "the one under way may come again, under its id"


@only_postgres
def test_what_the_scheduler_wishes_for_a_worker_does(net: LocalServer, url: str, tmp_path: Path) -> None:
    """Both in this process, on one loop: the fast form of the tests below."""
    from monitor.app import open_app
    from monitor.engine import distributed, queue
    from monitor.engine.reloading import Reloads
    from monitor.settings import load

    for n in range(4):
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([told(n)], f"Wire {n}"))  # type: ignore[misc]
    settings = load(configure(tmp_path, net, url, 4))

    async def both() -> None:
        with open_app(settings, alone=True) as one, open_app(settings, declare=False) as other:
            queue.prepare(one.store.address)
            other.store.on_deliveries = queue.deferring()
            tasks = [
                asyncio.create_task(distributed._schedule(one, None, Reloads(None))),
                asyncio.create_task(distributed._work(other, 3, (queue.POLL, queue.DELIVER), None, Reloads(None))),
            ]
            async with asyncio.timeout(30):
                while len(ids(net)) < 4:  # noqa: ASYNC110 - what is waited for happens in the server's thread
                    await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(both())
    assert set(ids(net).values()) == {1}


@only_postgres
def test_a_job_and_its_cause_commit_together(url: str) -> None:
    from monitor.engine import queue
    from tests.store.build import founded

    with Store.open(url) as store:
        queue.prepare(store.address)
        queue.prepare(store.address)  # a second process finds it made
        store.on_deliveries = queue.deferring()

        def jobs() -> int:
            count = "SELECT count(*) FROM procrastinate_jobs WHERE lock = 'channel:slack'"
            return int(store.read(lambda r: r.connection.exec_driver_sql(count).scalar_one()))

        store.transact(lambda tx: tx.record_poll(founded(1)))
        assert jobs() == 1

        def fails(tx: Any) -> None:
            tx.record_poll(founded(2))
            raise KeyError("later")

        with pytest.raises(KeyError):
            store.transact(fails)
        assert jobs() == 1
        assert [d.state for d in query.deliveries(store).items] == [DeliveryState.PENDING]


@only_sqlite
def test_many_machines_need_postgresql(url: str) -> None:
    from monitor.engine.distributed import run_scheduler, run_worker
    from monitor.settings.schema import Settings

    settings = Settings.model_validate({"database": {"url": url}})
    with pytest.raises(SettingsError, match="postgresql://"):
        run_scheduler(settings)
    with pytest.raises(SettingsError, match="postgresql://"):
        run_worker(settings, concurrency=1)
