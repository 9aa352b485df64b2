"""What somebody is to lead or run, where a headline names the task and not the post: "to lead its ads push"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.classify.chunks import Chunk

if TYPE_CHECKING:
    from monitor.classify.row import Row

TASK = "appoint.lead"  # the frame "to lead", "will run" …
LONGEST = 7  # chunks of a task
_ENDS = frozenset(
    ", . ; : ( ) - — – | as after amid from at in on with by who which that while when under and including following until "
    "starting ahead".split()
)
_EMPTY = frozenset("the a an its their his her new".split())


def task(row: Row, at: int) -> Chunk | None:
    """The frame's verb with what follows it up to the end of the phrase; None where nothing does."""
    c, last = row.items[at], at
    for i in range(at + 1, min(at + 1 + LONGEST, len(row.items))):
        if row.items[i].kind == "frame" or row.items[i].low in _ENDS:
            break
        last = i
    if all(row.items[i].low in _EMPTY for i in range(at + 1, last + 1)):
        return None
    lead = len(c.text) - len(c.text.split()[-1])
    start, end = c.start + lead, row.items[last].end
    text = row.source[start:end]
    return Chunk("task", c.first, row.items[last].last, start, end, text, text.lower())
