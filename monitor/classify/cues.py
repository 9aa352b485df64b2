"""What world a headline is of: state, court, sport, stage, company …, by words that stand for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import monitor.classify.lexicon as lexicon
from monitor.classify.document import Token

FILE = "cues.json"
PUBLIC = frozenset({"state", "agency", "world", "sport", "stage", "church", "school"})  # worlds whose moves are none of ours


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, list[tuple[tuple[str, ...], str]]]]:
    words: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    data = lexicon.load(FILE)
    lexicon.require(FILE, data, classes=dict)
    for name, entry in data["classes"].items():
        lexicon.require(FILE, entry, words=str, phrases=list)
        for word in entry["words"].split():
            words[word] = (*words.get(word, ()), name)
        for phrase in entry["phrases"]:
            parts = tuple(phrase.split())
            phrases.setdefault(parts[0], []).append((parts, name))
    return words, phrases


def cues(tokens: Sequence[Token]) -> set[str]:
    """The classes whose words stand among the tokens."""
    words, phrases = _table()
    found: set[str] = set()
    for i, token in enumerate(tokens):
        low = token.low
        if low in words:
            found.update(words[low])
        for parts, name in phrases.get(low, ()):
            n = len(parts)
            if name not in found and i + n <= len(tokens) and all(tokens[i + k].low == parts[k] for k in range(1, n)):
                found.add(name)
    return found
