"""Looking at an address or a document without storing anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor import feed_state
from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.errors import ReadingError
from monitor.interfaces import Answer, Reading
from monitor.model import Feed, FeedId
from monitor.polling.hubs import named
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.sources import source_for
from monitor.sources.discovery import FoundFeed, feeds_of_page
from monitor.urls import without_login


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
    """What an address holds, and when it would be asked again. ``url`` is where it answered, after redirects.

    ``feed_url`` is the address to poll: the one given, or the feed that its page names; ``others`` are further feeds of it.
    """

    reading: Reading
    url: str
    feed_url: str
    next_check: datetime
    others: tuple[FoundFeed, ...] = ()
    hub: str = ""


async def look(app: App, url: str, source: str = "syndication") -> Looked:
    """Ask an address once, and where it is a page the feed that the page names; nothing is stored.

    Raises FetchError or ReadingError with the reason.
    """
    client = app.client()
    try:
        answer = await _ask(app, client, url, source)
        try:
            return await _looked(app, url, answer, source)
        except ReadingError as error:
            page = feeds_of_page(answer.body, url=answer.url or url)
            if not page:
                raise ReadingError(f"{without_login(url)}: {error.why}") from error
        found = await _looked(app, page[0].url, await _ask(app, client, page[0].url, source), source)
        return replace(found, others=page[1:])
    finally:
        await client.close()


def _feed(url: str, source: str) -> Feed:
    """As if the address were polled already."""
    return Feed(id=FeedId("looked at"), name=url, url=url, source=source)


async def _ask(app: App, client: HttpClient, url: str, source: str) -> Answer:
    answer = await client.send(source_for(source, app.settings).request(_feed(url, source), conditional=False))
    if answer.status != 200:
        raise ReadingError(f"{without_login(url)}: {feed_state.status_words(answer.status)}")
    return answer


async def _looked(app: App, url: str, answer: Answer, source: str) -> Looked:
    reading = await parse_document(app.settings, answer.body, url=answer.url, source=source)
    feed = _feed(url, source)
    after = feed_state.succeeded(feed, answer, reading, now=app.clock(), settings=app.settings.polling, rnd=0.5)
    hub, _ = named(answer, reading, url)
    next_check = after.next_check or app.clock()
    return Looked(reading=reading, url=answer.url or url, feed_url=url, next_check=next_check, hub=hub)
