"""Polls that were wished for and never done, as their worker lost the database, are wished for again without a long wait."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from monitor import log
from monitor.app import open_app, utc_now
from monitor.engine import queue as jobs
from monitor.engine.distributed import ASK_AGAIN, Scheduler
from monitor.engine.loops import Ticks
from monitor.errors import StoreError
from monitor.polling.subscriber import Subscriber
from monitor.settings import load
from tests import postgres
from tests.databases import only_postgres
from tests.engine.processes import configure
from tests.servers import LocalServer

pytestmark = only_postgres
FEEDS = 3


def wished(url: str) -> int:
    """How many polls wait; they are taken out, as those are whose work ends with the line to the database."""
    with psycopg.connect(url, autocommit=True) as connection:
        return len(connection.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'poll' RETURNING id").fetchall())


@pytest.mark.timeout(60)
def test_lost_wishes_are_made_again_after_a_while_and_at_once_when_the_database_was_away(
    net: LocalServer, url: str, tmp_path: Path
) -> None:
    settings, now, server = load(configure(tmp_path, net, url, FEEDS)), utc_now(), postgres.server()

    async def live() -> None:
        nonlocal now
        with open_app(settings, clock=lambda: now, alone=True) as app:
            jobs.prepare(app.store.address)
            queue, client = jobs.make(app.store.address), app.client()
            async with queue.open_async():
                scheduler = Scheduler(app, queue, Subscriber(app, client), Ticks(now))
                await scheduler.collect()
                assert wished(url) == FEEDS
                await scheduler.collect()
                assert wished(url) == 0, "a poll may take its time"
                now += ASK_AGAIN
                await scheduler.collect()
                assert wished(url) == FEEDS
                server.stop()
                try:
                    with pytest.raises(StoreError):
                        await scheduler.collect()
                finally:
                    server.start()
                now += timedelta(seconds=1)
                await scheduler.collect()
                assert wished(url) == FEEDS
                now -= timedelta(hours=1)
                await scheduler.collect()
                assert wished(url) == FEEDS, "a clock that was ahead holds none up until it is there again"
            await client.close()

    asyncio.run(live())


def test_a_pool_that_lost_its_database_has_it_again_when_it_is_back(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Left to itself it would try again ever more seldom, and who asks it meanwhile would wait for half a minute."""
    log.configure("info", "json")
    jobs.prepare(url)
    server = postgres.server()

    async def live() -> None:
        queue = jobs.make(url)
        async with queue.open_async():
            assert await queue.check_connection_async()
            server.stop()
            try:
                with pytest.raises(Exception, match="Database error"):
                    async with asyncio.timeout(3 * jobs.GIVEN_UP):
                        await queue.check_connection_async()
            finally:
                server.start()
            async with asyncio.timeout(2 * jobs.GIVEN_UP):
                assert await queue.check_connection_async()

    asyncio.run(live())
    assert "error connecting" not in capsys.readouterr().err, "a line a try would drown what else is said"
