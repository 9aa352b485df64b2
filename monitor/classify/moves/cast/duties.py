"""Verbs that take or oust somebody elsewhere, and here tell of their own subject: "Ada Quill adds chief executive duties",
"Ada Quill swaps Osprey for Corvid", "Ada Quill loses CEO title"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, is_post, low_at
from monitor.classify.parsing.row import Row

_ADDS = frozenset({"adds", "added", "adding", "to add"})
_REINS = frozenset({"hands reins to", "hands the reins to"})
_HANDS_OVER = "hands over"
_LOSES = frozenset("loses lost losing lose".split())
_VERBS = frozenset("adds added adding add swaps swapped swapping swap hands".split()) | _LOSES
_WORK = frozenset("duties title titles role roles responsibilities remit job brief mantle".split())
_SWAPS = frozenset({"swaps", "swapped", "swapping", "to swap"})
_POSTS = frozenset("title titles role roles job post position seat chair crown".split())
_OFFICES = ("chairmanship", "presidency", "directorship", "board seat")  # posts that are lost without another word
_WHOSE = frozenset("the his her their its a".split())
_TAKES_ON, _LEAVES, _GIVES_UP = "takes on", "leaves", "relinquishes"


def with_duties(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such verbs as what they mean: she takes the duties on, she leaves Osprey, the title is hers no more."""
    return [row if _VERBS.isdisjoint(row.sentence.lows) else _read(row) for row in rows]


def _read(row: Row) -> Row:
    items = list(_with_reins(row.items))
    for at, c in enumerate(items):
        meant = next((verb for verb, says in _MEANT if c.frame is not None and says(items, at)), "")
        if meant:
            items[at] = c._replace(frame=lexicon.frames()[meant])
    return Row(row.sentence, row.source, items)


def _with_reins(items: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks with "hands reins to" as what somebody does who goes, "hands reins" and "to", where no firm does it."""
    for at, c in enumerate(items):
        before, second = beside(items, at - 1), beside(items, at - 2)
        somebody = before is not None and (before.kind == "person" or is_post(before) or (before.named and is_post(second)))
        if c.frame is not None and c.low in _REINS and somebody:
            cut = len(" to")
            frame = lexicon.frames()[_HANDS_OVER]
            yield c._replace(last=c.last - 1, end=c.end - cut, text=c.text[:-cut], low=c.low[:-cut], frame=frame)
            yield c._replace(kind="word", first=c.last, start=c.end - cut + 1, text=c.text[1 - cut :], low="to", frame=None)
        else:
            yield c


def _adds_duties(items: Sequence[Chunk], at: int) -> bool:
    own = low_at(items, at + 1) in ("the", "his", "her")
    return items[at].low in _ADDS and is_post(beside(items, at + 1 + own)) and low_at(items, at + 2 + own) in _WORK


def _swaps_firms(items: Sequence[Chunk], at: int) -> bool:
    who, firm, other = beside(items, at - 1), beside(items, at + 1), beside(items, at + 3)
    if items[at].low not in _SWAPS or who is None or firm is None or other is None:
        return False
    somebody = who.kind == "person" or (who.kind == "name" and " " in who.text)
    firms = firm.named and other.named and "org" in (firm.kind, other.kind) and "person" not in (firm.kind, other.kind)
    return somebody and firms and low_at(items, at + 2) == "for"


def _loses_post(items: Sequence[Chunk], at: int) -> bool:
    """ "loses CEO title", "loses his job as Osprey CEO", "loses seat on Osprey's board": what no firm does."""
    if items[at].low not in _LOSES or (at and items[at - 1].kind == "org"):
        return False
    what = at + 1 + (low_at(items, at + 1) in _WHOSE)
    while what < len(items) and items[what].named:
        what += 1
    if is_post(beside(items, what)):
        return low_at(items, what + 1) in _POSTS or items[what].low.endswith(_OFFICES)
    if low_at(items, what).startswith("seat on "):
        return True
    behind = items[what + 2 : what + 5]
    post = any(is_post(c) or c.low.endswith("board") for c in behind)
    return low_at(items, what) in _POSTS and low_at(items, what + 1) in ("as", "of", "on") and post


_MEANT = ((_TAKES_ON, _adds_duties), (_LEAVES, _swaps_firms), (_GIVES_UP, _loses_post))
