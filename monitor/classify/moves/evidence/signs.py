"""A row written as signs, one a chunk, so that patterns can be read over it: what the three that do so have in common.

``phrases`` reads set phrases, ``noun_signs`` what names and posts are drawn together by, ``bones`` what lies between two of them;
each has signs of its own for names, posts and frames, and classes of small words beside ``SMALL``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from monitor.classify.parsing.chunks import Chunk
from monitor.classify.words.kept import Kept

# Small words that tell when and whose, each to the one that stands for its kind.
SMALL = {
    **dict.fromkeys("is are be being becomes become remains remain am".split(), "is"),
    **dict.fromkeys("was were been had served serving worked held led spent ran".split(), "was"),
    **dict.fromkeys("currently current presently now existing".split(), "now"),
    **dict.fromkeys("previously formerly former recently most previous earlier ex- ex prior once".split(), "ex"),
    **dict.fromkeys("will shall would".split(), "will"),
    **dict.fromkeys("says said told wrote added tells writes".split(), "say"),
    **dict.fromkeys("its their his her whose".split(), "its"),
    **dict.fromkeys("— – -".split(), "-"),
    "that": "who",
    "&": "and",
}


def signs_of_words(classes: Mapping[str, str], kept: frozenset[str], skipped: frozenset[str]) -> Kept[str]:
    """What gives a word that stands for nobody its sign: its class's, "R" of a board, itself where it is ``kept``, else "w"; none
    where it is ``skipped`` or an adverb."""

    @Kept
    def sign(low: str) -> str:
        if low in skipped:
            return ""
        if low == "board":
            return "R"
        return classes.get(low) or (low if low in kept else "" if low.endswith("ly") else "w")

    return sign


def written(items: Sequence[Chunk], sign: Callable[[Sequence[Chunk], int, Chunk], str]) -> tuple[str, list[int]]:
    """The row as a string of signs, each followed by a space, and the chunk each stands for. A chunk without a ``sign`` is left
    out; words that say nothing ("w") are one, however many stand in a row."""
    found: list[str] = []
    at: list[int] = []
    for i, c in enumerate(items):
        told = sign(items, i, c)
        if told and not (told == "w" and found and found[-1] == "w"):
            found.append(told)
            at.append(i)
    return "".join(told + " " for told in found), at
