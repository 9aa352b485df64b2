"""The collect loop: due feeds -> request -> answer -> reading -> pipeline -> one transaction.

A feed is polled by ``Collector.poll``, which never raises for what a publisher does: every way a poll can end is a
``PollOutcome`` with a reason in plain words. ``dispatch`` starts what is due within the limits on hosts and in all.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from monitor import feed_state, pipeline
from monitor import log as logging
from monitor.app import App
from monitor.errors import FetchError, ReadingError
from monitor.http_client import HttpClient
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, FeedId, FeedState, Story, StoryId, Verdict
from monitor.reading_worker import ReadingWorker
from monitor.results import PollResult
from monitor.settings.schema import Settings
from monitor.sources import source_for
from monitor.store import Reads, Transaction
from monitor.urls import host_of

# One poll in a hundred asks without validators, so that a stuck validator cannot hide a feed for ever.
UNCONDITIONAL_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll ended. ``kind``: new, unchanged (304, the same body, nothing new), failed or gone."""

    feed: Feed
    kind: str
    new: int = 0
    matched: int = 0
    alerts: int = 0
    why: str = ""
    status: int | None = None
    seconds: float = 0.0


class Collector:
    """Polls feeds. One per process; ``on_deliveries`` is called after deliveries were written."""

    def __init__(
        self, app: App, client: HttpClient, worker: ReadingWorker, on_deliveries: Callable[[], None] = lambda: None
    ) -> None:
        self._app, self._client, self._worker, self._on_deliveries = app, client, worker, on_deliveries
        self._polling = app.settings.polling
        self._running: dict[FeedId, asyncio.Task[PollOutcome]] = {}
        self._hosts: Counter[str] = Counter()
        self._last_start: dict[str, datetime] = {}
        self._log = logging.get(part="collect")
        self.outcomes: Counter[str] = Counter()

    # -- choosing what to poll

    async def dispatch(self) -> int:
        """Start every due feed the limits allow; returns how many were started. Never waits for a poll."""
        if len(self._running) >= self._polling.in_flight:
            return 0
        now = self._app.clock()
        due = await self._app.store.aread(lambda: self._app.store.due_feeds(now, 4 * self._polling.in_flight + 200))
        return len([self._launch(feed, now) for feed in due if self._may_start(feed, now)])

    def _may_start(self, feed: Feed, now: datetime) -> bool:
        if feed.id in self._running or len(self._running) >= self._polling.in_flight:
            return False
        host = host_of(feed.url)
        last = self._last_start.get(host)
        return self._hosts[host] < self._polling.per_host and (last is None or now - last >= self._polling.host_delay)

    def _launch(self, feed: Feed, now: datetime) -> asyncio.Task[PollOutcome]:
        host = host_of(feed.url)
        self._hosts[host] += 1
        self._last_start[host] = now
        task = asyncio.create_task(self.poll(feed), name=f"poll {feed.name}")
        self._running[feed.id] = task
        task.add_done_callback(lambda done: self._ended(feed, host, done))
        return task

    def _ended(self, feed: Feed, host: str, task: asyncio.Task[PollOutcome]) -> None:
        self._running.pop(feed.id, None)
        self._hosts[host] -= 1
        if not self._hosts[host]:
            del self._hosts[host]
        if not self._running and self._polling.host_delay:
            floor = self._app.clock() - self._polling.host_delay
            self._last_start = {h: at for h, at in self._last_start.items() if at > floor}
        if not task.cancelled() and (error := task.exception()) is not None:
            # A fault of ours or of the database, not of the feed: said loudly; the feed stays due.
            self._log.error("poll ended in an unexpected error", feed_id=feed.id, feed=feed.name, exc_info=error)

    async def poll_all(self, feeds: Collection[Feed]) -> list[PollOutcome]:
        """Poll these feeds within the limits and wait for all of them: the foreground form."""
        waiting, tasks = list(feeds), []
        pause = min(1.0, self._polling.host_delay.total_seconds() / 4 or 0.01)
        while waiting:
            now = self._app.clock()
            started = [(feed, self._launch(feed, now)) for feed in waiting if self._may_start(feed, now)]
            tasks += [task for _, task in started]
            begun = {feed.id for feed, _ in started}
            waiting = [feed for feed in waiting if feed.id not in begun]
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

    # -- one poll

    async def poll(self, feed: Feed) -> PollOutcome:
        """Ask, read, decide and write. What the publisher does wrong ends as an outcome, not as an exception."""
        began = self._app.clock()
        answer: Answer | None = None
        try:
            conditional = feed.polls == 0 or self._app.rnd() >= UNCONDITIONAL_SHARE
            request = source_for(feed.source, self._app.settings).request(feed, conditional=conditional)
            answer = await self._client.send(request, max_body=self._polling.max_body)
            outcome = await self._answered(feed, answer, began)
        except (FetchError, ReadingError) as error:
            outcome = await self._failed(feed, error.why, answer, began)
        self.outcomes[outcome.kind] += 1
        return outcome

    async def _answered(self, feed: Feed, answer: Answer, began: datetime) -> PollOutcome:
        if answer.status == 304:
            return await self._unchanged(feed, answer, began)
        if answer.status == 410:
            return await self._gone(feed, answer, began)
        if answer.status != 200:
            return await self._failed(feed, feed_state.status_words(answer.status), answer, began)
        body_digest = sha256(answer.body).hexdigest()
        if body_digest == feed.body_digest:
            return await self._unchanged(feed, answer, began)
        content_type = answer.headers.get("content-type", "")
        reading = await self._worker.parse(feed.source, answer.body, url=answer.url or feed.url, content_type=content_type)
        if not reading.entries and feed.stories:
            # A silent death: no validator is kept, so that the next poll asks in full.
            return await self._failed(feed, feed_state.EMPTIED, answer, began)
        return await self._read(feed, answer, reading, body_digest, began)

    async def _read(self, feed: Feed, answer: Answer, reading: Reading, body_digest: str, began: datetime) -> PollOutcome:
        now, store = self._app.clock(), self._app.store
        after = feed_state.read(self._succeeded(feed, answer, reading, now), answer, body_digest)
        plan = await store.aread(lambda: store.read(lambda reads: _plan(reads, feed, reading, now)))
        verdicts = await asyncio.to_thread(self._classify, plan.to_classify)

        def work(tx: Transaction) -> tuple[PollResult, PollOutcome]:
            result = self._conclude(tx, feed, after, reading, now, verdicts)
            outcome = PollOutcome(
                feed=result.feed,
                kind="new" if result.stories else "unchanged",
                new=len(result.stories),
                matched=len({m.story_id for m in result.matches}),
                alerts=len(result.alerts),
                status=answer.status,
                seconds=(now - began).total_seconds(),
            )
            _remember(tx, outcome, now, outcome.seconds)
            return result, outcome

        result, outcome = await store.atransact(work)
        self._tell(feed, result)
        return outcome

    def _tell(self, feed: Feed, result: PollResult) -> None:
        for note in result.notes:
            getattr(self._log, note.level)(note.message, feed_id=feed.id, **dict(note.fields))
        for alert in result.alerts:
            ids = {"alert_id": alert.id, "event_id": alert.event_id, "revision": alert.revision}
            self._log.info("alert", **ids, headline=alert.event.headline, reasons=alert.reasons)
        if result.deliveries:
            self._on_deliveries()

    def _classify(self, stories: Collection[Story]) -> dict[StoryId, Verdict]:
        return {story.id: self._app.classifier.classify(story) for story in stories}

    def _conclude(
        self, tx: Transaction, before: Feed, after: Feed, reading: Reading, now: datetime, verdicts: dict[StoryId, Verdict]
    ) -> PollResult:
        """Inside the write transaction: plan again on what is known by now, decide, write. All or nothing."""
        plan = _plan(tx, before, reading, now)
        missing = [story for story in plan.to_classify if story.id not in verdicts]
        result = pipeline.conclude(
            plan,
            feed=after,
            verdicts=verdicts | self._classify(missing),
            candidates=tx.candidate_events,
            event_of_story=tx.event_of_story,
            last_revision=tx.last_revision,
            settings=self._app.settings,
            now=now,
        )
        tx.record_poll(result)
        return result

    # -- the other ends of a poll

    def _succeeded(self, feed: Feed, answer: Answer, reading: Reading | None, now: datetime) -> Feed:
        if feed.state == FeedState.FAILING:
            self._log.info("feed answers again", feed_id=feed.id, feed=feed.name, failures=feed.failures)
        return feed_state.succeeded(feed, answer, reading, now=now, settings=self._polling, rnd=self._app.rnd())

    async def _unchanged(self, feed: Feed, answer: Answer, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = self._succeeded(feed, answer, None, now)
        return await self._save(PollOutcome(feed=after, kind="unchanged", status=answer.status), began, now)

    async def _gone(self, feed: Feed, answer: Answer, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = feed_state.gone(feed, now=now)
        self._log.warning("feed rests", feed_id=feed.id, feed=feed.name, why=after.last_error)
        return await self._save(PollOutcome(feed=after, kind="gone", why=after.last_error, status=410), began, now)

    async def _failed(self, feed: Feed, why: str, answer: Answer | None, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = feed_state.failed(feed, why, answer, now=now, settings=self._polling, rnd=self._app.rnd())
        if feed.state != FeedState.FAILING:  # one notice a change of state
            self._log.warning("feed fails", feed_id=feed.id, feed=feed.name, why=why, next_check=str(after.next_check))
        status = answer.status if answer else None
        return await self._save(PollOutcome(feed=after, kind="failed", why=why, status=status), began, now)

    async def _save(self, outcome: PollOutcome, began: datetime, now: datetime) -> PollOutcome:
        def work(tx: Transaction) -> None:
            tx.save_polled(outcome.feed)
            _remember(tx, outcome, now, (now - began).total_seconds())

        await self._app.store.atransact(work, beside=True)
        return outcome


def _plan(tx: Reads, feed: Feed, reading: Reading, now: datetime) -> pipeline.Plan:
    return pipeline.plan(feed, reading, known=lambda keys: tx.known_keys(feed.id, keys), by_url=tx.stories_by_url, now=now)


def _remember(tx: Transaction, outcome: PollOutcome, now: datetime, seconds: float) -> None:
    tx.record_feed_poll(outcome.feed.id, now, outcome.kind, outcome.status, outcome.new, seconds, outcome.why)


async def parse_document(settings: Settings, body: bytes, *, url: str = "", source: str = "syndication") -> Reading:
    """Read one document in a worker process. Raises ReadingError."""
    source_for(source, settings)
    worker = ReadingWorker(settings)
    try:
        return await worker.parse(source, body, url=url)
    finally:
        await worker.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What an address holds, and when it would be asked again. ``url`` is where it answered, after redirects."""

    reading: Reading
    url: str
    next_check: datetime


async def look(app: App, url: str, source: str = "syndication") -> Looked:
    """Ask an address once and read the answer, storing nothing. Raises FetchError or ReadingError with the reason."""
    client, feed = app.client(), Feed(id=FeedId("looked at"), name=url, url=url, source=source)
    try:
        answer = await client.send(source_for(source, app.settings).request(feed, conditional=False))
    finally:
        await client.close()
    if answer.status != 200:
        raise ReadingError(f"{url}: {feed_state.status_words(answer.status)}")
    reading = await parse_document(app.settings, answer.body, url=answer.url, source=source)
    after = feed_state.succeeded(feed, answer, reading, now=app.clock(), settings=app.settings.polling, rnd=0.5)
    return Looked(reading=reading, url=answer.url or url, next_check=after.next_check or app.clock())
