"""Every hostile feed of the replay server through the collector: the state it ends in, and that the others are on time."""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from monitor.app import open_app
from monitor.collect import Collector
from monitor.model import Feed
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from tests.polling import NOW, item, world
from tests.servers import Reply, local_server, rss
from tests.shared import needs_replay
from tests.test_hostile import ENDS, base

__all__ = ["base"]  # the server of test_hostile
pytestmark = [pytest.mark.replay, pytest.mark.slow, needs_replay]
OK = {"same-guid", "guid-flip", "moved", "charset", "truncated", "comments", "stuck-304"}  # after one poll
STATES = {name: "ok" if name in OK else "resting" if name == "410" else "failing" for name in ENDS} | {"empties": "quiet"}


@dataclass
class Ended:
    feeds: dict[str, Feed]
    healthy_seconds: float
    tiers: dict[str, int]


@pytest.fixture(scope="module")
def ended(base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    """All of them and twenty healthy feeds, polled side by side by one collector."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("gzip-zeros", "double-gzip"):  # the server takes seconds to make these, once, and answers nobody meanwhile
        with urllib.request.urlopen(f"{base}/hostile/{name}", timeout=60) as made:
            made.read(1)
    with local_server() as server:
        for n in range(20):
            server.routes[f"/{n}"] = lambda _, n=n: Reply(200, rss([item(n, NOW)]))  # type: ignore[misc]
        raw = {
            "database": {"url": f"sqlite:///{folder}/m.db"},
            "polling": {"host_delay": 0, "per_host": 100, "in_flight": 100, "read_timeout": "8s", "total_timeout": "8s"},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "feeds": [{"name": n, "url": f"{base}/hostile/{n}"} for n in ENDS]
            + [{"name": f"healthy {n}", "url": f"{server.url}/{n}"} for n in range(20)],
        }
        with open_app(Settings.model_validate(raw), rnd=lambda: 0.5) as app:
            seconds, tiers = asyncio.run(_poll(app))
            yield Ended({f.name: f for f in app.store.feeds()}, seconds, tiers)


async def _poll(app) -> tuple[float, dict[str, int]]:  # type: ignore[no-untyped-def]
    client, worker = app.client(), ReadingWorker(app.settings)
    collector, began = Collector(app, client, worker), time.monotonic()
    try:
        feeds = app.store.feeds()
        hostile = asyncio.ensure_future(collector.poll_all([f for f in feeds if not f.name.startswith("healthy")]))
        await collector.poll_all([f for f in feeds if f.name.startswith("healthy")])
        seconds = time.monotonic() - began
        await hostile
        await collector.poll(app.store.feed("empties"))  # its second answer is empty
        return seconds, dict(collector.tiers)
    finally:
        await worker.close()
        await client.close()


@pytest.mark.parametrize("name", sorted(STATES))
def test_each_hostile_feed_ends_in_its_state_with_a_reason(ended: Ended, name: str) -> None:
    feed = ended.feeds[name]
    assert feed.state.value == STATES[name], feed.last_error
    assert bool(feed.last_error) == (STATES[name] != "ok")
    if STATES[name] in ("failing", "quiet"):
        assert feed.next_check is not None, "it is asked again"
        assert not feed.etag, "nothing that could not be read is remembered"


def test_the_others_are_polled_on_time(ended: Ended) -> None:
    healthy = [f for f in ended.feeds.values() if f.name.startswith("healthy")]
    assert {(f.state.value, f.stories) for f in healthy} == {("ok", 1)}
    assert ended.healthy_seconds < 8, "sooner than the slow ones' time-outs"


def test_a_parse_over_its_deadline_costs_one_process_and_is_logged_with_the_feeds_name(tmp_path: Path) -> None:
    slow = "<rss><channel>&nope;" + "<a>" * 250_000
    with world(tmp_path, "slow", "quick", polling={"parse_deadline": "1s"}) as w:
        w.server.routes["/slow"] = lambda _: Reply(200, slow.encode())
        w.server.routes["/quick"] = lambda _: Reply(200, rss([item(1, NOW)]))
        with structlog.testing.capture_logs() as lines:
            first, second = w.poll("slow", "quick")
        assert "longer than 1 s" in first.why
        assert second.new == 1
        assert w.collector is not None
        assert w.collector._fetch._worker.killed == 1
        assert [(x["feed"], x["lost"]) for x in lines if x["event"] == "hostile document"] == [("slow", 1)]
