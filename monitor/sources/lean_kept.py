"""What is kept of a document, in its publisher's words: the feed's head, and its entries. See ``lean_reader``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from monitor.sources.lean_rules import DATES, LINK, joined
from monitor.sources.xml_guard import DAYS

# "?a=1&b=2" became "?a=1&b;=2" where feedparser took "&b" for a character without a name; a link of text has it taken back.
_SEMICOLON = re.compile(r"&([A-Za-z0-9_]+);")
_NOWHERE = 999  # deeper than any element may be


@dataclass(slots=True)
class Raw:
    """An entry in its publisher's words. Where several elements say one thing, depth or order tells which of them counts."""

    id: str = ""
    link: str | None = None
    links: list[str] = field(default_factory=list)  # of every kind, to take one of where no link is said
    title: str = ""
    summary: str | None = None
    content: str | None = None
    dates: dict[str, str] = field(default_factory=dict)
    source: str = ""
    source_url: str = ""
    id_is_link: bool = False  # what the last guid said of itself
    _title_depth: int = _NOWHERE  # of ``title``
    _summary_depth: int = _NOWHERE
    _settled: int | None = None  # the depth of the last title with words: another of this depth or deeper is passed over
    _content_met: bool = False

    def part(self, what: str, kind: str) -> tuple[str, str]:
        """What an element of text is in this entry, and its type where it names none: a second description is content, until
        there is an element that is called so."""
        if what in ("description", "summary") and self.summary is not None and not self._content_met:
            what, kind = "content", "text/plain"
        if what == "content":
            self._content_met = True
        return what, kind

    def keep(self, what: str, value: str, depth: int, base: str) -> None:
        """``value`` is what an element called ``what`` holds; addresses are relative to ``base``."""
        if what in ("title", "media:title"):
            self._keep_title(what, value, depth)
        elif what in ("description", "summary"):  # the last of the nearest
            if depth <= self._summary_depth:
                self.summary, self._summary_depth = value, depth
        elif what == "content":  # the first, and the summary until there is one
            self.content = value if self.content is None else self.content
            self.summary = value if self.summary is None else self.summary
        elif what == LINK:  # the last
            self.link = joined(base, _SEMICOLON.sub(r"&\1", value.replace("&amp;", "&")))
            self.links.append(self.link)
        elif what in ("guid", "id"):  # the last; a link until there is one
            self.id = joined(base, value) if self.id_is_link else value
            if self.id_is_link and self.link is None:
                self.link = self.id
        else:
            self.dates[DATES[what]] = value

    def _keep_title(self, what: str, value: str, depth: int) -> None:
        """The first of the nearest, of those with words; a picture's or film's settles nothing."""
        if self._is_settled(depth):
            return
        if depth <= self._title_depth:
            self.title, self._title_depth = value, depth
        if what == "title" and value:
            self._settled = depth

    def keep_source(self, value: str, depth: int) -> None:
        """``value`` is a title of whom the entry is taken from."""
        if not self._is_settled(depth):
            self.source = value
        if value:
            self._settled = depth

    def _is_settled(self, depth: int) -> bool:
        return self._settled is not None and self._settled <= depth

    def forget_title_depth(self) -> None:
        """What follows may bring a title once more: feedparser begins anew at a source and at a picture."""
        self._settled = None


@dataclass(slots=True)
class Head:
    """What a document says of its feed."""

    title: str = ""
    link: str | None = None
    ttl: str = ""
    period: str = ""
    frequency: str = ""
    hubs: list[str] = field(default_factory=list)
    topic: str = ""
    skip_hours: set[int] = field(default_factory=set)
    skip_days: set[int] = field(default_factory=set)

    def keep(self, what: str, value: str, base: str) -> None:
        """``value`` is what an element called ``what`` holds; addresses are relative to ``base``."""
        if what == "title":
            self.title = self.title or value
        elif what == LINK:
            self.link = joined(base, value)
        elif what == "id":  # acts as a link until there is one, as in an entry
            self.link = joined(base, value) if self.link is None else self.link
        elif what == "ttl":
            self.ttl = value
        elif what == "sy:updateperiod":
            self.period = value
        elif what == "sy:updatefrequency":
            self.frequency = value
        elif what == "hour" and value.isascii() and value.isdigit() and int(value[:3]) <= 24:
            self.skip_hours.add(int(value) % 24)
        elif what == "day" and value.lower() in DAYS:
            self.skip_days.add(DAYS[value.lower()])
