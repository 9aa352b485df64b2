"""The collect loop: due feeds -> request -> answer -> reading -> pipeline -> one transaction.

A feed is polled by ``Poller.poll``, which never raises for what a publisher does: every way a poll can end is a
``PollOutcome`` with a reason in plain words. ``dispatch`` starts what is due within the limits on hosts and in all.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime

from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.errors import MovewireError
from monitor.model import Feed, FeedId
from monitor.polling.poll_record import PollOutcome
from monitor.polling.poller import Poller
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Polling
from monitor.urls import host_of

__all__ = ["Collector", "PollOutcome"]


class HostLimits:
    """How many requests are under way, to each host and in all, and when each host was last asked."""

    def __init__(self, polling: Polling) -> None:
        self._polling = polling
        self._running: set[FeedId] = set()
        self._hosts: Counter[str] = Counter()
        self._last_start: dict[str, datetime] = {}

    @property
    def full(self) -> bool:
        return len(self._running) >= self._polling.in_flight

    def may_start(self, feed_id: FeedId, host: str, now: datetime) -> bool:
        if self.full or feed_id in self._running:
            return False
        last = self._last_start.get(host)
        rested = last is None or not last <= now < last + self._polling.host_delay  # (a clock that was put back holds nobody up)
        return self._hosts[host] < self._polling.per_host and rested

    def started(self, feed_id: FeedId, host: str, now: datetime) -> None:
        self._running.add(feed_id)
        self._hosts[host] += 1
        self._last_start[host] = now

    def ended(self, feed_id: FeedId, host: str, now: datetime) -> None:
        self._running.discard(feed_id)
        self._hosts[host] -= 1
        if not self._hosts[host]:
            del self._hosts[host]
        if not self._running and self._polling.host_delay:
            floor = now - self._polling.host_delay
            self._last_start = {h: at for h, at in self._last_start.items() if at > floor}


class Collector(Poller):
    """Polls feeds within the limits. One per process."""

    def __init__(
        self, app: App, client: HttpClient, worker: ReadingWorker, on_deliveries: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(app, client, worker, on_deliveries)
        self._running: dict[FeedId, asyncio.Task[PollOutcome]] = {}
        self._limits = HostLimits(self._polling)
        self._behind = 0  # due feeds before those that were looked at last, where there are more than are looked at in a tick

    # -- choosing what to poll

    async def dispatch(self) -> int:
        """Start every due feed the limits allow; returns how many were started. Never waits for a poll."""
        if self._limits.full:
            return 0
        now, store, most = self._app.clock(), self._app.store, 4 * self._polling.in_flight + 200
        due = await store.acall(store.due_feeds, now, most)
        started = self._start(due, now)
        if len(due) == most and not self._limits.full:
            # All the rest may wait for one host's turn: others, due later, are looked for behind it, tick by tick further.
            self._behind += most
            more = await store.acall(store.due_feeds, now, most, self._behind)
            started += self._start(more, now)
            self._behind = self._behind if len(more) == most else 0
        return started

    def _start(self, due: Collection[Feed], now: datetime) -> int:
        ready = (feed for feed in due if not self.setbacks.rests(feed.id, now))
        return len([self._launch(feed, now) for feed in ready if self._may_start(feed, now)])

    def _may_start(self, feed: Feed, now: datetime) -> bool:
        return self._limits.may_start(feed.id, host_of(feed.url), now)

    def _launch(self, feed: Feed, now: datetime) -> asyncio.Task[PollOutcome]:
        host = host_of(feed.url)
        self._limits.started(feed.id, host, now)
        task = asyncio.create_task(self.poll(feed), name=f"poll {feed.name}")
        self._running[feed.id] = task
        task.add_done_callback(lambda done: self._ended(feed, host, done))
        return task

    def _ended(self, feed: Feed, host: str, task: asyncio.Task[PollOutcome]) -> None:
        self._running.pop(feed.id, None)
        self._limits.ended(feed.id, host, self._app.clock())
        if not task.cancelled() and (error := task.exception()) is not None:
            # A fault of ours or of the database, not of the feed: said loudly; the feed stays due. What nobody foresaw is shown
            # whole; of a full disk the reason says all, and a traceback for each feed would fill it further.
            whole = None if isinstance(error, MovewireError) else error
            why = str(error) or repr(error)
            self._log.error("poll ended in an unexpected error", feed_id=feed.id, feed=feed.name, why=why, exc_info=whole)

    async def poll_all(self, feeds: Collection[Feed]) -> list[PollOutcome]:
        """Poll these feeds within the limits and wait for all of them: the foreground form."""
        waiting, tasks = list(feeds), list[asyncio.Task[PollOutcome]]()
        pause = min(1.0, self._polling.host_delay.total_seconds() / 4 or 0.01)
        while waiting:
            now, held = self._app.clock(), list[Feed]()
            for n, feed in enumerate(waiting):
                if self._limits.full:  # else each end of a poll would look through all that wait
                    held += waiting[n:]
                    break
                if self._may_start(feed, now):
                    tasks.append(self._launch(feed, now))
                else:
                    held.append(feed)
            waiting = held
            if waiting and self._running:
                await asyncio.wait(list(self._running.values()), timeout=pause, return_when="FIRST_COMPLETED")
            elif waiting:
                await asyncio.sleep(pause)
        return list(await asyncio.gather(*tasks))

    async def drain(self, timeout: float) -> None:
        """Let polls under way end for ``timeout`` seconds, then cancel them: an unfinished poll has changed nothing."""
        tasks = list(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=timeout)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
