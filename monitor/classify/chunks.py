"""A sentence as a row of chunks: names, roles, frames, and the small words that relate them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import monitor.classify.lexicon as lexicon
from monitor.classify.document import Document, Sentence
from monitor.classify.entities import Entity, Gazetteer, Kind, entities
from monitor.classify.lexicon import Frame
from monitor.classify.roles import Role, find_roles

_QUANTITY = re.compile(
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3}|several|some|many|more|dozens of|a group of|group of|"
    r"trio of|pair of|"
    r"duo of|top|senior|key|leading|former|ex-?|other|another|half(?: of)?|most of|all|its|the|both|a|an|one)\s+)+$",
    re.I,
)


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
    def named(self) -> bool:
        return self.kind in ("org", "person", "name")


@cache
def _frames_by_first() -> dict[str, list[tuple[tuple[str, ...], Frame]]]:
    found: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for form, frame in lexicon.frames().items():
        words = tuple(form.split())
        found.setdefault(words[0], []).append((words, frame))
    for options in found.values():
        options.sort(key=lambda o: -len(o[0]))
    return found


# Words that are a frame only in some company: what must not stand right before or after them.
_NOT_AFTER: dict[str, frozenset[str]] = {
    "left": frozenset({"right", "behind", "out", "over", "with", "without", "wing", "far", "hand"}),
    "exit": frozenset({"strategy", "poll"}),
    "leave": frozenset({"policy"}),
    "names": frozenset({"of"}),
    "lead": frozenset(),
    "lands": frozenset({"in", "on"}),
    "joins": frozenset({"forces", "race", "fight", "list", "growing", "effort"}),
    "join": frozenset({"forces", "race", "fight", "list", "effort", "us"}),
    "joined": frozenset({"forces", "by"}),
    "joining": frozenset({"forces"}),
    "named": frozenset({"in", "after", "best", "among", "one"}),
    "hires": frozenset({"investment", "bank", "banks"}),
}


# "named a leader in …": a prize, not a post.
_AWARDS = frozenset(
    "leader visionary challenger winner finalist best top list most among one world company strongest fastest "
    "partner-of-the-year person 2024 2025 2026 2027 forbes fortune time".split()
)


def frame_tokens(sentence: Sentence) -> list[tuple[int, int, Frame]]:
    """First token, last token and frame of each frame form, longest first, without overlap."""
    tokens, found, end = sentence.tokens, [], 0
    table = _frames_by_first()
    lows = tuple([t.low for t in tokens])
    for i in [n for n, low in enumerate(lows) if low in table]:
        if i < end or tokens[i].owns:
            continue
        hit = next(((len(words), frame) for words, frame in table[lows[i]] if lows[i : i + len(words)] == words), None)
        if hit and not _blocked(sentence, i, hit[0]):
            end = i + hit[0]
            found.append((i, end - 1, hit[1]))
    return found


def _blocked(sentence: Sentence, i: int, n: int) -> bool:
    tokens = sentence.tokens
    if (
        i
        and n == 1
        and tokens[i].capital
        and sentence.field == "summary"
        and not sentence.loud
        and tokens[i - 1].text[0].isalpha()
    ):
        return True  # a capital inside a quiet sentence: "appointed Woo Chang-pyo"
    after = tokens[i + n].low if i + n < len(tokens) else ""
    before = tokens[i - 1].low if i else ""
    if n == 1 and after in _NOT_AFTER.get(tokens[i].low, frozenset()):
        return True
    later = tokens[i + n + 1].low if i + n + 1 < len(tokens) else ""
    if tokens[i].low in ("named", "names", "recognized", "ranked") and (
        after in _AWARDS or (after in ("a", "an", "as", "to", "the") and later in _AWARDS)
    ):
        return True
    nounish = before in ("a", "the", "an", "of", "brand", "in", "his", "her", "their", "its") and n == 1
    noun = tokens[i].low in (
        "lead",
        "name",
        "names",
        "leave",
        "fire",
        "hire",
        "exit",
        "exits",
        "departure",
        "appointment",
        "resignation",
        "retirement",
        "departures",
        "ouster",
        "successor",
        "promotion",
        "removal",
        "dismissal",
        "nomination",
        "shake-up",
        "reshuffle",
        "move",
        "retired",
        "departed",
        "departing",
        "retiring",
        "defection",
        "replacement",
        "exodus",
    )
    return nounish and not noun and not tokens[i].low.endswith("ing")


def _aside(sentence: Sentence) -> frozenset[int]:
    """Tokens in short brackets: tickers, nicknames of companies, initials of a byline. No part of the clause around them."""
    found: set[int] = set()
    tokens = sentence.tokens if "(" in sentence.text else ()
    for i, t in enumerate(tokens):
        if t.text == "(":
            close = next((j for j in range(i + 1, min(i + 9, len(tokens))) if tokens[j].text == ")"), None)
            if close is not None:
                found.update(range(i, close + 1))
    return frozenset(found)


def chunks(document: Document, sentence: Sentence, gazetteer: Gazetteer) -> list[Chunk]:
    """The whole sentence, left to right."""
    source = document.story.title if sentence.field == "title" else document.story.summary
    frames = frame_tokens(sentence)
    verbs = frozenset(i for a, b, _ in frames for i in range(a, b + 1)) | _aside(sentence)
    roles = list(find_roles(source, sentence.start, sentence.end))
    names = entities(sentence, gazetteer, roles, verbs)
    return _row(sentence, source, frames, roles, names)


def _row(
    sentence: Sentence, source: str, frames: Sequence[tuple[int, int, Frame]], roles: Sequence[Role], names: Sequence[Entity]
) -> list[Chunk]:
    tokens, taken = sentence.tokens, {}
    hidden = _aside(sentence)
    for e in names:
        kind = {Kind.ORG: "org", Kind.PERSON: "person", Kind.NAME: "name"}[e.kind]
        taken[e.first] = Chunk(kind, e.first, e.last, e.start, e.end, e.text, e.text.lower(), entity=e)
    covered = {i for c in taken.values() for i in range(c.first, c.last + 1)}
    for role in roles:
        inside = [i for i, t in enumerate(tokens) if role.start <= t.start < role.head_end]
        inside = [i for i in inside if i not in covered]
        if inside and inside[0] not in taken and inside[0] not in hidden:
            a, b = inside[0], inside[-1]
            text = source[tokens[a].start : role.head_end].rstrip(" ,")
            if text.lower().endswith("'s") or text.endswith("’s"):
                text = text[:-2]
            taken[a] = Chunk("role", a, b, tokens[a].start, tokens[a].start + len(text), text, text.lower(), role=role)
            covered.update(range(a, b + 1))
    for a, b, frame in frames:
        if not any(i in covered for i in range(a, b + 1)):
            text = source[tokens[a].start : tokens[b].end]
            taken[a] = Chunk(
                "frame", a, b, tokens[a].start, tokens[b].end, text, " ".join(t.low for t in tokens[a : b + 1]), frame=frame
            )
            covered.update(range(a, b + 1))
    row, end, new = [], 0, tuple.__new__  # half of what Chunk(…) costs, and most tokens are words
    for i, (text, low, start, stop, _, _) in enumerate(tokens):
        if i < end or i in hidden:
            continue
        if (chunk := taken.get(i)) is not None:
            row.append(chunk)
            end = chunk.last + 1
        else:
            row.append(new(Chunk, ("word", i, i, start, stop, text, low, None, None, None)))
    return row


def quantifier(source: str, start: int, floor: int) -> int:
    """Where the group that ends in a plural role begins: before its numbers and adjectives."""
    found = _QUANTITY.search(source, floor, start)
    return found.start() if found else start
