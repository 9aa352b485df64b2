"""When two names, two sums or two records of one story agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from monitor.evaluation.gold import Record

# Legal forms and what a name may go without.
_NOISE = frozenset(
    "inc corp corporation co company ltd llc plc the platforms group holdings ag sa nv technologies technology".split()
)
_UNITS = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12, "kw": 1e3, "mw": 1e6, "megawatt": 1e6, "megawatts": 1e6,
    "gw": 1e9, "gigawatt": 1e9, "gigawatts": 1e9,
}  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9$.% ]+")
_NUMBER_OR_WORD = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")


@lru_cache(maxsize=8192)
def _telling(name: str) -> frozenset[str]:
    """The words of a name without accents, case, punctuation and legal forms."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(_OTHER.sub(" ", plain).split()) - _NOISE


def same_name(one: str, other: str) -> bool:
    """Names agree when all words of the shorter stand in the longer, or both say nothing."""
    a, b = _telling(one), _telling(other)
    return (a <= b or b <= a) if a and b else not a and not b


def numbers(text: str) -> set[float]:
    """The numbers of a phrase, each times the unit that governs it.

    >>> sorted(numbers("$60 to $65 billion"))
    [60000000000.0, 65000000000.0]
    """
    found: set[float] = set()
    waiting: list[float] = []
    for word in _NUMBER_OR_WORD.findall(text.lower()):
        if word[0].isdigit():
            digits = word.replace(",", "")
            if digits.count(".") <= 1:
                waiting.append(float(digits))
        elif word in _UNITS and waiting:
            found.update(n * _UNITS[word] for n in waiting)
            waiting = []
    return found.union(waiting)


def quantities(values: Iterable[Any] | None) -> set[float]:
    """The numbers of several sums or capacities: texts, or objects with a ``text``."""
    return {n for v in values or () for n in numbers(v["text"] if isinstance(v, dict) else str(v))}


def overlap(gold: Sequence[str], said: Sequence[str], same: Callable[[str, str], bool]) -> tuple[list[str], list[str]]:
    """What of ``gold`` was not said, and what of ``said`` is not in gold; each value answers for one."""
    left, missing = list(said), []
    for value in gold:
        found = next((n for n, other in enumerate(left) if same(value, other)), None)
        if found is None:
            missing.append(value)
        else:
            del left[found]
    return missing, left


def paired(gold: Sequence[Record], said: Sequence[Record]) -> tuple[list[tuple[Record, Record | None]], list[Record]]:
    """Each gold move with the move said of the same person, else of the same group or organisations; and the moves left over."""
    left, pairs = list(said), []
    for wanted in gold:
        best = max(left, key=lambda move: _likeness(wanted, move), default=None)
        if best is not None and _likeness(wanted, best) > 0:
            left.remove(best)
        else:
            best = None
        pairs.append((wanted, best))
    return pairs, left


def _likeness(gold: Record, said: Record) -> int:
    """How much two moves are about the same: a person tells most, an organisation a little. -9: two different people."""
    score = 0
    if gold.get("person") and said.get("person"):
        if not same_name(gold["person"], said["person"]):
            return -9
        score = 4
    elif gold.get("person") or said.get("person"):
        score = -1
    orgs = ("from_org", "to_org")
    return score + sum(1 for k in orgs if gold.get(k) and said.get(k) and same_name(gold[k], said[k]))
