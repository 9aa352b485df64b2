"""RSS 0.9x to 2.0, RDF and Atom through feedparser, after the document was counted."""

from __future__ import annotations

import calendar
import io
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from monitor.errors import ReadingError
from monitor.interfaces import Entry, Reading
from monitor.sources.common import SUMMARY_LIMIT, TITLE_LIMIT
from monitor.sources.xml_guard import Survey, survey
from monitor.text import plain, shorten
from monitor.urls import absolute

_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 30 * 86400, "yearly": 365 * 86400}


def read_xml(body: bytes, *, url: str, content_type: str, max_entries: int) -> Reading:
    """Raises HostileDocument where a cap is passed and ReadingError where there is no feed in ``body``."""
    counted = survey(body)
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    # BytesIO: given bytes that happen to be a path, feedparser opens the file. Markup is taken off by us.
    parsed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    entries = parsed.entries
    if not parsed.version and not entries:
        raise ReadingError(_why_not(counted, parsed))
    if parsed.bozo and not entries and not counted.well_formed:
        raise ReadingError(f"the feed is damaged and holds no entry that can be read ({counted.error})")
    feed = parsed.feed
    home = absolute(feed.get("link") or "", url)
    return Reading(
        title=plain(feed.get("title") or "", TITLE_LIMIT),
        link=home,
        format=parsed.version or "unknown",
        entries=tuple(_entry(e, home or url) for e in entries[:max_entries]),
        warnings=tuple(_warnings(counted, len(entries), max_entries)),
        ttl_seconds=_ttl(feed),
        skip_hours=frozenset(counted.skip_hours),
        skip_days=frozenset(counted.skip_days),
        hubs=tuple(x["href"] for x in feed.get("links", ()) if x.get("rel") == "hub" and x.get("href")),
    )


def _why_not(counted: Survey, parsed: Any) -> str:
    if counted.root and counted.well_formed:
        return f"XML, but no feed: its root element is <{counted.root[:40]}>"
    reason = counted.error or str(getattr(parsed, "bozo_exception", "")) or "unknown kind of document"
    return f"not a feed ({reason})"


def _warnings(counted: Survey, entries: int, max_entries: int) -> list[str]:
    found = []
    if not counted.well_formed:
        found.append(f"the document is not well-formed XML ({counted.error})")
    if entries > max_entries:
        found.append(f"only the first {max_entries} of {entries} entries were read")
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
        published=_time(entry.get("published_parsed")) or _time(entry.get("updated_parsed")),
        outlet=plain(source.get("title") or "", 100),
    )


def _enclosure(entry: Any) -> str:
    return next((x.get("href") or "" for x in entry.get("links", ()) if x.get("href")), "")


def _time(parsed: struct_time | None) -> datetime | None:
    """feedparser's time (UTC) as an aware datetime; None where absent, impossible or before 1990 (year-0001 defaults)."""
    if parsed is None or parsed.tm_year < 1990:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _ttl(feed: Any) -> float | None:
    """The longer of <ttl> (minutes) and sy:updatePeriod / updateFrequency, in seconds."""
    waits = []
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isdigit():
        waits.append(60.0 * int(ttl[:9]))
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    if period:
        frequency = str(feed.get("sy_updatefrequency") or "1").strip()
        waits.append(period / max(int(frequency[:6]), 1) if frequency.isdigit() else float(period))
    return max(waits) if waits else None
