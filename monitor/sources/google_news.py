"""``google_news``: links are opaque redirects, so title and outlet are what identifies; the outlet is taken off the title.

Google News writes "Headline - Outlet" and ``<source url="https://outlet">Outlet</source>``; its descriptions repeat the
headline with links and are no summary.
"""

from __future__ import annotations

from dataclasses import replace

from monitor.ids import digest
from monitor.interfaces import Entry, Reading
from monitor.sources.documents import Tidied
from monitor.text import fold, repeats, split_outlet


class GoogleNews(Tidied):
    name = "google_news"

    def tidied(self, reading: Reading) -> Reading:
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
