"""A small world for tests of polling: a server on loopback, a clock that is told, feeds that are polled one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.app import App, open_app
from monitor.collect import Collector, PollOutcome
from monitor.model import Feed
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from tests.servers import LocalServer, Reply, local_server, rss

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
Item = tuple[str, str, str, datetime]


def item(number: int, at: datetime, *, guid: str = "", title: str = "") -> Item:
    words = title or f"Harbour report number {number} names ships and tides"
    return (guid or f"g-{number}", words, f"What happened on day {number}.", at)


@dataclass
class World:
    server: LocalServer
    app: App
    now: datetime = NOW
    chance: float = 0.5
    items: list[Item] = field(default_factory=list)
    collector: Collector | None = None

    def clock(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)

    def feed(self, name: str = "wire") -> Feed:
        return self.app.store.feed(name)

    def poll(self, *names: str) -> list[PollOutcome]:
        """Poll these feeds side by side, due or not. What the collector remembers lasts from call to call."""
        return asyncio.run(self._poll(names or ("wire",)))

    async def _poll(self, names: tuple[str, ...]) -> list[PollOutcome]:
        client, worker = self.app.client(), ReadingWorker(self.app.settings)
        fresh = Collector(self.app, client, worker)
        if self.collector is not None:
            fresh._prints, fresh._outage, fresh._blamed = self.collector._prints, self.collector._outage, self.collector._blamed
        self.collector = fresh
        try:
            return await asyncio.gather(*(fresh.poll(self.feed(name)) for name in names))
        finally:
            await worker.close()
            await client.close()

    def says(self, **headers: str) -> None:
        """The feed answers with its items, whatever it is asked."""
        self.server.routes["/wire"] = lambda _: Reply(200, rss(self.items), {k.replace("_", "-"): v for k, v in headers.items()})

    def answers(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.server.routes["/wire"] = lambda _: Reply(status, body, {k.replace("_", "-"): v for k, v in headers.items()})


@contextmanager
def world(folder: Path, *names: str, **sections: Any) -> Iterator[World]:
    """A world of feeds, each at the path of its name."""
    with local_server() as server:
        raw: dict[str, Any] = {
            "database": {"url": f"sqlite:///{folder}/movewire.db"},
            "polling": {"host_delay": 0, "per_host": 100, "notice_after": 0} | sections.pop("polling", {}),
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "feeds": [{"name": name, "url": f"{server.url}/{name}"} for name in names or ("wire",)],
        }
        made: list[World] = []
        settings = Settings.model_validate(raw | sections)
        with open_app(settings, clock=lambda: made[0].clock(), rnd=lambda: made[0].chance if made else 0.5) as app:
            made.append(World(server, app))
            yield made[0]


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A world of one feed with three items, an hour apart."""
    with world(tmp_path) as made:
        made.items[:] = [item(n, NOW - timedelta(hours=n)) for n in (1, 2, 3)]
        made.says()
        yield made
