"""Units that read like firms: "vice president of Hardware Design", "its Client Computing group". They are no organisations."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import dictionary
from monitor.classify.words.name_words import ORG_WORDS

_NOUNS = frozenset("group division unit business team organization organisation department arm segment".split())
_ITS = frozenset({"business", "division", "unit", "department"})  # behind "the" as well; a firm may have "the" before it
_WORK = frozenset("engineering services computing operations marketing sales research design infrastructure products".split())
_OWN = frozenset("its their his her our new a".split())
_LEADS = frozenset("lead leads led leading run runs ran running head heads headed oversee oversees oversaw overseeing".split())
_HEADS_OF_UNITS = ("vice president", "vp", "director", "general manager")  # nobody is vice president of a firm
_SMALL = frozenset({"&", "and", "of", "ai", "hr", "it"})


def without_units(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the names of units as words."""
    return [row if row.sentence.loud else _without(row) for row in rows]


def _without(row: Row) -> Row:
    units = [at for at, c in enumerate(row.items) if c.kind in ("org", "name") and _is_unit(row.items, at)]
    if not units:
        return row
    items = [c._replace(kind="word", entity=None) if at in units else c for at, c in enumerate(row.items)]
    return Row(row.sentence, row.source, items)


def _is_unit(items: Sequence[Chunk], at: int) -> bool:
    c = items[at]
    if c.owns or c.org is not None or not _plain(c):
        return False
    before, after = beside(items, at - 1), beside(items, at + 1)
    if before is None:
        return False
    leads = before.low in _LEADS or before.kind == "frame"
    if after is not None and after.text in _NOUNS:
        return before.low in _OWN or leads or before.owns or (before.low == "the" and after.text in _ITS)
    if leads and " " in c.low and c.low.split()[-1] in _WORK and before.low.split()[-1] in _LEADS:
        return True  # "to lead Hardware Engineering"
    post = items[at - 2] if at > 1 else None
    if before.owns and " " in c.low and post is not None and post.low in _LEADS:
        return True  # "leads Osprey's Data Center and …"
    return before.low == "of" and post is not None and post.kind == "role" and post.low.endswith(_HEADS_OF_UNITS)


def _plain(c: Chunk) -> bool:
    """Words of the dictionary alone; "Harrow Software" and "Osprey" name firms."""
    return all(word in dictionary() or word in ORG_WORDS or word in _SMALL for word in c.low.split())
