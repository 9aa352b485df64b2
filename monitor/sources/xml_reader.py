"""RSS 0.9x to 2.0, RDF and Atom through feedparser, after the document was counted."""

from __future__ import annotations

import calendar
import io
from datetime import UTC, datetime
from time import struct_time
from typing import Any

from monitor.errors import ReadingError
from monitor.interfaces import Entry, Reading
from monitor.sources.common import SUMMARY_LIMIT, TITLE_LIMIT, ttl_of
from monitor.sources.newest import newest, told
from monitor.sources.xml_guard import Survey, charset_of, says_its_encoding, survey, unwidened
from monitor.text import plain, shorten
from monitor.urls import absolute


def read_xml(body: bytes, *, url: str, content_type: str, max_entries: int) -> Reading:
    """Raises HostileDocument where a cap is passed and ReadingError where there is no feed in ``body``."""
    body = unwidened(body)
    charset = "" if says_its_encoding(body) else charset_of(content_type)
    counted = survey(body, max_entries=max_entries, charset=charset)
    if counted.well_formed and counted.root.rpartition(":")[2] == "html":
        raise ReadingError("a web page, not a feed")
    parsed = _feedparser(counted.body, url, charset)
    entries = parsed.entries[:-1] if counted.torn else parsed.entries  # (half an entry is known by other names than the whole)
    if not parsed.version and not entries:
        raise ReadingError(_why_not(counted))
    if not entries and not counted.well_formed:
        raise ReadingError(f"the feed is damaged and holds no entry that can be read ({counted.error})")
    feed = parsed.feed
    home = absolute(feed.get("link") or "", url)
    return Reading(
        title=plain(feed.get("title") or "", TITLE_LIMIT),
        link=home,
        format=parsed.version or "unknown",
        entries=tuple(_entry(entries[n], home or url) for n in newest([_date(e) for e in entries], max_entries)),
        warnings=tuple(_warnings(counted, len(entries), max_entries)),
        ends_early=counted.ends_early,
        ttl_seconds=ttl_of(*(str(feed.get(name) or "") for name in ("ttl", "sy_updateperiod", "sy_updatefrequency"))),
        skip_hours=frozenset(counted.skip_hours),
        skip_days=frozenset(counted.skip_days),
        topic=next((x["href"] for x in feed.get("links", ()) if x.get("rel") == "self" and x.get("href")), ""),
        hubs=tuple(x["href"] for x in feed.get("links", ()) if x.get("rel") == "hub" and x.get("href")),
    )


def _feedparser(body: bytes, url: str, charset: str) -> Any:
    """The document through feedparser. Always as application/xml, so that it decides by BOM, declaration, then UTF-8.

    Without a content type it would take an undeclared encoding for ISO 8859-1, with text/xml for ASCII.
    """
    # It costs 25 ms of start-up and 6 MB, and only the process that reads what is doubtful needs it.
    import feedparser  # noqa: PLC0415

    headers = {"content-location": url, "content-type": "application/xml" + (f"; charset={charset}" if charset else "")}
    try:
        # BytesIO: given bytes that happen to be a path, feedparser opens the file. Markup is taken off by us.
        return feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Its parsers meet documents nobody foresaw; whatever they trip over, it is this document that cannot be read.
        raise ReadingError(f"the document cannot be read ({type(error).__name__}: {error})") from error


def _why_not(counted: Survey) -> str:
    if counted.root and counted.well_formed:
        return f"XML, but no feed: its root element is <{counted.root[:40]}>"
    start = plain(counted.body[:200].decode("utf-8", "replace"), 60)
    if not counted.root and start and not counted.body.lstrip().startswith(b"<"):
        return f"not a feed: neither XML nor JSON, it begins with “{start}”"
    return f"not a feed ({counted.error or 'an unknown kind of document'})"


def _warnings(counted: Survey, entries: int, max_entries: int) -> list[str]:
    found = []
    if not counted.well_formed:
        early = " and ends too early" if counted.ends_early else ""
        found.append(f"the document is not well-formed XML{early} ({counted.error})")
    if counted.cut or entries > max_entries:
        found.append(told(max(counted.entries, entries), max_entries, more=counted.uncounted))
    return found


def _entry(entry: Any, base: str) -> Entry:
    link = absolute(entry.get("link") or _enclosure(entry), base)
    content = entry.get("content") or ()
    summary = plain(entry.get("summary") or "", SUMMARY_LIMIT)
    if not summary:
        summary = plain(next((c.get("value") or "" for c in content), ""), SUMMARY_LIMIT)
    source = entry.get("source") or {}
    return Entry(
        id=(entry.get("id") or "")[:2000],
        link=link,
        title=plain(entry.get("title") or "", TITLE_LIMIT) or shorten(summary, 120),
        summary=summary,
        published=_date(entry),
        outlet=plain(source.get("title") or "", 100),
        outlet_url=absolute(source.get("href") or "", base)[:2000],
    )


def _date(entry: Any) -> datetime | None:
    return _time(dict.get(entry, "published_parsed")) or _time(dict.get(entry, "updated_parsed"))


def _enclosure(entry: Any) -> str:
    return next((x.get("href") or "" for x in entry.get("links", ()) if x.get("href")), "")


def _time(parsed: struct_time | None) -> datetime | None:
    """feedparser's time (UTC) as an aware datetime; None where absent, impossible or a zero (the years 1, 1900, 1970)."""
    if parsed is None or parsed.tm_year <= 1970:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
