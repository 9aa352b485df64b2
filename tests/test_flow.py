"""The main path end to end, on real sockets and a real database: a feed, a webhook, a query."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from standardwebhooks import Webhook

from monitor.app import App, open_app
from monitor.collect import Collector, PollOutcome
from monitor.deliver import make_deliverer
from monitor.model import DeliveryState, FeedState
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from tests.databases import sqlite_first
from tests.servers import LocalServer, Reply, document, local_server, rss

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
OLD = ("old-1", "Brightwater Foods names Ada Quill chief executive", "She takes over in June.", NOW - timedelta(days=2))
HIRE = (
    "new-1",
    "Corvid Systems hires Mara Lindqvist from Northlight AI to lead data centers",
    "Mara Lindqvist, head of infrastructure at Northlight AI, joins Corvid Systems, the company announced.",
    NOW - timedelta(minutes=5),
)
BUILD = (
    "new-2",
    "Skagen Power to build 1.2 GW data center campus in Texas for $14 billion",
    "Skagen Power will build a data center campus in Texas, it said on Monday.",
    NOW - timedelta(minutes=4),
)
DULL = ("new-3", "Ten quiet keyboards, tried for a month", "We typed on all of them.", NOW - timedelta(minutes=3))


@pytest.fixture
def net() -> Iterator[LocalServer]:
    with local_server() as server:
        server.routes["/hook"] = lambda _: Reply(200, b"ok")
        server.routes["/slack"] = lambda _: Reply(200, b"ok")
        yield server


def configuration(net: LocalServer, url: str) -> dict[str, object]:
    return {
        "database": {"url": url},
        "server": {"listen": "127.0.0.1:0"},
        "polling": {"min_interval": "1s", "max_interval": "1s", "host_delay": 0, "per_host": 10},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "alerting": {"max_age": "3650d"},
        "channels": {
            "hook": {"type": "webhook", "url": f"{net.url}/hook", "secrets": [SECRET], "rate_per_second": 100},
            "slack": {"type": "slack", "url": f"{net.url}/slack", "rate_per_second": 100},
        },
        "routes": [{"name": "all", "channels": ["hook", "slack"]}],
        "feeds": [{"name": "Sample Wire", "url": f"{net.url}/feed.xml"}],
    }


class Clock:
    """A clock that moves only when told."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


async def round_of(app: App) -> list[PollOutcome]:
    """One poll of every feed and everything delivered that came of it."""
    client, worker = app.client(), ReadingWorker(app.settings)
    try:
        outcomes = await Collector(app, client, worker).poll_all(app.store.feeds())
        await make_deliverer(app, client).drain(10)
        return outcomes
    finally:
        await worker.close()
        await client.close()


def test_a_story_becomes_one_signed_webhook_one_slack_message_and_one_row(net: LocalServer, url: str) -> None:
    items = [OLD]
    net.routes["/feed.xml"] = document(lambda: rss(items))
    settings, clock = Settings.model_validate(configuration(net, url)), Clock()
    with open_app(settings, clock=clock, rnd=lambda: 0.5) as app:
        [first] = asyncio.run(round_of(app))
        assert (first.new, first.matched, first.alerts) == (1, 1, 0), "a first poll is a baseline"
        items[:0] = [DULL, BUILD, HIRE]
        clock.forward(minutes=5)
        [second] = asyncio.run(round_of(app))
        assert (second.new, second.alerts) == (3, 2)
        clock.forward(minutes=5)
        [third] = asyncio.run(round_of(app))
        assert (third.kind, third.status) == ("unchanged", 304)
        counts = app.store.counts()
    assert (counts["stories"], counts["alerts"]) == (4, 2)
    hooks = [a for a in net.asked if a.path == "/hook"]
    assert len(hooks) == 2 and len([a for a in net.asked if a.path == "/slack"]) == 2
    for hook in hooks:
        unsigned = {k: v for k, v in hook.headers.items() if k.startswith("webhook-")} | {
            "webhook-timestamp": hook.headers["webhook-timestamp"]
        }
        assert unsigned.keys() >= {"webhook-id", "webhook-timestamp", "webhook-signature"}
        expected = Webhook(SECRET).sign(
            hook.headers["webhook-id"], datetime.fromtimestamp(int(hook.headers["webhook-timestamp"]), UTC), hook.body.decode()
        )
        assert expected in hook.headers["webhook-signature"].split()
    bodies = [json.loads(h.body) for h in hooks]
    move = next(b["data"] for b in bodies if "executive_move" in json.dumps(b["data"]))
    assert "Mara Lindqvist" in json.dumps(move) and "Northlight AI" in json.dumps(move)


