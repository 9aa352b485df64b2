"""How fast the outbox empties, and how long a story takes from first seen to sent.

    python -m benchmarks.delivery_throughput [--alerts 100] [--channels 50] [--stories 50] [--seconds 20] [--json FILE]

First 50 channels with 100 alerts each, all due: deliveries a second. Then the daemon as a process of its own, with ten feeds
that bring 50 stories a second together, of which every tenth tells of a move (in the natural stream it is every twentieth),
each alerted to three channels: seconds from first seen to sent, as the database has them. SQLite, and signed webhooks to a
receiver in a process of its own. The machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import yaml

from benchmarks.replay_run import SECRET, quantile
from monitor import log, query
from monitor.app import open_app
from monitor.deliver import make_deliverer
from monitor.model import DeliveryState
from monitor.settings.schema import Settings
from tests.outboxes import FEED, numbered, tell
from tests.servers import rss

NAMES = [
    f"{first} {last}"
    for first, last in itertools.product(
        "Mara Jonas Ines Piotr Amara Tomas Leila Hugo Noor Vera".split(),
        "Lindqvist Okafor Brandt Castellanos Ferreira Halvorsen Iyer Kowalczyk Marchetti Nakashima Obuya Petrescu Quint "
        "Rasmussen Sandoval Takahashi Ueland Voss Whitcombe Yilmaz".split(),
    )
]
FIRMS = ("OpenAI", "Anthropic", "Nvidia", "Meta", "Microsoft", "Google", "Amazon", "Oracle", "CoreWeave", "AMD", "Intel", "xAI")
FLAGGED = 0.1
TOPICS = ("gardens in spring", "the price of bread", "a walk along the coast", "choosing a bicycle", "old films worth seeing")
ROLES = ("chief financial officer", "chief technology officer", "chief operating officer", "general counsel")


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


class Feeds:
    """Ten feeds, of which each brings so many new stories a second that all of them together bring ``rate``."""

    def __init__(self, rate: float) -> None:
        self.rate, self.began, self.rnd = rate / 10, time.monotonic(), random.Random(3)
        self.stories: dict[str, list[tuple[str, str, str, datetime]]] = {}
        self.pairs = itertools.cycle(self.rnd.sample(NAMES, len(NAMES)))

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            name = head.split()[1].decode()
            known = self.stories.setdefault(name, [])
            for n in range(len(known), int((time.monotonic() - self.began) * self.rate)):
                known.insert(0, self.story(name, n))
            body = rss(known[:60])
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/rss+xml\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
            await writer.drain()
        finally:
            writer.close()

    def story(self, feed: str, n: int) -> tuple[str, str, str, datetime]:
        if self.rnd.random() > FLAGGED:
            return f"{feed.strip('/')}-{n}", f"{next(self.pairs)} on {self.rnd.choice(TOPICS)}, part {n}", "", datetime.now(UTC)
        left, joined = self.rnd.sample(FIRMS, 2)
        title = f"{joined} hires {next(self.pairs)} from {left} as {self.rnd.choice(ROLES)}"
        return f"{feed.strip('/')}-{n}", title, "", datetime.now(UTC)


def _serve(pipe: Connection, rate: float) -> None:
    async def run() -> None:
        receiver = await asyncio.start_server(_answer, "127.0.0.1", 0)
        feeds = await asyncio.start_server(Feeds(rate).answer, "127.0.0.1", 0)
        pipe.send([f"http://127.0.0.1:{s.sockets[0].getsockname()[1]}" for s in (receiver, feeds)])
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def servers(rate: float) -> Iterator[tuple[str, str]]:
    """The addresses of a receiver that takes everything, and of the feeds; in a process of their own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, rate), daemon=True)
    process.start()
    try:
        receiver, feeds = here.recv()
        yield receiver, feeds
    finally:
        process.kill()
        process.join(5)


def channels(receiver: str, count: int) -> dict[str, dict[str, object]]:
    options = {"type": "webhook", "secrets": [SECRET], "rate_per_second": 1000}
    return {f"c{n}": options | {"url": f"{receiver}/c{n}"} for n in range(count)}


