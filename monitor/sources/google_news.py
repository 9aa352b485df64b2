"""``google_news``: links are opaque redirects, so the outlet is what identifies: it is kept and taken off the title.

Google News writes "Headline - Outlet" and ``<source url="https://outlet">Outlet</source>``; its descriptions repeat the
headline with links and are no summary.
"""

from __future__ import annotations

from dataclasses import replace

import httpx

from monitor.interfaces import Entry, Reading
from monitor.model import Feed
from monitor.settings.schema import Settings
from monitor.sources.common import poll_request, refuse_page
from monitor.sources.xml_reader import read_xml
from monitor.text import split_outlet, words


class GoogleNews:
    name = "google_news"

    def __init__(self, settings: Settings) -> None:
        self._max_entries = settings.polling.max_entries

    def request(self, feed: Feed, *, conditional: bool = True) -> httpx.Request:
        return poll_request(feed, conditional=conditional)

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        refuse_page(body)
        reading = read_xml(body, url=url, content_type=content_type, max_entries=self._max_entries)
        return replace(reading, entries=tuple(_tidy(entry) for entry in reading.entries))


def _tidy(entry: Entry) -> Entry:
    outlet, title = entry.outlet, entry.title
    if outlet and title.endswith(outlet):
        title = title.removesuffix(outlet).rstrip(" -–—|")
    elif not outlet:
        title, outlet = split_outlet(title)
    said = set(words(title))
    repeats = set(words(entry.summary)) <= said | set(words(outlet)) if said else False
    return replace(entry, title=title or entry.title, outlet=outlet, summary="" if repeats else entry.summary)
