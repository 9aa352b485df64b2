"""A firm whose name is words alone, behind the verb of a headline in Title Case: "Osprey Chief Joins United Breweries as CEO".

Capitals say nothing there, and the dictionary has each word; what is joined "as" something is a firm all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from monitor.classify.moves.cast.unnamed import KINDS
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import low_at
from monitor.classify.parsing.row import Row, whole_org
from monitor.classify.words.name_words import RIVALS

_NO_NAMES = frozenset(
    "board team ranks staff leadership committee council cabinet government administration practice office department unit "
    "division force forces suite industry sector world list race wave exodus private equity venture capital law the a an its "
    "his her of in at from for with new tech other top key senior executive executives".split()
) | (KINDS | RIVALS)
_MOST = 4  # words of a name


def with_joined(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such words of the headline as one organisation."""
    return [_joined(row) if row.sentence.field == "title" and row.sentence.loud else row for row in rows]


def _joined(row: Row) -> Row:
    items = row.items
    for at, c in enumerate(items):
        if c.frame is None or c.frame.template != "PERSON_JOINS":
            continue
        rival = low_at(items, at + 1) in RIVALS
        first = at + 1 + rival
        last = first + sum(1 for _ in takewhile(_may_name, items[first:]))
        if 2 - rival <= last - first <= _MOST and last < len(items) and items[last].low == "as":
            name = whole_org(row, items[first].first, items[last - 1].last)
            return Row(row.sentence, row.source, [*items[:first], name, *items[last:]])
    return row


def _may_name(c: Chunk) -> bool:
    return c.kind == "word" and c.text[:1].isupper() and c.low not in _NO_NAMES
