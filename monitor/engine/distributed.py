"""Many processes on one PostgreSQL: one scheduler that wishes for what is due, and workers that do it.

``run_scheduler`` polls and delivers nothing itself. ``run_worker`` runs ``Collector.poll`` and a ``Deliverer`` of one channel,
the same code as the daemon that does all in one process. A worker that is killed is given up after ``LOST_SECONDS`` and what
it held is taken up by others: a poll at once, a delivery under way when its lease runs out.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from procrastinate import App as Procrastinate

from monitor import __version__, pulse
from monitor import log as logging
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import Deliverer, make_deliverer
from monitor.engine import queue as jobs
from monitor.engine.embedded import DRAIN_SECONDS, SUBSCRIBE_EVERY, Beside, FirstRound, Running, Ticks, first_of, welcome
from monitor.engine.reloading import Reloads, lives
from monitor.engine.slack_socket import slack_sockets
from monitor.engine.upkeep import UPKEEP_EVERY, upkeep
from monitor.errors import NotFoundError, SettingsError
from monitor.model import Feed, FeedId, FeedState
from monitor.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.subscriber import Subscriber

Again = Callable[[], Settings] | None  # reads the configuration anew when SIGHUP asks for it
TICK = 0.5  # seconds
LOST_TICK, HEARTBEAT_TICK = 3.0, 5.0
WAITING = 1000  # polls wished for at most; the rest is due and waits for its turn
ASK_AGAIN = timedelta(seconds=30)  # a poll that was wished for and is due still
CHANNEL_SECONDS = 30.0  # one job looks after a channel for this long; what is left has its own job


def _must_be_postgres(settings: Settings) -> None:
    if not settings.database.url.startswith(("postgresql", "postgres:")):
        raise SettingsError(
            ["database.url: workers on many machines need PostgreSQL; write postgresql://USER:PASSWORD@HOST/DATABASE"]
        )


# -- the scheduler


def run_scheduler(settings: Settings, *, seconds: float | None = None, beside: Sequence[Beside] = (), again: Again = None) -> int:
    """Wish for polls and deliveries until SIGTERM or SIGINT (or for ``seconds``); returns the exit code.

    Raises SettingsError or StoreError before anything has started; there is one scheduler a database.
    """
    _must_be_postgres(settings)
    with open_app(settings, alone=True) as app:
        jobs.prepare(app.store.address)
        app.store.on_deliveries = jobs.deferring()
        reloads = Reloads(again)
        return asyncio.run(lives(app, reloads, lambda app: _schedule(app, seconds, reloads, beside)))


async def _schedule(app: App, seconds: float | None, reloads: Reloads, beside: Sequence[Beside] = ()) -> int:
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
        work: tuple[tuple[float, Callable[[], Awaitable[None]]], ...] = (
            (TICK, scheduler.collect),
            (TICK, scheduler.deliver),
            (LOST_TICK, scheduler.take_up_lost),
            (HEARTBEAT_TICK, scheduler.heartbeat),
            (SUBSCRIBE_EVERY, scheduler.subscribe),
            (UPKEEP_EVERY, scheduler.upkeep),
        )
        return await _until_stopped(app, seconds, reloads, work)


class Scheduler:
    """What each tick does. It holds no state that matters: what is due stands in the database."""

    def __init__(self, app: App, queue: Procrastinate, subscriber: Subscriber, ticks: Ticks) -> None:
        self._app, self._queue, self._subscriber, self._ticks = app, queue, subscriber, ticks
        self._asked: dict[FeedId, datetime] = {}
        self._first_round = FirstRound(app)
        self._log = logging.get(part="scheduler")

    async def collect(self) -> None:
        now, store = self._app.clock(), self._app.store
        due = await store.aread(lambda: store.due_feeds(now, WAITING))
        waiting = {feed.id for feed in due}
        self._asked = {id_: at for id_, at in self._asked.items() if id_ in waiting and now - at < ASK_AGAIN}
        wanted = [feed for feed in due if feed.id not in self._asked]
        await jobs.ask_polls(self._queue, wanted, self._app.settings)
        self._asked |= dict.fromkeys((feed.id for feed in wanted), now)
        await self._first_round.look()
        self._ticks.collect = self._app.clock()
        self._app.metrics.ticked("collect", self._ticks.collect)

    async def deliver(self) -> None:
        now, store = self._app.clock(), self._app.store
        due = await store.aread(lambda: store.due_channels(now))
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
        info = {"pid": os.getpid(), "version": __version__, "host": socket.gethostname(), **self._ticks.info()}
        pulse.write(self._app.settings.pulse_file, now, info)
        await store.aread(lambda: store.heartbeat("daemon", now, info))


# -- a worker


def run_worker(
    settings: Settings,
    *,
    concurrency: int,
    queues: Collection[str] = (jobs.POLL, jobs.DELIVER),
    seconds: float | None = None,
    again: Again = None,
) -> int:
    """Do what the scheduler wishes for, ``concurrency`` jobs at once; returns the exit code when a signal ends it.

    Raises SettingsError or StoreError before anything has started.
    """
    _must_be_postgres(settings)
    with open_app(settings, declare=False) as app:
        jobs.prepare(app.store.address)
        app.store.on_deliveries = jobs.deferring()
        reloads = Reloads(again)
        return asyncio.run(lives(app, reloads, lambda app: _work(app, concurrency, queues, seconds, reloads), declare=False))


async def _work(app: App, concurrency: int, queues: Collection[str], seconds: float | None, reloads: Reloads) -> int:
    classifier = app.classifier  # loading it now keeps the first poll from waiting for it
    app.metrics.model(classifier.name, classifier.version)
    async with AsyncExitStack() as stack:
        client = app.client()
        stack.push_async_callback(client.close)
        reading = ReadingWorker(app.settings)
        stack.push_async_callback(reading.close)
        queue = jobs.make(app.store.address, connections=min(concurrency + 2, 12))
        work = Work(app, Collector(app, client, reading), lambda channel: make_deliverer(app, client, only=channel))
        work.register(queue)
        await stack.enter_async_context(queue.open_async())
        logging.get(part="worker").info("worker runs", pid=os.getpid(), concurrency=concurrency, queues=sorted(queues))
        worker = asyncio.create_task(_serve(queue, concurrency, queues))
        try:
            return await _until_stopped(app, seconds, reloads, [(HEARTBEAT_TICK, work.heartbeat)])
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)


async def _serve(queue: Procrastinate, concurrency: int, queues: Collection[str]) -> None:
    """Work until cancelled. A database that was away ends Procrastinate's worker: it is begun again."""
    log = logging.get(part="worker")
    while True:
        try:
            await queue.run_worker_async(
                queues=list(queues),
                concurrency=concurrency,
                install_signal_handlers=False,
                fetch_job_polling_interval=1.0,
                shutdown_graceful_timeout=DRAIN_SECONDS - 1,
                update_heartbeat_interval=jobs.BEAT_SECONDS,
                stalled_worker_timeout=jobs.LOST_SECONDS,
                delete_jobs="always",
            )
            log.warning("the queue was lost; trying again")
        except Exception as error:  # noqa: BLE001 - whatever the line to the database does, the worker goes on
            log.warning("the queue was lost; trying again", why=repr(error))
        await asyncio.sleep(1)


