"""Stories told of other people and firms, for training the encoder: what fills a slot is to be read from what is said, not from
who is named. A story's names are changed for names of other stories, everywhere at once, and what was known of their places
moves along.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Story = dict[str, Any]
Place = Sequence[Any]  # field, first character, the one behind the last
FIELDS, KINDS = ("title", "summary"), ("people", "orgs")
LEFT = 0.15  # of names stay as they are
_PERSON = re.compile(r"(?:[^\W\d_][\w’'-]*\s){1,2}[^\W\d_][\w’'-]*")
_SHOUTED = 5  # letters from which on a word in capitals is no abbreviation


class Swaps:
    """The names of ``stories`` that have slots, and of ``firms``, which ``told`` gives to others."""

    def __init__(self, stories: Iterable[Story], firms: Iterable[str] = ()) -> None:
        found: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for story in stories:
            for kind in KINDS if story["slots"] else ():
                found[kind].update(name for places in story["slots"][kind] if _serves(name := fullest(story, places), kind))
        found["orgs"].update(name for name in firms if _serves(name, "orgs"))
        self.names = {kind: sorted(names) for kind, names in found.items()}

    def told(self, story: Story, rng: random.Random) -> Story:
        """``story`` with other names; where names and posts of its records stand holds for it, who acts in it is left out."""
        changes = self._changes(story, rng)
        texts = {field: _changed(story[field], changes[field]) for field in FIELDS}

        def moved(places: Iterable[Place]) -> list[list[Any]]:
            return [[f, _at(a, changes[f], at_end=False), _at(b, changes[f], at_end=True)] for f, a, b in places]

        slots = dict(story["slots"])
        for name in ("people", "posts", "orgs", "titles"):
            slots[name] = [moved(places) for places in slots[name]]
        return {**story, **texts, "slots": slots, "actors": None}

    def _changes(self, story: Story, rng: random.Random) -> dict[str, list[tuple[int, int, str]]]:
        """By field what stands from where to where in whose stead, in order."""
        slots = story["slots"]
        met = Counter(tuple(place) for kind in KINDS for places in slots[kind] for place in places)
        taken = {fullest(story, places) for kind in KINDS for places in slots[kind]}
        found: dict[str, list[tuple[int, int, str]]] = {field: [] for field in FIELDS}
        for kind in KINDS:
            for places in slots[kind]:
                # A word that may be a person or a firm would be changed twice.
                if rng.random() < LEFT or not self.names[kind] or any(met[tuple(place)] > 1 for place in places):
                    continue
                name = rng.choice(self.names[kind])
                if name in taken:
                    continue
                taken.add(name)
                for field, start, end in places:
                    old = story[field][start:end]
                    if old[:1].isupper() and old.lower() not in _STAND_INS:
                        found[field].append((start, end, _like(old, name, kind)))
        return {field: list(_apart(sorted(set(changes)))) for field, changes in found.items()}


_STAND_INS = frozenset("he she they it its his her their".split())


def fullest(story: Story, places: Iterable[Place]) -> str:
    """The longest of a name's mentions."""
    return max((str(story[field][start:end]) for field, start, end in places), key=len)


def _serves(name: str, kind: str) -> bool:
    if kind == "people":
        return bool(_PERSON.fullmatch(name)) and name.istitle()
    return name[:1].isupper() and len(name) > 2 and len(name.split()) <= 3 and name.split()[0] not in ("The", "It", "Its")


def _like(old: str, name: str, kind: str) -> str:
    """``name`` as ``old`` is written: the surname alone, in capitals."""
    new = name.split()[-1] if kind == "people" and " " not in old else name
    return new.upper() if old.isupper() and len(old) >= _SHOUTED else new


def _apart(changes: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    last = 0
    for start, end, name in changes:
        if start >= last:
            yield start, end, name
            last = end


def _changed(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    parts, last = [], 0
    for start, end, name in changes:
        parts += [text[last:start], name]
        last = end
    return "".join((*parts, text[last:]))


def _at(place: int, changes: Iterable[tuple[int, int, str]], *, at_end: bool) -> int:
    """Where a character of the old text stands in the new one; within a name that was changed, where that begins or ends."""
    moved = 0
    for start, end, name in changes:
        if place <= start:
            break
        if place < end:
            return start + moved + (len(name) if at_end else 0)
        moved += len(name) - (end - start)
    return place + moved
