"""A scheduler and workers as processes of their own, on a real PostgreSQL and real sockets."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from monitor import query
from monitor.app import App, utc_now
from monitor.errors import SettingsError
from monitor.model import DeliveryState
from monitor.settings import load
from monitor.settings.schema import Settings
from monitor.store import Store
from tests import outboxes
from tests.databases import only_postgres, only_sqlite
from tests.engine.processes import configure, ids, log_of, running, told, until, watched_at
from tests.servers import Asked, LocalServer, Reply, document, rss


def samples(address: str) -> dict[str, float]:
    """The page of metrics at an address: a name with its labels -> its value."""
    page = httpx.get(f"{address}/metrics").text
    found = [s for family in text_string_to_metric_families(page) for s in family.samples]
    return {s.name + "".join(f" {value}" for _, value in sorted(s.labels.items())): s.value for s in found}


def watch(processes: Sequence[subprocess.Popen[bytes]], stories: int, folder: Path) -> None:
    """Each process is seen: its own part by itself, the database's once."""
    addresses = [watched_at(process, folder) for process in processes]
    until(lambda: [samples(addresses[0]).get(f"movewire_workers {q}") for q in ("poll", "deliver")] == [2, 2], 20, folder)
    until(lambda: all("movewire_tick_timestamp_seconds work" in samples(one) for one in addresses[1:]), 20, folder)
    assert {httpx.get(f"{one}/readyz").status_code for one in addresses} == {200}
    scheduler, *workers = [samples(one) for one in addresses]
    assert scheduler["movewire_stories_total"] == 0, "who only schedules polls nothing"
    assert sum(one["movewire_stories_total"] for one in workers) == stories
    assert sum(one["movewire_deliveries_total hook sent"] for one in workers) == stories
    assert all(one["movewire_deliveries_total hook dead"] == 0 for one in workers), "there before the first, so that it is seen"
    assert scheduler["movewire_feeds ok"] == stories and 0 <= scheduler["movewire_newest_story_seconds"] < 60
    assert not [name for one in workers for name in one if name.startswith(("movewire_feeds", "movewire_poll_lag"))]
    for tick, one in (("collect", scheduler), ("deliver", scheduler), ("work", workers[0]), ("work", workers[1])):
        assert time.time() - one[f"movewire_tick_timestamp_seconds {tick}"] < 30
    assert all(httpx.get(f"{one}/api/v1/alerts").status_code == 404 for one in addresses), "and nothing else"


def refuse(processes: Sequence[subprocess.Popen[bytes]], config: Path, folder: Path) -> None:
    """A configuration with a mistake is taken by none of them, and each says so."""
    right = config.read_text()
    config.write_text(right.replace("type: webhook", "type: webhok"))
    for process in processes:
        process.send_signal(signal.SIGHUP)
    until(lambda: all("the new configuration is refused, the old one stays" in log_of(one) for one in processes), 20, folder)
    assert all("found 'webhok'" in log_of(one) for one in processes)
    refused = [samples(watched_at(one, folder))["movewire_config_reloads_total refused"] for one in processes]
    assert refused == [1, 1, 1]
    config.write_text(right)


@only_postgres
@pytest.mark.slow
def test_a_scheduler_and_two_workers_tell_everything_once_and_stop_when_told(net: LocalServer, url: str, tmp_path: Path) -> None:
    feeds = 12
    for n in range(feeds):
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([told(n)], f"Wire {n}"))  # type: ignore[misc]
    config = configure(tmp_path, net, url, feeds)
    with Store.open(url) as store, ExitStack() as stack:
        scheduler = stack.enter_context(running(config, "run", "--engine", "distributed"))
        workers = [stack.enter_context(running(config, "worker", "--concurrency", "4")) for _ in range(2)]
        until(lambda: len(ids(net)) == feeds, 40, tmp_path)
        watch([scheduler, *workers], feeds, tmp_path)
        refuse([scheduler, *workers], config, tmp_path)
        net.routes["/0.xml"] = document(lambda: rss([told(feeds), told(0)], "Wire 0"))
        until(lambda: len(ids(net)) == feeds + 1, 40, tmp_path)
        second = stack.enter_context(running(config, "run", "--engine", "distributed"))
        assert second.wait(20) == 1, "there is one scheduler a database"
        for process in (*workers, scheduler):
            process.send_signal(signal.SIGTERM)
        assert [process.wait(10) for process in (*workers, scheduler)] == [0, 0, 0]
        assert set(ids(net).values()) == {1}
        assert store.counts()["stories"] == store.counts()["deliveries_sent"] == feeds + 1
        assert {name.partition(" ")[0] for name in store.heartbeats()} == {"daemon", "worker", "reload"}


