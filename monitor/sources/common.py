"""What the members of the source registry share: the polling request, and telling a feed from a web page."""

from __future__ import annotations

import re

import httpx

from monitor.errors import ReadingError
from monitor.model import Feed
from monitor.text import plain, shorten

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.8, */*;q=0.5"
TITLE_LIMIT = 1000  # characters kept of a title
SUMMARY_LIMIT = 4000  # and of a summary
_PAGE = re.compile(rb"^\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html\b)", re.I | re.S)
_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,300}?)</title", re.I | re.S)
_CHALLENGE = re.compile(
    rb"just a moment|checking your browser|verify you are (?:a )?human|captcha|access denied|enable javascript", re.I
)


def poll_request(feed: Feed, *, conditional: bool, accept: str = ACCEPT) -> httpx.Request:
    """A GET with both validators exactly as they were sent. ``A-IM: feed`` invites a delta (RFC 3229)."""
    headers = {"accept": accept, "a-im": "feed"}
    if conditional and feed.etag:
        headers["if-none-match"] = feed.etag
    if conditional and feed.last_modified:
        headers["if-modified-since"] = feed.last_modified
    return httpx.Request("GET", feed.url, headers=headers)


def refuse_page(body: bytes) -> None:
    """Raise ReadingError where ``body`` is a web page, with its title and whether it looks like a bot challenge."""
    head = body[:8192].removeprefix(b"\xef\xbb\xbf")
    if not head.strip():
        raise ReadingError("an empty answer")
    if not _PAGE.match(head):
        return
    found = _TITLE.search(head)
    title = shorten(plain(found[1].decode("utf-8", "replace")), 80) if found else ""
    kind = "a bot challenge" if _CHALLENGE.search(head) else "a web page"
    raise ReadingError(f"{kind}, not a feed" + (f": “{title}”" if title else ""))


def is_json(body: bytes) -> bool:
    return body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
