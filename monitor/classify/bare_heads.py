"""Posts told by a bare "head" behind whatever it heads: "Corvid's app store head to leave", "Corvid Studio Head Leaves".

The list of roles knows heads of units that it knows; any other unit reads as a name or as somebody who heads somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.chunks import Chunk
from monitor.classify.roles import Role
from monitor.classify.row import Row

_HEADS = frozenset({"head", "boss", "chief"})
_UNIT = 3  # words of a unit at most
_NO_UNIT = frozenset("the a an its their his her of to and or will would as is was in on at for by from with".split())
_ACTS = frozenset({"PERSON_STEPS", "PERSON_LEAVES", "PERSON_JOINS", "PERSON_SUCCEEDS"})


def posted(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such heads as posts."""
    return [row if _HEADS.isdisjoint(row.sentence.lows) else _posted(row) for row in rows]


def _may_be(c: Chunk) -> bool:
    if c.kind == "frame":
        return c.low == "head to"
    return c.kind == "word" and c.low in _HEADS


def _posted(row: Row) -> Row:
    items: list[Chunk] = []
    for at, c in enumerate(row.items):
        after = row.items[at + 1] if at + 1 < len(row.items) else None
        if not _may_be(c) or after is None:
            items.append(c)
        elif c.kind == "frame":
            items += _before_verb(row, items, c) if after.kind == "frame" else [c]
        else:
            third = row.items[at + 2] if at + 2 < len(row.items) and after.low == "," else after
            acts = third.kind == "person" or (after.frame is not None and after.frame.template in _ACTS)
            unit = bool(items) and (items[-1].kind == "word" or items[-1].named) and items[-1].low not in _NO_UNIT
            items.append(_post(row, items, c) if acts and unit and items[-1].text[-1].isalpha() else c)
    return Row(row.sentence, row.source, items)


def _before_verb(row: Row, before: list[Chunk], c: Chunk) -> list[Chunk]:
    """ "head to" in front of another verb: the post, and "to"."""
    if not before or before[-1].low in _NO_UNIT or before[-1].kind in ("role", "frame"):
        return [c]
    word, to = c.text.split()[0], c.text.split()[-1]
    head = Chunk("word", c.first, c.first, c.start, c.start + len(word), word, word.lower())
    return [_post(row, before, head), Chunk("word", c.last, c.last, c.end - len(to), c.end, to, to.lower())]


def _post(row: Row, before: list[Chunk], c: Chunk) -> Chunk:
    """The post, with the words of its unit taken off ``before`` where they follow their owner: "Corvid's app store head"."""
    n = 0
    while n < min(_UNIT, len(before) - 1) and before[-1 - n].kind == "word" and before[-1 - n].low not in _NO_UNIT:
        n += 1
    first = c
    if n and before[-1 - n].owns:
        first = before[-n]
        del before[-n:]
    return _role(first.first, c.last, first.start, row.source[first.start : c.end])


def _role(first: int, last: int, start: int, text: str) -> Chunk:
    end = start + len(text)
    role = Role(start, end, end, text, 2, False, False, "")
    return Chunk("role", first, last, start, end, text, text.lower(), role=role)