class Work:
    """The two kinds of job."""

    def __init__(self, app: App, collector: Collector, deliverer: Callable[[str], Deliverer]) -> None:
        self._app, self._collector, self._deliverer = app, collector, deliverer
        self._log = logging.get(part="worker")

    def register(self, queue: Procrastinate) -> None:
        queue.task(name=jobs.POLL, queue=jobs.POLL)(self.poll)
        queue.task(name=jobs.DELIVER, queue=jobs.DELIVER)(self.deliver)

    async def poll(self, feed_id: str) -> None:
        """Poll a feed that is due still, and hold its host for as long as politeness asks."""
        store, polling = self._app.store, self._app.settings.polling
        began = asyncio.get_running_loop().time()
        feed = await store.aread(lambda: _stored(self._app, feed_id))
        if feed is None or not _is_due(feed, self._app.clock()):
            return
        await self._collector.poll(feed)
        ends = began + polling.host_delay.total_seconds() * polling.per_host
        await asyncio.sleep(max(0.0, ends - asyncio.get_running_loop().time()))

    async def deliver(self, channel: str) -> None:
        """Send what is due on a channel, one after the other."""
        if channel in self._app.notifiers:
            await self._deliverer(channel).drain(CHANNEL_SECONDS)

    async def heartbeat(self) -> None:
        now, store = self._app.clock(), self._app.store
        info = {"pid": os.getpid(), "version": __version__, "polls": dict(self._collector.outcomes)}
        pulse.write(self._app.settings.pulse_file, now, info)
        await store.aread(lambda: store.heartbeat(f"worker {socket.gethostname()}/{os.getpid()}", now, info))


def _stored(app: App, feed_id: str) -> Feed | None:
    try:
        return app.store.feed(feed_id)
    except NotFoundError:
        return None  # it was deleted since


def _is_due(feed: Feed, now: datetime) -> bool:
    return feed.state != FeedState.RESTING and not feed.paused and (feed.next_check is None or feed.next_check <= now)


# -- both


async def _until_stopped(
    app: App, seconds: float | None, reloads: Reloads, ticks: Collection[tuple[float, Callable[[], Awaitable[None]]]]
) -> int:
    """Run every tick at its interval until a signal, the time or a reload ends it. A tick that fails is said and comes again."""
    reloads.listen(app)
    await reloads.begun(app)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    running = [asyncio.create_task(_tick(every, work)) for every, work in ticks]
    log = logging.get(part="daemon")
    if not await first_of(seconds, stop, reloads.ready):
        log.info("time is up", seconds=seconds)
    log.info("stopping")
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    return 0


async def _tick(every: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next tick does what this one could not
            logging.get(part="daemon").error("a tick failed", tick=getattr(work, "__name__", ""), why=str(error))
        await asyncio.sleep(every)