@only_postgres
@pytest.mark.slow
def test_a_killed_worker_s_jobs_are_taken_up_and_nothing_is_lost_or_told_twice(
    net: LocalServer, url: str, tmp_path: Path
) -> None:
    feeds = 20

    def hook(_: Any) -> Reply:
        time.sleep(0.05)
        return Reply(200, b"ok")

    net.routes["/hook"] = hook
    for n in range(feeds):

        def answer(asked: Any, n: int = n) -> Reply:
            time.sleep(0.02)
            return document(lambda: rss([told(n)], f"Wire {n}"))(asked)

        net.routes[f"/{n}.xml"] = answer
    config = configure(tmp_path, net, url, feeds)
    with Store.open(url) as store, ExitStack() as stack:
        stack.enter_context(running(config, "run", "--engine", "distributed"))
        victim = stack.enter_context(running(config, "worker", "--concurrency", "10"))
        until(lambda: len(ids(net)) >= 3, 40, tmp_path)
        victim.send_signal(signal.SIGKILL)
        victim.wait(10)
        killed = time.monotonic()
        stack.enter_context(running(config, "worker", "--concurrency", "10"))
        until(lambda: store.counts()["stories"] == feeds, 20, tmp_path)
        polled = time.monotonic() - killed
        until(lambda: store.counts()["deliveries_sent"] == feeds, 90, tmp_path)
        assert polled < 20, "polls are taken up when the worker was given up (10 s) and the scheduler has looked (3 s)"
    assert len(ids(net)) == feeds
    assert sum(ids(net).values()) <= feeds + 1, "the one under way may come again, under its id"


def together(settings: Settings, clock: Callable[[], datetime], steps: Sequence[Callable[[Store], bool]]) -> None:
    """A scheduler and a worker in this process, on one loop, until each of ``steps`` has come true, one after the other."""
    from monitor.app import open_app
    from monitor.engine import distributed, queue, worker
    from monitor.engine.reloading import Reloads

    async def live() -> None:
        with open_app(settings, clock=clock, alone=True) as one, open_app(settings, clock=clock, declare=False) as other:
            queue.prepare(one.store.address)
            one.store.on_deliveries = other.store.on_deliveries = queue.deferring()
            tasks = [
                asyncio.create_task(distributed._schedule(one, None, Reloads(None))),
                asyncio.create_task(worker._work(other, 3, (queue.POLL, queue.DELIVER), None, Reloads(None))),
            ]
            async with asyncio.timeout(30):
                for holds in steps:
                    while not await asyncio.to_thread(holds, one.store):  # noqa: ASYNC110 - it comes true elsewhere
                        await asyncio.sleep(0.05)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(live())


@only_postgres
def test_what_the_scheduler_wishes_for_a_worker_does(net: LocalServer, url: str, tmp_path: Path) -> None:
    """The fast form of the tests above."""
    for n in range(4):
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([told(n)], f"Wire {n}"))  # type: ignore[misc]
    together(load(configure(tmp_path, net, url, 4)), utc_now, [lambda _: len(ids(net)) == 4])
    assert set(ids(net).values()) == {1}


@only_postgres
def test_a_digest_goes_out_when_it_is_due_though_nothing_else_is_delivered(net: LocalServer, url: str, tmp_path: Path) -> None:
    for n in range(2):
        net.routes[f"/{n}.xml"] = document(lambda n=n: rss([told(n)], f"Wire {n}"))  # type: ignore[misc]
    config = configure(tmp_path, net, url, 2)
    raw = yaml.safe_load(config.read_text())
    raw["routes"] = [{"name": "all", "channels": ["hook"], "mode": "digest", "digest": "hourly"}]
    config.write_text(yaml.safe_dump(raw))
    late = timedelta(0)

    def waits(store: Store) -> bool:
        nonlocal late
        if store.counts()["alerts"] < 2:
            return False
        assert not ids(net)
        late = timedelta(hours=1)
        return True

    together(load(config), lambda: utc_now() + late, [waits, lambda _: len(ids(net)) == 1])
    [asked] = [asked for asked in net.asked if asked.path == "/hook"]
    assert len(json.loads(asked.body)["data"]["alerts"]) == 2


