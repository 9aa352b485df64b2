"""Looking at an address or a document without storing anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor import feed_state
from monitor.app import App
from monitor.errors import ReadingError
from monitor.interfaces import Reading
from monitor.model import Feed, FeedId
from monitor.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.sources import source_for


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
