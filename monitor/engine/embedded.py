"""Everything in one process: APScheduler ticks over one event loop. ``run_daemon`` returns when a signal ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from apscheduler.events import EVENT_JOB_MAX_INSTANCES
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import __version__, pulse
from monitor import log as logging
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import Deliverer, make_deliverer
from monitor.engine.reloading import Reloads, lives
from monitor.engine.slack_socket import slack_sockets
from monitor.engine.upkeep import UPKEEP_EVERY, upkeep
from monitor.model import FeedState
from monitor.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.subscriber import Subscriber

COLLECT_EVERY = 0.5  # seconds; a tick asks only what is due
DELIVER_EVERY = 0.5
HEARTBEAT_EVERY = 5
SUBSCRIBE_EVERY = 30
DRAIN_SECONDS = 8.0  # SIGTERM to exit within 10 s


@dataclass
class Ticks:
    """When each loop last did its work, for the heartbeat, and how many ticks are under way."""

    started: datetime
    collect: datetime | None = None
    deliver: datetime | None = None
    running: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)  # set while no tick is under way

    def info(self) -> dict[str, str | None]:
        """The times as a heartbeat tells them."""
        told = {"started": self.started, "collect": self.collect, "deliver": self.deliver}
        return {name: at.isoformat() if at else None for name, at in told.items()}

    @contextmanager
    def one(self) -> Iterator[None]:
        self.running += 1
        self.idle.clear()
        try:
            yield
        finally:
            self.running -= 1
            if not self.running:
                self.idle.set()


@dataclass(frozen=True)
class Running:
    """The daemon's parts while it lives, for what runs beside its ticks."""

    app: App
    collector: Collector
    deliverer: Deliverer | None  # None: workers deliver
    ticks: Ticks


# Something that lives as long as the daemon, on its loop: entered before the first tick, left before the drain.
Beside = Callable[[Running], AbstractAsyncContextManager[object]]


def run_daemon(
    settings: Settings,
    *,
    seconds: float | None = None,
    beside: Sequence[Beside] = (),
    again: Callable[[], Settings] | None = None,
) -> int:
    """Poll and deliver until SIGTERM or SIGINT (or for ``seconds``), with ``beside`` beside it; returns the exit code.

    ``again`` reads the configuration anew when SIGHUP asks for it. Raises SettingsError or StoreError before anything begins.
    """
    with open_app(settings, alone=True) as app:
        app.store.release_deliveries(app.clock())  # nobody else delivers: what a killed daemon held goes out now
        reloads = Reloads(again)
        return asyncio.run(lives(app, reloads, lambda app: serve(app, seconds, beside, reloads)))


async def serve(app: App, seconds: float | None = None, beside: Sequence[Beside] = (), reloads: Reloads | None = None) -> int:
    """The daemon's life on the running loop: ticks until a signal, the time or a reload ends it, then a drain."""
    classifier = app.classifier  # loading it now keeps the first poll from waiting for it
    app.metrics.model(classifier.name, classifier.version)
    app.notifiers  # noqa: B018 - an unusable secret is said before the first request
    log = logging.get(part="daemon")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    reloads = reloads or Reloads(None)
    reloads.listen(app)
    async with AsyncExitStack() as stack:
        client = app.client()
        stack.push_async_callback(client.close)
        worker = ReadingWorker(app.settings)
        stack.push_async_callback(worker.close)
        await stack.enter_async_context(slack_sockets(app, client))
        deliverer = make_deliverer(app, client)
        collector = Collector(app, client, worker, on_deliveries=lambda: _soon(deliverer))
        ticks = Ticks(app.clock())
        scheduler = _scheduler(app, collector, deliverer, Subscriber(app, client), ticks)
        company = await stack.enter_async_context(AsyncExitStack())
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
    return 0


async def first_of(seconds: float | None, *events: asyncio.Event) -> bool:
    """Wait until one of ``events`` is set; False where ``seconds`` were over first."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    done, _ = await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    return bool(done)


_pending: set[asyncio.Task[object]] = set()


def _soon(deliverer: Deliverer) -> None:
    """Deliver at once instead of at the next tick; the task is held until it ends."""
    task: asyncio.Task[object] = asyncio.ensure_future(deliverer.run_once())
    _pending.add(task)
    task.add_done_callback(_pending.discard)


def _scheduler(app: App, collector: Collector, deliverer: Deliverer, subscriber: Subscriber, ticks: Ticks) -> AsyncIOScheduler:
    """A few fixed ticks. A tick that overruns is skipped, not stacked: what it missed is still due at the next."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    first_round = FirstRound(app)

    async def collect() -> None:
        with ticks.one():
            await collector.dispatch()
            ticks.collect = app.clock()
            app.metrics.ticked("collect", ticks.collect)
            await first_round.look()

    async def deliver() -> None:
        with ticks.one():
            await deliverer.run_once()
            ticks.deliver = app.clock()
            app.metrics.ticked("deliver", ticks.deliver)

    async def heartbeat() -> None:
        now = app.clock()
        info = {
            "pid": os.getpid(),
            "version": __version__,
            "host": socket.gethostname(),
            **ticks.info(),
            "polls": dict(collector.outcomes),
        }
        with ticks.one():
            pulse.write(app.settings.pulse_file, now, info)
            await app.store.aread(lambda: app.store.heartbeat("daemon", now, info))

    async def subscribe() -> None:
        with ticks.one():
            await subscriber.run_once()

    async def care() -> None:
        with ticks.one():
            await upkeep(app)

    soon = app.clock() + timedelta(milliseconds=10)
    works = (
        (collect, COLLECT_EVERY),
        (deliver, DELIVER_EVERY),
        (heartbeat, HEARTBEAT_EVERY),
        (subscribe, SUBSCRIBE_EVERY),
        (care, UPKEEP_EVERY),
    )
    for work, every in works:
        scheduler.add_job(work, "interval", seconds=every, next_run_time=soon, id=work.__name__)
    scheduler.add_listener(lambda event: app.metrics.overran(event.job_id), EVENT_JOB_MAX_INSTANCES)
    return scheduler


class FirstRound:
    """Says once, after every feed was tried, which could not be reached."""

    def __init__(self, app: App) -> None:
        self._app, self._started, self._done = app, app.clock(), False

    async def look(self) -> None:
        if self._done:
            return
        feeds = await self._app.store.aread(self._app.store.feeds)
        active = [f for f in feeds if f.state != FeedState.RESTING]
        if any(f.last_checked is None for f in active):
            return
        self._done = True
        failing = [f for f in active if f.state == FeedState.FAILING]
        log = logging.get(part="daemon")
        log.info("every feed was tried", feeds=len(active), answering=len(active) - len(failing), unreachable=len(failing))
        if failing and sys.stderr.isatty():
            print(f"{len(failing)} of {len(active)} feeds cannot be reached:", file=sys.stderr)  # noqa: T201
            for feed in failing:
                print(f"  {feed.name}: {feed.last_error}", file=sys.stderr)  # noqa: T201


def welcome(app: App) -> None:
    """Say in the log what runs."""
    feeds = app.store.feeds()
    resting = sum(f.state == FeedState.RESTING for f in feeds)
    logging.get(part="daemon").info(
        "movewire runs",
        version=__version__,
        pid=os.getpid(),
        feeds=len(feeds) - resting,
        resting=resting,
        channels=sorted(app.settings.channels),
        first_poll="a feed's first poll is its baseline: stored, not alerted"
        if not app.settings.alerting.alert_backlog
        else f"stories of a first poll are alerted up to {app.settings.alerting.alert_backlog} old",
    )
