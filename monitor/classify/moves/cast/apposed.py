"""Firms that only say which other firm is meant: "joins Gucci owner Kering", "Harrow's rival Osprey names …"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row

_IS = frozenset("owner parent maker operator developer publisher backer rival competitor".split())


def without_apposed(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with each such firm as a word: it neither takes nor loses anybody."""
    return [row if _IS.isdisjoint(row.sentence.lows) else _without(row) for row in rows]


def _without(row: Row) -> Row:
    items = [
        c._replace(kind="word", entity=None) if c.kind in ("org", "name") and _is_told_of(row.items, at) else c
        for at, c in enumerate(row.items)
    ]
    return Row(row.sentence, row.source, items)


def _is_told_of(items: Sequence[Chunk], at: int) -> bool:
    behind = items[at + 1 : at + 4]
    if len(behind) < 2 or behind[0].low not in _IS:
        return False
    return behind[2 if behind[1].low == "company" and len(behind) > 2 else 1].kind in ("org", "name")
