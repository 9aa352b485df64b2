"""``jsonfeed``: JSON Feed 1.0 and 1.1."""

from __future__ import annotations

from collections.abc import Container

import httpx

from monitor.interfaces import Reading, Skim
from monitor.model import Feed
from monitor.settings.schema import Settings
from monitor.sources.common import Polled, poll_request, refuse_page
from monitor.sources.json_reader import read_json


class JsonFeed(Polled):
    name = "jsonfeed"

    def __init__(self, settings: Settings) -> None:
        self._max_entries = settings.polling.max_entries

    def request(self, feed: Feed, *, conditional: bool = True) -> httpx.Request:
        return poll_request(feed, conditional=conditional, accept="application/feed+json, application/json;q=0.9")

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        return Skim(reading=self.parse(body, url=url, content_type=content_type))

    def parse(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        refuse_page(body)
        return read_json(body, url=url, max_entries=self._max_entries)
