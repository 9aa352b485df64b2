"""The documents of a feed: asked for within their source's budget, read by the tier that suits, and back to what is known."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

from monitor import feed_state
from monitor import log as logging
from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.errors import FetchError, HostileDocument, ReadingError
from monitor.interfaces import Answer, Reading, Skim, Source
from monitor.model import Feed
from monitor.naming import name_entries, rung_of
from monitor.polling.poll_record import FailedPage, plan_of
from monitor.polling.reading_worker import ReadingWorker
from monitor.store import Reads

INLINE = 500_000  # bytes of a document read on the event loop: under 10 ms
MAX_PAGES = 10  # asked backwards after entries were missed, where a source can


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """A document with the pages before it that were read; ``failed`` is the one that could not be, None where there is none."""

    reading: Reading
    failed: FailedPage | None = None


class Fetcher:
    """What a poll asks of a publisher, and what the answers hold. It writes nothing."""

    def __init__(self, app: App, client: HttpClient, worker: ReadingWorker) -> None:
        self._app, self._client, self._worker = app, client, worker
        self._log = logging.get(part="collect")
        self.tiers: Counter[str] = Counter()  # documents read on the loop (lean), and in the process that can be killed (worker)

    async def ask(self, source: Source, request: httpx.Request) -> Answer:
        """Send a request of ``source``, within the budget it has over all processes. Raises FetchError."""
        if source.budget is not None:
            name, per_second = source.budget
            now = self._app.clock()
            at = await self._app.store.atransact(lambda tx: tx.reserve(name, per_second, now), beside=True)
            await asyncio.sleep((at - now).total_seconds())
        return await self._client.send(request, max_body=self._app.settings.polling.max_body)

    async def parse(self, feed: Feed, source: Source, answer: Answer, seen: frozenset[int] = frozenset()) -> Skim:
        """By the first tier where it is certain and the document small, else in the process that can be killed. Raises
        ReadingError."""
        url, kind = answer.url or feed.url, answer.headers.get("content-type", "")
        if len(answer.body) <= INLINE:
            skim = source.skim(answer.body, url=url, content_type=kind, seen=seen)
            if skim is not None:
                self.tiers["lean"] += 1
                return skim
        self.tiers["worker"] += 1
        try:
            return Skim(reading=await self._worker.parse(feed.source, answer.body, url=url, content_type=kind))
        except HostileDocument as error:
            self._log.warning("hostile document", feed_id=feed.id, feed=feed.name, why=error.why, lost=self._worker.killed)
            raise

    async def with_earlier(self, feed: Feed, source: Source, reading: Reading) -> Paged:
        """``reading`` with the pages before it, as far back as entries were missed, where the source has pages.

        A page that fails ends it: what was read until then is given, with the page.
        """
        since = self._missed_since(feed)
        for page, request in _earlier(feed, source):
            if not await self._missed(feed, reading, since):
                break
            more = await self._page(feed, source, request)
            if isinstance(more, FailedPage):
                told = {"feed_id": feed.id, "feed": feed.name, "url": more.url, "why": more.why}
                self._log.warning("a page of the feed failed: what stands behind it is asked for again", **told)
                return Paged(reading=reading, failed=more)
            if not more.entries:
                break
            self._log.info("paging back", feed_id=feed.id, feed=feed.name, page=page, entries=len(more.entries))
            reading = replace(reading, entries=reading.entries + more.entries)
        return Paged(reading=reading)

    async def _page(self, feed: Feed, source: Source, request: httpx.Request) -> Reading | FailedPage:
        url, answer = str(request.url), None
        try:
            answer = await self.ask(source, request)
            if answer.status != 200:
                return FailedPage(url=url, why=feed_state.status_words(answer.status), answer=answer)
            return (await self.parse(feed, source, answer)).reading
        except (FetchError, ReadingError) as error:
            return FailedPage(url=url, why=error.why, answer=answer)

    def _missed_since(self, feed: Feed) -> datetime | None:
        since = feed_state.missed_since(feed, now=self._app.clock(), max_age=self._app.settings.alerting.max_age)
        if since != feed.missed_since:
            told = {"feed_id": feed.id, "feed": feed.name, "since": str(feed.missed_since)}
            self._log.warning("entries that were missed are given up: the page before them failed too long", **told)
        return since

    async def _missed(self, feed: Feed, reading: Reading, since: datetime | None) -> bool:
        """Were entries missed, so that an earlier page may hold them? ``since``: when a page failed that is to be reached."""
        if not feed.baseline_done:
            return False
        store, now = self._app.store, self._app.clock()

        def work(reads: Reads) -> bool:
            if since is None:
                return plan_of(reads, feed, reading, now).overlap == 0
            return not _reaches(reads, feed, reading, since)

        return await store.aread(work)


def _earlier(feed: Feed, source: Source) -> Iterator[tuple[int, httpx.Request]]:
    """The pages before a feed's newest entries by their numbers, as far back as is asked at most."""
    for page in range(1, MAX_PAGES + 1):
        request = source.earlier(feed, page)
        if request is None:
            return
        yield page, request


def _reaches(reads: Reads, feed: Feed, reading: Reading, since: datetime) -> bool:
    """Does ``reading`` hold an entry that was known before ``since``? What was stored from then on stands before the gap."""
    named = name_entries(reading.entries, rung_of(reading.entries, feed.rung))
    return any(key.last_seen < since for key in reads.known_keys(feed.id, [n.key for n in named]).values())
