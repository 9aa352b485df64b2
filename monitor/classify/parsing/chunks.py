"""A sentence as a row of chunks: names, roles, frames, and the small words that relate them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import monitor.classify.words.lexicon as lexicon
from monitor.classify.parsing.borne import borne
from monitor.classify.parsing.capitals import Cased
from monitor.classify.parsing.entities import entities
from monitor.classify.parsing.frames import frame_tokens
from monitor.classify.parsing.known_orgs import Entity
from monitor.classify.parsing.roles import Role, find_roles
from monitor.classify.parsing.unit_or_name import unit_behind, without_names
from monitor.classify.words.document import Document, Sentence
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.lexicon import Frame, Org
from monitor.classify.words.name_words import ORG_WORDS

_QUANTITY = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|\d{1,3}\+?|several|multiple|some|many|most|more|"
    r"more than|at least|up to|nearly|almost|about|over(?= (?:\d|a |two |three |four |five |half |dozens? ))|"
    r"dozens?|hundreds of|scores of|group of|trio of|pair of|duo of|"
    r"(?:(?:small|large|growing)\s+)?(?:number|handful|majority|slew|string|wave|raft|bunch) of|top|senior|key|leading|former|"
    r"ex-?|other|another|half|all|its|the|both|a|an|one)\s+(?:of\s+)?)+$",
    re.I,
)


NAMED = {"org": "O", "person": "P", "name": "N"}  # kinds of chunks that name somebody, with their signs
NAMES = frozenset(NAMED)


class Chunk(NamedTuple):
    """``kind``: org, person, name, role, frame or word; ``start``/``end`` are offsets into the field."""

    kind: str
    first: int
    last: int
    start: int
    end: int
    text: str
    low: str
    entity: Entity | None = None
    role: Role | None = None
    frame: Frame | None = None

    @property
    def owns(self) -> bool:
        return self.entity is not None and self.entity.owns

    @property
    def org(self) -> Org | None:
        """The organisation of the lexicon that it is a name of."""
        return self.entity.org if self.entity is not None else None

    @property
    def named(self) -> bool:
        return self.kind in NAMES


_NOTHING: frozenset[int] = frozenset()


def _aside(sentence: Sentence) -> frozenset[int]:
    """Tokens in short brackets: tickers, nicknames of companies, initials of a byline. No part of the clause around them."""
    if "(" not in sentence.text:
        return _NOTHING
    found: set[int] = set()
    tokens = sentence.tokens
    for i, t in enumerate(tokens):
        if t.text == "(":
            close = next((j for j in range(i + 1, min(i + 9, len(tokens))) if tokens[j].text == ")"), None)
            if close is not None:
                found.update(range(i, close + 1))
    return frozenset(found)


class Parts(NamedTuple):
    """What a sentence's row is made of: the ``names`` as chunks, from left to right; frames and roles with their tokens, and the
    tokens ``hidden`` in brackets; ``borne``: the words, in lower case, of what is somebody's name by where it stands."""

    names: list[Chunk]
    frames: Sequence[tuple[int, int, Frame]]
    roles: Sequence[tuple[range, Role]]
    hidden: frozenset[int]
    borne: Sequence[tuple[str, ...]] = ()


def parts_of(
    document: Document, sentence: Sentence, gazetteer: Gazetteer, seen: Cased, known: Sequence[tuple[str, ...]] = ()
) -> Parts:
    """``seen``: how the story's sentences write its words; ``known``: what sentences before this one have ``borne``."""
    source, frames, hidden = document.source(sentence), frame_tokens(sentence), _aside(sentence)
    told = [role for role in find_roles(source, sentence.start, sentence.end) if not _of_names(source, role)]
    spans = _spans(sentence, without_names(sentence, source, gazetteer, seen, told))
    roles = [(span, role) for span, role in spans if not _of_a_name(sentence, gazetteer, span)]
    if hidden:
        hidden -= _posts_in_brackets(sentence, roles)
    blocked = set(hidden)
    for first, last, _ in frames:
        blocked.update(range(first, last + 1))
    for span, role in roles:
        blocked.update(span)
        if role.tail and source[role.head_end] == ",":  # "SVP, Cloud Infrastructure": of nothing that is named
            blocked.update(range(span.stop, bisect_left(sentence.starts, role.end)))
        elif role.tail:
            blocked.update(unit_behind(sentence, gazetteer, role, span))
    people = borne(sentence, gazetteer, frames, roles, known)
    new = tuple.__new__  # half of what Chunk(…) costs
    names = [
        new(Chunk, (e.kind.value, e.first, e.last, e.start, e.end, e.text, e.text.lower(), e, None, None))
        for e in entities(sentence, gazetteer, blocked, seen, people)
    ]
    return Parts(names, frames, roles, hidden, [sentence.lows[first : last + 1] for first, last in people])


