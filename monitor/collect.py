"""The collect loop: due feeds -> request -> answer -> reading -> pipeline -> one transaction.

A feed is polled by ``Collector.poll``, which never raises for what a publisher does: every way a poll can end is a
``PollOutcome`` with a reason in plain words. ``dispatch`` starts what is due within the limits on hosts and in all.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from monitor import log as logging
from monitor import pipeline, schedule
from monitor.app import App
from monitor.errors import FetchError, ReadingError
from monitor.http_client import HttpClient
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, FeedId, FeedState, Story, StoryId, Verdict
from monitor.reading_worker import ReadingWorker
from monitor.results import PollResult
from monitor.sources import source_for
from monitor.store import Transaction
from monitor.urls import host_of

# One poll in a hundred asks without validators, so that a stuck validator cannot hide a feed for ever.
UNCONDITIONAL_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll ended. ``kind``: new, unchanged (304 or the same body), empty, failed, gone."""

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
        room = self._polling.in_flight - len(self._running)
        if room <= 0:
            return 0
        now = self._app.clock()
        due = await self._app.store.aread(lambda: self._app.store.due_feeds(now, 4 * self._polling.in_flight + 200))
        return self._start(due, now)

    def _start(self, feeds: Iterable[Feed], now: datetime) -> int:
        started = 0
        for feed in feeds:
            if len(self._running) >= self._polling.in_flight:
                break
            if feed.id not in self._running and self._host_free(host_of(feed.url), now):
                self._launch(feed, now)
                started += 1
        return started

    def _host_free(self, host: str, now: datetime) -> bool:
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
        if len(self._last_start) > 20_000:
            self._last_start.clear()
        if not task.cancelled() and (error := task.exception()) is not None:
            # A fault of ours or of the database, not of the feed: said loudly; the feed stays due.
            self._log.error("poll ended in an unexpected error", feed_id=feed.id, feed=feed.name, exc_info=error)

    async def poll_all(self, feeds: Collection[Feed]) -> list[PollOutcome]:
        """Poll these feeds within the limits and wait for all of them: the foreground form."""
        waiting, tasks = list(feeds), []
        while waiting:
            now = self._app.clock()
            for feed in list(waiting):
                if len(self._running) < self._polling.in_flight and self._host_free(host_of(feed.url), now):
                    waiting.remove(feed)
                    tasks.append(self._launch(feed, now))
            if waiting:
                running = list(self._running.values())
                pause = min(1.0, self._polling.host_delay.total_seconds() / 4 or 0.01)
                await (asyncio.wait(running, timeout=pause, return_when="FIRST_COMPLETED") if running else asyncio.sleep(pause))
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
        started = self._app.clock()
        answer: Answer | None = None
        try:
            conditional = feed.polls == 0 or self._app.rnd() >= UNCONDITIONAL_SHARE
            request = source_for(feed.source, self._app.settings).request(feed, conditional=conditional)
            answer = await self._client.send(request, max_body=self._polling.max_body)
            outcome = await self._answered(feed, answer)
        except (FetchError, ReadingError) as error:
            outcome = await self._failed(feed, getattr(error, "why", str(error)), answer)
        outcome = replace(outcome, seconds=(self._app.clock() - started).total_seconds())
        self.outcomes[outcome.kind] += 1
        await self._remember(outcome)
        return outcome

    async def _answered(self, feed: Feed, answer: Answer) -> PollOutcome:
        if answer.status == 304:
            return await self._unchanged(feed, answer)
        if answer.status == 410:
            return await self._gone(feed, answer)
        if answer.status != 200:
            return await self._failed(feed, _status_words(answer.status), answer)
        body_digest = sha256(answer.body).hexdigest()
        if body_digest == feed.body_digest and feed.baseline_done:
            return await self._unchanged(feed, answer)
        content_type = answer.headers.get("content-type", "")
        reading = await self._worker.parse(feed.source, answer.body, url=answer.url or feed.url, content_type=content_type)
        if reading.entries or not feed.stories:
            return await self._read(feed, answer, reading, body_digest)
        # One of the silent deaths: it had stories once. Its validators are not kept, so the next poll asks in full.
        return await self._failed(feed, "the feed is empty, though it had stories before", answer)

    async def _read(self, feed: Feed, answer: Answer, reading: Reading, body_digest: str) -> PollOutcome:
        now, store = self._app.clock(), self._app.store
        after = self._succeeded(feed, answer, reading, now)
        after = replace(
            after,
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
            body_digest=body_digest,
            baseline_done=True,
        )
        plan = await store.aread(lambda: store.transact_read(lambda tx: self._plan(tx, feed, reading, now)))
        verdicts = await asyncio.to_thread(self._classify, plan.to_classify)
        result = await store.atransact(lambda tx: self._conclude(tx, feed, after, reading, now, verdicts))
        for note in result.notes:
            getattr(self._log, note.level)(note.message, feed_id=feed.id, **dict(note.fields))
        for alert in result.alerts:
            self._log.info(
                "alert", alert_id=alert.id, event_id=alert.event_id, revision=alert.revision, headline=alert.event.headline
            )
        if result.deliveries:
            self._on_deliveries()
        matched = len({m.story_id for m in result.matches})
        kind = "new" if result.stories else "unchanged"
        return PollOutcome(
            feed=result.feed, kind=kind, new=len(result.stories), matched=matched, alerts=len(result.alerts), status=200
        )

    def _plan(self, tx: Transaction, feed: Feed, reading: Reading, now: datetime) -> pipeline.Plan:
        return pipeline.plan(
            feed, reading, known=lambda keys: tx.known_keys(feed.id, keys), by_url=tx.stories_by_url, now=now
        )

    def _classify(self, stories: Collection[Story]) -> dict[StoryId, Verdict]:
        return {story.id: self._app.classifier.classify(story) for story in stories}

    def _conclude(
        self, tx: Transaction, before: Feed, after: Feed, reading: Reading, now: datetime, verdicts: dict[StoryId, Verdict]
    ) -> PollResult:
        """Inside the write transaction: plan again on what is now known, decide, write. All or nothing."""
        plan = self._plan(tx, before, reading, now)
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

    # -- how a poll changes its feed

    def _succeeded(self, feed: Feed, answer: Answer, reading: Reading | None, now: datetime) -> Feed:
        publisher = schedule.publisher_wait(answer.headers, reading.ttl_seconds if reading else None, now)
        gap = _mean_gap(reading, now) if reading else None
        next_check = schedule.after_success(
            feed,
            now=now,
            settings=self._polling,
            rnd=self._app.rnd(),
            publisher_seconds=publisher,
            gap_seconds=gap,
            skip_hours=reading.skip_hours if reading else frozenset(),
            skip_days=reading.skip_days if reading else frozenset(),
        )
        if feed.failures:
            self._log.info("feed answers again", feed_id=feed.id, feed=feed.name, failures=feed.failures)
        return replace(
            feed,
            state=FeedState.OK,
            failures=0,
            last_error="",
            polls=feed.polls + 1,
            last_checked=now,
            last_success=now,
            next_check=next_check,
            interval_seconds=(next_check - now).total_seconds(),
        )

    async def _unchanged(self, feed: Feed, answer: Answer) -> PollOutcome:
        after = self._succeeded(feed, answer, None, self._app.clock())
        await self._save(after)
        return PollOutcome(feed=after, kind="unchanged", status=answer.status)

    async def _gone(self, feed: Feed, answer: Answer) -> PollOutcome:
        now = self._app.clock()
        why = "the publisher says this feed is gone for good (410); it rests until you change its address"
        after = replace(
            feed, state=FeedState.RESTING, last_error=why, last_checked=now, polls=feed.polls + 1, failures=feed.failures + 1
        )
        await self._save(after)
        self._log.warning("feed rests", feed_id=feed.id, feed=feed.name, why=why)
        return PollOutcome(feed=after, kind="gone", why=why, status=answer.status)

    async def _failed(self, feed: Feed, why: str, answer: Answer | None) -> PollOutcome:
        now = self._app.clock()
        asked = schedule.retry_after(answer.headers, now) if answer is not None and answer.status in (429, 503) else None
        failures = feed.failures + 1
        next_check = schedule.after_failure(
            failures, now=now, settings=self._polling, rnd=self._app.rnd(), retry_after=asked
        )
        after = replace(
            feed,
            state=FeedState.FAILING,
            failures=failures,
            last_error=why,
            polls=feed.polls + 1,
            last_checked=now,
            next_check=next_check,
            interval_seconds=(next_check - now).total_seconds(),
        )
        await self._save(after)
        if feed.state != FeedState.FAILING:  # one notice a change of state
            self._log.warning("feed fails", feed_id=feed.id, feed=feed.name, why=why, next_check=next_check.isoformat())
        return PollOutcome(feed=after, kind="failed", why=why, status=answer.status if answer else None)

    async def _save(self, feed: Feed) -> None:
        await self._app.store.atransact(lambda tx: tx.save_feed(feed))

    async def _remember(self, outcome: PollOutcome) -> None:
        now = self._app.clock()
        await self._app.store.atransact(
            lambda tx: tx.record_feed_poll(
                outcome.feed.id, now, outcome.kind, outcome.status, outcome.new, outcome.seconds, outcome.why
            )
        )


def _mean_gap(reading: Reading, now: datetime) -> float | None:
    """Mean seconds between the stories of a document's last weeks; None where fewer than two carry a usable date."""
    floor = now - timedelta(weeks=4)
    times = sorted(e.published for e in reading.entries if e.published is not None and floor <= e.published <= now)
    return (times[-1] - times[0]).total_seconds() / (len(times) - 1) if len(times) > 1 else None


def _status_words(status: int) -> str:
    known = {
        401: "the address wants a login",
        403: "the publisher refuses us",
        404: "nothing at this address",
        429: "the publisher asks us to slow down",
        500: "the publisher's server failed",
        502: "the publisher's server failed",
        503: "the publisher's server is not available",
        504: "the publisher's server did not answer in time",
    }
    return f"{known.get(status, 'an answer we cannot use')} ({status})"
