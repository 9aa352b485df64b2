"""``syndication``: RSS, RDF and Atom; a JSON Feed served at such an address is read as what it is."""

from __future__ import annotations

from monitor.interfaces import Reading
from monitor.settings.schema import Settings
from monitor.sources.common import Polled, is_json, refuse_page
from monitor.sources.json_reader import read_json
from monitor.sources.xml_reader import read_xml


class Syndication(Polled):
    """The default source."""

    name = "syndication"

    def __init__(self, settings: Settings) -> None:
        self._max_entries = settings.polling.max_entries

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        refuse_page(body)
        if is_json(body):
            return read_json(body, url=url, max_entries=self._max_entries)
        return read_xml(body, url=url, content_type=content_type, max_entries=self._max_entries)
