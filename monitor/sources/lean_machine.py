"""What expat reports of a document, kept as feedparser would keep it. See ``lean_reader``.

expat calls ``start`` and ``end`` at each tag and ``data`` for the text between. The machine is in one of four places: in the head
of the feed, in a picture of the feed's, in an entry, or in the ``<source>`` of an entry. An element that a story needs begins a
*field*: all its text is one value, kept when the element ends. Every other element is passed over, with the text in it.

What cannot be read as feedparser would read it is a ``Doubt``, whose words say why to who debugs.
"""

from __future__ import annotations

from html import escape

from monitor.sources.lean_kept import Head, Raw
from monitor.sources.lean_rules import (
    ATOM,
    CONTENT,
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
    XHTML,
    attributes_of,
    href_of,
    joined,
    name_of,
    repaired,
)
from monitor.sources.xml_guard import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TEXT


class Doubt(Exception):
    """The document is for feedparser."""


class Machine:
    """``feed``, ``entries`` and ``format`` are what was read. Names are feedparser's; the root has depth 1."""

    def __init__(self, url: str, max_entries: int) -> None:
        self.feed, self.entries = Head(), list[Raw]()
        self.format = ""
        self._rdf_format = "rss10"  # should it be RDF
        self._max_entries = max_entries
        # What relative addresses are relative to: in the document, and where we are (an entry may say its own).
        self._home = self._base = url
        # Where we are.
        self._open: list[str] = []  # the names of the elements around us
        self._entry: Raw | None = None
        self._source_depth = 0  # of the <source> around us; 0: none is
        self._image_depth = 0  # of the feed's <image>, whose title and link are not the feed's
        # The field that is read.
        self._field = ""  # what it is; "": none is read
        self._field_depth = 0
        self._markup_type = ""  # its type, where it may hold markup
        self._text: list[str] = []  # of the field, or what stands free in a <source>
        self._text_size = 0  # characters since a field, or a <source>, last began or ended
        # expat's name of an element to feedparser's: a document has few of them, and each a thousand times.
        self._names: dict[str, str] = {}

    # -- what expat calls

    def start(self, qualified: str, attributes: list[str]) -> None:
        """An element begins; ``attributes``: names and values in turn."""
        name = self._names.get(qualified) or self._names.setdefault(qualified, name_of(qualified))
        self._open.append(name)
        depth = len(self._open)
        if depth > MAX_DEPTH or len(attributes) > 2 * MAX_ATTRIBUTES:
            raise Doubt("too deep, or too many attributes")
        if self._markup_type:
            self._begin_markup(name)
            return
        if self._field:
            raise Doubt("an element where only text is expected")
        if name in SILENT_DOUBTS:
            raise Doubt("an element that fills other fields")
        given = attributes_of(attributes) if attributes else {}
        if "base" in given:
            raise Doubt("a base without xml:, which feedparser goes by all the same")
        if depth == 1:
            self._begin_document(name, qualified, given)
        elif name in ("item", "entry"):
            self._begin_entry(given)
        elif "xml:base" in given and name not in CONTENT:  # of markup, it changes nothing that is kept
            raise Doubt("a base of one element")
        elif self._source_depth:
            self._begin_in_source(name, given)
        elif self._entry is not None:
            self._begin_in_entry(self._entry, name, given)
        elif not self._image_depth:
            self._begin_in_head(name, given)

    def data(self, text: str) -> None:
        """Some text; a long one comes in parts."""
        self._text_size += len(text)
        if self._text_size > MAX_TEXT:
            raise Doubt("too much text")
        if self._field or self._source_depth:
            self._text.append(escape(text, quote=False) if self._markup_type == XHTML else text)

    def end(self, qualified: str) -> None:
        """An element ends."""
        name, depth = self._open.pop(), len(self._open) + 1
        if self._field:
            if depth == self._field_depth:
                self._end_field(depth)
            elif self._markup_type == XHTML:
                self._text.append(f"</{_local(name)}>")
        elif self._source_depth == depth:
            self._end_source()
        elif self._image_depth == depth:
            self._image_depth = 0
        elif name in ("item", "entry") and self._entry is not None:
            self.entries.append(self._entry)
            self._entry, self._base = None, self._home

    def namespace(self, prefix: str | None, uri: str | None) -> None:
        """A namespace is declared. That of a second format would make feedparser take the document for that format."""
        if uri == RSS1 and self._open and self.format != "rss10":
            raise Doubt("RSS 1.0 within another format")
        if uri == RSS090 and prefix is None:
            self._rdf_format = "rss090"

    def doubt(self, *_: object) -> None:
        """Something is declared that may change what all that follows means."""
        raise Doubt("a document type")

    # -- elements, by where they are

    def _begin_document(self, name: str, qualified: str, given: dict[str, str]) -> None:
        self._home = self._base = self._base_of(given)
        version = given.get("version", "")
        if name == "rss":
            self.format = FORMATS.get(version, "rss20" if version.startswith("2.") else "rss")
        elif name == "feed" and qualified.startswith(ATOM):
            self.format = "atom10"
        elif name == "rdf:rdf":
            self.format = self._rdf_format
        else:
            raise Doubt("a root of no format")

    def _begin_entry(self, given: dict[str, str]) -> None:
        if self._entry is not None:
            raise Doubt("an entry within an entry")
        if len(self.entries) >= self._max_entries:
            raise Doubt("too many entries")
        if "lastmod" in given or "href" in given:
            raise Doubt("an entry whose date or link is an attribute")
        self._base = self._base_of(given)
        self._entry = Raw(id=given.get("rdf:about", ""))

    def _base_of(self, given: dict[str, str]) -> str:
        """What relative addresses are relative to in an element with these attributes."""
        base = given.get("xml:base", "")
        if not base:
            return self._home
        whole = joined(self._home, base)
        if not whole.startswith(("http://", "https://")):
            raise Doubt("a base that is no web address")
        return whole

    def _begin_in_entry(self, entry: Raw, name: str, given: dict[str, str]) -> None:
        if name == "source":
            self._begin_source(entry, given)
        elif name in CONTENT:
            what, kind = CONTENT[name]
            self._begin_field(*entry.part(what, kind), given)
        elif name == LINK:
            self._begin_link(given)
        elif name == "enclosure":
            entry.links.append(href_of(given))
        elif name in FIELDS:
            if name in ("guid", "id"):
                entry.id_is_link = given.get("ispermalink", "true") == "true"
            self._begin_field(name)
        elif name == "image":
            entry.forget_title_depth()

    def _begin_in_source(self, name: str, given: dict[str, str]) -> None:
        if "".join(self._text).strip():
            raise Doubt("text and elements mixed")
        if name == "title":
            self._begin_field("title", "text/plain", given)

    def _begin_in_head(self, name: str, given: dict[str, str]) -> None:
        if name == "channel" and ("lastmod" in given or "href" in given):
            raise Doubt("a feed whose date or link is an attribute")
        if name in ("image", "textinput"):
            self._image_depth = len(self._open)
        elif name == "title":
            self._begin_field("title", "text/plain", given)
        elif name == LINK:
            self._begin_link(given)
        elif name == "id" or (name in TTL and not given) or (name in SKIPS and self._open[-2] == SKIPS[name]):
            self._begin_field(name)

    def _begin_link(self, given: dict[str, str]) -> None:
        """A link has its address among its attributes, or is a field."""
        href, rel = href_of(given), given.get("rel", "alternate").lower()
        if not href and "href" not in given:
            self._begin_field(LINK)
            return
        href = joined(self._base, href) or self._base  # an empty address is that of the document
        if self._entry is not None:
            self._entry.links.append(href)
        elif rel == "hub":
            self.feed.hubs.append(href)
        elif rel == "self":
            self.feed.topic = self.feed.topic or href
        if rel == "alternate" and TYPES.get(given.get("type", "text/html").lower(), "") in HTML:
            owner = self.feed if self._entry is None else self._entry
            owner.link = href

    def _begin_source(self, entry: Raw, given: dict[str, str]) -> None:
        """Whom the entry is taken from: named by a title in it, or by its own text."""
        self._source_depth = len(self._open)
        self._text, self._text_size = [], 0
        entry.source_url = given.get("url", "")
        entry.forget_title_depth()

    def _end_source(self) -> None:
        assert self._entry is not None
        self._entry.source = repaired("".join(self._text).strip()) or self._entry.source
        self._source_depth = 0

    # -- fields

    def _begin_field(self, what: str, kind: str = "", given: dict[str, str] | None = None) -> None:
        """From here to the element's end text is ``what``. With its attributes ``given`` it may hold markup, of the type ``kind``
        where it names none."""
        self._field, self._field_depth = what, len(self._open)
        self._text, self._text_size = [], 0
        if given is not None:
            kind = given.get("type", kind).lower()
            if kind not in TYPES or given.get("mode") or given.get("src"):
                raise Doubt("content of a strange type, or that is elsewhere")
            self._markup_type = TYPES[kind]

    def _begin_markup(self, name: str) -> None:
        """An element inside a field is part of its text, as markup, which is taken off later with all that was written escaped.
        feedparser takes the field for XHTML from here on, whatever it said of itself; but a <div> before that is passed over."""
        local = _local(name)
        if local == "svg":
            raise Doubt("a drawing, whose elements are none of the format's")
        if local == "div" and self._markup_type != XHTML:
            return
        self._markup_type = XHTML
        self._text.append(f"<{local}>")

    def _end_field(self, depth: int) -> None:
        what, value = self._field, repaired("".join(self._text).strip())
        self._field = self._markup_type = ""
        self._text, self._text_size = [], 0
        if self._entry is None:
            self.feed.keep(what, value, self._base)
        elif self._source_depth:
            self._entry.keep_source(value, depth)
        else:
            self._entry.keep(what, value, depth, self._base)


def _local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]
