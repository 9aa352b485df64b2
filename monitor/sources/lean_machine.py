"""What expat reports of a document, kept as feedparser would keep it. See ``lean_reader``."""

from __future__ import annotations

import re

from monitor.sources.lean_kept import Head, Raw
from monitor.sources.lean_rules import (
    ATOM,
    CONTENT,
    DATES,
    FIELDS,
    FORMATS,
    HTML,
    LINK,
    RSS090,
    RSS1,
    SILENT_DOUBTS,
    SKIPS,
    TTL,
    TYPES,
    attributes_of,
    href_of,
    joined,
    name_of,
    repaired,
)
from monitor.sources.xml_guard import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TEXT

_SEMICOLON = re.compile(r"&([A-Za-z0-9_]+);")


class Doubt(Exception):
    """The document is for feedparser."""


class Machine:
    """What expat reports, kept as feedparser would keep it."""

    def __init__(self, url: str, max_entries: int) -> None:
        self.base = self._home = url
        self.max_entries = max_entries
        self.feed, self.entries = Head(), list[Raw]()
        self.entry: Raw | None = None
        self.format, self._rdf = "", "rss10"
        self._names, self._called = list[str](), dict[str, str]()  # those open; all by expat's name, which are few
        self._image = 0  # depth of an open <image> of the feed
        self._source = 0  # depth of an open <source>
        self._title_depth = -1
        self._has_content = False
        self._collecting = ""  # what the text goes to
        self._content_type = ""  # of a field that may hold markup
        self._at = 0
        self._guid_is_link = False
        self._words: list[str] = []
        self._size = 0

    def doubt(self, *_: object) -> None:
        raise Doubt

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        """A second format's namespace would make feedparser take the document for that format."""
        if uri == RSS1 and self._names and self.format != "rss10":
            raise Doubt
        self._rdf = "rss090" if uri == RSS090 and prefix is None else self._rdf

    # -- elements

    def start(self, qualified: str, attributes: list[str]) -> None:
        name = self._called.get(qualified) or self._called.setdefault(qualified, name_of(qualified))
        depth = len(self._names) + 1
        if depth > MAX_DEPTH or len(attributes) > 2 * MAX_ATTRIBUTES:
            raise Doubt
        self._names.append(name)
        if self._content_type:
            self._markup(name)
            return
        if self._collecting:
            raise Doubt  # an element where only text is expected
        if depth == 1:
            self._root(name, qualified, attributes)
            return
        if name in SILENT_DOUBTS:
            raise Doubt
        given = attributes_of(attributes) if attributes else {}
        if "base" in given:
            raise Doubt
        if name in ("item", "entry"):
            self._begin(given)
        elif "xml:base" in given and name not in CONTENT:  # of markup, it changes nothing that is kept
            raise Doubt
        elif self.entry is not None:
            self._in_entry(name, given, depth)
        else:
            self._in_feed(name, given, depth)

    def _root(self, name: str, qualified: str, attributes: list[str]) -> None:
        given = attributes_of(attributes) if attributes else {}
        if "base" in given:
            raise Doubt
        self.base = self._home = self._based(given)
        version = given.get("version", "")
        if name == "rss":
            self.format = FORMATS.get(version, "rss20" if version.startswith("2.") else "rss")
        elif name == "feed" and qualified.startswith(ATOM):
            self.format = "atom10"
        elif name == "rdf:rdf":
            self.format = self._rdf
        else:
            raise Doubt

    def _begin(self, given: dict[str, str]) -> None:
        if self.entry is not None or len(self.entries) >= self.max_entries or "lastmod" in given or "href" in given:
            raise Doubt
        self.base = self._based(given)
        self.entry = Raw(id=given.get("rdf:about", ""))
        self._title_depth, self._has_content = -1, False

    def _based(self, given: dict[str, str]) -> str:
        """What relative addresses are relative to from here on."""
        base = given.get("xml:base", "")
        if not base:
            return self._home
        whole = joined(self._home, base)
        if not whole.startswith(("http://", "https://")):
            raise Doubt
        return whole

    def _in_entry(self, name: str, given: dict[str, str], depth: int) -> None:
        assert self.entry is not None
        if self._source:
            if "".join(self._words).strip():
                raise Doubt  # text and elements mixed
            if name == "title":
                self._collect("title", given, "text/plain")
            return
        if name == "source":
            self._source, self._title_depth = depth, -1
            self.entry.source_url = given.get("url", "")
            self._words, self._size = [], 0
        elif name in CONTENT:
            self._start_content(name, given)
        elif name == LINK:
            self._link(given)
        elif name == "enclosure":
            self.entry.links.append(href_of(given))
        elif name in FIELDS:
            if name in ("guid", "id"):
                self._guid_is_link = given.get("ispermalink", "true") == "true"
            self._collect(name, None, "")
        elif name == "image":
            self._title_depth = -1

    def _start_content(self, name: str, given: dict[str, str]) -> None:
        """Title, description, summary, content: which of them this is depends on what was there before."""
        assert self.entry is not None
        role, default = CONTENT[name]
        if role in ("description", "summary") and self.entry.summary is not None and not self._has_content:
            role, default = "content", "text/plain"
        if role == "content":
            self._has_content = True
        self._collect(role, given, default)

    def _in_feed(self, name: str, given: dict[str, str], depth: int) -> None:
        if self._image:
            return
        if name == "channel" and ("lastmod" in given or "href" in given):
            raise Doubt
        if name in ("image", "textinput"):
            self._image = depth
        elif name == "title":
            self._collect("title", given, "text/plain")
        elif name == LINK:
            self._link(given)
        elif name == "id" or (name in TTL and not given) or (name in SKIPS and self._names[-2] == SKIPS[name]):
            self._collect(name, None, "")

    def _link(self, given: dict[str, str]) -> None:
        href, rel = href_of(given), given.get("rel", "alternate").lower()
        if not href and "href" not in given:
            self._collect(LINK, None, "")
            return
        href = joined(self.base, href) or self.base  # an empty address is that of the document
        if self.entry is not None:
            self.entry.links.append(href)
        elif rel == "hub":
            self.feed.hubs.append(href)
        elif rel == "self":
            self.feed.topic = self.feed.topic or href
        if rel == "alternate" and TYPES.get(given.get("type", "text/html").lower(), "") in HTML:
            owner = self.feed if self.entry is None else self.entry
            owner.link = href

    # -- text

    def _collect(self, what: str, given: dict[str, str] | None, default: str) -> None:
        """Text from here to the element's end is ``what``; with ``given`` attributes it may hold markup."""
        self._collecting, self._at, self._words, self._size = what, len(self._names), [], 0
        if given is not None:
            kind = given.get("type", default).lower()
            if kind not in TYPES or given.get("mode") or given.get("src"):
                raise Doubt
            self._content_type = TYPES[kind]

    def _markup(self, name: str) -> None:
        """An element inside a field: part of its words, to be taken off with all markup."""
        local = name.rpartition(":")[2]
        if local == "svg":
            raise Doubt
        if self._content_type != "application/xhtml+xml":
            if local == "div":
                return
            self._content_type = "application/xhtml+xml"
        self._words.append(f"<{local}>")

    def data(self, text: str) -> None:
        self._size += len(text)
        if self._size > MAX_TEXT:
            raise Doubt
        if self._collecting:
            if self._content_type == "application/xhtml+xml":
                text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            self._words.append(text)
        elif self._source:
            self._words.append(text)

    def end(self, qualified: str) -> None:
        name, depth = self._names.pop(), len(self._names) + 1
        if self._collecting:
            if depth > self._at:
                if self._content_type == "application/xhtml+xml":
                    self._words.append(f"</{name.rpartition(':')[2]}>")
                return
            self._stored(depth)
        elif self._source == depth:
            assert self.entry is not None
            self.entry.source = repaired("".join(self._words).strip()) or self.entry.source
            self._source = 0
        elif self._image == depth:
            self._image = 0
        elif name in ("item", "entry") and self.entry is not None:
            self.entries.append(self.entry)
            self.entry, self.base = None, self._home

    def _stored(self, depth: int) -> None:
        what, value = self._collecting, repaired("".join(self._words).strip())
        self._collecting = self._content_type = ""
        self._words, self._size = [], 0
        if self._source:
            assert self.entry is not None
            if not -1 < self._title_depth <= depth:
                self.entry.source = value
            self._title_depth = depth if value else self._title_depth
        elif self.entry is not None:
            self._keep(self.entry, what, value, depth)
        else:
            self.feed.keep(what, value, self.base)

    def _keep(self, entry: Raw, what: str, value: str, depth: int) -> None:
        if what in ("title", "media:title"):
            self._keep_title(entry, what, value, depth)
        elif what in ("description", "summary"):
            if depth <= entry.summary_at:
                entry.summary, entry.summary_at = value, depth
        elif what == "content":
            entry.content = value if entry.content is None else entry.content
            entry.summary = value if entry.summary is None else entry.summary
        elif what == LINK:
            entry.link = joined(self.base, _SEMICOLON.sub(r"&\1", value.replace("&amp;", "&")))
            entry.links.append(entry.link)
        elif what in ("guid", "id"):
            entry.id = joined(self.base, value) if self._guid_is_link else value
            if self._guid_is_link and entry.link is None:
                entry.link = entry.id
        else:
            entry.dates[DATES[what]] = value

    def _keep_title(self, entry: Raw, what: str, value: str, depth: int) -> None:
        if -1 < self._title_depth <= depth:
            return  # there is one already, no deeper than this
        if depth <= entry.title_at:
            entry.title, entry.title_at = value, depth
        if what == "title" and value:
            self._title_depth = depth
