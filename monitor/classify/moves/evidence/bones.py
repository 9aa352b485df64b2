"""The bones of a sentence: names, posts and frames, and the small words that relate them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.classify.moves.cast.standins import stands_in
from monitor.classify.moves.evidence.signs import SMALL, signs_of_words
from monitor.classify.parsing.chunks import NAMED, Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.words.kept import Kept

_KEPT = frozenset(
    "from of at as to for by with after before in , ; : ( ) - — / & and or who where which than until since amid on into "
    "among including including through role position post job helm successor reins".split()
)
_CLASS = SMALL | {
    "remaining": "is",
    **dict.fromkeys(("joined", "started", "began"), "was"),
    "outgoing": "ex",
    **dict.fromkeys(("set", "due"), "will"),
    "announced": "say",
    "our": "its",
    **dict.fromkeys(("also", "additionally", "meanwhile", "separately"), "also"),
}
_SKIPPED = frozenset("the a an new next first has have immediately effective today this that's newly".split())


@dataclass(slots=True)
class Bones:
    """``signs``: the bones of a row; ``spot``: for each chunk the number of its bone, or of the next one."""

    signs: list[str] = field(default_factory=list)
    spot: list[int] = field(default_factory=list)


def bones(row: Row) -> Bones:
    found = Bones()
    for at, c in enumerate(row.items):
        found.spot.append(len(found.signs))
        sign = _sign(row.items, at, c)
        if sign == "" or (sign == "w" and found.signs and found.signs[-1] == "w"):
            continue
        found.signs.append(sign)
    return found


def _sign(items: Sequence[Chunk], at: int, c: Chunk) -> str:
    if c.kind == "word":
        meant = stands_in(items, at)
        return _of_word[c.low] if meant == "" else "P" if meant == "person" else "O"
    if c.kind == "frame" and c.frame is not None:
        return f"F:{c.frame.template}"
    if c.kind == "role":
        return "R" + standing_of[c.low] + ("+" if c.role is not None and c.role.plural else "")
    return NAMED[c.kind] + ("'s" if c.owns else "")


_of_word = signs_of_words(_CLASS, _KEPT, _SKIPPED)


_STANDING = (
    ("x", ("former", "ex-", "ex ", "one-time", "longtime", "veteran", "previous", "outgoing", "long-time")),
    ("i", ("interim", "acting")),
    ("n", ("new ", "next", "incoming", "first ")),
    ("c", ("current",)),
)


@Kept
def standing_of(role: str) -> str:
    """x for a post that is over, i for one in the interim, n for a new one, c for one held now; "" where nothing is said."""
    return next((mark for mark, words in _STANDING if role.startswith(words)), "")
