"""What sources of XML share: the lean reader is asked first, and what it leaves is read whole."""

from __future__ import annotations

from collections.abc import Container

from monitor.interfaces import Reading, Skim
from monitor.settings.schema import Settings
from monitor.sources.common import Polled, refuse_page
from monitor.sources.lean_reader import skim_xml
from monitor.sources.xml_reader import read_xml


class Documents(Polled):
    """A source of XML documents, which says in ``skim`` how the first tier reads them."""

    def __init__(self, settings: Settings) -> None:
        self._max_entries = settings.polling.max_entries

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        skim = self.skim(body, url=url, content_type=content_type)
        if skim is not None:
            return skim.reading
        return self.tidied(read_xml(body, url=url, content_type=content_type, max_entries=self._max_entries))

    def tidied(self, reading: Reading) -> Reading:
        """What was read, as this source means it."""
        return reading


class Tidied(Documents):
    """A source whose entries are named by their words: each is read in full, and then ``tidied``."""

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        refuse_page(body)
        skim = skim_xml(body, url=url, content_type=content_type, max_entries=self._max_entries)
        return None if skim is None else Skim(reading=self.tidied(skim.reading))
