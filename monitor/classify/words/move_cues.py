"""What a story says of how a post changes hands, in classes of phrases: somebody of the house or from outside, what was before,
what stays.

A model that has read some hundred stories knows few of the words by which one says that somebody rose within a firm; it knows
the class after a handful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.kept import Kept

FILE = "move_cues.json"
_NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve fifteen twenty thirty several many".split())


Phrases = list[tuple[tuple[str, ...], str]]


@cache
def _table() -> dict[str, Phrases]:
    data = lexicon.load(FILE)
    lexicon.require(FILE, data, classes=dict)
    found: dict[str, Phrases] = {}
    for name in data["classes"]:
        for phrase in lexicon.names(FILE, data["classes"][name], name):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, name))
    return found


@cache
def products() -> frozenset[str]:
    """Names of things that firms make or build: who leads one works for the firm. Those of the lexicon, which employ nobody, and
    more, which are words or firms' names too."""
    projects = lexicon.names("infra_lexicon.json", lexicon.load("infra_lexicon.json").get("projects"), "projects")
    named = (*lexicon.names(FILE, lexicon.load(FILE).get("products"), "products"), *(name.lower() for name in projects))
    return lexicon.products() | frozenset(named)


def move_cues(lows: Sequence[str]) -> list[tuple[int, str]]:
    """The number of the word at which a phrase begins, and its class; phrases may overlap. ``lows``: in lower case."""
    return [(at, name) for at, low in enumerate(lows) if (begun := _beginning[low]) for name in _met(begun, lows, at)]


def _met(begun: Phrases, lows: Sequence[str], at: int) -> Iterator[str]:
    after = lows[at + 1] if at + 1 < len(lows) else ""
    for words, name in begun:
        if len(words) == 1:
            yield name
        elif words[1] in (after, "#"):
            here = lows[at + 1 : at + len(words)]
            if here == words[1:] or (len(here) == len(words) - 1 and all(map(_meets, words[1:], here))):
                yield name


@Kept
def _beginning(low: str) -> Phrases:
    """The phrases that a word may begin."""
    table = _table()
    return table[low] if low in table else table.get("#", []) if _counts(low) else []


def _counts(low: str) -> bool:
    return low[:1].isdigit() or low in _NUMBERS


def _meets(word: str, low: str) -> bool:
    return word == low or (word == "#" and _counts(low))
