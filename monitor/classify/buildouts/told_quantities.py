"""Which of the quantities that a story names are told of its buildout: each once, and none that says less than another does.

A sum is told again in another currency ("MYR 9 billion ($2bn)") or rounded ("nearly $10bn", "$9.7bn"); the floor of a site, the
length of a cable and the number of sites say less than its power does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.quantities import Found
from monitor.classify.words.document import Document, Sentence
from monitor.model import Quantity, Span

MAX_QUANTITIES = 6
EXACT, ROUNDED = 0.004, 0.05  # how far two tellings of one sum are apart
_LOAD = frozenset({"MW", "accelerators"})
_FLOORS = frozenset({"square feet", "square meters"})
_LENGTHS, _SITES = frozenset({"kilometers", "km"}), frozenset({"data", "datacenters", "datacentres"})
_BANDWIDTH = frozenset({"tbps", "terabits per second", "petabits per second", "fiber pairs", "fibre pairs"})
_ROUNDLY = re.compile(r"\b(?:nearly|almost|about|around|roughly|approximately|close\sto|some|over|more\sthan)\s\Z", re.I)
_SO_MANY = re.compile(r"\b(?:(?P<n>[2-9])|(?P<w>two|three|four|five|six|seven|eight|nine|ten))\s\Z", re.I)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

Told = tuple[Sentence, Found]


def sums(facts: Facts) -> list[Told]:
    """Sums that are of the buildout; a valuation of the title where nothing else is said."""
    every = [*facts.title_amounts, *facts.rest_amounts]
    kept = [told for told in every if told[1].kind in ("", "conversion")]
    if len(kept) > 1:
        kept = _without_rounded(facts.document, _without_converted(facts, kept))
    return kept or [told for told in facts.title_amounts if told[1].kind.startswith(("valu", "ipo"))][:1]


def _without_converted(facts: Facts, items: list[Told]) -> list[Told]:
    """Without the conversion of a sum that the title tells so, more or less exactly: "$7B", "MYR 28 billion ($6.9 billion)"."""
    title = [f.quantity for _, f in facts.title_amounts if not f.kind]
    return [
        (s, f)
        for s, f in items
        if s.field == "title" or f.kind != "conversion" or not any(_near(f.quantity, q, ROUNDED) for q in title)
    ]


def _without_rounded(document: Document, items: list[Told]) -> list[Told]:
    """Without "nearly $10bn" where the sum is told to the figure elsewhere."""

    def rounded(told: Told) -> bool:
        sentence, found = told
        if not _ROUNDLY.search(document.source(sentence), max(sentence.start, found.start - 16), found.start):
            return False
        return any(f is not found and _finer(f.quantity, found.quantity) for _, f in items)

    return [told for told in items if not rounded(told)]


def _finer(a: Quantity, b: Quantity) -> bool:
    """Whether ``a`` is told with more figures than ``b``, and is near it."""
    return _near(a, b, ROUNDED) and not _near(a, b, EXACT) and sum(map(str.isdigit, a.text)) > _figures_but_zeros(b.text)


def _figures_but_zeros(text: str) -> int:
    return sum(c.isdigit() and c != "0" for c in text)


def _near(a: Quantity, b: Quantity, apart: float) -> bool:
    x, y = a.high or a.low, b.high or b.low
    return x is not None and y is not None and a.unit == b.unit and abs(x - y) <= apart * max(x, y)


def sizes(facts: Facts) -> list[Told]:
    """Capacities without what says less: a floor where another sentence has told power or chips before, a cable's length beside
    its bandwidth, a number of sites beside their power, the parts of a total ("two 200 MW deals" of 400 MW)."""
    items = [*facts.title_capacity, *facts.rest_capacity]
    if len(items) < 2:
        return items
    units = {f.quantity.unit for _, f in items}
    loads = [(s, f) for s, f in items if f.quantity.unit in _LOAD]
    kept: list[Told] = []
    for n, (sentence, found) in enumerate(items):
        unit = found.quantity.unit
        within = any(s is sentence for s, _ in loads)
        before = any(f.quantity.unit in _LOAD for _, f in items[:n])
        less = (unit in _FLOORS and before and not within) or (unit in _LENGTHS and not units.isdisjoint(_BANDWIDTH))
        less = less or (unit.split(" ")[0] in _SITES and within and _figures(found.quantity))
        if not less and not (unit == "MW" and _is_part(facts.document, (sentence, found), loads)):
            kept.append((sentence, found))
    return kept


def _is_part(document: Document, told: Told, loads: Sequence[Told]) -> bool:
    sentence, found = told
    many = _SO_MANY.search(document.source(sentence), max(sentence.start, found.start - 8), found.start)
    if many is None or (value := found.quantity.high) is None:
        return False
    times = int(many["n"]) if many["n"] else 2 + _NUMBERS.index(many["w"].lower())
    return any(f is not found and f.quantity.unit == "MW" and f.quantity.high == times * value for _, f in loads)


def taken(document: Document, items: Sequence[Told], supports: str, spans: list[Span]) -> tuple[Quantity, ...]:
    """Each quantity once, those of the title first; in figures where it is told in words and in figures."""
    kept: list[tuple[Quantity, Span]] = []
    for sentence, found in items:
        told = found.quantity, document.span(sentence, found.start, found.end, supports)
        same = next((n for n, (q, _) in enumerate(kept) if _alike(found.quantity, q)), None)
        if same is None and len(kept) < MAX_QUANTITIES:
            kept.append(told)
        elif same is not None and _figures(told[0]) and not _figures(kept[same][0]):
            kept[same] = told
    spans += [span for _, span in kept]
    return tuple(quantity for quantity, _ in kept)


def _figures(quantity: Quantity) -> bool:
    return any(map(str.isdigit, quantity.text))


def _alike(a: Quantity, b: Quantity) -> bool:
    """The same sum, told more or less exactly."""
    x, y = a.high or a.low, b.high or b.low
    if x is None or y is None:
        return a.text.lower() == b.text.lower()
    return _near(a, b, EXACT) and (a.low == b.low or None in (a.low, b.low) or a.low == a.high)
