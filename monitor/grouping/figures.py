"""The figures of a text with what they count: "30M gallons", "$1.8 billion", "71% of Americans"."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.grouping.words import TEXTS_KEPT, stem
from monitor.text import fold

_SIZES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "tn": 1e12,
          "trillion": 1e12}  # fmt: skip
_FIGURE = re.compile(
    r"(?P<currency>[$€£¥]|\b(?:us|a|c|au|nz|hk)\$)?(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"\s?-?(?P<size>k|m|mn|million|b|bn|billion|tn|trillion|thousand)?\b\s?-?(?P<unit>%|percent\b|[a-z]+)?"
)
SLACK = 0.05  # how far apart one figure may be told: "nearly 2,000" and 1,950
_SMALL = 10.0  # below it a bare number says little ("2 dead", "Q1")
_NO_UNIT = frozenset("in of on at to the and or a as by for from with is was per after before over than up".split())
Figure = tuple[str, float]  # what is counted, how much


@lru_cache(maxsize=TEXTS_KEPT)
def figures(text: str) -> frozenset[Figure]:
    """Each figure once: what it counts (a currency sign, "%", or the stem of the next word) and its value.

    >>> sorted(figures("A data center drained 30M gallons of water, 71% said"))
    [('%', 71.0), ('gallon', 30000000.0)]
    """
    found = set()
    for match in _FIGURE.finditer(fold(text)):
        number = float(match["number"].replace(",", "").rstrip(".") or 0)
        value = number * _SIZES.get(match["size"] or "", 1.0)
        unit = match["unit"] or ""
        kind = "$" if match["currency"] else "%" if unit in ("%", "percent") else "" if unit in _NO_UNIT else stem(unit)
        year = not match["currency"] and not match["size"] and 1900 <= number <= 2100
        if kind and not year and (value >= _SMALL or kind in ("$", "%")):
            found.add((kind, value))
    return frozenset(found)


def agree(a: frozenset[Figure], b: frozenset[Figure]) -> bool:
    """Some figure of ``a`` counts the same as one of ``b`` and lies within SLACK of it."""
    return any(k == kind and abs(v - value) <= SLACK * max(v, value) for k, v in a for kind, value in b)
