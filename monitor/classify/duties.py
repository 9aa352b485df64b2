"""Verbs that take or oust somebody elsewhere, and here tell of their own subject: "Ada Quill adds chief executive duties",
"Ada Quill swaps Osprey for Corvid"."""

from __future__ import annotations

from collections.abc import Sequence

import monitor.classify.lexicon as lexicon
from monitor.classify.chunks import Chunk
from monitor.classify.neighbours import beside, is_post, low_at
from monitor.classify.row import Row

_ADDS = frozenset({"adds", "added", "adding", "to add"})
_VERBS = frozenset("adds added adding add swaps swapped swapping swap".split())
_WORK = frozenset("duties title titles role roles responsibilities remit job brief mantle".split())
_SWAPS = frozenset({"swaps", "swapped", "swapping", "to swap"})
_TAKES_ON, _LEAVES = "takes on", "leaves"


def with_duties(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such verbs as what they mean: she takes the duties on, she leaves Osprey."""
    return [row if _VERBS.isdisjoint(row.sentence.lows) else _read(row) for row in rows]


def _read(row: Row) -> Row:
    items = list(row.items)
    for at, c in enumerate(items):
        meant = _TAKES_ON if _adds_duties(items, at) else _LEAVES if _swaps_firms(items, at) else ""
        if meant:
            items[at] = c._replace(frame=lexicon.frames()[meant])
    return Row(row.sentence, row.source, items)


def _adds_duties(items: Sequence[Chunk], at: int) -> bool:
    own = low_at(items, at + 1) in ("the", "his", "her")
    return (
        items[at].frame is not None
        and items[at].low in _ADDS
        and is_post(beside(items, at + 1 + own))
        and low_at(items, at + 2 + own) in _WORK
    )


def _swaps_firms(items: Sequence[Chunk], at: int) -> bool:
    who, firm, other = beside(items, at - 1), beside(items, at + 1), beside(items, at + 3)
    if items[at].frame is None or items[at].low not in _SWAPS or who is None or firm is None or other is None:
        return False
    somebody = who.kind == "person" or (who.kind == "name" and " " in who.text)
    firms = firm.named and other.named and "org" in (firm.kind, other.kind) and "person" not in (firm.kind, other.kind)
    return somebody and firms and low_at(items, at + 2) == "for"
