"""What stands at a place of a row, where there may be nothing: the small questions that every reader of rows asks.

Before the first chunk and behind the last there is no chunk, no word and no frame, so that a pattern needs no bounds of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.classify.parsing.chunks import Chunk


def beside(items: Sequence[Chunk], i: int) -> Chunk | None:
    return items[i] if 0 <= i < len(items) else None


def words_of(items: Iterable[Chunk]) -> str:
    """What chunks say, in small letters."""
    return " ".join(c.low for c in items)


def low_at(items: Sequence[Chunk], i: int) -> str:
    return items[i].low if 0 <= i < len(items) else ""


BEFORE_NAMES = frozenset({"role", "org", "name"})  # kinds of chunks that may stand between a verb and whom it is of


def template(c: Chunk | None) -> str:
    return c.frame.template if c is not None and c.frame is not None else ""


def template_at(items: Sequence[Chunk], i: int) -> str:
    frame = items[i].frame if 0 <= i < len(items) else None
    return frame.template if frame is not None else ""


def action_at(items: Sequence[Chunk], i: int) -> str:
    frame = items[i].frame if 0 <= i < len(items) else None
    return frame.action if frame is not None else ""


def acts(c: Chunk | None) -> bool:
    """Whether a verb tells what is done by whoever stands before it: "names", and not "named", nor "unveiled as"."""
    return c is not None and c.low.endswith("s") and not c.low.endswith(_AS)


_AS = " as"


def is_post(c: Chunk | None) -> bool:
    """Whether a chunk is the post of one person."""
    return c is not None and c.kind == "role" and c.role is not None and not c.role.plural
