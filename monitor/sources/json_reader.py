"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) read into a Reading."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from monitor.errors import HostileDocument, ReadingError
from monitor.interfaces import Entry, Reading
from monitor.sources.common import SUMMARY_LIMIT, TITLE_LIMIT
from monitor.sources.newest import newest, told
from monitor.text import plain, shorten
from monitor.urls import absolute


def read_json(body: bytes, *, url: str, max_entries: int) -> Reading:
    """Raises ReadingError where the document is no JSON Feed."""
    try:
        document, warnings = _loaded(body)
    except RecursionError:
        raise HostileDocument("its lists and objects are nested too deeply") from None
    except ValueError as error:  # also a number of thousands of digits, and an encoding it is not in
        raise ReadingError(f"not valid JSON ({error})") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ReadingError("JSON, but no JSON Feed: it has no list named items")
    version = str(document.get("version", ""))
    items = [item for item in document["items"] if isinstance(item, dict)]
    home = absolute(_text(document.get("home_page_url")), url)
    if "jsonfeed.org" not in version:
        warnings.append("the document does not say which version of JSON Feed it is")
    if len(items) > max_entries:
        warnings.append(told(len(items), max_entries))
    return Reading(
        title=plain(_text(document.get("title")), TITLE_LIMIT),
        link=home,
        format="json" + (version.rpartition("/")[2] or "1"),
        entries=tuple(_entry(items[n], home or url) for n in newest([_date(item) for item in items], max_entries)),
        warnings=tuple(warnings),
        topic=absolute(_text(document.get("feed_url")), url),
        hubs=tuple(u for h in _list(document.get("hubs")) if isinstance(h, dict) and (u := _text(h.get("url")))),
    )


def _loaded(body: bytes) -> tuple[Any, list[str]]:
    """What the document says, and what is to be said of it. Line ends in a text, which nobody escaped, are taken as they are."""
    try:
        return json.loads(body, strict=False), []  # finds out UTF-8, 16 and 32 by itself, with or without a mark
    except UnicodeDecodeError as error:
        return json.loads(body.decode("utf-8-sig", "replace"), strict=False), [
            f"the document is not UTF-8, as JSON has to be ({error})"
        ]


def _text(value: Any) -> str:
    """A string as one that can be stored (no lone surrogates), a number in digits, anything else as nothing."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _entry(item: dict[str, Any], base: str) -> Entry:
    summary = plain(
        _text(item.get("summary")) or _text(item.get("content_text")) or _text(item.get("content_html")), SUMMARY_LIMIT
    )
    title = plain(_text(item.get("title")), TITLE_LIMIT) or shorten(summary, 120)
    authors = _list(item.get("authors")) or [item.get("author")]  # 1.1, 1.0
    names = [_text(a.get("name")) for a in authors if isinstance(a, dict)]
    return Entry(
        id=_text(item.get("id"))[:2000],
        link=absolute(_text(item.get("url")) or _text(item.get("external_url")), base),
        title=title,
        summary=summary,
        published=_date(item),
        outlet=plain(names[0], 100) if names and item.get("external_url") else "",
    )


def _date(item: dict[str, Any]) -> datetime | None:
    return parse_time(_text(item.get("date_published")) or _text(item.get("date_modified")))


def parse_time(text: str) -> datetime | None:
    """An RFC 3339 time as an aware datetime in UTC; None where it is none or a zero (the years 1, 1900, 1970)."""
    try:
        at = datetime.fromisoformat(text.strip())
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year > 1970 else None
