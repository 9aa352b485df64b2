"""What the members of the source registry share: the polling request, and telling a feed from a web page."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Container

import httpx

from monitor.errors import ReadingError
from monitor.interfaces import Skim
from monitor.model import Feed
from monitor.text import plain, shorten

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, */*;q=0.5"
TITLE_LIMIT = 1000  # characters kept of a title
SUMMARY_LIMIT = 4000  # and of a summary
_LEAD = re.compile(rb"(?:\s+|<\?xml[^>]{0,200}>|<!--.{0,4000}?-->)*+", re.S)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta|title|div|iframe)\b", re.I)
_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,300}?)</title", re.I | re.S)
_CHALLENGE = re.compile(
    rb"just a moment|checking your browser|verify you are (?:a )?human|captcha|access denied|enable javascript", re.I
)


def poll_request(feed: Feed, *, conditional: bool, accept: str = ACCEPT) -> httpx.Request:
    """A GET with both validators exactly as they were sent. ``A-IM: feed`` invites a delta (RFC 3229)."""
    headers = {b"accept": accept.encode(), b"a-im": b"feed"}
    if conditional and feed.etag:
        headers[b"if-none-match"] = feed.etag.encode()
    if conditional and feed.last_modified:
        headers[b"if-modified-since"] = feed.last_modified.encode()
    return httpx.Request("GET", feed.url, headers=headers)


_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 30 * 86400, "yearly": 365 * 86400}


def ttl_of(ttl: str, period: str, frequency: str) -> float | None:
    """The longer of <ttl> (minutes) and sy:updatePeriod / updateFrequency, in seconds; None where neither says anything."""
    waits, ttl, frequency = [], ttl.strip(), frequency.strip() or "1"
    if ttl.isascii() and ttl.isdigit():
        waits.append(60.0 * int(ttl[:9]))
    if seconds := _PERIODS.get(period.strip().lower()):
        counted = frequency.isascii() and frequency.isdigit()
        waits.append(seconds / max(int(frequency[:6]), 1) if counted else float(seconds))
    return max(waits) if waits else None


class Polled:
    """What most sources share: one document at one address, polled with its validators. The base of a new source."""

    budget: tuple[str, float] | None = None

    def request(self, feed: Feed, *, conditional: bool = True) -> httpx.Request:
        return poll_request(feed, conditional=conditional)

    def earlier(self, feed: Feed, page: int) -> httpx.Request | None:
        return None

    def skim(self, body: bytes, *, url: str, content_type: str = "", seen: Container[int] = frozenset()) -> Skim | None:
        return None


def refuse_page(body: bytes) -> None:
    """Raise ReadingError where ``body`` is a web page, with its title and whether it looks like a bot challenge."""
    head = body[:8192].removeprefix(BOM_UTF8)
    if not head.strip():
        raise ReadingError("an empty answer")
    if not _PAGE.match(head, _end_of_lead(head)):
        return
    found = _TITLE.search(head)
    title = shorten(plain(found[1].decode("utf-8", "replace")), 80) if found else ""
    kind = "a web page that looks like a bot challenge" if _CHALLENGE.search(head) else "a web page"
    raise ReadingError(f"{kind}, not a feed" + (f": “{title}”" if title else ""))


def _end_of_lead(head: bytes) -> int:
    """Where the first element begins: after white space, an XML declaration and comments."""
    found = _LEAD.match(head)
    return found.end() if found else 0


def is_json(body: bytes) -> bool:
    """Does the document begin like a JSON object?"""
    return body[:64].removeprefix(BOM_UTF8).lstrip()[:1] == b"{"
