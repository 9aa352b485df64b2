"""What world a headline is of: state, court, sport, stage, company …, by words that stand for it."""

from __future__ import annotations

from functools import cache, lru_cache

import monitor.classify.words.lexicon as lexicon

FILE = "cues.json"
PUBLIC = frozenset({"state", "agency", "world", "sport", "stage", "church", "school"})  # worlds whose moves are none of ours


Phrases = list[tuple[tuple[str, ...], str]]


@cache
def _table() -> dict[str, tuple[list[str], Phrases]]:
    """By word: the classes it stands for, and the phrases it begins with theirs."""
    found: dict[str, tuple[list[str], Phrases]] = {}
    data = lexicon.load(FILE)
    lexicon.require(FILE, data, classes=dict)
    for name, entry in data["classes"].items():
        lexicon.require(FILE, entry, words=str, phrases=list)
        for word in entry["words"].split():
            found.setdefault(word, ([], []))[0].append(name)
        for phrase in entry["phrases"]:
            parts = tuple(phrase.split())
            found.setdefault(parts[0], ([], []))[1].append((parts, name))
    return found


@lru_cache(maxsize=8)  # of a sentence asked for with its story and again with its verbs
def cues(words: tuple[str, ...]) -> frozenset[str]:
    """The classes whose words stand among ``words``, as tokens have them in lower case."""
    table = _table()
    found: set[str] = set()
    for i in [i for i, word in enumerate(words) if word in table]:
        classes, phrases = table[words[i]]
        found.update(classes)
        for parts, name in phrases:
            if words[i : i + len(parts)] == parts:
                found.add(name)
    return frozenset(found)
