"""A web page as a story: its title and summary as the page itself gives them to whoever links to it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from monitor.errors import ReadingError
from monitor.sources.common import SUMMARY_LIMIT, TITLE_LIMIT
from monitor.text import plain

LOOKED_AT = 1_000_000  # bytes of a page; what it says of itself stands in the head
_CHARSET = re.compile(r"""charset\s{0,5}=\s{0,5}["']?([\w.:-]{2,40})""", re.I)
_TITLES = ("og:title", "twitter:title")
_SUMMARIES = ("og:description", "twitter:description", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What a page says of itself, markup off; ``outlet`` and ``summary`` may be empty."""

    title: str
    summary: str = ""
    outlet: str = ""


def words_of_page(body: bytes, *, content_type: str = "") -> PageWords:
    """Title and summary of an HTML page: Open Graph first, then what browsers and search engines read.

    Raises ReadingError where the document is no HTML page or names no title.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind and "html" not in kind:
        raise ReadingError(f"no web page: its type is {kind}")
    tree = LexborHTMLParser(_decoded(body[:LOOKED_AT], content_type))
    said: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").lower()
        said.setdefault(name, plain(node.attributes.get("content") or ""))
    own = tree.css_first("title")
    title = _first(said, _TITLES) or (plain(own.text()) if own is not None else "")
    if not title:
        raise ReadingError("a web page that names no title")
    summary = _first(said, _SUMMARIES)
    return PageWords(title=title[:TITLE_LIMIT], summary=summary[:SUMMARY_LIMIT], outlet=said.get("og:site_name", ""))


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _decoded(body: bytes, content_type: str) -> str:
    """Text by the coding the answer names, else the page, else UTF-8; what does not fit is replaced."""
    found = _CHARSET.search(content_type) or _CHARSET.search(body[:2048].decode("ascii", "replace"))
    try:
        return body.decode(found[1] if found else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
