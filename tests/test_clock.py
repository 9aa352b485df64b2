"""A clock that was ahead, as after a start with a wrong one, and is put right: everything goes on, and is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import feed_state
from monitor.app import new_feed, open_app
from monitor.collect import HostLimits
from monitor.engine.embedded import at_once, serve
from monitor.engine.loops import Running, clock_watched, until_stopped
from monitor.engine.reloading import Reloads
from monitor.engine.upkeep import upkeep
from monitor.model import FeedState
from monitor.settings.schema import Polling, Settings
from tests.polling import NOW, World, item, w
from tests.servers import Reply, local_server, rss

__all__ = ["w"]  # a fixture
AHEAD = (timedelta(hours=2), timedelta(days=365))


@pytest.mark.parametrize("ahead", AHEAD)
def test_a_feed_that_was_asked_ahead_of_time_is_asked_again_in_its_time(w: World, ahead: timedelta) -> None:
    w.now = NOW + ahead
    w.poll()
    after = w.feed().next_check
    assert after is not None
    w.now = NOW
    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            asyncio.run(upkeep(w.app))
    found = w.feed()
    assert found.next_check == after - ahead and found.last_checked == NOW
    assert w.app.store.due_feeds(after - ahead, 9) and not w.app.store.due_feeds(NOW, 9)
    [line] = [line for line in lines if "ahead" in line["event"]]
    assert line["feeds"] == 1


def test_a_feed_that_was_never_asked_and_clocks_that_differ_a_little_are_left_alone(w: World) -> None:
    w.app.store.transact(lambda tx: tx.save_feed(new_feed("new", "http://new.example/")))
    w.now = NOW + timedelta(minutes=4)  # another machine's
    w.poll()
    before = w.app.store.feeds()
    w.now = NOW
    asyncio.run(upkeep(w.app))
    assert w.app.store.feeds() == before


def test_a_host_is_asked_though_it_was_asked_ahead_of_time() -> None:
    limits, feed = HostLimits(Polling()), new_feed("one", "http://one.example/")
    later = NOW + timedelta(hours=2)
    limits.started(feed.id, "one.example", later)
    assert not limits.may_start(new_feed("two", "http://one.example/2").id, "one.example", later)
    limits.ended(feed.id, "one.example", later)
    assert limits.may_start(feed.id, "one.example", NOW)


def test_a_failure_that_began_ahead_of_time_is_told() -> None:
    feed = replace(new_feed("one", "http://one.example/"), state=FeedState.FAILING, state_since=NOW + timedelta(hours=2))
    assert feed_state.lasted(feed, feed, now=NOW, settle=timedelta(minutes=15))[1]


def test_the_ticks_go_on_when_the_clock_is_put_back() -> None:
    """The library that ticks waits for a time of day: it would wait until the clock is there again."""
    went_on, now = asyncio.Event(), datetime.now(UTC)
    said = iter([now + timedelta(hours=2), now + timedelta(hours=2)])

    async def tick() -> None:
        went_on.set()

    async def main() -> None:
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(tick, "interval", seconds=0.5, next_run_time=now + timedelta(hours=2))
        scheduler.start()
        async with clock_watched(lambda: next(said, now), lambda: at_once(scheduler, now), every=0.01):
            await asyncio.wait_for(went_on.wait(), 20)
        scheduler.shutdown(wait=False)

    with structlog.testing.capture_logs() as lines:
        asyncio.run(main())
    assert [(line["event"], line["by"]) for line in lines] == [("the clock was put back", "2:00:00")]


def test_a_scheduler_or_worker_whose_clock_is_put_back_has_feeds_asked_in_their_time(w: World) -> None:
    """Neither waits for the hourly upkeep; a worker's clock may have been ahead where the scheduler's was right."""
    w.now, reloads, turns = NOW + timedelta(hours=2), Reloads(None), count()
    w.poll()

    async def look() -> None:
        w.now = NOW
        if w.feed().last_checked == NOW or next(turns) > 200:
            reloads.ready.set()  # ends the ticks

    assert asyncio.run(until_stopped(w.app, None, reloads, [(0.05, look)])) == 0
    assert w.feed().last_checked == NOW and w.app.store.due_feeds(NOW + timedelta(hours=1), 9)


@pytest.mark.slow
def test_a_daemon_whose_clock_is_put_back_polls(tmp_path: Path) -> None:
    ahead = [timedelta(hours=2)]

    def clock() -> datetime:
        return datetime.now(UTC) + sum(ahead, timedelta())

    @asynccontextmanager
    async def put_right(_: Running) -> AsyncIterator[None]:
        """When the ticks wait for their first turn."""
        ahead.clear()
        yield

    with local_server() as net:
        net.routes["/wire"] = lambda _: Reply(200, rss([item(1, NOW)]))
        raw = {
            "database": {"url": f"sqlite:///{tmp_path}/movewire.db"},
            "server": {"enabled": False},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "feeds": [{"name": "wire", "url": f"{net.url}/wire"}],
        }
        with open_app(Settings.model_validate(raw), clock=clock) as app:
            assert asyncio.run(serve(app, seconds=5, beside=[put_right])) == 0
        assert [asked.path for asked in net.asked] == ["/wire"]
