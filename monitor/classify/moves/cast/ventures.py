"""Firms that have no name yet but somebody's: "joins Ada Quill's new startup", "the head of Okoro's energy council"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row, whole_org

_FIRMS = frozenset("startup start-up lab venture fund council".split())
_NEW = frozenset({"firm", "company"})  # somebody's firm mostly has a name
_ALL = _FIRMS | _NEW
LONGEST = 4  # words behind whose it is


def ventured(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with each such phrase as an organisation; where its name stands behind it, that is the organisation."""
    return [row if _ALL.isdisjoint(row.sentence.lows) else _ventured(row) for row in rows]


def _ventured(row: Row) -> Row:
    items: list[Chunk] = []
    skip = 0
    for at, c in enumerate(row.items):
        if at < skip:
            continue
        last = _end(row.items, at)
        if last:
            items.append(whole_org(row, c.first, row.items[last].last))
            skip = last + 1
        else:
            items.append(c)
    return Row(row.sentence, row.source, items) if skip else row


def _end(items: Sequence[Chunk], at: int) -> int:
    """The number of the chunk that ends the phrase that begins with somebody at ``at``; 0 where none does."""
    if items[at].kind != "person" or not items[at].owns:
        return 0
    for i in range(at + 1, min(at + 1 + LONGEST, len(items))):
        if items[i].kind != "word" or not items[i].text[0].isalnum():
            return 0
        if items[i].low in _FIRMS or (items[i].low in _NEW and items[i - 1].low == "new"):
            following = items[i + 1 : i + 3]
            named = following and (following[0].named or (following[0].low in (",", "—", ":") and following[-1].named))
            return 0 if named or (following and following[0].low in _FIRMS) else i
    return 0
