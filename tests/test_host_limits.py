"""What is started and when: nothing that is not due, and no more on a host or in all than the settings allow."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from monitor.collect import Collector, HostLimits
from monitor.model import FeedId
from monitor.reading_worker import ReadingWorker
from monitor.settings.schema import Polling
from tests.polling import NOW, item, world
from tests.servers import Reply, rss

POLLING = Polling(in_flight=4)


@given(steps=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2), st.booleans(), st.integers(0, 1500)), max_size=80))
def test_limits_hold_whatever_happens(steps: list[tuple[int, int, bool, int]]) -> None:
    limits, now = HostLimits(POLLING), NOW
    running: dict[FeedId, str] = {}
    last: dict[str, object] = {}
    for number, where, ends, milliseconds in steps:
        now += timedelta(milliseconds=milliseconds)
        id_, host = FeedId(str(number)), f"h{where}.example"
        if ends and id_ in running:
            limits.ended(id_, running.pop(id_), now)
        elif limits.may_start(id_, host, now):
            assert id_ not in running
            assert sum(h == host for h in running.values()) < POLLING.per_host
            assert len(running) < POLLING.in_flight
            if host in last:
                assert now - last[host] >= POLLING.host_delay  # type: ignore[operator]
            limits.started(id_, host, now)
            running[id_], last[host] = host, now


def test_a_restart_polls_nothing_that_is_not_due(tmp_path: Path) -> None:
    with world(tmp_path, "early", "late") as w:
        for name in ("early", "late"):
            w.server.routes[f"/{name}"] = lambda _: Reply(200, rss([item(1, NOW)]))
        w.poll("late")

        async def restart() -> int:
            client, worker = w.app.client(), ReadingWorker(w.app.settings)
            collector = Collector(w.app, client, worker)
            started = await collector.dispatch()
            await collector.drain(5)
            await client.close()
            return started

        assert asyncio.run(restart()) == 1
        assert [a.path for a in w.server.asked] == ["/late", "/early"]
        assert asyncio.run(restart()) == 0
        w.forward(hours=7)
        assert asyncio.run(restart()) == 2
