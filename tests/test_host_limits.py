"""What is started and when: nothing that is not due, and no more on a host or in all than the settings allow."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import log
from monitor.collect import Collector, HostLimits
from monitor.model import FeedId, FeedState
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Polling
from tests.polling import NOW, World, item, world
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


def test_feeds_of_one_host_that_wait_for_their_turn_hold_up_no_other_host(tmp_path: Path) -> None:
    """More are due there than are looked at in a tick: each of them may wait for minutes."""
    names = [f"n{number}" for number in range(1000)]
    with world(tmp_path, *names, polling={"host_delay": "10m", "per_host": 1, "in_flight": 2}) as w:
        w.server.fallback = lambda _: Reply(200, rss([item(1, NOW)]))
        last = w.app.store.due_feeds(w.now, 1000)[-1]
        elsewhere = replace(last, url=last.url.replace("127.0.0.1", "127.0.0.2"))
        w.app.store.transact(lambda tx: tx.save_feed(elsewhere))
        assert asyncio.run(ticks(w, 12, {}))[0] == 0
        assert w.app.store.feed(last.id).polls == 1


def on(database: Path, *statements: str) -> None:
    """What another process does to it."""
    with sqlite3.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)


async def ticks(w: World, seconds: int, at: dict[int, str]) -> list[int]:
    """Dispatch once a second; returns the seconds at which the feed was asked. ``at``: what is done to the database when."""
    client, worker = w.app.client(), ReadingWorker(w.app.settings)
    collector, asked = Collector(w.app, client, worker), list[int]()
    for second in range(seconds):
        if second in at:
            on(Path(w.app.store.address), at[second])
        if await collector.dispatch():
            asked.append(second)
        await collector.drain(30)
        w.forward(seconds=1)
    await worker.close()
    await client.close()
    return asked


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line for line in lines if line["event"] == "poll ended in an unexpected error"]


def test_a_feed_whose_answers_we_cannot_keep_is_asked_ever_less_and_soon_once_we_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is stored of such a poll, so that the feed is due at each tick: a full disk must not be the publisher's trouble."""
    log.configure("info", "json")
    with world(tmp_path, "wire", polling={"min_interval": "1m"}) as w:
        w.server.routes["/wire"] = lambda _: Reply(200, rss([item(1, NOW)]))
        away, back = "ALTER TABLE feed_polls RENAME TO away", "ALTER TABLE away RENAME TO feed_polls"
        asked = asyncio.run(ticks(w, 660, {0: away, 600: back}))
        assert asked[:7] == [0, 5, 15, 35, 75, 135, 195], "after 5, 10, 20, 40 s, and then as often as any feed is asked at most"
        assert asked[-1] >= 600 and w.feed().state == FeedState.OK
        assert f'movewire_polls_total{{outcome="lost"}} {len(asked) - 1}.0' in w.app.metrics.text(None).decode()
    lines = told(capsys)
    assert len(lines) == len(asked) - 1
    assert all(line["feed"] == "wire" and "feed_polls" in line["why"] for line in lines)
    assert not any("exception" in line for line in lines), "the reason says all"


def test_a_fault_of_a_poll_that_nobody_foresaw_is_shown_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info", "json")
    with world(tmp_path, "wire") as w:
        w.server.routes["/wire"] = lambda _: Reply(200, rss([item(1, NOW)]))
        no = "CREATE TRIGGER no BEFORE INSERT ON feed_polls BEGIN SELECT RAISE(ABORT, 'a broken constraint'); END"
        assert asyncio.run(ticks(w, 4, {0: no})) == [0]
    [line] = told(capsys)
    assert "a broken constraint" in line["why"] and "Traceback" in line["exception"]
