"""Throughput of workers on PostgreSQL, and a worker killed in the middle: ``python -m benchmarks.workers``.

Feeds of replayed stories, each on a host of its own (127.A.B.C), each answer after 200 ms: work that waits on the network.
One run each with 1, 2 and 4 workers on a database of its own, from the first poll to the last, every alert delivered to a
receiver that counts. Then four workers of which one is killed: nothing may be lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from monitor.store import Store
from tests import postgres
from tests.servers import rss

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MOVEWIRE_SHARED", ROOT.parent / "shared"))
ENTRIES = 3  # stories a feed: what is measured waits on the network, and does not parse


@dataclass
class Internet:
    """Feeds and a receiver, in a thread of their own."""

    bodies: list[bytes]
    latency: float
    port: int = 0
    received: Counter[str] = field(default_factory=Counter)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
                await reader.readexactly(int(headers.get("content-length", 0)))
                path = head.split(" ", 2)[1]
                if path == "/hook":
                    self.received[headers["webhook-id"]] += 1
                    body = b"ok"
                else:
                    await asyncio.sleep(self.latency)
                    body = self.bodies[int(path.strip("/").partition(".")[0])]
                kind = "application/rss+xml"
                writer.write(f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @contextmanager
    def listening(self) -> Iterator[None]:
        loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

        async def main() -> None:
            server = await asyncio.start_server(self.answer, "0.0.0.0", 0, backlog=512)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await stop.wait()
            server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
        thread.start()
        ready.wait(10)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(10)


def documents(feeds: int) -> list[bytes]:
    """A feed's document each, of replayed stories where they are at hand, dated today so that they count as news."""
    now, stories = datetime.now(UTC), SHARED / "replay" / "stories.jsonl.gz"
    if stories.is_file():
        with gzip.open(stories, "rt", encoding="utf-8") as lines:
            told = [json.loads(line) for line, _ in zip(lines, range(feeds * ENTRIES), strict=False)]
    else:
        told = [{"id": n, "title": f"Firm {n} names Jo Doe{n} chief executive", "summary": ""} for n in range(feeds * ENTRIES)]
    items = [(str(s["id"]), s["title"], s["summary"], now) for s in told]
    return [rss(items[n * ENTRIES : (n + 1) * ENTRIES] or items[:1], f"Feed {n}") for n in range(feeds)]


def configure(folder: Path, url: str, port: int, feeds: int) -> Path:
    def host(n: int) -> str:
        return f"127.{1 + n // 62500}.{n // 250 % 250}.{n % 250 + 1}"

    raw: dict[str, Any] = {
        "database": {"url": url},
        "server": {"enabled": False},
        "polling": {"min_interval": "6h", "max_interval": "6h", "host_delay": 0},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "alerting": {"alert_backlog": "24h"},
        "logging": {"level": "warning"},
        "channels": {"hook": {"type": "webhook", "url": f"http://127.0.0.1:{port}/hook", "rate_per_second": 1000}},
        "routes": [{"name": "all", "channels": ["hook"]}],
        "feeds": [{"name": f"feed {n}", "url": f"http://{host(n)}:{port}/{n}.xml"} for n in range(feeds)],
    }
    config = folder / "movewire.yaml"
    config.write_text(yaml.safe_dump(raw))
    return config


@contextmanager
def process(config: Path, *args: str) -> Iterator[subprocess.Popen[bytes]]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("MOVEWIRE_")} | {"PYTHONPATH": str(ROOT)}
    with (config.parent / "log").open("ab") as log:
        started = subprocess.Popen([sys.executable, "-m", "monitor", "--config", str(config), *args], stderr=log, env=env)
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGTERM)
            try:
                started.wait(15)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def polled(store: Store) -> int:
    return int(store.read(lambda r: r.connection.exec_driver_sql("SELECT count(*) FROM feeds WHERE polls > 0").scalar_one()))


def until(store: Store, count: int, seconds: float = 900) -> None:
    deadline = time.monotonic() + seconds
    while polled(store) < count:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{polled(store)} of {count} feeds after {seconds} s")
        time.sleep(0.1)


def one_run(workers: int, feeds: int, concurrency: int, latency: float, *, kill: bool = False) -> dict[str, Any]:
    """Poll every feed once; returns what it took and what came of it."""
    internet = Internet(documents(feeds), latency)
    with ExitStack() as stack:
        stack.enter_context(internet.listening())
        url = stack.enter_context(postgres.server().database(postgres.migrated()))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="movewire-bench-")))
        config = configure(folder, url, internet.port, feeds)
        store = stack.enter_context(Store.open(url))
        hands = [stack.enter_context(process(config, "worker", "--concurrency", str(concurrency))) for _ in range(workers)]
        while sum(name.startswith("worker") for name in store.heartbeats()) < workers:  # all are there before the first poll
            time.sleep(0.1)
        stack.enter_context(process(config, "run", "--engine", "distributed"))
        until(store, 1)
        began = time.monotonic()
        found: dict[str, Any] = {"workers": workers}
        if kill:
            until(store, feeds // 3)
            hands[0].send_signal(signal.SIGKILL)
            hands[0].wait()
            killed = time.monotonic()
        until(store, feeds)
        found["seconds"] = round(time.monotonic() - began, 1)
        found["polls a second"] = round(feeds / found["seconds"], 1)
        if kill:
            found["seconds from the kill to the last poll"] = round(time.monotonic() - killed, 1)
        deadline = time.monotonic() + 120
        while store.vitals(datetime.now(UTC)).waiting and time.monotonic() < deadline:
            time.sleep(0.2)
        counts = store.counts()
        double = "SELECT count(*) - count(DISTINCT (feed_id, url)) FROM stories"
        found |= {
            "stories": counts["stories"],
            "stories doubled": store.read(lambda r: r.connection.exec_driver_sql(double).scalar_one()),
            "alerts": counts["alerts"],
            "delivered": counts["deliveries_sent"],
            "messages received": len(internet.received),
            "received twice": sum(n > 1 for n in internet.received.values()),
        }
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--feeds", type=int, default=2000)
    options.add_argument("--concurrency", type=int, default=2, help="jobs at once of one worker")
    options.add_argument("--latency", type=float, default=0.2, help="seconds of every answer")
    options.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    given = options.parse_args()
    runs = [one_run(n, given.feeds, given.concurrency, given.latency) for n in given.workers]
    for found in runs:
        found["times one worker"] = round(runs[0]["seconds"] / found["seconds"], 2)
        print(json.dumps(found), flush=True)
    killed = one_run(4, given.feeds, given.concurrency, given.latency, kill=True)
    print(json.dumps({"one of four killed": killed}))
    print(json.dumps({"load": os.getloadavg(), "cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
