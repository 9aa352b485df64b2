"""A worker: it does what the scheduler wishes for, with the same code as the daemon that does all in one process.

A worker that is killed is given up after ``LOST_SECONDS`` and what it held is taken up by others: a poll at once, a delivery
under way when its lease runs out.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial

from procrastinate import App as Procrastinate

from monitor import __version__, pulse
from monitor import log as logging
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import Deliverer, make_deliverer
from monitor.engine import queue as jobs
from monitor.engine.embedded import DRAIN_SECONDS
from monitor.engine.loops import HEARTBEAT_EVERY, Beside, Running, Ticks, until_stopped
from monitor.engine.reloading import Again, Reloads, lives
from monitor.errors import NotFoundError
from monitor.model import Feed, FeedState
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.urls import host_of

CHANNEL_SECONDS = 30.0  # one job looks after a channel for this long; what is left has its own job
STEADY = 2.0  # seconds; a line to the queue that has held for so long is one


def run_worker(
    settings: Settings,
    *,
    concurrency: int,
    queues: Collection[str] = (jobs.POLL, jobs.DELIVER),
    seconds: float | None = None,
    beside: Sequence[Beside] = (),
    again: Again = None,
) -> int:
    """Do what the scheduler wishes for, ``concurrency`` jobs at once; returns the exit code when a signal ends it.

    Raises SettingsError or StoreError before anything has started.
    """
    jobs.must_be_possible(settings)
    with open_app(settings, declare=False) as app:
        jobs.prepare(app.store.address)
        app.store.on_deliveries = jobs.deferring()
        reloads = Reloads(again)
        live = partial(_work, concurrency=concurrency, queues=queues, seconds=seconds, reloads=reloads, beside=beside)
        return asyncio.run(lives(app, reloads, live, name=_name(), declare=False))


def _name() -> str:
    """How the heartbeats of this process are called."""
    return f"{jobs.WORKER}{socket.gethostname()}/{os.getpid()}"


async def _work(
    app: App, concurrency: int, queues: Collection[str], seconds: float | None, reloads: Reloads, beside: Sequence[Beside] = ()
) -> int:
    classifier = app.classifier  # loading it now keeps the first poll from waiting for it
    app.metrics.model(classifier.name, classifier.version)
    app.metrics.expect(app.notifiers)
    async with AsyncExitStack() as stack:
        client = app.client()
        stack.push_async_callback(client.close)
        reading = ReadingWorker(app.settings)
        stack.push_async_callback(reading.close)
        queue, ticks = jobs.make(app.store.address, connections=min(concurrency + 2, 12)), Ticks(app.clock(), worker=True)
        collector = Collector(app, client, reading)
        line = Line(queue, concurrency, queues)
        work = Work(app, collector, lambda channel: make_deliverer(app, client, only=channel), line, ticks)
        work.register(queue)
        await stack.enter_async_context(queue.open_async())
        for part in beside:
            await stack.enter_async_context(part(Running(app, collector, None, ticks)))
        logging.get(part="worker").info(
            "worker runs", pid=os.getpid(), concurrency=concurrency, queues=sorted(queues), encoder=app.encoder
        )
        serving = asyncio.create_task(line.serve())
        try:
            return await until_stopped(app, seconds, reloads, [(HEARTBEAT_EVERY, work.heartbeat)])
        finally:
            work.stop()
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)


class Line:
    """The line to the queue: held for as long as the worker lives, whatever the database does."""

    def __init__(self, queue: Procrastinate, concurrency: int, queues: Collection[str]) -> None:
        self._queue, self._concurrency, self.queues = queue, concurrency, sorted(queues)
        self._since: float | None = None  # loop time
        self._lost = ""  # why it was lost last, until it holds again
        self._log = logging.get(part="worker")

    @property
    def steady(self) -> bool:
        """Are jobs taken?"""
        return self._since is not None and asyncio.get_running_loop().time() - self._since > STEADY

    async def serve(self) -> None:
        """Work until cancelled. A database that was away ends Procrastinate's worker: it is begun again."""
        while True:
            self._since = asyncio.get_running_loop().time()
            try:
                await self._queue.run_worker_async(
                    queues=self.queues,
                    concurrency=self._concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=1.0,
                    shutdown_graceful_timeout=DRAIN_SECONDS - 1,
                    update_heartbeat_interval=jobs.BEAT_SECONDS,
                    stalled_worker_timeout=jobs.LOST_SECONDS,
                    delete_jobs="always",
                )
                self._tell_lost(None)
            except Exception as error:  # noqa: BLE001 - the worker's boundary: what ended it is said, and it begins again
                self._tell_lost(error)
            self._since = None
            await asyncio.sleep(jobs.AGAIN)

    def _tell_lost(self, error: Exception | None) -> None:
        """The first of several alike is said, whole: a database that is away for an hour is not 3,600 tracebacks."""
        why = repr(error) if error else "the queue's worker ended by itself"
        if why != self._lost:
            self._log.warning("the queue was lost; trying again", why=why, exc_info=error)
        self._lost = why

    def held(self) -> None:
        """It is steady: where it was not, that is said."""
        if self._lost:
            self._log.info("the queue is served again")
        self._lost = ""