def test_a_copy_and_an_edit_alert_nobody(net: LocalServer, url: str) -> None:
    first, second = [OLD], [OLD]
    net.routes["/feed.xml"] = document(lambda: rss(first))
    net.routes["/other.xml"] = document(lambda: rss(second, "Second Wire"))
    raw = configuration(net, url)
    raw["feeds"] = [*raw["feeds"], {"name": "Second Wire", "url": f"{net.url}/other.xml"}]  # type: ignore[misc]
    clock = Clock()
    with open_app(Settings.model_validate(raw), clock=clock, rnd=lambda: 0.5) as app:
        asyncio.run(round_of(app))
        first.insert(0, HIRE)
        clock.forward(minutes=5)
        outcomes = asyncio.run(round_of(app))
        assert sum(o.alerts for o in outcomes) == 1
        second.insert(0, ("copy-9", "Northlight AI's Mara Lindqvist joins Corvid Systems to lead data centers", HIRE[2], HIRE[3]))
        first[0] = (HIRE[0], HIRE[1] + " - update", HIRE[2], HIRE[3])
        clock.forward(minutes=5)
        outcomes = asyncio.run(round_of(app))
        assert sum(o.alerts for o in outcomes) == 0
        [event] = [e for e in _events(app) if "Lindqvist" in e.headline]
        assert event.story_count == 2


def _events(app: App) -> list:  # type: ignore[type-arg]
    from monitor import query

    return list(query.events(app.store).items)


def test_a_feed_that_fails_says_why_and_hides_nothing_of_the_others(net: LocalServer, url: str) -> None:
    items = [OLD]
    net.routes["/feed.xml"] = document(lambda: rss(items))
    net.routes["/page.xml"] = lambda _: Reply(200, b"<!doctype html><title>Just a moment</title>", {"content-type": "text/html"})
    net.routes["/gone.xml"] = lambda _: Reply(410)
    raw = configuration(net, url)
    for name in ("page", "gone", "missing"):
        raw["feeds"] = [*raw["feeds"], {"name": name, "url": f"{net.url}/{name}.xml"}]  # type: ignore[misc]
    with open_app(Settings.model_validate(raw), clock=Clock(), rnd=lambda: 0.5) as app:
        asyncio.run(round_of(app))
        feeds = {f.name: f for f in app.store.feeds()}
    assert feeds["Sample Wire"].state == FeedState.OK
    assert feeds["page"].state == FeedState.FAILING and "page" in feeds["page"].last_error
    assert feeds["gone"].state == FeedState.RESTING and "410" in feeds["gone"].last_error
    assert feeds["missing"].state == FeedState.FAILING and "404" in feeds["missing"].last_error


@pytest.mark.slow
@sqlite_first
def test_a_daemon_killed_and_started_again_loses_and_repeats_nothing(net: LocalServer, url: str, tmp_path: Path) -> None:
    """kill -9 five times while stories arrive: each event reaches the receiver, each webhook-id with one body."""
    items = [OLD]
    net.routes["/feed.xml"] = document(lambda: rss(items))
    config = tmp_path / "movewire.yaml"
    config.write_text(yaml.safe_dump(configuration(net, url)))
    people = ["Ada Quill", "Ben Okoro", "Cleo Marsh", "Dov Lister", "Enid Sato"]
    firms = ["Harrow Mills", "Osprey Freight", "Pellworm Foods", "Quarry Bank", "Redfern Labs"]
    for turn, (person, firm) in enumerate(zip(people, firms, strict=True)):
        command = [sys.executable, "-m", "monitor", "--config", str(config), "run"]
        daemon = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(Path.cwd())}
        )
        try:
            polls = 2 * (turn + 1)
            wait_for(lambda polls=polls: len([a for a in net.asked if a.path == "/feed.xml"]) > polls)
            items.insert(
                0, (f"k-{turn}", f"{firm} names {person} chief executive", f"{person} takes over in June.", datetime.now(UTC))
            )
            time.sleep(0.3 * turn)  # the kill falls elsewhere each time: before the poll, in it, after it
        finally:
            daemon.send_signal(signal.SIGKILL)
            daemon.wait(5)
    final = subprocess.run([*command, "--seconds", "8"], capture_output=True, text=True, timeout=60)
    assert final.returncode == 0, final.stderr
    by_id: dict[str, set[bytes]] = {}
    for hook in (a for a in net.asked if a.path == "/hook"):
        by_id.setdefault(hook.headers["webhook-id"], set()).add(hook.body)
    assert all(len(bodies) == 1 for bodies in by_id.values())
    told = [json.dumps(json.loads(next(iter(b)))) for b in by_id.values()]
    assert [sum(person in t for t in told) for person in people] == [1] * 5


def wait_for(condition, seconds: float = 20.0) -> None:  # type: ignore[no-untyped-def]
    """Until ``condition()`` holds, at most ``seconds``: another process has to get there."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_deliveries_that_fail_wait_and_are_tried_again(net: LocalServer, url: str) -> None:
    items, broken = [OLD], True
    net.routes["/feed.xml"] = document(lambda: rss(items))
    net.routes["/hook"] = lambda _: Reply(503 if broken else 200)
    clock = Clock()
    with open_app(Settings.model_validate(configuration(net, url)), clock=clock, rnd=lambda: 0.5) as app:
        asyncio.run(round_of(app))
        items.insert(0, HIRE)
        clock.forward(minutes=5)
        asyncio.run(round_of(app))
        broken = False
        clock.forward(hours=1)
        asyncio.run(round_of(app))
        from monitor import query

        states = {d.channel: d.state for d in query.deliveries(app.store).items}
    assert states == {"hook": DeliveryState.SENT, "slack": DeliveryState.SENT}
    assert len({h.body for h in net.asked if h.path == "/hook"}) == 1
