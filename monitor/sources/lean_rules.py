"""What the first tier knows of feedparser's vocabulary: names, types, dates, and text that was encoded twice."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urljoin

ATOM = "http://www.w3.org/2005/Atom "
RSS1 = "http://purl.org/rss/1.0/"
RSS090 = "http://my.netscape.com/rdf/simple/0.9/"
LINK = "link"
# Namespaces (lower case) as feedparser names them; "" is plain. Others keep the prefix they were given.
PREFIXES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/": "",
    RSS090: "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss2/": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://www.georss.org/georss": "georss",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
}
# Elements that may hold markup: the part they play, and the type they have where they name none.
CONTENT = {
    "title": ("title", "text/plain"),
    "dc:title": ("title", "text/plain"),
    "media:title": ("media:title", "text/plain"),
    "description": ("description", "text/html"),
    "dc:description": ("description", "text/html"),
    "media:description": ("description", "text/html"),
    "abstract": ("description", "text/plain"),
    "summary": ("summary", "text/plain"),
    "itunes:summary": ("summary", "text/plain"),
    "content": ("content", "text/plain"),
    "content:encoded": ("content", "text/html"),
    "fullitem": ("content", "text/html"),
}
DATES = {
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "dcterms:issued": "published",
    "updated": "updated",
    "modified": "updated",
    "lastbuilddate": "updated",
    "dc:date": "updated",
    "dcterms:modified": "updated",
}
FIELDS = {"guid", "id", *DATES}
TTL = {"ttl", "sy:updateperiod", "sy:updatefrequency"}
SKIPS = {"hour": "skiphours", "day": "skipdays"}
FORMATS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
# Elements through which feedparser fills a field in ways that have no rule here.
SILENT_DOUBTS = {"body", "xhtml:body", "newlocation", "info", "svg", "textarea", "rdf:li:title"}
XHTML = "application/xhtml+xml"
TYPES = {
    "": "text/html",
    "text": "text/plain",
    "plain": "text/plain",
    "text/plain": "text/plain",
    "html": "text/html",
    "text/html": "text/html",
    "xhtml": XHTML,
    XHTML: XHTML,
}
HTML = {"text/html", XHTML}
# Encodings that expat reads as feedparser does, in expat's names.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "us-ascii",
    "ascii": "us-ascii",
    "iso-8859-1": "iso-8859-1",
    "latin-1": "iso-8859-1",
}

_ABSOLUTE = re.compile(r"https?://[^/\s]\S*\Z")
_WORD = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_FOLDER = re.compile(r"(https?://[^/?#;\s]+/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*)[A-Za-z0-9._~-]*")
_CP1252 = {n: bytes([n]).decode("cp1252", "replace") for n in range(0x80, 0xA0)}
_CP1252 = {n: c for n, c in _CP1252.items() if c != "\ufffd"}
_C1 = re.compile("[\x80-\x9f]")
_ZONES = {"gmt": 0, "ut": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5}
_ZONES |= {"mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s+([A-Za-z]{1,3}|[+-]\d{4}))?)?"
)
_W3C = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?", re.I)


def when(text: str) -> datetime | None:
    """A date as aware datetime; None where absent or a zero (before 1971). Raises ValueError for one it has no rule for."""
    if not text:
        return None
    if found := _RFC822.fullmatch(text):
        day, month, year, hour, minute, second, zone = found.groups()
        number = _MONTHS.get(month.lower())
        if number is None:
            raise ValueError(text)
        parts = (int(year), number, int(day))
        offset = _offset(zone or "gmt")
    elif found := _W3C.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        parts = (int(year), int(month), int(day))
        offset = _offset((zone or "z").replace(":", ""))
    else:
        raise ValueError(text)
    if parts[0] <= 1970:
        return None
    at = datetime(*parts, int(hour or 0), int(minute or 0), int(second or 0), tzinfo=timezone(offset))
    return at.astimezone(UTC)


def _offset(zone: str) -> timedelta:
    if zone[0] in "+-":
        size = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
        return -size if zone[0] == "-" else size
    hours = _ZONES.get(zone.lower())
    if hours is None:
        raise ValueError(zone)
    return timedelta(hours=hours)


def repaired(text: str) -> str:
    """Text as feedparser mends it: UTF-8 that was taken for Latin-1 and encoded again, characters of Windows' code page."""
    if text.isascii():
        return text
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_CP1252) if _C1.search(text) else text  # (which takes fifty times as long as to look)


def name_of(qualified: str) -> str:
    """expat's ``uri local prefix`` to feedparser's ``prefix:local``, lower case; no prefix for a format's own namespace."""
    parts = qualified.split(" ")
    if len(parts) == 1:
        return parts[0].lower()
    prefix = PREFIXES.get(parts[0].lower())
    if prefix is None:
        prefix = parts[2] if len(parts) == 3 else ""
    return f"{prefix}:{parts[1]}".lower() if prefix else parts[1].lower()


def attributes_of(given: list[str]) -> dict[str, str]:
    return {name_of(key): value for key, value in zip(given[::2], given[1::2], strict=True)}


def href_of(given: dict[str, str]) -> str:
    return given.get("url", given.get("uri", given.get("href", "")))


def joined(base: str, url: str) -> str:
    """As feedparser joins: extra slashes after the scheme dropped, dots resolved."""
    if not url or (_ABSOLUTE.match(url) and "/." not in url):
        return url
    if _WORD.fullmatch(url) and (folder := _FOLDER.fullmatch(base)):  # a guid that is no address, which nobody said
        return folder[1] + url
    return urljoin(base, re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*://)/*(.*?)", r"\1\2", url))
