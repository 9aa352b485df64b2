"""The first tier: one pass with expat over a well-formed RSS, RDF or Atom document, by feedparser's rules.

It reads what a story needs and nothing else, at a twentieth of feedparser's cost. On any doubt it reads nothing and says
so: not well-formed, a document type, an encoding other than UTF-8, ``xml:base``, a root it does not know, a date or an
element it has no rule for where a story's field could hide. Then the whole document goes to feedparser.

feedparser's rules worth knowing: the first title of an entry wins, and a nearer one over a deeper one; ``description``
after ``summary`` is content; content is the summary where there is none; a permalink guid is the link until there is one.
"""

from __future__ import annotations

from collections.abc import Container
from xml.parsers import expat

from monitor.ids import digest
from monitor.interfaces import Entry, Reading, Skim
from monitor.sources.common import SUMMARY_LIMIT, TITLE_LIMIT, ttl_of
from monitor.sources.lean_kept import Raw
from monitor.sources.lean_machine import Doubt, Machine
from monitor.sources.lean_rules import ENCODINGS, when
from monitor.sources.xml_guard import charset_of, encoding_of, unwidened
from monitor.text import plain, shorten
from monitor.urls import absolute


def skim_xml(body: bytes, *, url: str, content_type: str, max_entries: int, seen: Container[int] = frozenset()) -> Skim | None:
    """Read a document; None on any doubt. Entries whose fingerprint is in ``seen`` come without their words (``known``)."""
    body = unwidened(body)
    encoding = encoding_of(body) or charset_of(content_type) or "utf-8"
    if encoding not in ENCODINGS and not body.isascii():
        return None
    machine = Machine(url, max_entries)
    parser = expat.ParserCreate(ENCODINGS.get(encoding, "utf-8"), namespace_separator=" ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = machine.start
    parser.EndElementHandler = machine.end
    parser.CharacterDataHandler = machine.data
    parser.StartDoctypeDeclHandler = machine.doubt
    parser.StartNamespaceDeclHandler = machine.namespace
    try:
        parser.Parse(body.lstrip(), True)
        return _skim(machine, url, seen)
    except (expat.ExpatError, Doubt, ValueError):
        return None


def _skim(machine: Machine, url: str, seen: Container[int]) -> Skim:
    home = absolute(machine.feed.link or "", url)
    entries, prints = [], []
    for raw in machine.entries:
        mark = _print(raw)
        prints.append(mark)
        named = bool(raw.id or raw.link)
        entries.append(_entry(raw, home or url, known=named and mark in seen))
    reading = Reading(
        title=plain(machine.feed.title, TITLE_LIMIT),
        link=home,
        format=machine.format,
        entries=tuple(entries),
        ttl_seconds=ttl_of(machine.feed.ttl, machine.feed.period, machine.feed.frequency),
        skip_hours=frozenset(machine.feed.skip_hours),
        skip_days=frozenset(machine.feed.skip_days),
        hubs=tuple(machine.feed.hubs),
        topic=machine.feed.topic,
    )
    return Skim(reading=reading, prints=frozenset(prints))


def _print(raw: Raw) -> int:
    """What is different wherever anything a story needs is."""
    parts = raw.id, raw.link, raw.title, raw.summary, raw.content, raw.source, *raw.dates.values()
    return int(digest(*("\0" if part is None else part for part in parts), size=6), 16)


def _entry(raw: Raw, base: str, *, known: bool) -> Entry:
    link = absolute(raw.link or next((x for x in raw.links if x), ""), base)
    published = when(raw.dates.get("published", "")) or when(raw.dates.get("updated", ""))
    if known:
        return Entry(id=raw.id[:2000], link=link, published=published, known=True)
    summary = plain(raw.summary or "", SUMMARY_LIMIT) or plain(raw.content or "", SUMMARY_LIMIT)
    return Entry(
        id=raw.id[:2000],
        link=link,
        title=plain(raw.title, TITLE_LIMIT) or shorten(summary, 120),
        summary=summary,
        published=published,
        outlet=plain(raw.source, 100),
        outlet_url=absolute(raw.source_url, base)[:2000],
    )