@only_postgres
def test_a_hub_is_subscribed_to_and_asked_again_before_its_lease_ends(
    net: LocalServer, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.engine import distributed
    from monitor.polling.subscriber import confirm
    from monitor.store import care

    monkeypatch.setattr(distributed, "SUBSCRIBE_EVERY", 0.1)
    shown = document(lambda: rss([told(0)], "Wire 0"))
    net.routes["/hub"] = lambda _: Reply(202)
    net.routes["/0.xml"] = lambda asked: replace(shown(asked), headers={"link": f'<{net.url}/hub>; rel="hub"'})
    config = configure(tmp_path, net, url, 1)
    raw = yaml.safe_load(config.read_text())
    raw["server"]["public_url"] = "https://movewire.example.org"
    config.write_text(yaml.safe_dump(raw))
    settings, late = load(config), timedelta(0)

    def asked() -> list[dict[str, list[str]]]:
        return [parse_qs(one.body.decode()) for one in net.asked if one.path == "/hub"]

    def confirmed(store: Store) -> bool:
        nonlocal late
        if not asked():
            return False
        [sub] = store.read(lambda reads: care.due_subscriptions(reads, utc_now() + timedelta(days=1), 9))
        app = App(settings=settings, store=store)
        assert asyncio.run(confirm(app, sub.token, mode="subscribe", topic=sub.topic, lease="864000", reason=""))
        late = timedelta(days=8, hours=1)  # of ten
        return True

    together(settings, lambda: utc_now() + late, [confirmed, lambda _: len(asked()) == 2])
    first, again = asked()
    assert first == again and first["hub.mode"] == ["subscribe"] and first["hub.callback"][0].startswith("https://movewire.ex")


@only_postgres
def test_a_worker_that_stops_ends_its_deliveries_with_what_is_in_flight(net: LocalServer, url: str) -> None:
    from monitor.app import open_app
    from monitor.engine import queue, worker
    from monitor.engine.reloading import Reloads

    asked, answer = threading.Event(), threading.Event()

    def slow(_: Asked) -> Reply:
        asked.set()
        answer.wait(10)
        return Reply(200)

    async def live(app: App) -> None:
        working = asyncio.create_task(worker._work(app, 3, (queue.DELIVER,), None, Reloads(None)))
        assert await asyncio.to_thread(asked.wait, 20)
        working.cancel()  # as a signal does, it ends the wait for one
        for _ in range(3):
            await asyncio.sleep(0)
        answer.set()
        await asyncio.wait([working])

    net.routes["/slow"] = slow
    channels = {"slow": {"type": "webhook", "url": f"{net.url}/slow"}}
    with open_app(outboxes.settings(url, channels)) as app:
        queue.prepare(app.store.address)
        app.store.on_deliveries = queue.deferring()
        outboxes.put(app, 4, "slow")
        asyncio.run(live(app))
        assert Counter(outboxes.states(app)["slow"]) == {"sent": 1, "pending": 3}
    assert len(net.asked) == 1


@only_postgres
def test_a_job_and_its_cause_commit_together(url: str) -> None:
    from monitor.engine import queue
    from tests.store.build import founded

    with Store.open(url) as store:
        queue.prepare(store.address)
        queue.prepare(store.address)  # a second process finds it made
        store.on_deliveries = queue.deferring()

        def jobs() -> int:
            count = "SELECT count(*) FROM procrastinate_jobs WHERE lock = 'channel:slack'"
            return int(store.read(lambda r: r.connection.exec_driver_sql(count).scalar_one()))

        store.transact(lambda tx: tx.record_poll(founded(1)))
        assert jobs() == 1

        def fails(tx: Any) -> None:
            tx.record_poll(founded(2))
            raise KeyError("later")

        with pytest.raises(KeyError):
            store.transact(fails)
        assert jobs() == 1
        assert [d.state for d in query.deliveries(store).items] == [DeliveryState.PENDING]


@only_sqlite
def test_many_machines_need_postgresql(url: str) -> None:
    from monitor.engine.distributed import run_scheduler
    from monitor.engine.worker import run_worker

    settings = Settings.model_validate({"database": {"url": url}})
    with pytest.raises(SettingsError, match="postgresql://"):
        run_scheduler(settings)
    with pytest.raises(SettingsError, match="postgresql://"):
        run_worker(settings, concurrency=1)
