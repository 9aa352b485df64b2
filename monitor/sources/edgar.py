"""``edgar``: the SEC's current reports (form 8-K), of which item 5.02 is a change of directors or officers by definition.

The address is EDGAR's ``browse-edgar?action=getcurrent&type=8-K&output=atom``, or ``action=getcompany&CIK=…`` for one
company. Every filing is remembered, so that a missed one is noticed; those of item 5.02 become stories. The SEC asks for
a contact in the User-Agent and at most ten requests a second, counted here over all processes on one database.
"""

from __future__ import annotations

import re
from dataclasses import replace

import httpx

from monitor.errors import ReadingError
from monitor.filings import CHANGE_OF_OFFICERS, OUTLET, title_of
from monitor.interfaces import Entry, Reading
from monitor.model import Feed
from monitor.settings.schema import Settings
from monitor.sources.common import poll_request
from monitor.sources.documents import Tidied

PER_SECOND = 10.0  # https://www.sec.gov/os/accessing-edgar-data
PAGE = 100  # entries, where the address names no count
_TITLE = re.compile(r"(?P<form>\S+) - (?P<company>.+?) \((?P<cik>\d{4,10})\)(?: \((?P<role>[^)]+)\))?")
_ITEM = re.compile(r"\bItem (\d+\.\d\d)\b")
_ACCESSION = re.compile(r"\d{10}-\d\d-\d{6}")


class Edgar(Tidied):
    name = "edgar"
    budget: tuple[str, float] | None = ("sec.gov", PER_SECOND)

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._contact = settings.polling.contact

    def request(self, feed: Feed, *, conditional: bool = True) -> httpx.Request:
        """Raises ReadingError where the settings give no contact: the SEC refuses such a request, so it is not sent."""
        if not self._contact:
            raise ReadingError("EDGAR requires a contact: set polling.contact to an e-mail address")
        return poll_request(feed, conditional=conditional)

    def earlier(self, feed: Feed, page: int) -> httpx.Request | None:
        """EDGAR pages with ``start=``, the number of entries to leave out."""
        url = httpx.URL(feed.url)
        count = url.params.get("count", "")
        size = int(count) if count.isascii() and count.isdigit() and 0 < int(count) <= PAGE else PAGE
        paged = url.copy_set_param("start", str(page * size)).copy_set_param("count", str(size))
        return self.request(replace(feed, url=str(paged)), conditional=False)

    def tidied(self, reading: Reading) -> Reading:
        # A filing of several companies is listed once for each: the first is the one that files.
        filings: dict[str, Entry] = {}
        for entry in map(_filing, reading.entries):
            filings.setdefault(entry.id, entry)
        return replace(reading, entries=tuple(filings.values()))


def _filing(entry: Entry) -> Entry:
    """An entry named by its accession number; a story where it reports a change of officers."""
    accession = _ACCESSION.search(entry.id) or _ACCESSION.search(entry.summary) or _ACCESSION.search(entry.link)
    entry = replace(entry, id=accession[0] if accession else entry.id, outlet=OUTLET)
    told = _TITLE.fullmatch(entry.title)
    if told is None or CHANGE_OF_OFFICERS not in _ITEM.findall(entry.summary):
        return replace(entry, wanted=False)
    return replace(entry, title=title_of(told["company"], told["form"]))
