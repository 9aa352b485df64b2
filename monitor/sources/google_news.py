"""``google_news``: links are opaque redirects, so title and outlet are what identifies; the outlet is taken off the title.

Google News writes "Headline - Outlet" and ``<source url="https://outlet">Outlet</source>``; its descriptions repeat the
headline with links and are no summary.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from monitor.ids import digest
from monitor.interfaces import Entry, Reading, Skim
from monitor.settings.schema import Settings
from monitor.sources.common import Polled, refuse_page
from monitor.sources.lean_reader import skim_xml
from monitor.sources.xml_reader import read_xml
from monitor.text import fold, repeats, split_outlet


class GoogleNews(Polled):
    name = "google_news"

    def __init__(self, settings: Settings) -> None:
        self._max_entries = settings.polling.max_entries

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        """In full: what names an entry is made of its words."""
        refuse_page(body)
        skim = skim_xml(body, url=url, content_type=content_type, max_entries=self._max_entries)
        return None if skim is None else Skim(reading=_tidied(skim.reading))

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        skim = self.skim(body, url=url, content_type=content_type)
        if skim is not None:
            return skim.reading
        return _tidied(read_xml(body, url=url, content_type=content_type, max_entries=self._max_entries))


def _tidied(reading: Reading) -> Reading:
    return replace(reading, entries=tuple(_tidy(entry) for entry in reading.entries))


def _tidy(entry: Entry) -> Entry:
    outlet, title = entry.outlet, entry.title
    if outlet and title.endswith(outlet):
        title = title.removesuffix(outlet).rstrip(" -–—|")
    elif not outlet:
        title, outlet = split_outlet(title)
    summary = "" if repeats(entry.summary, title, outlet) else entry.summary
    title = title or entry.title
    # One story comes under several opaque addresses, which also change: title and outlet are what names it.
    name = digest("google news", fold(title), fold(outlet))
    return replace(entry, id=name, title=title, outlet=outlet, summary=summary)
