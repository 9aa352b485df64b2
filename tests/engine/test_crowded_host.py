"""More due feeds of one host than are looked at in a tick: the feeds of others have their turn all the same."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from monitor.app import open_app, utc_now
from monitor.engine import queue as jobs
from monitor.engine.distributed import OF_ONE_HOST, WAITING, Scheduler
from monitor.engine.loops import Ticks
from monitor.polling.subscriber import Subscriber
from monitor.settings.schema import Settings
from tests.databases import only_postgres

CROWD = 2 * WAITING + 500


def wished(url: str) -> list[str]:
    """The hosts' locks of all polls that wait."""
    with psycopg.connect(url, autocommit=True) as connection:
        return [lock for (lock,) in connection.execute("SELECT lock FROM procrastinate_jobs WHERE task_name = 'poll'")]


@only_postgres
@pytest.mark.timeout(120)
def test_the_feeds_of_a_crowded_host_hold_up_nobody_else_s(url: str) -> None:
    feeds = [{"name": f"crowd {n}", "url": f"https://crowd.example/{n}.xml"} for n in range(CROWD)]
    feeds += [{"name": f"other {n}", "url": f"https://other-{n}.example/feed.xml"} for n in range(3)]
    settings = Settings.model_validate({"database": {"url": url}, "feeds": feeds})
    now = utc_now()

    async def live() -> None:
        with open_app(settings, clock=lambda: now, alone=True) as app:
            jobs.prepare(app.store.address)
            with psycopg.connect(url, autocommit=True) as connection:  # the crowd has waited for longer
                connection.execute("UPDATE feeds SET next_check = CASE WHEN name LIKE 'crowd%' THEN 0 ELSE 1 END")
            queue, client = jobs.make(app.store.address), app.client()
            async with queue.open_async():
                scheduler = Scheduler(app, queue, Subscriber(app, client), Ticks(now))
                for _ in range(4):
                    await scheduler.collect()
                waiting = wished(url)
                assert sum("other-" in lock for lock in waiting) == 3
                assert len(waiting) == OF_ONE_HOST + 3, "the crowd waits in its own rows, not in the queue"
                with psycopg.connect(url, autocommit=True) as connection:  # a worker does half of them
                    half = "SELECT args->>'feed_id' FROM procrastinate_jobs LIMIT 50"
                    connection.execute(f"UPDATE feeds SET next_check = 9e15 WHERE id IN ({half})")
                    done = "SELECT id FROM feeds WHERE next_check > 1"
                    connection.execute(f"DELETE FROM procrastinate_jobs WHERE args->>'feed_id' IN ({done})")
                assert len(wished(url)) == OF_ONE_HOST + 3 - 50
                await scheduler.collect()
                assert len(wished(url)) >= OF_ONE_HOST, "as many of the crowd follow"
            await client.close()

    asyncio.run(live())
