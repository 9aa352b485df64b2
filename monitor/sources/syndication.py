"""``syndication``: RSS, RDF and Atom; a JSON Feed served at such an address is read as what it is."""

from __future__ import annotations

from collections.abc import Container

from monitor.interfaces import Reading, Skim
from monitor.settings.schema import Settings
from monitor.sources.common import Polled, is_json, refuse_page
from monitor.sources.json_reader import read_json
from monitor.sources.lean_reader import skim_xml
from monitor.sources.xml_reader import read_xml


class Syndication(Polled):
    """The default source."""

    name = "syndication"

    def __init__(self, settings: Settings) -> None:
        self._max_entries = settings.polling.max_entries

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        refuse_page(body)
        if is_json(body):
            return Skim(reading=read_json(body, url=url, max_entries=self._max_entries))
        return skim_xml(body, url=url, content_type=content_type, max_entries=self._max_entries, seen=seen)

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        skim = self.skim(body, url=url, content_type=content_type)
        if skim is not None:
            return skim.reading
        return read_xml(body, url=url, content_type=content_type, max_entries=self._max_entries)
