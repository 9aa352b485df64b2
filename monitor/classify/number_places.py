"""Where the patterns of ``quantities`` can begin, found without them: they cost a microsecond at every place they are tried at.

A pattern begins with a number, with a currency's sign before one, or with a small word ("two"); before that may stand a
qualifier ("more than"). Tried at those places alone, from the left, a pattern finds what it would find everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import ahocorasick

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
_DIGITS = re.compile(r"\d+")
# What a sentence holds, in lower case, where there is anything of a kind.
_HOLDS = {
    "power": "gw mw kw tw watt",
    "chips": "gpu tpu xpu lpu cpu chips accelerators processors cores equivalents units systems a100 h100 h200 h20 b200 b300 "
    "h800 mi0 mi1 mi2 mi3 mi4 mi5 mi6 mi7 mi8 mi9",
    "things": "data turbines plants wafer server flop qubit terabit tbps kilomet km square sq factories",
}


@cache
def _kinds() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for kind, words in _HOLDS.items():
        for word in words.split():
            automaton.add_word(word, kind)
    automaton.make_automaton()
    return automaton


@cache
def _small() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word in SMALL_WORDS:
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return automaton


def kinds(text: str, start: int, stop: int) -> set[str]:
    """What there may be: ``power``, ``chips`` or ``things`` that are counted."""
    return {kind for _, kind in _kinds().iter(text[start:stop].lower())}


def numbers(text: str, start: int, stop: int) -> list[int]:
    return [found.start() for found in _DIGITS.finditer(text, start, stop)]


def numbers_and_words(text: str, start: int, stop: int) -> list[int]:
    """Where a number begins, in figures or as a small word."""
    places = numbers(text, start, stop)
    low = text[start:stop].lower()
    for last, length in _small().iter(low):
        first = last + 1 - length
        if not ((first and low[first - 1].isalnum()) or low[last + 1 : last + 2].isalnum()):
            places.append(start + first)
    return sorted(places)


def tried(pattern: re.Pattern[str], text: str, places: Iterable[int], start: int, stop: int) -> Iterator[re.Match[str]]:
    """``pattern.finditer`` for one that begins at ``places``, or before them with a qualifier."""
    at = start
    for place in places:
        if place >= at and (match := pattern.match(text, _with_qualifier(text, place, at), stop)) is not None:
            yield match
            at = match.end()


def signed(pattern: re.Pattern[str], signs: tuple[str, ...], text: str, start: int, stop: int) -> re.Match[str] | None:
    """``pattern.search`` for one that begins with one of ``signs`` (capitals, the longest first) before a number."""
    for digits in _DIGITS.finditer(text, start, stop):
        end = digits.start()
        if end > start and text[end - 1].isspace():
            end -= 1
        before = text[max(start, end - 4) : end].upper()
        if before.endswith(signs):
            for sign in signs:
                if before.endswith(sign):
                    at = _with_qualifier(text, end - len(sign), start)
                    if (match := pattern.match(text, at, stop)) is not None:
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
