"""Everything in one process: APScheduler ticks over one event loop. ``run_daemon`` returns when a signal ends it."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import LogRecord, getLogger

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import __version__, pulse
from monitor import log as logging
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import Deliverer, make_deliverer
from monitor.engine.loops import (
    HEARTBEAT_EVERY,
    KEEP_EVERY,
    REST_EVERY,
    Alone,
    Beside,
    Running,
    Ticks,
    clock_watched,
    failures_logged,
    first_of,
    stopped_by_signals,
)
from monitor.engine.reloading import Again, Reloads, lives
from monitor.engine.slack_socket import slack_sockets
from monitor.engine.upkeep import UPKEEP_EVERY, upkeep
from monitor.metrics import Metrics
from monitor.model import FeedState
from monitor.polling.reading_worker import ReadingWorker
from monitor.polling.subscriber import Subscriber
from monitor.results import Heartbeat
from monitor.settings.schema import Settings
from monitor.settings.searched import searched
from monitor.text import counted

COLLECT_EVERY = 0.5  # seconds; a tick asks only what is due
DELIVER_EVERY = 0.5
SUBSCRIBE_EVERY = 30
OURS = "most hosts cannot be reached: it is our network (the environment's proxy is not read: network.proxy names one)"
DRAIN_SECONDS = 8.0  # SIGTERM to exit within 10 s


def run_daemon(
    settings: Settings,
    *,
    seconds: float | None = None,
    beside: Sequence[Beside] = (),
    again: Again = None,
) -> int:
    """Poll and deliver until SIGTERM or SIGINT (or for ``seconds``), with ``beside`` beside it; returns the exit code.

    ``again`` reads the configuration anew when SIGHUP asks for it. Raises SettingsError or StoreError before anything begins.
    """
    with open_app(settings, alone=True) as app:
        if app.lock and (app.lock.sure or not _may_live(app.store.heartbeats().get("daemon"), app.clock())):
            app.store.release_deliveries(app.clock())  # nobody else delivers: what a killed daemon held goes out now
        reloads = Reloads(again)
        return asyncio.run(lives(app, reloads, lambda app: serve(app, seconds, beside, reloads)))


async def serve(app: App, seconds: float | None = None, beside: Sequence[Beside] = (), reloads: Reloads | None = None) -> int:
    """The daemon's life on the running loop: ticks until a signal, the time or a reload ends it, then a drain."""
    classifier = app.classifier  # loading it now keeps the first poll from waiting for it
    app.metrics.model(classifier.name, classifier.version)
    app.metrics.expect(app.notifiers)  # (made here: an unusable secret is said before the first request)
    log = logging.get(part="daemon")
    reloads = reloads or Reloads(None)
    stop = stopped_by_signals(reloads.stop)
    alone = Alone(app, stop)
    reloads.listen(app)
    async with AsyncExitStack() as stack:
        client = app.client()
        stack.push_async_callback(client.close)
        worker = ReadingWorker(app.settings)
        stack.push_async_callback(worker.close)
        await stack.enter_async_context(slack_sockets(app, client))
        deliverer = make_deliverer(app, client)
        collector = Collector(app, client, worker, on_deliveries=deliverer.wake)
        ticks = Ticks(app.clock())
        scheduler = _scheduler(_Work(app, collector, deliverer, Subscriber(app, client), ticks, alone, FirstRound(app)))
        company = await stack.enter_async_context(AsyncExitStack())
        await company.enter_async_context(clock_watched(app.clock, lambda: at_once(scheduler, app.clock())))
        for part in beside:
            await company.enter_async_context(part(Running(app, collector, deliverer, ticks)))
        welcome(app)
        scheduler.start()
        await reloads.begun(app)
        if not await first_of(seconds, stop, reloads.ready):
            log.info("time is up", seconds=seconds)
        log.info("stopping", polls=dict(collector.outcomes))
        scheduler.pause()
        await company.aclose()
        async with asyncio.timeout(DRAIN_SECONDS + 1):
            if ticks.running:
                await ticks.idle.wait()  # shutting a scheduler down cancels the ticks under way
            scheduler.shutdown(wait=False)
            await collector.drain(DRAIN_SECONDS / 2)
            await deliverer.close(DRAIN_SECONDS / 2)
        log.info("stopped")
    alone.check()
    return 0


def _may_live(beat: Heartbeat | None, now: datetime) -> bool:
    """May the daemon that beat last be at work still, its line to the database cut? Not where its process is gone from here."""
    if beat is None or "stopped" in beat.info or now - beat.at > timedelta(seconds=3 * HEARTBEAT_EVERY):
        return False
    if beat.info.get("host") != socket.gethostname():
        return True  # a container's process has the same number in every one
    return int(beat.info["pid"]) != os.getpid() and not pulse.gone(beat.info)


