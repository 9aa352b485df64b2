"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) read into a Reading."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from monitor.errors import ReadingError
from monitor.interfaces import Entry, Reading
from monitor.sources.common import SUMMARY_LIMIT, TITLE_LIMIT
from monitor.text import plain, shorten
from monitor.urls import absolute


def read_json(body: bytes, *, url: str, max_entries: int) -> Reading:
    """Raises ReadingError where the document is no JSON Feed."""
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ReadingError(f"not valid JSON ({error})") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ReadingError("JSON, but no JSON Feed: it has no list named items")
    version = str(document.get("version", ""))
    items = [item for item in document["items"] if isinstance(item, dict)]
    home = absolute(_text(document.get("home_page_url")), url)
    warnings = []
    if "jsonfeed.org" not in version:
        warnings.append("the document does not say which version of JSON Feed it is")
    if len(items) > max_entries:
        warnings.append(f"only the first {max_entries} of {len(items)} entries were read")
    return Reading(
        title=plain(_text(document.get("title")), TITLE_LIMIT),
        link=home,
        format="json" + (version.rpartition("/")[2] or "1"),
        entries=tuple(_entry(item, home or url) for item in items[:max_entries]),
        warnings=tuple(warnings),
        hubs=tuple(h["url"] for h in document.get("hubs") or () if isinstance(h, dict) and isinstance(h.get("url"), str)),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _entry(item: dict[str, Any], base: str) -> Entry:
    summary = plain(
        _text(item.get("summary")) or _text(item.get("content_text")) or _text(item.get("content_html")), SUMMARY_LIMIT
    )
    title = plain(_text(item.get("title")), TITLE_LIMIT) or shorten(summary, 120)
    authors = item.get("authors") or [item.get("author")]
    names = (
        [a["name"] for a in authors if isinstance(a, dict) and isinstance(a.get("name"), str)]
        if isinstance(authors, list)
        else []
    )
    return Entry(
        id=_text(item.get("id")),
        link=absolute(_text(item.get("url")) or _text(item.get("external_url")), base),
        title=title,
        summary=summary,
        published=parse_time(_text(item.get("date_published")) or _text(item.get("date_modified"))),
        outlet=plain(names[0], 100) if names and item.get("external_url") else "",
    )


def parse_time(text: str) -> datetime | None:
    """An RFC 3339 time as an aware datetime in UTC; None where it is none, or before 1990."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC) if at.year > 1 else at.replace(tzinfo=UTC)
    return at if at.year >= 1990 else None
