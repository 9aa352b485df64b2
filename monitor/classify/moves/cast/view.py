"""A story's rows as those see them who ask where somebody stands: places, symbols, and the nearest frames around each chunk.

``cast`` brings places together to people, organisations and posts; ``readings`` and ``standing`` say what stands around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.classify.moves.cast.unnamed import kind_alone
from monitor.classify.parsing.chunks import NAMED, Chunk
from monitor.classify.parsing.row import BREAKS, Row, traded, whole_org, whole_subject
from monitor.classify.words.kept import Kept

ROWS_READ = 9  # the title and what follows it


class Place(NamedTuple):
    """Where a name or post stands: row number, number of the chunk in it, and the chunk."""

    row: int
    at: int
    chunk: Chunk


@dataclass(slots=True)
class Named:
    """One person, organisation or post; ``text`` as its fullest mention writes it, ``best`` where that stands."""

    kind: str
    best: Place
    places: list[Place]
    key: frozenset[str]

    @property
    def text(self) -> str:
        return self.best.chunk.text


@dataclass(slots=True)
class View:
    """A story's rows with a symbol a chunk, and the nearest frames on both sides of each chunk."""

    rows: Sequence[Row]
    symbols: list[list[str]] = field(default_factory=list)
    left: list[list[int]] = field(default_factory=list)
    right: list[list[int]] = field(default_factory=list)
    around: dict[tuple[int, int, bool], list[str]] = field(default_factory=dict)  # what ``readings.local`` was asked for


def view(rows: Sequence[Row]) -> View:
    """The first rows, ``ROWS_READ`` of them, with all that is asked of each chunk's surroundings."""
    return seen_as(_whole_names(rows[:ROWS_READ]))


def seen_as(rows: Sequence[Row]) -> View:
    """These rows as they are."""
    seen = View(rows)
    for row in seen.rows:
        seen.symbols.append([_of_word[c.low] if c.kind == "word" else symbol(c) for c in row.items])
        order = range(len(row.items)) if any(c.kind == "frame" for c in row.items) else range(0)
        seen.left.append(_nearest(row.items, order))
        seen.right.append(_nearest(row.items, order[::-1]))
    return seen


def _nearest(items: Sequence[Chunk], order: range) -> list[int]:
    """For each chunk the last frame met on the way to it within its clause; -1 where there is none."""
    found, last = [-1] * len(items), -1
    for i in order:
        found[i] = last
        c = items[i]
        if c.kind == "frame":
            last = i
        elif c.kind == "word" and c.text in BREAKS:
            last = -1
    return found


def _whole_names(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows in which "Kangda New Materials", that opens a headline, is one name, there and wherever its words stand again."""
    if not rows or rows[0].sentence.field != "title":
        return rows
    first = rows[0]
    verb = next((i for i, c in enumerate(first.items) if c.kind == "frame"), None)
    whole = (whole_subject(first, verb) if verb is not None and verb > 1 else None) or traded(first)
    if whole is None or kind_alone(whole):
        return rows
    words = first.sentence.lows[whole.first : whole.last + 1]
    return [Row(row.sentence, row.source, _joined(row, words)) for row in rows]


def _joined(row: Row, words: tuple[str, ...]) -> list[Chunk]:
    sentence, n = row.sentence, len(words)
    spans = [i for i, low in enumerate(sentence.lows) if low == words[0] and sentence.lows[i : i + n] == words]
    if not spans:
        return row.items
    items: list[Chunk] = []
    for c in row.items:
        inside = next((i for i in spans if i <= c.first and c.last < i + n), None)
        if inside is None:
            items.append(c)
        elif c.first == inside or not items or items[-1].first != inside:
            items.append(whole_org(row, inside, inside + n - 1))
    return items


_FORMER = ("former ", "ex-", "ex ", "one-time ", "longtime ", "veteran ")


def symbol(c: Chunk) -> str:
    """What a chunk is to its neighbours: its kind, and the word itself where it is a small one."""
    if c.kind == "word":
        return _of_word[c.low]
    if c.kind == "frame" and c.frame is not None:
        return "F:" + c.frame.template
    if c.kind == "role":
        mark = "x" if c.low.startswith(_FORMER) else "+" if c.role is not None and c.role.plural else ""
        return "R" + mark
    kind = NAMED[c.kind]
    return kind + "'s" if c.owns else kind


@Kept
def _of_word(low: str) -> str:
    return "0" if low[:1].isdigit() else low or "_"