@dataclass(frozen=True)
class _Work:
    """What the daemon does at its ticks. A method's name is its job's, in the log and the metrics."""

    app: App
    collector: Collector
    deliverer: Deliverer
    subscriber: Subscriber
    ticks: Ticks
    alone: Alone
    first_round: FirstRound

    async def collect(self) -> None:
        with self.ticks.one():
            await self.collector.dispatch()
            self.ticks.collect = self.app.clock()
            self.app.metrics.ticked("collect", self.ticks.collect)
            await self.first_round.look()

    async def deliver(self) -> None:
        with self.ticks.one():
            await self.deliverer.run_once()
            self.ticks.deliver = self.app.clock()
            self.app.metrics.ticked("deliver", self.ticks.deliver)

    async def heartbeat(self) -> None:
        app, now = self.app, self.app.clock()
        info = {
            "pid": os.getpid(),
            "version": __version__,
            "encoder": app.encoder,
            "host": socket.gethostname(),
            **self.ticks.info(),
            "polls": dict(self.collector.outcomes),
        }
        with self.ticks.one():
            pulse.write(app.settings.pulse_file, now, info)
            await app.store.awrite(app.store.heartbeat, "daemon", now, info)

    async def keep(self) -> None:
        with self.ticks.one():
            await self.alone.keep()

    async def subscribe(self) -> None:
        with self.ticks.one():
            await self.subscriber.run_once()

    async def care(self) -> None:
        with self.ticks.one():
            await upkeep(self.app)


def _scheduler(work: _Work) -> AsyncIOScheduler:
    """A few fixed ticks. A tick that overruns is skipped, not stacked: what it missed is still due at the next."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    soon = work.app.clock() + timedelta(milliseconds=10)
    jobs = (
        (work.collect, COLLECT_EVERY),
        (work.deliver, DELIVER_EVERY),
        (work.heartbeat, HEARTBEAT_EVERY),
        (work.keep, KEEP_EVERY),
        (work.subscribe, SUBSCRIBE_EVERY),
        (work.care, UPKEEP_EVERY),
        (work.app.rest, REST_EVERY),
    )
    for job, every in jobs:
        scheduler.add_job(failures_logged(job), "interval", seconds=every, next_run_time=soon, id=job.__name__, name=job.__name__)
    tell_overruns(scheduler, work.app.metrics)
    return scheduler


async def at_once(scheduler: AsyncIOScheduler, now: datetime) -> None:
    """Every tick now, and from then on at its interval: the library has each wait for a time of day."""
    for job in scheduler.get_jobs():
        job.modify(next_run_time=now)


def tell_overruns(scheduler: AsyncIOScheduler, metrics: Metrics) -> None:
    """A tick that is left out is counted, and told in our own words to who wants to know every decision: where a database is
    slow for a moment it happens twice a second, and what was due is done at the next."""
    log = logging.get(part="daemon")

    def overran(event: JobSubmissionEvent) -> None:
        metrics.overran(event.job_id)
        log.debug("a tick is at work still; this one is left out", tick=event.job_id)

    scheduler.add_listener(overran, EVENT_JOB_MAX_INSTANCES)
    getLogger("apscheduler.scheduler").addFilter(_no_overrun)


def _no_overrun(record: LogRecord) -> bool:
    """False for the library's own line of a tick that is left out."""
    return "maximum number of running instances" not in str(record.msg)


class FirstRound:
    """Says once, after every feed was tried, which could not be reached."""

    def __init__(self, app: App) -> None:
        self._app, self._started, self._done = app, app.clock(), False

    async def look(self) -> None:
        store = self._app.store
        if self._done or await store.acall(store.untried):
            return
        self._done = True
        awake, _ = await store.acall(_counts, self._app)
        silent = await store.acall(store.silent_feeds)  # (not all are blamed for it)
        ours = {"why": OURS} if sum(f.state != FeedState.FAILING for f in silent) * 2 > awake else {}
        log = logging.get(part="daemon")
        tell = log.warning if ours else log.info
        tell("every feed was tried", feeds=awake, answering=awake - len(silent), unreachable=len(silent), **ours)
        if silent and sys.stderr.isatty():
            print(f"{len(silent)} of {counted(awake, 'feed')} cannot be reached:", *ours.values(), file=sys.stderr)  # noqa: T201
            for feed in [f for f in silent if f.state == FeedState.FAILING]:
                print(f"  {feed.name}: {feed.last_error}", file=sys.stderr)  # noqa: T201


def _counts(app: App) -> tuple[int, int]:
    """How many feeds are asked, and how many rest."""
    found = app.store.vitals(app.clock()).feeds
    resting = found.get(FeedState.RESTING.value, 0)
    return sum(found.values()) - resting, resting


def welcome(app: App) -> None:
    """Say in the log what runs."""
    awake, resting = _counts(app)
    logging.get(part="daemon").info(
        "movewire runs",
        version=__version__,
        pid=os.getpid(),
        feeds=awake,
        resting=resting,
        channels=sorted(app.settings.channels),
        encoder=app.encoder,
        first_poll="a feed's first poll is its baseline: stored, not alerted"
        if not app.settings.alerting.alert_backlog
        else f"stories of a first poll are alerted up to {app.settings.alerting.alert_backlog} old",
    )
    for name, count in app.store.waiting_by_channel().items():
        if name not in app.settings.channels:
            logging.get(part="daemon").warning(
                "deliveries wait for a channel that is not configured", channel=name, waiting=count
            )
    if next(searched(app.settings.routes), None) is not None:
        app.store.read(app.routes.now)  # (says which saved searches they name, and which of them cannot be used)
