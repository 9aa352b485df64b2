"""What every engine's processes share: their parts, when their loops last worked, the lock of the one daemon, and the end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from monitor import log as logging
from monitor.app import App, Clock
from monitor.collect import Collector
from monitor.deliver import Deliverer
from monitor.engine.reloading import Reloads
from monitor.engine.upkeep import right_schedule
from monitor.errors import AnotherDaemon, DatabaseAway, MovewireError

KEEP_EVERY = 2  # seconds; how long two daemons may both think that they are the one, after the server dropped a line
HEARTBEAT_EVERY = 5
REST_EVERY = 60  # seconds; to read the encoder's weights again costs 0.1 s, so that this is a five-hundredth of a core at most

Tick = tuple[float, Callable[[], Awaitable[None]]]  # seconds between two turns, and what is done


@dataclass
class Ticks:
    """When each loop last did its work, for the heartbeat, and how many ticks are under way. A worker has one loop, ``work``."""

    started: datetime
    collect: datetime | None = None
    deliver: datetime | None = None
    work: datetime | None = None
    worker: bool = False
    running: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)  # set while no tick is under way

    def info(self) -> dict[str, str | None]:
        """The times as a heartbeat tells them."""
        told: dict[str, datetime | None] = {"started": self.started}
        told |= {"work": self.work} if self.worker else {"collect": self.collect, "deliver": self.deliver}
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
    """A process's parts while it lives, for what runs beside its ticks."""

    app: App
    collector: Collector
    deliverer: Deliverer | None  # None: workers deliver, this one or others
    ticks: Ticks


# Something that lives as long as the process, on its loop: entered before the first tick, left before the drain.
Beside = Callable[[Running], AbstractAsyncContextManager[object]]


class Alone:
    """Watches over the lock of the one daemon. It is lost with a connection: then it is taken again, or ``stop`` is set."""

    def __init__(self, app: App, stop: asyncio.Event) -> None:
        self._app, self._stop = app, stop
        self._lost: AnotherDaemon | None = None

    async def keep(self) -> None:
        """The tick. While the database is away nothing can be known, nor done: those who need it say so."""
        lock, log = self._app.lock, logging.get(part="daemon")
        if lock is None:
            return
        try:
            again = await self._app.store.acall(lock.keep)
        except DatabaseAway:
            return
        except AnotherDaemon as error:
            log.error("another daemon took over while the database was out of reach", why=str(error))
            self._lost = error
            self._stop.set()
            return
        if again:
            log.warning("the connection that holds the daemon's lock was cut; the lock is taken again")

    def check(self) -> None:
        """Raises AnotherDaemon where that is why we stop."""
        if self._lost is not None:
            raise self._lost


@asynccontextmanager
async def clock_watched(clock: Clock, put_back: Callable[[], Awaitable[None]], every: float = KEEP_EVERY) -> AsyncIterator[None]:
    """Call ``put_back`` when the clock was, for as long as the block lasts: what waits for a time of day would wait on for as
    long as it was ahead."""
    watching = asyncio.create_task(_watch(clock, put_back, every, clock()))
    try:
        yield
    finally:
        watching.cancel()


async def _watch(clock: Clock, put_back: Callable[[], Awaitable[None]], every: float, last: datetime) -> None:
    while True:
        await asyncio.sleep(every)
        now = clock()
        if now < last:
            logging.get(part="daemon").warning("the clock was put back", by=str(last - now))
            await put_back()
        last = now


async def first_of(seconds: float | None, *events: asyncio.Event) -> bool:
    """Wait until one of ``events`` is set; False where ``seconds`` were over first."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    done, _ = await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    return bool(done)


def stopped_by_signals(stop: asyncio.Event) -> asyncio.Event:
    """``stop``, which SIGTERM and SIGINT set from now on, on the running loop."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    return stop


async def until_stopped(app: App, seconds: float | None, reloads: Reloads, ticks: Collection[Tick]) -> int:
    """Run every tick at its interval until a signal, the time or a reload ends it; returns the exit code.

    A tick that fails is said and comes again. Raises AnotherDaemon where the lock of the one daemon went to another.
    """

    async def put_back() -> None:
        await right_schedule(app)  # (the ticks themselves wait for no time of day)

    reloads.listen(app)
    await reloads.begun(app)
    stop = stopped_by_signals(reloads.stop)
    alone = Alone(app, stop)
    running = [
        asyncio.create_task(_tick(every, work)) for every, work in (*ticks, (KEEP_EVERY, alone.keep), (REST_EVERY, app.rest))
    ]
    log = logging.get(part="daemon")
    async with clock_watched(app.clock, failures_logged(put_back)):
        if not await first_of(seconds, stop, reloads.ready):
            log.info("time is up", seconds=seconds)
    log.info("stopping")
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    alone.check()
    return 0


async def _tick(every: float, work: Callable[[], Awaitable[None]]) -> None:
    turn = failures_logged(work)
    while True:
        await turn()
        await asyncio.sleep(every)


def failures_logged(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """``work`` without its exceptions: the first of several alike is logged, and that it works again.

    A database that is away for an hour is two lines of log, and not 7,000. What nobody foresaw is shown whole.
    """
    name, log, why = getattr(work, "__name__", ""), logging.get(part="daemon"), ""

    async def turn() -> None:
        nonlocal why
        try:
            await work()
        except Exception as error:  # the loop's boundary: whatever failed is said, and the next turn tries again
            if why != (why := str(error) or repr(error)):
                log.error("a tick failed", tick=name, why=why, exc_info=None if isinstance(error, MovewireError) else error)
        else:
            if why:
                log.info("a tick works again", tick=name)
            why = ""

    return turn
