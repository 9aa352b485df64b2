"""A day of operation compressed: 24 virtual hours of news with everything going wrong that a year brings.

Restarts, one of them in the middle of deliveries; a disk that is full for an hour; a database that is away; a clock that is put
forward and back. At the end every story is stored once, every alert was delivered once, and the log says what happened.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor import log
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import make_deliverer
from monitor.engine.upkeep import upkeep
from monitor.errors import StoreError
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from tests import postgres
from tests.databases import only_postgres, only_sqlite
from tests.servers import Asked, LocalServer, Reply, local_server, rss
from tests.shared import SHARED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not (SHARED / "replay" / "stories.jsonl.gz").is_file(), reason="no replayed stories (MOVEWIRE_SHARED)"),
]
START = datetime(2026, 5, 4, tzinfo=UTC)
STEP = timedelta(minutes=10)
FEEDS, STORIES = 12, 1440  # a story a virtual minute


@dataclass
class Day:
    """The world outside: what each feed shows at the virtual time, and what the receiver got."""

    now: datetime = START
    shown: list[list[tuple[str, str, str, datetime]]] = field(default_factory=list)
    received: Counter[str] = field(default_factory=Counter)
    answers: Callable[[], Reply] = lambda: Reply(200, b"ok")

    def clock(self) -> datetime:
        return self.now

    def feed(self, number: int) -> Callable[[Asked], Reply]:
        def answer(asked: Asked) -> Reply:
            items = [item for item in self.shown[number] if item[3] <= self.now][-60:]
            body = rss(items[::-1], f"Feed {number}")
            etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
            if asked.headers.get("if-none-match") == etag:
                return Reply(304, headers={"etag": etag})
            return Reply(200, body, {"etag": etag, "content-type": "application/rss+xml"})

        return answer

    def hook(self, asked: Asked) -> Reply:
        reply = self.answers()
        if reply.status == 200:
            self.received[asked.headers["webhook-id"]] += 1
        return reply


@pytest.fixture(scope="module")
def news() -> list[dict[str, Any]]:
    with gzip.open(SHARED / "replay" / "stories.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(STORIES), strict=False)]


@pytest.fixture
def day(news: list[dict[str, Any]]) -> Day:
    shown: dict[int, list[tuple[str, str, str, datetime]]] = defaultdict(list)
    for number, story in enumerate(news):
        shown[number % FEEDS].append((story["id"], story["title"], story["summary"], START + timedelta(minutes=number)))
    return Day(shown=[shown[n] for n in range(FEEDS)])


@pytest.fixture
def net(day: Day) -> Iterator[LocalServer]:
    with local_server() as server:
        for number in range(FEEDS):
            server.routes[f"/{number}.xml"] = day.feed(number)
        server.routes["/hook"] = day.hook
        yield server


def settings(net: LocalServer, url: str) -> Settings:
    return Settings.model_validate(
        {
            "database": {"url": url},
            "polling": {"min_interval": "5m", "max_interval": "10m", "host_delay": 0, "per_host": 50},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "alerting": {"alert_backlog": "1h"},
            "channels": {"hook": {"type": "webhook", "url": f"{net.url}/hook", "rate_per_second": 1000}},
            "routes": [{"name": "all", "channels": ["hook"]}],
            "feeds": [{"name": f"feed {n}", "url": f"{net.url}/{n}.xml"} for n in range(FEEDS)],
        }
    )


async def live(app: App, day: Day, until: datetime, *, deliver: bool = True) -> None:
    """What the ticks of a daemon do, a virtual ten minutes apart; what fails is said, and comes again at the next."""
    client, worker = app.client(), ReadingWorker(app.settings)
    said = log.get(part="daemon")
    collector, deliverer = Collector(app, client, worker), make_deliverer(app, client)
    try:
        while day.now < until:
            day.now += STEP
            for work in (collector.dispatch, deliverer.run_once) if deliver else (collector.dispatch,):
                try:
                    await work()
                except StoreError as error:
                    said.error("a tick failed", why=str(error))
                await collector.drain(30)
        if deliver:
            await make_deliverer(app, client).drain(30)
        await upkeep(app)
    except StoreError as error:
        said.error("a tick failed", why=str(error))
    finally:
        await worker.close()
        await client.close()


def run(day: Day, made: Settings, hours: float, **options: Any) -> None:
    """One life of the daemon, of so many virtual hours; it ends without a drain."""
    with open_app(made, clock=day.clock, rnd=lambda: 0.5, alone=True) as app:
        app.store.release_deliveries(day.now)
        asyncio.run(live(app, day, day.now + timedelta(hours=hours), **options))


def holds(day: Day, made: Settings, said: str) -> dict[str, int]:
    """What is promised, after a last quiet hour."""
    run(day, made, 3)
    with open_app(made, clock=day.clock, alone=True) as app:
        counts, vitals = app.store.counts(), app.store.vitals(day.now)
        shown = sum(len(items) for items in day.shown)
        assert counts["stories"] == shown, f"{counts['stories']} of {shown} stories"
        assert counts["alerts"] > 5
        assert (vitals.waiting, vitals.dead) == (0, 0), said[-3000:]
        assert set(day.received.values()) == {1}, "each message arrived once"
        assert len(day.received) == counts["deliveries_sent"]
    return counts


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 24 MB; skips where one cannot be mounted."""
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@only_sqlite
def test_a_day_with_restarts_a_full_disk_and_a_clock_that_jumps(
    url: str, day: Day, net: LocalServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("info", "json")
    said = ""
    with ExitStack() as stack:
        disk = stack.enter_context(small_disk(tmp_path / "disk"))
        made = settings(net, f"sqlite:///{disk}/movewire.db")
        for _ in range(3):  # restarts
            run(day, made, 2)
        day.answers = lambda: Reply(503)  # a receiver that is down while we restart
        run(day, made, 1)
        run(day, made, 1)
        day.answers = lambda: Reply(200, b"ok")
        filler = disk / "filler"
        with open_app(made, clock=day.clock, alone=True) as app:  # the disk fills up under a daemon that runs
            with pytest.raises(OSError, match="No space"), filler.open("wb") as file:
                while True:
                    file.write(b"\0" * 65536)
                    file.flush()
            asyncio.run(live(app, day, day.now + timedelta(hours=1)))
            told = capsys.readouterr().err
            said += told
            assert "disk is full" in told, "the log says what is wrong"
            filler.unlink()
            asyncio.run(live(app, day, day.now + timedelta(hours=2)))  # the same process goes on
        run(day, made, 4)
        day.now += timedelta(hours=2)  # the clock is put forward
        run(day, made, 2)
        day.now -= timedelta(hours=2)  # and back
        run(day, made, 6)
        counts = holds(day, made, said + capsys.readouterr().err)
    print(json.dumps(counts))


@only_postgres
def test_a_day_with_restarts_and_a_database_that_goes_away(
    url: str, day: Day, net: LocalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    log.configure("info", "json")
    made = settings(net, url)
    for _ in range(4):
        run(day, made, 2)
    server = postgres.server()
    with open_app(made, clock=day.clock, rnd=lambda: 0.5, alone=True) as app:
        asyncio.run(live(app, day, day.now + timedelta(hours=1)))
        server.stop()
        try:
            asyncio.run(live(app, day, day.now + timedelta(hours=1)))
        finally:
            server.start()
        told = capsys.readouterr().err
        assert "a tick failed" in told and "postgresql://" in told and "movewire@" not in told
        asyncio.run(live(app, day, day.now + timedelta(hours=2)))  # the same process goes on
    run(day, made, 12)
    holds(day, made, told + capsys.readouterr().err)
