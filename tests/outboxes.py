"""An app with channels and alerts in its outbox, and a run of its deliverer: for tests of delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor import query
from monitor.app import App
from monitor.deliver import make_deliverer
from monitor.ids import make_id
from monitor.model import Alert, AlertId, Delivery, DeliveryId, EventId, Feed, FeedId, FeedState
from monitor.results import PollResult
from monitor.settings.schema import Settings
from tests.notify.samples import alert
from tests.servers import LocalServer, Reply, local_server

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
FEED = Feed(id=FeedId("f"), name="f", url="https://f.example/", state=FeedState.RESTING, paused=True)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def settings(url: str, channels: dict[str, dict[str, Any]], **more: Any) -> Settings:
    """Settings whose channels are quick and may reach this machine."""
    quick = {"rate_per_second": 1000, "timeout": "10s"}
    return Settings.model_validate(
        {
            "database": {"url": url},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "channels": {name: quick | options for name, options in channels.items()},
            "routes": [{"name": "all", "channels": list(channels)}],
            **more,
        }
    )


def numbered(n: int, at: datetime) -> Alert:
    """An alert like the sample, about an event of its own."""
    event = replace(alert().event, id=EventId(make_id(at, "event", str(n))), first_seen=at, last_seen=at)
    return replace(alert(), id=AlertId(make_id(at, "alert", str(n))), event_id=event.id, created_at=at, event=event)


def put(app: App, count: int, *channels: str) -> None:
    """``count`` alerts for each of ``channels`` into the outbox, a minute apart."""
    for n in range(count):
        tell(app, numbered(n, START - timedelta(minutes=count - n)), channels)


def tell(app: App, told: Alert, channels: Sequence[str]) -> None:
    """One revision of an alert into the outbox of each channel."""
    rows = tuple(
        Delivery(
            id=DeliveryId(make_id(told.created_at, told.id, str(told.revision), channel)),
            alert_id=told.id,
            revision=told.revision,
            channel=channel,
            created_at=told.created_at,
        )
        for channel in channels
    )
    app.store.transact(lambda tx: tx.record_poll(PollResult(feed=FEED, events=(told.event,), alerts=(told,), deliveries=rows)))


def deliver(app: App, seconds: float = 10, out: Callable[[bytes], None] | None = None) -> None:
    """Everything that is due, as the daemon would; what ``stdout`` channels say goes to ``out``."""

    async def run() -> None:
        client = app.client()
        try:
            await make_deliverer(app, client, out).drain(seconds)
        finally:
            await client.close()

    asyncio.run(run())


def states(app: App) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for d in query.deliveries(app.store, limit=1000).items:
        found.setdefault(d.channel, []).append(d.state.value)
    return found


@pytest.fixture
def net() -> Iterator[LocalServer]:
    with local_server() as server:
        server.routes["/ok"] = lambda _: Reply(200, b"ok")
        yield server