def _posts_in_brackets(sentence: Sentence, roles: Sequence[tuple[range, Role]]) -> set[int]:
    """The tokens of "(chair)" behind somebody: all that is in the brackets is the post, and what is before them is none."""
    tokens = sentence.tokens
    ends = {span[-1] for span, _ in roles if span}
    found: set[int] = set()
    for span, _ in roles:
        if not span or span[0] < 2 or span[-1] + 1 >= len(tokens):
            continue
        opened, closed, before = span[0] - 1, span[-1] + 1, span[0] - 2
        if tokens[opened].text == "(" and tokens[closed].text == ")" and tokens[before].capital and before not in ends:
            found.update(range(opened, closed + 1))
    return found


def _of_names(source: str, role: Role) -> bool:
    """ "Solomon Partners" is a firm: capitalised, behind a capital that is no word; "Patrick Cao" is somebody."""
    if role.text not in ("Partners", "Cao"):
        return False
    before = source[: role.start].split()[-1:]
    word = before[0] if before else ""
    if role.text == "Cao":
        return word in lexicon.first_names()
    return word[:1].isupper() and word.isalpha() and (word.lower() not in lexicon.common_words() or word.lower() in ORG_WORDS)


def _of_a_name(sentence: Sentence, gazetteer: Gazetteer, span: range) -> bool:
    """Whether what reads like a post is part of a known name: "Founders Fund", "Hugo Boss"."""
    if not span or not sentence.tokens[span[0]].capital:
        return False
    for i in range(max(0, span[0] - 2), span[0] + 1):
        hit = gazetteer.at(sentence, i) if sentence.lows[i] in gazetteer else None
        if hit is not None and hit[0] > 1 and span[-1] < i + hit[0]:
            return True
    return False


def _spans(sentence: Sentence, roles: Sequence[Role]) -> list[tuple[range, Role]]:
    """Each role with the numbers of its tokens."""
    if not roles:
        return []
    starts = sentence.starts
    return [(range(bisect_left(starts, role.start), bisect_left(starts, role.head_end)), role) for role in roles]


def chunks(sentence: Sentence, source: str, parts: Parts) -> list[Chunk]:
    """The whole sentence, left to right."""
    tokens, starts, hidden = sentence.tokens, sentence.starts, parts.hidden
    taken = _taken(sentence, source, parts)
    row, end, new = [], 0, tuple.__new__  # half of what Chunk(…) costs, and most tokens are words
    for i, token in enumerate(tokens):
        if i < end or i in hidden:
            continue
        if i in taken:
            chunk = taken[i]
            end = chunk.last + 1
        else:
            start = starts[i]
            chunk = new(Chunk, ("word", i, i, start, start + token.length, token.text, token.low, None, None, None))
        row.append(chunk)
    return row


def _taken(sentence: Sentence, source: str, parts: Parts) -> dict[int, Chunk]:
    """By their first token the names, the roles where no name is, and the frames where neither is."""
    tokens, starts, hidden = sentence.tokens, sentence.starts, parts.hidden
    taken: dict[int, Chunk] = {}
    covered: set[int] = set()
    for name in parts.names:
        taken[name.first] = name
        covered.update(range(name.first, name.last + 1))
    for span, role in parts.roles:
        inside = [i for i in span if i not in covered]
        if inside and inside[0] not in taken and inside[0] not in hidden:
            a, b = inside[0], inside[-1]
            text = source[starts[a] : role.head_end].rstrip(" ,")
            if text.lower().endswith("'s") or text.endswith("’s"):
                text = text[:-2]
            taken[a] = Chunk("role", a, b, starts[a], starts[a] + len(text), text, text.lower(), role=role)
            covered.update(range(a, b + 1))
    for a, b, frame in parts.frames:
        if covered.isdisjoint(range(a, b + 1)):
            start, end = starts[a], starts[b] + tokens[b].length
            taken[a] = Chunk("frame", a, b, start, end, source[start:end], " ".join(sentence.lows[a : b + 1]), frame=frame)
            covered.update(range(a, b + 1))
    return taken


def quantifier(source: str, start: int, floor: int) -> int:
    """Where the group that ends in a plural role begins: before its numbers and adjectives."""
    found = _QUANTITY.search(source, floor, start)
    return found.start() if found else start
