"""Many processes on one PostgreSQL: one scheduler that wishes for what is due, and workers (``worker``) that do it.

The scheduler polls and delivers nothing itself.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import NamedTuple

from procrastinate import App as Procrastinate

from monitor import __version__, pulse
from monitor import log as logging
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.engine import queue as jobs
from monitor.engine.embedded import SUBSCRIBE_EVERY, FirstRound, welcome
from monitor.engine.loops import HEARTBEAT_EVERY, Beside, Running, Tick, Ticks, until_stopped
from monitor.engine.reloading import Again, Reloads, lives
from monitor.engine.slack_socket import slack_sockets
from monitor.engine.upkeep import UPKEEP_EVERY, upkeep
from monitor.errors import StoreError
from monitor.model import Feed, FeedId
from monitor.polling.reading_worker import ReadingWorker
from monitor.polling.subscriber import Subscriber
from monitor.settings.schema import Settings
from monitor.urls import host_of

TICK = 0.5  # seconds
LOST_TICK = 3.0
WAITING = 1000  # due feeds that are looked at in a tick, and as many more behind them; the rest waits for its turn
OF_ONE_HOST = 100  # polls wished for at most: a host answers one a second, and its feeds are not to hold up those of others
# A poll that was wished for and is due still: it takes its time, or its worker lost the database and its job is gone. One too
# many finds that nothing is due.
ASK_AGAIN = timedelta(seconds=10)


def run_scheduler(settings: Settings, *, seconds: float | None = None, beside: Sequence[Beside] = (), again: Again = None) -> int:
    """Wish for polls and deliveries until SIGTERM or SIGINT (or for ``seconds``); returns the exit code.

    Raises SettingsError or StoreError before anything has started; there is one scheduler a database.
    """
    jobs.must_be_possible(settings)
    with open_app(settings, alone=True) as app:
        jobs.prepare(app.store.address)
        app.store.on_deliveries = jobs.deferring()
        reloads = Reloads(again)
        return asyncio.run(lives(app, reloads, lambda app: _schedule(app, seconds, reloads, beside)))


async def _schedule(app: App, seconds: float | None, reloads: Reloads, beside: Sequence[Beside] = ()) -> int:
    app.metrics.expect(())
    queue, ticks = jobs.make(app.store.address), Ticks(app.clock())
    async with queue.open_async(), AsyncExitStack() as company:
        client = app.client()
        company.push_async_callback(client.close)
        reading = ReadingWorker(app.settings)
        company.push_async_callback(reading.close)
        collector = Collector(app, client, reading)  # for what hubs push; it polls nothing
        await company.enter_async_context(slack_sockets(app, client))
        scheduler = Scheduler(app, queue, Subscriber(app, client), ticks)
        for part in beside:
            await company.enter_async_context(part(Running(app, collector, None, ticks)))
        welcome(app)
        work: tuple[Tick, ...] = (
            (TICK, scheduler.collect),
            (TICK, scheduler.deliver),
            (LOST_TICK, scheduler.take_up_lost),
            (HEARTBEAT_EVERY, scheduler.heartbeat),
            (SUBSCRIBE_EVERY, scheduler.subscribe),
            (UPKEEP_EVERY, scheduler.upkeep),
        )
        return await until_stopped(app, seconds, reloads, work)


class _Wish(NamedTuple):
    """A poll that was wished for. ``behind``: of a feed behind those that are looked at in each tick, which may be due unseen."""

    at: datetime
    host: str
    behind: bool


class Scheduler:
    """What each tick does. It holds no state that matters: what is due stands in the database."""

    def __init__(self, app: App, queue: Procrastinate, subscriber: Subscriber, ticks: Ticks) -> None:
        self._app, self._queue, self._subscriber, self._ticks = app, queue, subscriber, ticks
        self._asked: dict[FeedId, _Wish] = {}
        self._behind = 0  # due feeds before those that were looked at last, where there are more than are looked at in a tick
        self._first_round = FirstRound(app)
        self._log = logging.get(part="scheduler")

    async def collect(self) -> None:
        now = self._app.clock()
        try:
            due, behind = await self._due(now)
        except StoreError:
            self._asked.clear()  # where the database was away from us it was from workers, whose jobs ended by it
            raise
        waiting = {feed.id for feed in due}
        self._asked = {
            id_: wish
            for id_, wish in self._asked.items()
            if (id_ in waiting or (wish.behind and behind)) and wish.at <= now < wish.at + ASK_AGAIN
        }
        await self._ask([*due, *behind], {feed.id for feed in behind}, now)
        await self._first_round.look()
        self._ticks.collect = self._app.clock()
        self._app.metrics.ticked("collect", self._ticks.collect)

    async def _due(self, now: datetime) -> tuple[list[Feed], list[Feed]]:
        """The feeds due first, and where there are more than are looked at others behind them, tick by tick further."""
        store = self._app.store
        due = await store.acall(store.due_feeds, now, WAITING)
        if len(due) < WAITING:
            self._behind = 0
            return due, []
        self._behind += WAITING
        behind = await store.acall(store.due_feeds, now, WAITING, self._behind)
        self._behind = self._behind if len(behind) == WAITING else 0
        return due, behind

    async def _ask(self, due: Collection[Feed], behind: Collection[FeedId], now: datetime) -> None:
        """Wish for polls of those that are not wished for yet."""
        of_host = Counter(wish.host for wish in self._asked.values())
        wanted = dict[FeedId, _Wish]()
        for feed in due:
            host = host_of(feed.url)
            if feed.id not in self._asked and of_host[host] < OF_ONE_HOST:
                of_host[host] += 1
                wanted[feed.id] = _Wish(now, host, feed.id in behind)
        await jobs.ask_polls(self._queue, [feed for feed in due if feed.id in wanted], self._app.settings)
        self._asked |= wanted

    async def deliver(self) -> None:
        now, store = self._app.clock(), self._app.store
        await store.awrite(store.close_digests, now, self._app.zones)
        due = await store.acall(store.due_channels, now)
        await jobs.ask_deliveries(self._queue, [name for name in due if name in self._app.notifiers])
        self._ticks.deliver = self._app.clock()
        self._app.metrics.ticked("deliver", self._ticks.deliver)

    async def take_up_lost(self) -> None:
        for job in await jobs.take_up_lost(self._queue):
            self._log.warning("a worker fell silent, its job is taken up", job=job)

    async def subscribe(self) -> None:
        await self._subscriber.run_once()

    async def upkeep(self) -> None:
        await upkeep(self._app)

    async def heartbeat(self) -> None:
        now, store = self._app.clock(), self._app.store
        told = {"pid": os.getpid(), "version": __version__, "encoder": self._app.encoder, "host": socket.gethostname()}
        info = told | self._ticks.info()
        pulse.write(self._app.settings.pulse_file, now, info)
        await store.awrite(store.heartbeat, "daemon", now, info)
        beats = await store.acall(store.heartbeats)
        living = [b for name, b in beats.items() if name.startswith(jobs.WORKER) and not pulse.late(b.at, b.info, now)]
        serving = Counter(queue for beat in living for queue in beat.info.get("queues", ()))
        self._app.metrics.workers({queue: serving[queue] for queue in (jobs.POLL, jobs.DELIVER)})
