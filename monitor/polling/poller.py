"""One poll of one feed: ask, read, decide, write. What a publisher does wrong ends as an outcome, not as an exception."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from monitor.second_opinion import SecondOpinion

from monitor import feed_state, schedule
from monitor import log as logging
from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.errors import ConnectionFailed, FetchError, ReadingError, TimedOut
from monitor.identity import Sifted
from monitor.interfaces import Answer, Reading, Source
from monitor.last_entries import LastEntries
from monitor.model import Feed, StoryId, Verdict
from monitor.outage import Outage, Setbacks
from monitor.polling.abandoning import Going, until_cancelled
from monitor.polling.fetching import Fetcher, Paged
from monitor.polling.poll_record import (
    Document,
    Overtaken,
    PollOutcome,
    Record,
    StaleEntries,
    plan_of,
    spread_rest,
)
from monitor.polling.reading_worker import ReadingWorker
from monitor.sources import source_for
from monitor.store import Transaction
from monitor.urls import host_of

T = TypeVar("T")
# One poll in a hundred asks without validators, so that a stuck validator cannot hide a feed for ever.
UNCONDITIONAL_SHARE = 0.01
REFUSED = 2  # failures in a row after which it may be our validators that are refused: the next polls ask without
VALIDATORS = {"if-none-match", "if-modified-since"}
CLASSIFYING = 2  # threads: more would wait for each other, and each keeps memory of its own (8 MB with the encoder)
CHANGED_ON_ITS_WAY = 203  # by a proxy, as one that looks for viruses; all else is as with 200 (RFC 9110, 15.3.4)
DELTA = 226  # what is new since our validators, and nothing else (RFC 3229): what `A-IM: feed` asks for
KEYS_STAY = timedelta(days=2)  # a key seen so long before the last poll was in the document that has not changed


def _second_opinion(app: App) -> SecondOpinion | None:
    """None where nobody is to be asked."""
    if not app.settings.classify.second_opinion.url:
        return None
    from monitor.second_opinion import SecondOpinion  # noqa: PLC0415 - start-up

    return SecondOpinion(app)


class Poller:
    """Polls one feed at a time, any number of them side by side. ``on_deliveries`` is called after deliveries were written."""

    def __init__(
        self, app: App, client: HttpClient, worker: ReadingWorker, on_deliveries: Callable[[], None] = lambda: None
    ) -> None:
        self._app, self._on_deliveries = app, on_deliveries
        self._fetch = Fetcher(app, client, worker)
        self._polling = app.settings.polling
        self._log = logging.get(part="collect")
        self._record = Record(app)
        self._threads = ThreadPoolExecutor(CLASSIFYING, thread_name_prefix="classify")
        self._second = _second_opinion(app)
        self._prints = LastEntries()
        self._outage, self.setbacks = Outage(), Setbacks()
        self._blamed: list[tuple[Feed, Feed]] = []  # feeds before and after a failure that may have been our network's
        self.outcomes: Counter[str] = Counter()
        self.tiers = self._fetch.tiers

    async def poll(self, feed: Feed) -> PollOutcome:
        """Ask, read, decide and write. Raises what is our fault and not the feed's: of such a poll nothing is kept."""
        with self._app.traces.span("poll", feed_id=feed.id) as span:
            try:
                outcome = await self._poll(feed)
            except Overtaken:
                outcome = PollOutcome(feed=feed, kind="unchanged", why="the feed was changed while it was asked")
            except Exception:  # whoever asked shows it; the feed is due still
                self._set_back(feed)
                raise
            span.set(outcome=outcome.kind, status=outcome.status, new=outcome.new, alerts=outcome.alerts)
        self.setbacks.over(feed.id)
        self.outcomes[outcome.kind] += 1
        self._app.metrics.polled(outcome.kind, outcome.seconds, new=outcome.new, matched=outcome.matched, alerts=outcome.alerts)
        return outcome

    def _set_back(self, feed: Feed) -> None:
        rnd = self._app.rnd()
        self.outcomes["lost"] += 1
        self._app.metrics.lost_poll()
        self.setbacks.met(feed.id, self._app.clock(), lambda n: schedule.after_setback(n, settings=self._polling, rnd=rnd))

    async def _poll(self, feed: Feed) -> PollOutcome:
        began = self._app.clock()
        answer: Answer | None = None
        try:
            refused = feed.failures >= REFUSED
            conditional = not refused and (feed.polls == 0 or self._app.rnd() >= UNCONDITIONAL_SHARE)
            source = source_for(feed.source, self._app.settings)
            request = source.request(feed, conditional=conditional)
            answer = await self._fetch.ask(source, request)
            self._outage.heard(host_of(feed.url), reached=True, at=self._app.clock())
            if answer.status == 304 and not VALIDATORS & request.headers.keys():
                return await self._failed(feed, feed_state.NOT_ASKED, answer, began)
            return await self._answered(feed, source, answer, began)
        except (TimedOut, ConnectionFailed) as error:
            return await self._unreachable(feed, error.why, answer, began)
        except (FetchError, ReadingError) as error:
            return await self._failed(feed, error.why, answer, began)

    async def _answered(self, feed: Feed, source: Source, answer: Answer, began: datetime) -> PollOutcome:
        if answer.status == 304:
            return await self._unchanged(feed, answer, began)
        if answer.status == 410:
            return await self._gone(feed, began)
        if answer.status not in (200, CHANGED_ON_ITS_WAY, DELTA):
            return await self._failed(feed, feed_state.status_words(answer.status), answer, began)
        body_digest = sha256(answer.body).hexdigest()
        if body_digest == feed.body_digest:
            return await self._unchanged(feed, answer, began)
        try:
            return await self._changed(feed, source, answer, body_digest, began, await self._seen(feed))
        except StaleEntries:
            return await self._changed(feed, source, answer, body_digest, began, frozenset())

    async def _changed(
        self, feed: Feed, source: Source, answer: Answer, body_digest: str, began: datetime, seen: frozenset[int]
    ) -> PollOutcome:
        """A document that differs from the one before. ``seen`` are that one's entries, which are not read again."""
        skim = await self._fetch.parse(feed, source, answer, seen)
        delta = answer.status == DELTA
        reading = replace(skim.reading, partial=delta)
        if not reading.entries and not delta and await self._app.store.aread(lambda reads: reads.has_keys(feed.id)):
            # A silent death: no validator is kept, so that the next poll asks in full.
            return await self._emptied(feed, answer, began)
        paged = await self._fetch.with_earlier(feed, source, reading)
        prints = seen | skim.prints if delta else skim.prints  # beside a delta, what stood there still stands
        outcome = await self._read(feed, answer, paged, body_digest, began, frozenset() if prints == seen else prints)
        self._prints.keep(feed.id, prints)
        return outcome

    async def _seen(self, feed: Feed) -> frozenset[int]:
        """The entries of the last document, as this process remembers them or the one before wrote them down."""
        found = self._prints.get(feed.id)
        if found is None and feed.baseline_done:
            found = await self._app.store.aread(lambda reads: reads.prints(feed.id))
        return found or frozenset()

    async def _sift(self, feed: Feed, reading: Reading, now: datetime, going: Going) -> tuple[Sifted, dict[StoryId, Verdict]]:
        within = copy_context().run  # the poll's span and what is bound to the log, as asyncio.to_thread hands them on
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, within, self._record.sift, feed, reading, now, going)

    async def _read(
        self, feed: Feed, answer: Answer, paged: Paged, body_digest: str, began: datetime, prints: frozenset[int]
    ) -> PollOutcome:
        """Write what a document brought, with its validators, in one transaction."""
        with until_cancelled() as going:
            return await self._concluded(feed, answer, paged, body_digest, began, prints, going)

    async def _concluded(
        self, feed: Feed, answer: Answer, paged: Paged, body_digest: str, began: datetime, prints: frozenset[int], going: Going
    ) -> PollOutcome:
        now, store, reading = self._app.clock(), self._app.store, paged.reading
        sifted, verdicts = await self._sift(feed, reading, now, going)
        if self._second is not None and feed.baseline_done:  # a first poll alerts nothing: no question is spent on it
            plan = await self._app.store.aread(lambda reads: plan_of(reads, feed, reading, now, sifted))
            verdicts |= await self._second.review(plan.to_classify, verdicts)
        read = Document(
            answer=answer, reading=reading, body_digest=body_digest, sifted=sifted, prints=prints, failed=paged.failed
        )
        rnd = self._app.rnd()
        result, outcome = await store.atransact(
            lambda tx: self._record.conclude(tx, feed, read, began, now, rnd, verdicts, going)
        )
        self._record.tell(feed, result)
        if result.deliveries:
            self._on_deliveries()
        return outcome

    async def pushed(self, feed: Feed, answer: Answer) -> PollOutcome:
        """Read and write what a hub pushed. Raises ReadingError. It changes no validator and no schedule."""
        skim = await self._fetch.parse(feed, source_for(feed.source, self._app.settings), answer)
        reading = replace(skim.reading, partial=True)
        now, store = self._app.clock(), self._app.store
        with until_cancelled() as going:
            sifted, verdicts = await self._sift(feed, reading, now, going)
            result, outcome = await store.atransact(
                lambda tx: self._record.pushed(tx, feed, reading, now, sifted, verdicts, going)
            )
        self._record.tell(feed, result)
        self.outcomes["pushed"] += 1
        if result.deliveries:
            self._on_deliveries()
        return outcome

    # -- the other ends of a poll

    async def _unchanged(self, feed: Feed, answer: Answer, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = feed_state.succeeded(feed, answer, None, now=now, settings=self._polling, rnd=self._app.rnd())
        if answer.status != 304:  # the same body under new validators: with the old ones it would be sent at every poll
            after = feed_state.validated(after, answer)
        first_today = feed.last_checked is None or feed.last_checked.date() != now.date()
        refresh = feed.last_checked - KEYS_STAY if first_today and feed.last_checked else None
        outcome = PollOutcome(feed=after, kind="unchanged", status=answer.status, why=after.last_error)
        return await self._save(feed, outcome, began, now, refresh_since=refresh)

    async def _emptied(self, feed: Feed, answer: Answer, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = feed_state.emptied(feed, answer, now=now, settings=self._polling, rnd=self._app.rnd())
        return await self._save(feed, PollOutcome(feed=after, kind="failed", why=after.last_error, status=200), began, now)

    async def _gone(self, feed: Feed, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = feed_state.gone(feed, now=now)
        return await self._save(feed, PollOutcome(feed=after, kind="gone", why=after.last_error, status=410), began, now)

    async def _failed(self, feed: Feed, why: str, answer: Answer | None, began: datetime) -> PollOutcome:
        now = self._app.clock()
        after = feed_state.failed(feed, why, answer, now=now, settings=self._polling, rnd=self._app.rnd())
        status = answer.status if answer else None
        outcome = PollOutcome(feed=after, kind="failed", why=why, status=status)
        return await self._save(feed, outcome, began, now, busy=answer)

    async def _unreachable(self, feed: Feed, why: str, answer: Answer | None, began: datetime) -> PollOutcome:
        """A line that failed: the publisher's fault, unless most lines fail."""
        now = self._app.clock()
        if not feed.failures:
            self._outage.heard(host_of(feed.url), reached=False, at=now)
        if self._outage.ours(now):
            await self._take_back(now)
            after = feed_state.spared(feed, now=now, settings=self._polling, rnd=self._app.rnd())
            return await self._save(
                feed, PollOutcome(feed=after, kind="failed", why=f"{why}; {feed_state.OUR_NETWORK}"), began, now
            )
        outcome = await self._failed(feed, why, answer, began)
        self._blamed = [*self._blamed[-49:], (feed, outcome.feed)]
        if self._outage.ours(self._app.clock()):  # it became clear while this was written
            await self._take_back(now)
        return outcome

    async def _take_back(self, now: datetime) -> None:
        """Feeds blamed before it was clear that the network is ours to blame: as if nothing had been said."""
        blamed, self._blamed = self._blamed, []
        if not blamed:
            return
        self._log.warning("most hosts cannot be reached: it is our network", feeds=len(blamed))

        def work(tx: Transaction) -> None:
            for before, after in blamed:
                stored = tx.feed(before.id)
                if stored is not None and (stored.polls, stored.state, stored.url) == (after.polls, after.state, after.url):
                    spared = feed_state.spared(before, now=now, settings=self._polling, rnd=self._app.rnd())
                    tx.save_polled(replace(spared, polls=stored.polls))

        await self._app.store.atransact(work)

    async def _save(
        self,
        before: Feed,
        outcome: PollOutcome,
        began: datetime,
        now: datetime,
        *,
        refresh_since: datetime | None = None,
        busy: Answer | None = None,
    ) -> PollOutcome:
        def work(tx: Transaction) -> PollOutcome:
            if refresh_since is not None:
                tx.refresh_keys(before.id, now, refresh_since)
            if busy is not None:
                spread_rest(tx, before, busy, now, self._app.rnd)
            return self._record.save(tx, before, outcome, now, (now - began).total_seconds())

        return await self._app.store.atransact(work, beside=True)
