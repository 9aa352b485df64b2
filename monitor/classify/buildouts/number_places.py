"""Where the patterns of ``quantities`` can begin, found without them: they cost a microsecond at every place they are tried at.

A pattern begins with a number, with a currency's sign before one, or with a small word ("two"); before that may stand a
qualifier ("more than"). Tried at those places alone, from the left, a pattern finds what it would find everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from monitor.classify.buildouts.currencies import WORDS

QUALIFIERS = (
    "up to", "as much as", "as high as", "at least", "more than", "over", "above", "north of", "nearly", "almost",
    "close to", "around", "about", "roughly", "approximately", "an estimated", "less than", "under", "below", "upwards of",
    "in excess of", "a minimum of", "a maximum of", "some",
)  # fmt: skip
SMALL_WORDS = (
    "half a", "a dozen", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fifteen",
    "twenty", "an", "a",
)  # fmt: skip
_LONGEST = max(map(len, QUALIFIERS))
_NO_COUNT = frozenset({"half a", "one", "an", "a"})  # beside a thing these count nothing
_DIGITS = re.compile(r"\d+")
# What a stretch of text holds, in lower case, where there is anything of a kind.
_HOLDS = {
    "worded": " ".join(WORDS),
    "power": "gw mw kw mva watt",
    "tw": "tw",
    "chips": "gpu tpu xpu lpu cpu chips accelerators processors cores equivalents units systems a100 h100 h200 h20 b200 b300 "
    "h800 mi0 mi1 mi2 mi3 mi4 mi5 mi6 mi7 mi8 mi9",
    "things": "data turbines plants wafer server flop qubit racks pairs terabit petabit tbps kilomet km square sq factories "
    "satellite",
}
_TERAWATTS = re.compile(r"tw(?:p?h|[\s-]?hours?)?(?![a-z])")  # "two" is none


@cache
def _kinds() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for kind, words in _HOLDS.items():
        for word in words.split():
            automaton.add_word(word, kind)
    automaton.add_word("0 sf", "things")  # square feet; the letters alone stand in "transfer"
    automaton.make_automaton()
    return automaton


@cache
def _small() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in SMALL_WORDS:
        automaton.add_word(word, (len(word), word not in _NO_COUNT))
    automaton.make_automaton()
    return automaton


class Stretch(NamedTuple):
    """``text`` from ``start`` to ``stop``: ``low`` in lower case, the ``kinds`` of quantities there may be (``worded`` sums,
    ``power``, ``chips``, ``things`` that are counted), and the ``numbers``: where figures begin."""

    text: str
    start: int
    stop: int
    low: str
    kinds: set[str]
    numbers: list[int]


def stretch(text: str, start: int = 0, end: int | None = None) -> Stretch:
    stop = len(text) if end is None else end
    low = text[start:stop].lower()
    kinds = {kind for _, kind in _kinds().iter(low)}
    if "tw" in kinds and _TERAWATTS.search(low):
        kinds.add("power")
    return Stretch(text, start, stop, low, kinds, [found.start() for found in _DIGITS.finditer(text, start, stop)])


def numbers_and_words(within: Stretch) -> list[int]:
    """Where a number begins, in figures or as a small word; nothing where all are words that count nothing."""
    low, start, counts = within.low, within.start, bool(within.numbers)
    places = within.numbers.copy()
    for last, (length, counting) in _small().iter(low):
        first = last + 1 - length
        if not ((first and low[first - 1].isalnum()) or low[last + 1 : last + 2].isalnum()):
            places.append(start + first)
            counts = counts or counting
    return sorted(places) if counts else []


def tried(pattern: re.Pattern[str], within: Stretch, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """``pattern.finditer`` for one that begins at ``places``, or before them with a qualifier."""
    text, at = within.text, within.start
    for place in places:
        if place >= at and (match := pattern.match(text, _with_qualifier(text, place, at), within.stop)) is not None:
            yield match
            at = match.end()


class Signs:
    """What may stand before a number for it to be a sum: ``$``, ``USD`` …, in capitals."""

    def __init__(self, signs: Iterable[str]) -> None:
        self.longest_first = tuple(sorted(signs, key=len, reverse=True))
        self._last = frozenset(form for sign in self.longest_first for form in (sign[-1], sign[-1].lower()))

    def first(self, pattern: re.Pattern[str], within: Stretch, at: int) -> re.Match[str] | None:
        """``pattern.search`` from ``at`` on for one that begins with a sign before a number."""
        text, numbers = within.text, within.numbers
        for n in range(bisect_right(numbers, at), len(numbers)):
            end = numbers[n]
            if text[end - 1].isspace():
                end -= 1
            if text[end - 1] not in self._last:
                continue
            before = text[max(at, end - 4) : end].upper()
            if before.endswith(self.longest_first):
                for sign in self.longest_first:
                    if before.endswith(sign):
                        begin = _with_qualifier(text, end - len(sign), at)
                        if (match := pattern.match(text, begin, within.stop)) is not None:
                            return match
        return None


def _with_qualifier(text: str, place: int, floor: int) -> int:
    """Where the qualifier right before ``place`` begins, not before ``floor``; ``place`` itself where there is none."""
    if place > floor and text[place - 1] == "~":
        place -= 1
    if place > floor and text[place - 1].isspace():
        before = text[max(floor, place - 1 - _LONGEST) : place - 1].lower()
        if before.endswith(QUALIFIERS):
            return place - 1 - max(len(q) for q in QUALIFIERS if before.endswith(q))
    return place
