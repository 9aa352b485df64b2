"""One pass over a document with expat before anything expensive reads it: counts, and what feedparser does not tell.

The pass is linear and keeps nothing. A document that passes a cap raises HostileDocument; one with more entries than are
wanted is cut after the last of them. One that is not well-formed is surveyed up to its first error and then only counted
roughly: the deadline of the reading process bounds the rest.
"""

from __future__ import annotations

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from xml.parsers import expat

from monitor.errors import HostileDocument

MAX_DEPTH = 200
MAX_ATTRIBUTES = 500
MAX_TEXT = 4 * 1024 * 1024  # characters between two tags; the longest article in 440 recorded feeds has 0.3 million
MAX_ENTITY = 1000  # characters of one entity's text
MAX_TAGS = 300_000  # in a document that is not well-formed: feedparser's second parser takes 30 µs for each
DAYS = {d: n for n, d in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
_SKIPS = {"hour": "skipHours", "day": "skipDays"}
_LAST_TAG = re.compile(rb"</(?:[A-Za-z0-9_-]{1,40}:)?(?:rss|feed|rdf)\s*>", re.I)
_BEGINS, _ENDS = (re.compile(rb"<%b(?:[A-Za-z0-9_-]{1,40}:)?(?:item|entry)[\s>]" % slash, re.I) for slash in (b"", b"/"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']""")


@dataclass
class Survey:
    """What was counted. ``well_formed`` is False where expat stopped early, with its reason in ``error``.

    ``body`` is what to read: the document, cut after its last wanted entry where ``cut`` is True. ``ends_early``: the end of its
    root element is missing, of its last entry too where that is ``torn``.
    """

    body: bytes
    root: str = ""
    entries: int = 0
    cut: bool = False
    well_formed: bool = True
    error: str = ""
    ends_early: bool = False
    torn: bool = False
    skip_hours: set[int] = field(default_factory=set)
    skip_days: set[int] = field(default_factory=set)


class _Enough(Exception):
    """All wanted entries were seen: the way out of expat's callbacks, and no error."""


class _Counter:
    def __init__(self, body: bytes, max_entries: int) -> None:
        self.survey, self.max_entries = Survey(body), max_entries
        self.open: list[str] = []
        self.text = self.all_text = 0
        self.most_text = 2 * len(body) + MAX_TEXT  # beyond it, entities are multiplying
        self.word, self.listen = "", False

    def start(self, name: str, attributes: list[str]) -> None:
        self.text = 0
        if len(self.open) >= MAX_DEPTH:
            raise HostileDocument(f"elements are nested more than {MAX_DEPTH} deep")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise HostileDocument(f"an element has more than {MAX_ATTRIBUTES} attributes")
        if not self.open and not self.survey.root:
            self.survey.root = name.lower()
        if name.rpartition(":")[2] in ("item", "entry"):
            if self.survey.entries >= self.max_entries:
                raise _Enough
            self.survey.entries += 1
        elif name in _SKIPS:
            self.listen, self.word = bool(self.open) and self.open[-1] == _SKIPS[name], ""
        self.open.append(name)

    def end(self, name: str) -> None:
        self.open.pop()
        self.text = 0
        if self.listen:
            self.listen, word = False, self.word.strip().lower()
            if name == "hour" and word.isascii() and word.isdigit() and int(word) <= 24:
                self.survey.skip_hours.add(int(word) % 24)
            elif name == "day" and word in DAYS:
                self.survey.skip_days.add(DAYS[word])

    def data(self, text: str) -> None:
        self.text += len(text)
        self.all_text += len(text)
        if self.text > MAX_TEXT:
            raise HostileDocument(f"one text is longer than {MAX_TEXT} characters")
        if self.all_text > self.most_text:
            raise HostileDocument("its entities make more text than the document has")
        if self.listen and len(self.word) < 20:
            self.word += text

    def entity(self, name: str, parameter: int, value: str | None, _base: str | None, system: str | None, *_: object) -> None:
        if system and not parameter:  # parameter entities name old DTDs, which nobody fetches
            raise HostileDocument(f"it declares the external entity {name[:40]!r}")
        if value and ("&" in value or len(value) > MAX_ENTITY):
            raise HostileDocument(f"it declares the entity {name[:40]!r} made of other entities, or of very much")


def survey(body: bytes, *, max_entries: int, charset: str = "") -> Survey:
    """Count ``body``. ``charset`` is what the server said, for a document that does not say it itself.

    Raises HostileDocument where a cap is passed.
    """
    counter = _Counter(body, max_entries)
    parser = _parser(counter, charset)
    try:
        parser.Parse(body, True)
    except _Enough:
        _cut(counter.survey, parser.CurrentByteIndex, counter.open)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding expat cannot read
        counter.survey.well_formed, counter.survey.error = False, str(error)
        _look_at_the_end(counter.survey)
        if body.count(b"<") > MAX_TAGS:
            raise HostileDocument(f"it is not well-formed and has more than {MAX_TAGS} tags") from None
    return counter.survey


def _look_at_the_end(found: Survey) -> None:
    """Did the writer, or the line, stop in the middle? Told by the tags alone: expat has stopped at the first error, which may be
    another. Of two bytes a character nothing is told."""
    found.ends_early = bool(found.root) and not _LAST_TAG.search(found.body) and b"\0" not in found.body[:4]
    if found.ends_early:
        last = [max((tag.start() for tag in tags.finditer(found.body)), default=-1) for tags in (_BEGINS, _ENDS)]
        found.torn = last[0] > last[1]


def _parser(counter: _Counter, charset: str) -> expat.XMLParserType:
    parser = expat.ParserCreate(charset or None)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.data
    parser.EntityDeclHandler = counter.entity
    return parser


def _cut(found: Survey, at: int, still_open: list[str]) -> None:
    """End the document before byte ``at`` and close what is open there."""
    ends = "".join(f"</{name}>" for name in reversed(still_open))
    if found.body[:2] in (BOM_UTF16_BE, BOM_UTF16_LE) or b"\0" in found.body[:4] or not ends.isascii():
        raise HostileDocument(f"it has more than {found.entries} entries")
    found.body, found.cut = found.body[:at] + ends.encode("ascii"), True


_WIDE = re.compile(
    rb"""^((?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,100}?)\sencoding\s*=\s*["'](?:utf-?(?:16|32)|ucs-?[24]|iso-10646-ucs-[24])(?:[bl]e)?["']""",
    re.I,
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_:.-]{1,40})""", re.I)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})""")


def unwidened(body: bytes) -> bytes:
    """``body`` without the claim to be in UTF-16 or UTF-32, where its declaration stands in single bytes: it is in neither, and
    says nothing else. (A document that .NET wrote to a string keeps the string's encoding in its declaration.)"""
    return _WIDE.sub(rb"\1", body, count=1)


def encoding_of(body: bytes) -> str:
    """The encoding a document says of itself, lower case; "utf-16" for any of two or four bytes; "" where it says nothing."""
    if body[:3] == BOM_UTF8:
        return "utf-8"
    if says_its_encoding(body) and (body[:2] in (BOM_UTF16_BE, BOM_UTF16_LE) or b"\0" in body[:4]):
        return "utf-16"
    found = _ENCODING.match(body[:256])
    return found[1].decode("ascii").lower() if found else ""


def says_its_encoding(body: bytes) -> bool:
    """By a byte order mark or in the XML declaration."""
    return (
        body[:2] in (BOM_UTF16_BE, BOM_UTF16_LE) or body[:3] == BOM_UTF8 or b"\0" in body[:4] or bool(_DECLARED.match(body[:256]))
    )


def charset_of(content_type: str) -> str:
    """The charset of a Content-Type header in Python's name for it; "" where there is none, or none we know."""
    found = _CHARSET.search(content_type)
    try:
        return codecs.lookup(found[1]).name if found else ""
    except LookupError:
        return ""
