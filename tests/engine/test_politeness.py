"""Workers and the hosts they ask: what one process keeps in its memory holds over all of them."""

from __future__ import annotations

import asyncio
import itertools
import time
from contextlib import AsyncExitStack

from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import Deliverer
from monitor.engine.loops import Ticks
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from tests.databases import only_postgres
from tests.engine.processes import told
from tests.servers import Asked, LocalServer, Reply, rss


def nobody(channel: str) -> Deliverer:
    raise AssertionError(f"{channel} is not to be looked after")


async def polled(*apps: App) -> None:
    """Every feed, side by side, each by the next of as many workers as there are applications."""
    from monitor.engine import queue, worker

    async with AsyncExitStack() as stack:
        works = []
        for app in apps:
            client, reading = app.client(), ReadingWorker(app.settings)
            stack.push_async_callback(client.close)
            stack.push_async_callback(reading.close)
            line = worker.Line(queue.make(app.store.address), 2, (queue.POLL,))
            works.append(worker.Work(app, Collector(app, client, reading), nobody, line, Ticks(app.clock(), worker=True)))
        await asyncio.gather(*(work.poll(feed.id) for work, feed in zip(itertools.cycle(works), apps[0].store.feeds())))


@only_postgres
def test_workers_begin_their_requests_to_a_host_one_after_the_other(net: LocalServer, url: str) -> None:
    """A host's locks let several be under way; that two workers hold one each is no reason to begin at once."""
    began: list[float] = []

    def answer(_: Asked) -> Reply:
        began.append(time.monotonic())
        return Reply(200, rss([told(1)]))

    raw = {
        "database": {"url": url},
        "polling": {"host_delay": 0.6, "per_host": 3},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "feeds": [{"name": f"wire {n}", "url": f"{net.url}/{n}.xml"} for n in range(3)],
    }
    net.routes |= {f"/{n}.xml": answer for n in range(3)}
    settings = Settings.model_validate(raw)
    with open_app(settings) as one, open_app(settings) as other:
        asyncio.run(polled(one, other))
    gaps = [after - before for before, after in itertools.pairwise(began)]
    assert len(gaps) == 2
    assert min(gaps) > 0.3, gaps
