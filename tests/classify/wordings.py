"""Every wording of a pattern that holds none of some pieces, by walking what the pattern is made of.

Drawing texts at random finds one wording of fifty too rarely; an alternation can be walked whole. What may stand anywhere (a
class, a repeated word) is one `*`, which holds no piece.
"""

from __future__ import annotations

import re._constants as op  # type: ignore[import-not-found]
import re._parser as grammar  # type: ignore[import-not-found]
from collections.abc import Iterable, Sequence
from re import IGNORECASE
from typing import Any

ANYTHING = "*"
_SAYS_NOTHING = (op.AT, op.ASSERT, op.ASSERT_NOT)  # a place or a look at the text around: no words of the match


def unheld(pattern: str, pieces: Sequence[str]) -> set[str]:
    """The wordings of the pattern, in lower case, that hold none of the pieces."""
    return _of_sequence(grammar.parse(pattern, IGNORECASE), pieces)


def _of_sequence(parts: Iterable[Any], pieces: Sequence[str]) -> set[str]:
    wordings = {""}
    each = [_of_part(kind, value, pieces) for kind, value in parts]
    if not all(each):  # every wording of one part holds a piece: so does every wording of the whole
        return set()
    for part in each:
        longer = {before + after for before in wordings for after in part}
        wordings = {wording for wording in longer if not any(piece in wording for piece in pieces)}
    return wordings


def _of_part(kind: Any, value: Any, pieces: Sequence[str]) -> set[str]:
    if kind is op.LITERAL:
        return {chr(value).lower()}
    if kind is op.IN and all(part is op.LITERAL for part, _ in value):
        return {chr(character).lower() for _, character in value}
    if kind is op.BRANCH:
        return set().union(*(_of_sequence(branch, pieces) for branch in value[1]))
    if kind is op.SUBPATTERN:
        return _of_sequence(value[-1], pieces)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, part = value
        once = _of_sequence(part, pieces)
        repeated = once if most == 1 else {wording.rstrip(ANYTHING) + ANYTHING for wording in once}
        return repeated | {""} if least == 0 else repeated
    return {""} if kind in _SAYS_NOTHING else {ANYTHING}
