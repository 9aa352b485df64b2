"""Whose chair is taken: in "takes the chief executive's chair" and "CEO chair" it is a seat, and no post beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import is_post
from monitor.classify.parsing.row import Row
from monitor.classify.words.seats import SEATS, board_kind

_CHAIR = "chair"
_SEAT = "seat"  # what is known of "takes the CEO seat" holds of the chair
_TAKES = frozenset(
    "take takes took taking taken assume assumes assumed fill fills filled land lands landed get gets inherit inherits leave "
    "leaves left leaving vacate vacates vacated quit quits keep keeps offered wins won occupies swaps".split()
)
_NEAR = 4  # chunks between the verb and the chair


def without_chairs(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the chair of another post as a word."""
    return [_seated(row) if any(c.low == _CHAIR for c in row.items) else row for row in rows]


def _seated(row: Row) -> Row:
    items = [_as_seat(c) if _is_seat(row.items, at) else c for at, c in enumerate(row.items)]
    return Row(row.sentence, row.source, items)


def _is_seat(items: Sequence[Chunk], at: int) -> bool:
    """Whether a chair is told of right behind a post that is no seat on a board itself, and somebody takes or leaves it."""
    if items[at].low != _CHAIR or not at or not is_post(items[at - 1]) or board_kind[items[at - 1].low] in SEATS:
        return False
    before = takewhile(lambda c: not c.named, reversed(items[max(at - 1 - _NEAR, 0) : at - 1]))
    return any(c.low.split()[0] in _TAKES for c in before)


def _as_seat(c: Chunk) -> Chunk:
    return c._replace(kind="word", low=_SEAT, role=None)
