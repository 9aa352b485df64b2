"""A sentence as the templates read it: its chunks, and the text they came from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.classify.parsing.capitals import cased, modifies
from monitor.classify.parsing.chunks import Chunk, Parts, chunks, parts_of
from monitor.classify.parsing.known_orgs import Entity, Kind
from monitor.classify.parsing.neighbours import acts
from monitor.classify.words.document import Document, Sentence
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.name_words import OPENERS, ORG_WORDS, PARTICLES_OF_VERBS, PLACE_WORDS, STARTS, TRADES
from monitor.classify.words.sameness import unowned

BREAKS = frozenset({";", "—", "|", "·", "•", "…"})


class Row:
    """The chunks of one sentence and the text they came from. ``names``: those of them that name somebody.

    A row made of a sentence's ``parts`` has its ``items`` when they are first asked for: of most stories of infrastructure nobody
    does.
    """

    __slots__ = ("_parts", "items", "names", "sentence", "source")
    items: list[Chunk]
    names: list[Chunk]

    def __init__(self, sentence: Sentence, source: str, items: list[Chunk] | None = None, parts: Parts | None = None) -> None:
        self.sentence, self.source, self._parts = sentence, source, parts
        if items is not None:
            self.items = items
        if parts is not None:
            self.names = parts.names

    def __getattr__(self, name: str) -> list[Chunk]:
        """Only asked where it is not there yet."""
        if name == "items" and self._parts is not None:
            self.items = chunks(self.sentence, self.source, self._parts)
            return self.items
        if name == "names":
            self.names = [c for c in self.items if c.named]
            return self.names
        raise AttributeError(name)


def rows(document: Document, gazetteer: Gazetteer) -> list[Row]:
    found, seen, told = [], cased(document.sentences), list[tuple[str, ...]]()
    for sentence in document.sentences:
        parts = parts_of(document, sentence, gazetteer, seen, told)
        told += parts.borne
        found.append(Row(sentence, document.source(sentence), parts=parts))
    return found


_VERBAL = frozenset("is are was were has have had will may denies says said sees plans wants in at on for with to by its".split())
_NO_SUBJECT = frozenset("exclusive update breaking report sources why how meet the".split())


def whole_subject(row: Row, at: int) -> Chunk | None:
    """In a headline that begins "Norben Tea and Exports Appoints", everything before the verb ``at`` is the name."""
    before = row.items[:at]
    if not before or len(before) > 8 or any(c.kind in ("role", "frame") for c in before):
        return None
    if any(c.kind == "person" for c in before):
        return before[0] if len(before) == 1 and _names_somebody(row.items[at]) else None
    before = before[_descriptor(before) : _until_verb(before)]
    if len(before) > 1 and before[-1].low == "board":
        before = before[:-1]
    if [c.low for c in before[:2]] == ["board", "of"]:
        before = before[2:]
    if not _all_name(before) or before[0].low in _NO_SUBJECT or any(c.low in ("stock", "shares", "as", "after") for c in before):
        return None
    return _as_name(row, before)


_LISTED = frozenset({"shares", "stock"})
_TRADED = 4  # words of a firm's name in front of them


def traded(row: Row) -> Chunk | None:
    """In a headline that begins "Planet Fitness Shares Tumble", what stands before the shares, of words alone, is the name."""
    lows = [c.low for c in row.items[: _TRADED + 1]]
    at = next((i for i, low in enumerate(lows) if low in _LISTED), 0)
    before = row.items[:at]
    if len(before) < 2 or any(c.kind != "word" for c in before) or not _all_name(before):
        return None
    if before[0].low in ORG_WORDS or before[0].low in PLACE_WORDS or before[0].low in OPENERS or before[-1].low in TRADES:
        return None  # "Oil Giant Shares", "Asian Tech Shares"
    return _as_name(row, before)


def _as_name(row: Row, chunks: Sequence[Chunk]) -> Chunk:
    start, end = chunks[0].start, chunks[-1].end
    text = row.source[start:end]
    return Chunk("org", chunks[0].first, chunks[-1].last, start, end, text, text.lower())


def whole_org(row: Row, first: int, last: int) -> Chunk:
    """The tokens from ``first`` to ``last`` as an organisation."""
    sentence = row.sentence
    start, owns = sentence.starts[first], sentence.tokens[last].owns
    text = row.source[start : sentence.ends[last]]
    text = unowned(text) if owns else text
    entity = Entity(Kind.ORG, first, last, start, start + len(text), text, owns)
    return Chunk("org", first, last, start, entity.end, text, text.lower(), entity=entity)


def _descriptor(before: Sequence[Chunk]) -> int:
    """How many chunks only say what kind of firm follows: "Pharmacy Giant Walgreens", "Madrona-backed Gradial"."""
    kinds = [i for i, c in enumerate(before[:-1]) if (c.low in TRADES and (i or c.low in STARTS)) or _describes(c.low)]
    return kinds[-1] + 1 if kinds else 0


def _describes(low: str) -> bool:
    """ "madrona-backed", "chatgpt-maker"."""
    return modifies(low) or ("-" in low and low.rpartition("-")[2] in TRADES)


def _until_verb(before: Sequence[Chunk]) -> int:
    """How many chunks come before a verb that is no frame: "Air India Kicks Off Search to …"."""
    for i, (c, after) in enumerate(pairwise(before)):
        if i and c.kind == "word" and c.low.endswith("s") and after.low in PARTICLES_OF_VERBS:
            return i
    return len(before)


def _names_somebody(verb: Chunk) -> bool:
    """ "Nikhil Adhesives appoints …" begins with a first name, and is a firm all the same."""
    return verb.frame is not None and verb.frame.template in ("ORG_NAMES", "ORG_TAKES_PERSON") and acts(verb)


def _all_name(before: Sequence[Chunk]) -> bool:
    if len(before) < 2 or any(c.owns or c.low in _VERBAL or c.low.endswith("ly") for c in before):
        return False
    first = before[0]
    if first.org is not None:
        return False  # known by a shorter name: what follows is something else
    if first.kind == "word" and not first.text[0].isupper() and not first.text[0].isdigit():
        return False
    small = ("and", "of", "&", "the", "de", "for")
    return all(c.named or c.text[:1].isupper() or c.text[:1].isdigit() or c.low in small for c in before)
