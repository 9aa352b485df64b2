"""Posts told by what they head and whose they are: "Corvid's Africa chief", "its Germany head", "Osprey Latin America boss".

A region reads as a place, and what a firm calls its product as a firm of its own; between an owner and "head" it is what is
headed. So is any other word there, where "lead" or "head to" are verbs elsewhere: "loses its design lead to Osprey".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, words_of
from monitor.classify.parsing.roles import Role
from monitor.classify.parsing.row import Row

HEADS = frozenset({"head", "boss", "chief"})
_WITH_LEAD = HEADS | {"lead"}
UNIT = 3  # chunks of a unit at most
_OWNERS = frozenset({"its", "their"})
_WIDE = frozenset("north south east west central latin middle asia pacific".split())
# What stands before a post and is no unit: small words, and what is thought or said of somebody.
SMALL = frozenset("the a an of to and or will would as is was in on at for by from with".split())
SAID_OF = frozenset(
    "new old former late ex longtime long-time outgoing incoming departing retiring acting founding current previous next big "
    "top senior junior young rich powerful embattled ousted first second third last only own then one two another other says "
    "said".split()
)
_NO_UNIT = SMALL | SAID_OF | {"are", "interim"}
_OF_DEPARTMENTS = ("head", "heads", "chief", "director", "president", "lead")
_LETTERS = re.compile(r"[A-Z]{2,5}(?:[ &/][A-Z]{1,5})*")
_GOES = frozenset({"person", "frame", "name", "org"})
BEHIND = frozenset("from as in to after amid over".split())  # what follows a post, and no verb "head"
_AFTER = BEHIND | frozenset(", is was has will out".split())


def owned(row: Row) -> Row:
    """The row with such posts, each as one chunk."""
    if _WITH_LEAD.isdisjoint(row.sentence.lows):
        return row
    items: list[Chunk] = []
    for at, c in enumerate(row.items):
        after = beside(row.items, at + 1)
        word = _head(c)
        n = _units(items, after, word) if word else 0
        if not n:
            items.append(c)
            continue
        first = items[-n]
        del items[-n:]
        verb = c.kind == "frame"
        text = row.source[first.start : c.start + len(word)]
        items.append(post(first.first, c.first if verb else c.last, first.start, text))
        if verb:
            rest = c.text[len(word) + 1 :]
            items.append(Chunk("word", c.last, c.last, c.end - len(rest), c.end, rest, rest.lower()))
    return Row(row.sentence, row.source, items)


def _head(c: Chunk) -> str:
    """The word that makes a post, where ``c`` is one, or a verb that begins with it: "head to"."""
    if c.kind in ("role", "word"):
        return c.text if c.low in _WITH_LEAD else ""
    first, _, rest = c.text.partition(" ")
    return first if c.kind == "frame" and first.lower() == "head" and rest.isalpha() else ""


def _units(before: Sequence[Chunk], after: Chunk | None, word: str) -> int:
    """How many chunks at the end of ``before`` are what is headed; none where that is nobody's."""
    n = 0
    while n < min(UNIT, len(before) - 1) and _may_be(before[-1 - n]):
        n += 1
        owner = before[-1 - n]
        if (owner.owns and owner.kind != "person") or owner.low in _OWNERS:
            return n if word.islower() or _is_noun(before[-1], after) else 0
    return _region(before, after) or _programme(before, after)


def _may_be(c: Chunk) -> bool:
    if c.owns or c.kind in ("role", "frame") or c.low in _NO_UNIT or not c.text[-1].isalnum():
        return False
    if c.org is not None:
        return False  # a firm of its own: "Osprey's Corvid chief"
    several = c.low.endswith("s") and not c.low.endswith(("ics", "ss", "us", "is"))
    return (not several or c.low in lexicon.place_names()) and not c.low.endswith(("ed", "ly"))


def _is_noun(unit: Chunk, after: Chunk | None) -> bool:
    """Title Case says little: "Corvid's Profit Lead Narrows"."""
    return after is None or after.kind in _GOES or after.low in _AFTER or unit.low in lexicon.place_names()


def _region(before: Sequence[Chunk], after: Chunk | None) -> int:
    """How many chunks are a region between a firm and what it has there: "Osprey Latin America chief Ada Quill"."""
    if after is None or (after.kind not in ("person", "frame") and after.low not in _AFTER):
        return 0
    for n in range(1, min(UNIT, len(before) - 1) + 1):
        words = words_of(before[-n:]).split()
        firm = before[-1 - n]
        if words and words[-1] in lexicon.place_names() and set(words[:-1]) <= _WIDE and firm.kind == "org" and not firm.owns:
            return n if firm.low not in lexicon.place_names() and firm.low not in _WIDE else 0
    return 0


def _programme(before: Sequence[Chunk], after: Chunk | None) -> int:
    """1 where a firm that is known stands before a name that none is called: "Google TPU chief Ada Quill", "Tesla Dojo lead"."""
    if len(before) < 2 or after is None or (after.kind not in ("person", "frame") and after.low not in BEHIND):
        return 0
    unit, firm = before[-1], before[-2]
    unknown = unit.kind in ("name", "org") and not unit.owns and unit.org is None
    known = firm.kind == "org" and not firm.owns and firm.org is not None
    return int(unknown and known and " " not in unit.low)


def with_departments(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with what somebody is head of in his post: "Corvid's head of TMT", which reads as a firm of its own."""
    return [row if "of" not in row.sentence.lows else _with_department(row) for row in rows]


def _with_department(row: Row) -> Row:
    items: list[Chunk] = []
    for c in row.items:
        if len(items) > 2 and _is_department(items[-3:], c):
            head = items[-2]
            text = row.source[head.start : c.end]
            items[-2:] = [head._replace(last=c.last, end=c.end, text=text, low=text.lower())]
        else:
            items.append(c)
    return Row(row.sentence, row.source, items)


def _is_department(before: Sequence[Chunk], c: Chunk) -> bool:
    """Letters alone, for a firm may be meant by any other name: "Osprey's head of Corvid"."""
    owner, head, of = before
    if of.low != "of" or head.kind != "role" or not head.low.endswith(_OF_DEPARTMENTS):
        return False
    letters = _LETTERS.fullmatch(c.text) is not None and c.kind in ("name", "org") and not c.owns
    return letters and c.org is None and (owner.owns or owner.kind == "org")


def post(first: int, last: int, start: int, text: str) -> Chunk:
    """The tokens from ``first`` to ``last`` as a post; ``start`` is their offset in the field."""
    end = start + len(text)
    role = Role(start, end, end, text, 2, False, False, "")
    return Chunk("role", first, last, start, end, text, text.lower(), role=role)
