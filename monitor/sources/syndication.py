"""``syndication``: RSS, RDF and Atom; a JSON Feed served at such an address is read as what it is."""

from __future__ import annotations

from collections.abc import Container

from monitor.interfaces import Skim
from monitor.sources.common import is_json, refuse_page
from monitor.sources.documents import Documents
from monitor.sources.json_reader import read_json
from monitor.sources.lean_reader import skim_xml


class Syndication(Documents):
    """The default source."""

    name = "syndication"

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        refuse_page(body)
        if is_json(body):
            return Skim(reading=read_json(body, url=url, max_entries=self._max_entries))
        return skim_xml(body, url=url, content_type=content_type, max_entries=self._max_entries, seen=seen)
