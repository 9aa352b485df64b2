"""What an event can be filtered by: (kind, value) pairs, folded, so that a filter is one look into one index.

A name is kept as every run of its words, up to ``LONGEST``, and whole: "Acme Cloud Europe" answers to ``acme``,
``cloud europe`` and ``acme cloud europe``, and not to ``acme europe``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from monitor.model import Event, Quantity
from monitor.money import in_unit
from monitor.standing import progress
from monitor.text import ROLES, fold

LONGEST = 3  # words of a run; longer names are kept whole as well
_WORD = re.compile(r"[^\W_]+")
# Both are kept, whichever was written.
_LETTERS = {**{words: letters for letters, words in ROLES.items()}, "chief executive": "ceo"}
Term = tuple[str, str]
EXACT = ("label", "status", "severity", "action", "progress")  # kinds whose values are words of the model
NAMED = ("org", "from", "to", "person", "role", "outlet", "project", "location")  # kinds matched by runs of words
KINDS = (*EXACT, *NAMED, "amount", "capacity")


def phrase(text: str) -> str:
    """``text`` in the form of a term: folded words, one space apart."""
    return " ".join(_WORD.findall(fold(text)))


@lru_cache(maxsize=4096)
def runs(text: str) -> frozenset[str]:
    """The terms that a name is kept as."""
    words = _WORD.findall(fold(text))
    found = {" ".join(words[i : i + n]) for n in range(1, LONGEST + 1) for i in range(len(words) - n + 1)}
    return frozenset(found | {" ".join(words)} if words else ())


def _role(text: str) -> frozenset[str]:
    words = phrase(text)
    other = [long for short, long in ROLES.items() if short in words.split()]
    other += [short for long, short in _LETTERS.items() if long in words]
    return runs(text).union(*(runs(o) for o in other))


def _names(kind: str, names: Iterable[str]) -> Iterator[Term]:
    for name in names:
        yield from ((kind, run) for run in runs(name))


def steps(number: float | None) -> Iterator[str]:
    """The powers of ten that ``number`` reaches, "0" for any number: what narrows a filter for "at least"."""
    if number is not None:
        yield from (str(power) for power in range(step_below(number) + 1))


def step_below(number: float) -> int:
    """The highest power of ten that everything of at least ``number`` reaches too."""
    return min(int(math.log10(number)), 15) if number >= 10 else 0


def terms_of(event: Event) -> frozenset[Term]:
    """Every term of ``event``, of the kinds of ``KINDS``."""
    found: set[Term] = {("status", event.status.value), ("severity", event.severity.value)}
    found.update(("label", label.value) for label in event.labels)
    found.update(("amount", step) for step in steps(amount_of(event)))
    found.update(("capacity", step) for step in steps(capacity_of(event)))
    found.update(_names("org", event.orgs))
    found.update(_names("person", event.people))
    found.update(_names("outlet", event.outlets))
    for move in event.moves:
        found.add(("action", move.action.value))
        found.update(_names("person", (move.person, move.group)))
        found.update(_names("from", (move.from_org,)))
        found.update(_names("to", (move.to_org,)))
        found.update(_names("org", (move.from_org, move.to_org)))
        found.update(("role", run) for role in (move.from_role, move.to_role) for run in _role(role))
    if event.buildout is not None:
        found.add(("action", event.buildout.action.value))
        found.update(("progress", how_far.value) for how_far in (progress(event),) if how_far)
        found.update(_names("org", event.buildout.orgs))
        found.update(_names("project", (event.buildout.project,)))
        found.update(_names("location", (event.buildout.location,)))
    return frozenset(found)


def amount_of(event: Event) -> float | None:
    """The largest amount in dollars, None where none is said."""
    return _largest(event.buildout.amounts, "USD") if event.buildout else None


def capacity_of(event: Event) -> float | None:
    """The largest capacity in megawatts, None where none is said."""
    return _largest(event.buildout.capacity, "MW") if event.buildout else None


def _largest(quantities: Iterable[Quantity], unit: str) -> float | None:
    return max((n for q in quantities if (n := in_unit(q, unit)) is not None), default=None)
