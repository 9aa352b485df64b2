"""Which feeds a web page names: for an address that turned out to be a page. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from monitor.text import plain
from monitor.urls import absolute

LOOKED_AT = 500_000  # bytes of a page; its links stand in the head
_LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.I)
_BASE = re.compile(r"<base\b([^<>]{1,2000})>", re.I)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]{1,40})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed a page names: its absolute address, the page's words for it, and its media type."""

    url: str
    title: str = ""
    type: str = ""


def feeds_of_page(body: bytes, *, url: str) -> tuple[FoundFeed, ...]:
    """The feeds that the page at ``url`` names by ``<link rel="alternate">``, in its order, each address once."""
    page = body[:LOOKED_AT].decode("utf-8", "replace")
    base_tag = _BASE.search(page)
    base = absolute(_attributes(base_tag[1]).get("href", ""), url) or url if base_tag else url
    found: dict[str, FoundFeed] = {}
    for link in _LINK.finditer(page):
        said = _attributes(link[1])
        kind = said.get("type", "").partition(";")[0].strip().lower()
        address = absolute(said.get("href", ""), base)
        if address and kind in _TYPES and "alternate" in said.get("rel", "").lower().split():
            found.setdefault(address, FoundFeed(url=address, title=plain(said.get("title", ""), 200), type=kind))
    return tuple(found.values())


def _attributes(inside: str) -> dict[str, str]:
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(inside)}