class Work:
    """The two kinds of job."""

    def __init__(self, app: App, collector: Collector, deliverer: Callable[[str], Deliverer], line: Line, ticks: Ticks) -> None:
        self._app, self._collector, self._deliverer, self._line, self._ticks = app, collector, deliverer, line, ticks
        self._delivering: set[Deliverer] = set()
        self._stopping = False
        self._log = logging.get(part="worker")

    def register(self, queue: Procrastinate) -> None:
        queue.task(name=jobs.POLL, queue=jobs.POLL)(self.poll)
        queue.task(name=jobs.DELIVER, queue=jobs.DELIVER)(self.deliver)

    async def poll(self, feed_id: str) -> None:
        """Poll a feed that is due still, when its host's turn has come."""
        store = self._app.store
        feed = await store.acall(_stored, self._app, feed_id)
        if feed is None or not _is_due(feed, self._app.clock()) or self._collector.setbacks.rests(feed.id, self._app.clock()):
            return
        await self._turn(host_of(feed.url))
        await self._collector.poll(feed)

    async def _turn(self, host: str) -> None:
        """Wait until a request to ``host`` may begin, whichever worker began the last one. Its locks say how many may be under
        way; no more than those can wait here, and a clock that is ahead elsewhere holds nobody up for longer."""
        polling, now = self._app.settings.polling, self._app.clock()
        delay = polling.host_delay.total_seconds()
        if delay:
            at = await self._app.store.atransact(lambda tx: tx.reserve(f"host {host}", 1 / delay, now), beside=True)
            await asyncio.sleep(min((at - now).total_seconds(), delay * polling.per_host))

    async def deliver(self, channel: str) -> None:
        """Send what is due on a channel, one after the other."""
        if channel not in self._app.notifiers or self._stopping:
            return  # what is due still is wished for again
        deliverer = self._deliverer(channel)
        self._delivering.add(deliverer)
        try:
            await deliverer.drain(CHANNEL_SECONDS)
        finally:
            self._delivering.discard(deliverer)

    def stop(self) -> None:
        """Begin no delivery more: jobs end with what is in flight, and are not cut off when the queue's patience is over."""
        self._stopping = True
        for deliverer in self._delivering:
            deliverer.stop()

    async def heartbeat(self) -> None:
        """Say that we live; and that we work, where the database answers and jobs are taken."""
        now, store = self._app.clock(), self._app.store
        pulse.write(self._app.settings.pulse_file, now, self._info())
        await store.awrite(store.heartbeat, _name(), now, self._info())
        if self._line.steady:
            self._line.held()
            self._ticks.work = now
            self._app.metrics.ticked("work", now)

    def _info(self) -> dict[str, object]:
        counts = dict(self._collector.outcomes)
        told = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "version": __version__,
            "queues": self._line.queues,
            "polls": counts,
        }
        return told | self._ticks.info()


def _stored(app: App, feed_id: str) -> Feed | None:
    try:
        return app.store.feed(feed_id)
    except NotFoundError:
        return None  # it was deleted since


def _is_due(feed: Feed, now: datetime) -> bool:
    return feed.state != FeedState.RESTING and not feed.paused and (feed.next_check is None or feed.next_check <= now)
