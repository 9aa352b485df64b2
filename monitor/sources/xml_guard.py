"""One pass over a document with expat before anything expensive reads it: counts, and what feedparser does not tell.

The pass is linear and keeps where each entry stands, with its date. A document that passes a cap raises HostileDocument; of one
with more entries than are wanted the newest are left in it. What is wrong behind more than enough entries is cut off with what
follows. One that is not well-formed before is surveyed up to its first error and then only counted roughly: the deadline of the
reading process bounds the rest.
"""

from __future__ import annotations

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from monitor.errors import HostileDocument
from monitor.sources.lean_rules import when
from monitor.sources.newest import newest

MAX_DEPTH = 200
MAX_ATTRIBUTES = 500
MAX_TEXT = 4 * 1024 * 1024  # characters between two tags; the longest article in 440 recorded feeds has 0.3 million
MAX_ENTITY = 1000  # characters of one entity's text
MAX_COUNTED = 50_000  # entries: of more than that, the first so many are looked at
MAX_TAGS = 300_000  # in a document that is not well-formed: feedparser's second parser takes 30 µs for each
DAYS = {d: n for n, d in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
_SKIPS = {"hour": "skipHours", "day": "skipDays"}
_LAST_TAG = re.compile(rb"</(?:[A-Za-z0-9_-]{1,40}:)?(?:rss|feed|rdf)\s*>", re.I)
_BEGINS, _ENDS = (re.compile(rb"<%b(?:[A-Za-z0-9_-]{1,40}:)?(?:item|entry)[\s>]" % slash, re.I) for slash in (b"", b"/"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']""")


@dataclass
class Survey:
    """What was counted. ``well_formed`` is False where expat stopped early, with its reason in ``error``.

    ``body`` is what to read: the document, without the entries that are not wanted where there were more (``cut``).
    ``uncounted``: and without what stood behind those that were counted. ``ends_early``: the end of its root element is missing,
    of its last entry too where that is ``torn``.
    """

    body: bytes
    root: str = ""
    entries: int = 0
    cut: bool = False
    uncounted: bool = False
    well_formed: bool = True
    error: str = ""
    ends_early: bool = False
    torn: bool = False
    skip_hours: set[int] = field(default_factory=set)
    skip_days: set[int] = field(default_factory=set)


class _Enough(Exception):
    """Enough entries were seen: the way out of expat's callbacks, and no error."""


@dataclass(slots=True)
class _Place:
    """Where an entry stands in the bytes of a document, and what it says of its time. ``end`` -1: not known yet."""

    begin: int
    end: int = -1
    published: str = ""
    updated: str = ""

    def date(self) -> datetime | None:
        try:
            return when(self.published) or when(self.updated)
        except ValueError:
            return None


# Elements that tell an entry's time, without their prefix.
_DATES = dict.fromkeys(("pubdate", "published", "issued"), "published") | dict.fromkeys(
    ("updated", "modified", "date"), "updated"
)


class _Counter:
    def __init__(self, body: bytes, max_entries: int) -> None:
        self.survey, self.max_entries = Survey(body), max_entries
        self.open: list[str] = []
        self.around: list[str] = []  # what was open around the last entry
        self.places: list[_Place] = []
        self.depth = 0  # of the entry around us; 0: none is
        self.nested = 0  # entries within entries
        self.parser: expat.XMLParserType | None = None
        self.text = self.all_text = 0
        self.most_text = 2 * len(body) + MAX_TEXT  # beyond it, entities are multiplying
        self.word, self.listen = "", ""  # of what the text is kept

    @property
    def at(self) -> int:
        """The byte where that stands which is just told."""
        return -1 if self.parser is None else self.parser.CurrentByteIndex

    @property
    def enough(self) -> bool:
        """Were as many entries seen whole as are wanted, and one more at least in part?"""
        return len(self.places) > self.max_entries

    def whole(self) -> tuple[int, list[str]]:
        """How far the document is whole, for one that has enough: to a byte, and what is open there."""
        last = self.places[-1]
        return (last.begin if last.end < 0 else last.end), self.around

    def start(self, name: str, attributes: list[str]) -> None:
        self.text = 0
        self._passed()
        if len(self.open) >= MAX_DEPTH:
            raise HostileDocument(f"elements are nested more than {MAX_DEPTH} deep")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise HostileDocument(f"an element has more than {MAX_ATTRIBUTES} attributes")
        if not self.open and not self.survey.root:
            self.survey.root = name.lower()
        local = name.rpartition(":")[2]
        if local in ("item", "entry"):
            self._entry()
        elif self.depth:
            if len(self.open) == self.depth:
                self.listen, self.word = _DATES.get(local.lower(), ""), ""
        elif name in _SKIPS:
            self.listen, self.word = name if bool(self.open) and self.open[-1] == _SKIPS[name] else "", ""
        self.open.append(name)

    def _entry(self) -> None:
        if self.depth:
            self.nested += 1
            if self.nested > self.max_entries:
                raise _Enough
            return
        if len(self.places) >= max(MAX_COUNTED, self.max_entries):
            raise _Enough
        self.survey.entries += 1
        self.around[:] = self.open
        self.depth = len(self.open) + 1
        self.places.append(_Place(self.at))

    def _passed(self) -> None:
        """The last entry that ended did so before what comes now: its own end tag has no end that expat would tell."""
        if self.places and not self.depth and self.places[-1].end < 0:
            self.places[-1].end = self.at

    def end(self, name: str) -> None:
        if self.depth == len(self.open):
            self.depth = 0
        else:
            self._passed()
        self.open.pop()
        self.text = 0
        if self.listen:
            what, word = self.listen, self.word.strip()
            self.listen = ""
            if what == "hour" and word.isascii() and word.isdigit() and int(word) <= 24:
                self.survey.skip_hours.add(int(word) % 24)
            elif what == "day" and word.lower() in DAYS:
                self.survey.skip_days.add(DAYS[word.lower()])
            elif what in ("published", "updated") and not getattr(self.places[-1], what):
                setattr(self.places[-1], what, word)

    def data(self, text: str) -> None:
        self.text += len(text)
        self.all_text += len(text)
        if self.text > MAX_TEXT:
            raise HostileDocument(f"one text is longer than {MAX_TEXT} characters")
        if self.all_text > self.most_text:
            raise HostileDocument("its entities make more text than the document has")
        if self.listen and len(self.word) < 64:
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
        counter.survey.uncounted = True
        _narrow(counter, parser.CurrentByteIndex, counter.open)
    except (HostileDocument, expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding expat cannot read
        if counter.enough:
            _narrow(counter, *counter.whole())
        elif isinstance(error, HostileDocument):
            raise
        else:
            _damaged(counter.survey, str(error))
    else:
        _narrow(counter)
    return counter.survey


def _damaged(found: Survey, error: str) -> None:
    found.well_formed, found.error = False, error
    _look_at_the_end(found)
    if found.body.count(b"<") > MAX_TAGS:
        raise HostileDocument(f"it is not well-formed and has more than {MAX_TAGS} tags")


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
    counter.parser = parser
    return parser


def _narrow(counter: _Counter, at: int | None = None, still_open: Sequence[str] = ()) -> None:
    """Take out of the document the entries that are not wanted; and end it before byte ``at``, closing what is open there."""
    found, places = counter.survey, [place for place in counter.places if place.end >= 0]
    found.cut = at is not None or len(places) > counter.max_entries
    if not found.cut:
        return
    body, ends = found.body, "".join(f"</{name}>" for name in reversed(still_open))
    if at is not None and (body[:2] in (BOM_UTF16_BE, BOM_UTF16_LE) or b"\0" in body[:4] or not ends.isascii()):
        raise HostileDocument(f"it has more than {counter.max_entries} entries, and cannot be read to its end")
    wanted = set(newest([place.date() for place in places], counter.max_entries))
    kept, passed = [], 0
    for n, place in enumerate(places):
        if n not in wanted:
            kept.append(body[passed : place.begin])
            passed = place.end
    found.body = b"".join((*kept, body[passed:at], ends.encode("ascii")))


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