def emptied(receiver: str, folder: Path, alerts: int, count: int) -> dict[str, float]:
    """Deliveries a second of a full outbox."""
    names = channels(receiver, count)
    settings = Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{folder}/full.db"},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "channels": names,
            "routes": [{"name": "all", "channels": list(names)}],
        }
    )
    with open_app(settings) as app:
        app.store.transact(lambda tx: tx.save_feed(FEED))
        for n in range(alerts):
            tell(app, numbered(n, datetime.now(UTC)), list(names))

        async def run() -> float:
            client = app.client()
            deliverer = make_deliverer(app, client)
            began = time.monotonic()
            while sum(deliverer.outcomes.values()) < alerts * count:
                await deliverer.run_once()
                await asyncio.sleep(0.05)
            took = time.monotonic() - began
            await deliverer.close(5)
            await client.close()
            return took

        began = time.process_time()
        took = asyncio.run(run())
        cpu = time.process_time() - began
        sent = app.store.counts()["deliveries_sent"]
    return {
        "deliveries": sent,
        "seconds": round(took, 2),
        "a_second": round(sent / took),
        "cpu_ms_each": round(1000 * cpu / sent, 2),
    }


def told(receiver: str, feeds: str, folder: Path, seconds: float) -> dict[str, Any]:
    """Seconds from first seen to sent, of a daemon that polls."""
    names = channels(receiver, 3)
    config = {
        "database": {"url": f"sqlite:///{folder}/told.db"},
        "server": {"listen": "127.0.0.1:0"},
        "polling": {"min_interval": "1s", "max_interval": "1s", "host_delay": 0, "per_host": 50},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "logging": {"level": "warning"},
        "channels": names,
        "routes": [{"name": "all", "channels": list(names)}],
        "feeds": [{"name": f"feed {n}", "url": f"{feeds}/{n}"} for n in range(10)],
        "feeds_file": "none.yaml",
    }
    (folder / "none.yaml").write_text("feeds: []\n")
    (folder / "movewire.yaml").write_text(yaml.safe_dump(config))
    command = [sys.executable, "-m", "monitor", "--config", str(folder / "movewire.yaml"), "run", "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    settings = Settings.model_validate(config | {"feeds_file": "feeds.yaml"})
    with open_app(settings) as app:
        counts = app.store.counts()
        lags, cursor = [], None
        while True:
            page = query.deliveries(app.store, states=[DeliveryState.SENT], limit=1000, cursor=cursor)
            for one in page.items:
                seen = query.delivery(app.store, one.id).subject.event.stories[-1].story_id  # type: ignore[union-attr]
                first_seen = app.store.story(seen).first_seen
                lags.append((one.sent_at - first_seen).total_seconds() if one.sent_at else 0.0)
            if (cursor := page.next) is None:
                break
    lags.sort()
    return {
        "stories_a_second": round(counts["stories"] / seconds, 1),
        "deliveries": len(lags),
        "first_seen_to_sent_s": {"p50": quantile(lags, 0.5), "p99": quantile(lags, 0.99), "max": quantile(lags, 1)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100)
    parser.add_argument("--channels", type=int, default=50)
    parser.add_argument("--stories", type=float, default=50, help="new stories a second")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--json", type=Path)
    o = parser.parse_args()
    log.configure("warning", "json")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with servers(o.stories) as (receiver, feeds):
            report: dict[str, dict[str, Any]] = {
                "full_outbox": emptied(receiver, folder, o.alerts, o.channels),
                "daemon": told(receiver, feeds, folder, o.seconds),
            }
    print(json.dumps(report, indent=2))
    if o.json:
        o.json.write_text(json.dumps(report, indent=2))
    slow = report["full_outbox"]["a_second"] < 200 or report["daemon"]["first_seen_to_sent_s"]["p99"] > 1
    sys.exit(bool(slow))


if __name__ == "__main__":
    main()
