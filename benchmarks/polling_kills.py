"""``kill -9`` at random points of polling while feeds change: no story lost, none twice, no validator ahead of its stories.

    python -m benchmarks.polling_kills [--kills 200] [--feeds 12]

A server of its own process changes every feed several times a second; a collector of its own process polls them over real
sockets into a real database and is killed at a random moment, again and again. What a document held follows from its ETag,
so after every kill the database can be held against what its validators say was read.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import re
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import text

from monitor.app import open_app
from monitor.classify import classifier_for
from monitor.collect import Collector
from monitor.interfaces import Classifier
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.store import Store

WINDOW = 100  # entries of a document: twenty seconds of news, so that a busy machine misses none
RATE = 5.0  # new entries a second and feed
FORK = multiprocessing.get_context("fork")  # a child that need not import anything is alive within milliseconds


def document(feed: int, version: int) -> bytes:
    """What the feed says at a version: its last entries, each published when it was new."""
    items = "".join(
        f"<item><title>Quay {feed} reports ship number {n} at anchor tonight</title>"
        f'<guid isPermaLink="false">{feed}-{n}</guid><link>https://quay{feed}.example/{n}</link>'
        f"<pubDate>{format_datetime(datetime.fromtimestamp(1_780_000_000 + n, UTC))}</pubDate></item>"
        for n in range(version, max(version - WINDOW, -1), -1)
    )
    return f'<rss version="2.0"><channel><title>Quay {feed}</title>{items}</channel></rss>'.encode()


def serve(feeds: int, line: Connection) -> None:
    """The server's process: it says its port, and changes with the clock until it is ended; frozen once it is told to."""
    start = time.monotonic()
    final: list[int] = []

    def version() -> int:
        now = int((time.monotonic() - start) * RATE)
        if not final and line.poll():
            final.append(now)
        return final[0] if final else now

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            feed = int(re.match(r"GET /(\d+)", head)[1])  # type: ignore[index]
            now = version()
            etag = f'"{feed}-{now}"'
            asked = re.search(r"if-none-match: *(\S+)", head, re.I)
            if asked and asked[1] == etag:
                writer.write(f"HTTP/1.1 304 Not Modified\r\netag: {etag}\r\ncontent-length: 0\r\n\r\n".encode())
            else:
                body = document(feed, now)
                writer.write(f"HTTP/1.1 200 OK\r\netag: {etag}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the collector was killed
        finally:
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        line.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(main())


def settings(folder: Path, port: int, feeds: int) -> Settings:
    return Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{folder}/kills.db"},
            "polling": {"min_interval": "10ms", "max_interval": "10ms", "host_delay": 0, "per_host": 100},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "alerting": {"max_age": "3650d"},
            "logging": {"level": "error"},
            "feeds": [{"name": f"quay {n}", "url": f"http://127.0.0.1:{port}/{n}"} for n in range(feeds)],
        }
    )


def collect(given: Settings, classifier: Classifier, line: Connection) -> None:
    """The collector's process: says that it has begun, and polls what is due until it is killed."""

    async def main() -> None:
        with open_app(given) as app:
            vars(app)["classifier"] = classifier  # loaded once, before the forks: it takes longer than a child lives
            client, worker = app.client(), ReadingWorker(given)
            collector = Collector(app, client, worker)
            line.send(None)
            while True:
                await collector.dispatch()
                await asyncio.sleep(0.003)

    asyncio.run(main())


@dataclass
class Found:
    kills: int
    stories: int = 0
    polls: int = 0
    kills_that_found_news: int = 0  # between one kill and the next, stories were committed: the kills fell into work
    seconds: float = 0.0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)  # validators of documents whose stories are not stored


def titles(store: Store) -> Counter[str]:
    return Counter(store.read(lambda r: r.connection.execute(text("SELECT title FROM stories")).scalars().all()))


def told_by(etag: str) -> list[str]:
    feed, version = (int(part) for part in etag.strip('"').split("-"))
    return [f"Quay {feed} reports ship number {n} at anchor tonight" for n in range(version, max(version - WINDOW, -1), -1)]


def check(store: Store, found: Found) -> None:
    """Hold the database against what its validators say was read."""
    stored = titles(store)
    found.twice += [title for title, count in stored.items() if count > 1]
    found.ahead += [title for feed in store.feeds() if feed.etag for title in told_by(feed.etag) if title not in stored]


def kills(count: int, feeds: int, folder: Path, seed: int = 1) -> Found:
    rnd, began, found = random.Random(seed), time.monotonic(), Found(kills=count)
    ours, theirs = FORK.Pipe()
    server = FORK.Process(target=serve, args=(feeds, theirs), daemon=True)
    server.start()
    given = settings(folder, ours.recv(), feeds)
    classifier = classifier_for(given)
    Store.open(given.database.url).close()  # migrated once, before anything is killed
    try:
        for _ in range(count):
            _killed(given, classifier, rnd.uniform(0.0, 0.4))
            with Store.open(given.database.url) as store:
                check(store, found)
                stories = sum(titles(store).values())
                found.kills_that_found_news += stories > found.stories
                found.stories = stories
        ours.send(None)  # nothing changes any more: what is told from here on can be compared whole
        _killed(given, classifier, 4.0)
        with Store.open(given.database.url) as store:
            check(store, found)
            _whole(store, found)
    finally:
        server.kill()
        server.join()
    found.seconds = time.monotonic() - began
    return found


def _killed(given: Settings, classifier: Classifier, after: float) -> None:
    ours, theirs = FORK.Pipe()
    child = FORK.Process(target=collect, args=(given, classifier, theirs), daemon=True)
    child.start()
    ours.recv()  # it polls: the moment falls into its work and not into its start
    time.sleep(after)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()


def _whole(store: Store, found: Found) -> None:
    """Every story of every document that was ever current while somebody polled: numbers without a gap since the first."""
    stored = titles(store)
    found.stories = sum(stored.values())
    for feed in store.feeds():
        found.polls += feed.polls
        number = feed.name.split()[1]
        numbers = sorted(int(t.split("number ")[1].split()[0]) for t in stored if t.startswith(f"Quay {number} "))
        if not numbers:
            found.lost.append(f"everything of {feed.name}")
            continue
        gaps = set(range(numbers[0], numbers[-1] + 1)) - set(numbers)
        found.lost += [f"{feed.name}: {n}" for n in sorted(gaps)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--feeds", type=int, default=12)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = kills(given.kills, given.feeds, Path(folder))
    print(json.dumps({k: len(v) if isinstance(v, list) else v for k, v in vars(found).items()}))
    if found.twice or found.lost or found.ahead:
        print(found.twice[:5], found.lost[:5], found.ahead[:5])
        raise SystemExit(1)


if __name__ == "__main__":
    main()
