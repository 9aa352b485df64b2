"""Words by their beginnings and ends, so that a word never seen is told by what it has in common with those that were.

"datacentres" shares ``datac*`` with "datacenter", "moratoria" ``morato*`` with "moratorium". A word's weight is the sum of its
parts' weights; a story's is the sum of its words', those of the title counting more, over the root of how many there are, so
that a long summary does not outshout a headline.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any

from monitor.classify.weights.packed import packed, unpacked
from monitor.classify.weights.runs import Features, Runs
from monitor.classify.words.kept import Kept

# How much a word of the title, of the summary, and of the whole text (``b:``, where the title stands in both) counts, in halves.
COUNTS = {"t:": 1.5, "s:": 1.0, "b:": 1.0}
READ = 500  # characters of a summary that are looked at
_WORD = re.compile(r"[a-z0-9$€£%&]+(?:['’.-][a-z0-9]+)*")
_BEGINNINGS = (3, 4, 5, 6, 7)
_END = 3


@lru_cache(maxsize=8)  # label and slots of a story ask for them
def words_of(title: str, summary: str) -> tuple[Runs, Runs]:
    """Each word once a field: ``t:word`` of the title, ``s:word`` of the summary's beginning."""
    below = summary[:READ].lower()
    return Runs("t:", 1, (frozenset(_WORD.findall(title.lower())),)), Runs("s:", 1, (frozenset(_WORD.findall(below)),))


def parts_of(word: str) -> list[str]:
    """The word itself, its beginnings (``data*``) and its end (``*ter``)."""
    found = [word, *(f"{word[:n]}*" for n in _BEGINNINGS if len(word) > n)]
    if len(word) > _END + 1:
        found.append(f"*{word[-_END:]}")
    return found


def shares_of_parts(features: Collection[str]) -> dict[str, float]:
    """How much each part counts in a story: what a model's weights are multiplied with. For training. Runs of several words
    (with blanks in them) are passed over."""
    found: dict[str, float] = {}
    size = 0.0
    for name in features:
        if (count := COUNTS.get(name[:2])) is not None and " " not in name:
            size += count
            for part in parts_of(name[2:]):
                found[part] = found.get(part, 0.0) + count
    return {part: value / math.sqrt(size) for part, value in found.items()}


class Parts:
    """Weights of parts, one for each of ``width`` answers, applied to a story's words. ``pack``: of weights as they are given."""

    def __init__(self, weights: Mapping[str, Any], width: int = 1, pack: Callable[[Any], int] = packed) -> None:
        self.weights = dict(weights)
        self._width, self._pack = width, pack
        self._known = Kept(self._summed)  # of each word its weights, ``packed``: the sums of its parts'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parts) and self.weights == other.weights

    __hash__ = None  # type: ignore[assignment]

    def _summed(self, word: str) -> int:
        return sum(self._pack(row) for part in parts_of(word) if (row := self.weights.get(part)) is not None)

    def of_word(self, word: str) -> tuple[float, ...]:
        return tuple(unpacked(self._known[word], self._width))

    def sums(self, features: Collection[str]) -> list[float]:
        """One sum an answer, from the words among ``features``."""
        size, total, of_word = 0.0, 0, self._known.__getitem__
        for prefix, words in _words(features):
            count = COUNTS[prefix]
            size += count * len(words)
            total += round(2 * count) * sum(map(of_word, words))
        root = 2 * math.sqrt(size or 1.0)
        return [one / root for one in unpacked(total, self._width)]

    def told(self, features: Collection[str]) -> list[tuple[str, float]]:
        """What each word adds to the first answer's sum."""
        found = _words(features)
        root = math.sqrt(sum(COUNTS[prefix] * len(words) for prefix, words in found) or 1.0)
        return [(prefix + word, COUNTS[prefix] * self.of_word(word)[0] / root) for prefix, words in found for word in words]


def _words(features: Collection[str]) -> list[tuple[str, Collection[str]]]:
    """The words that are weighed by their parts, each once, by the prefix of their field."""
    if isinstance(features, Features):
        return [(run.prefix, frozenset(run.texts[0])) for run in features.runs if isinstance(run, Runs) and run.prefix in COUNTS]
    single = [name for name in features if " " not in name]
    return [(prefix, {name[len(prefix) :] for name in single if name.startswith(prefix)}) for prefix in COUNTS]
