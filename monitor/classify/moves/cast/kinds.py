"""Whether a name is a person's or a firm's, by what stands beside it anywhere in the story.

Shape says it of most names and errs of some: "Otis Worldwide" begins with a first name, "Mo Xujun" with a word, "Paddy
Cosgrave" with neither. "CEO of …", "… names", "joins …" are said of firms, ", the former head", "… steps down" of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.classify.moves.cast.kind_evidence import firm, person
from monitor.classify.parsing.capitals import modifies
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.known_orgs import Kind
from monitor.classify.parsing.neighbours import beside, template
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import PERSON_GOES, dictionary, known_people, surnames, surnames_of_known
from monitor.classify.words.name_words import ORG_WORDS, PARTICLES, SURNAMES_ABROAD

SURE = 3  # evidence that overrules shape
ENOUGH = 2  # evidence that decides where shape says nothing


def settled(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with each name that may be either made the one that the story says it is, where it does."""
    names = _doubtful(rows)
    kinds = {low: _kind(name.chunk, name.person, name.firm) for low, name in names.items()}
    _lean_on_others(names, kinds)
    found = {low: kind for low, kind in kinds.items() if names[low].read != {kind}}
    last = {low.split()[-1] for low, kind in kinds.items() if kind == "person" and " " in low}
    if not found and not last:
        return rows
    telling = found.keys() | last
    return [
        Row(row.sentence, row.source, [_settled(row, n, found, last) if c.low in telling else c for n, c in enumerate(row.items)])
        for row in rows
    ]


@dataclass(slots=True)
class _Doubtful:
    """A name that no list of organisations has: what speaks for a ``person`` and for a ``firm`` at all its places, and as what
    kinds these were ``read``; ``chunk``: one place, as a person where one is read so."""

    chunk: Chunk
    person: int = 0
    firm: int = 0
    read: set[str] = field(default_factory=set)


def _doubtful(rows: Sequence[Row]) -> dict[str, _Doubtful]:
    """By the name in lower case."""
    names: dict[str, _Doubtful] = {}
    for row in rows:
        for i, c in enumerate(row.items):
            if not c.named or c.entity is None or c.org is not None:
                continue
            name = names.setdefault(c.low, _Doubtful(c))
            name.person += person(row.items, i)
            name.firm += firm(row.items, i)
            name.read.add(c.kind)
            if c.kind == "person":
                name.chunk = c
    return names


def _lean_on_others(names: Mapping[str, _Doubtful], kinds: dict[str, str]) -> None:
    """Of names that may be either, "Quill" is a person beside Ada Quill, and no firm beside a Bo Quill who may be one too."""
    parts = {part for low, kind in kinds.items() if kind == "person" for part in low.split()}
    open_parts = {part for low, kind in kinds.items() if kind == "name" and " " in low for part in low.split()}
    for low, name in names.items():
        if name.chunk.kind == "name" and low in parts:
            kinds[low] = "person"
        elif name.chunk.kind == "name" and kinds[low] == "org" and low in open_parts:
            kinds[low] = "name"


def _settled(row: Row, at: int, found: dict[str, str], last: set[str]) -> Chunk:
    """A chunk as what it is. "Gold succeeds …" opens a sentence of Ada Gold, though it is a word as well, and so does "Ford
    replaces …" of Ada Ford."""
    c = row.items[at]
    if c.low in found:
        return _as(c, found[c.low])
    if c.low not in last or row.sentence.field == "title":
        return c
    if c.kind == "word" and c.text[:1].isupper():
        return c._replace(kind="person")
    after = beside(row.items, at + 1)
    goes = template(after) in PERSON_GOES or template(beside(row.items, at + 2)) in PERSON_GOES
    if c.kind == "org" and not at and not c.owns and after is not None and goes and not after.named:
        return _as(c, "person")
    return c


def _kind(c: Chunk, somebody: int, company: int) -> str:
    words = c.low.split()
    if modifies(words[-1]) or words[-1].endswith("-maker"):
        return "word"  # "General Motors-owned", "chatbot-maker": whose and what, not who
    if len(words) == 1 and "-" in c.low and c.kind != "person" and surnames_of_known().issuperset(c.low.split("-")):
        return "word"  # "the Quill-Okoro handover": two people's, and nobody's
    if c.low in surnames():
        return "person"
    if c.kind == "person":
        return "org" if company >= SURE and company > somebody and c.low not in known_people() else "person"
    plain = 1 < len(words) < 5 and all(w[:1].isalpha() and w not in ORG_WORDS for w in words)
    if c.kind == "org":
        return "person" if somebody >= SURE and not company and plain else "org"
    said = words[:1] if len(words) == 2 and words[1] in SURNAMES_ABROAD else words
    of_words = any(w in dictionary() for w in said if w not in PARTICLES)
    enough = SURE if of_words else ENOUGH  # "a conference called Web Summit resigned"
    if somebody >= enough and somebody > company:
        return "person"
    # Who is nobody's chief and does nothing is a firm.
    return "org" if not somebody or (company >= ENOUGH and company > somebody) else "name"


def _as(c: Chunk, kind: str) -> Chunk:
    if not c.named or kind == c.kind or c.entity is None:
        return c
    if kind == "word":
        return c._replace(kind=kind, entity=None)
    return c._replace(kind=kind, entity=c.entity._replace(kind={"org": Kind.ORG, "person": Kind.PERSON}[kind]))
