"""A second cheap look before the grammar runs: a linear model over the words and terms that are found anyway.

The prefilter lets two of three stories go; of what is left, this lets more than half go, in 15 µs instead of the grammar's
hundreds. Fitted by ``python -m monitor.training.gate`` so that of the labelled stories some 998 of 1,000 of either
label pass (cross-validated).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, repeat
from typing import Any, NamedTuple

import monitor.classify.words.lexicon as lexicon
from monitor.classify.prefilter import Candidates, Hit
from monitor.classify.words.lexicon import LexiconError
from monitor.model import Label

FILE = "gate.json"
SUMMARY_WORDS = 40
LENGTH = 3.0  # of all words of a title, and of a summary, where a term's is one
NO_SUMMARY = "no summary"
_WORD = re.compile(r"[a-z0-9$%&]+(?:['’][a-z]+)?")


class Seen(NamedTuple):
    """What the gate sees of a story: the words of its title and of its summary's beginning, which have one length however many
    they are, and the prefilter's terms (see ``terms_of``)."""

    title: set[str]
    summary: set[str]
    terms: set[str]


@dataclass(frozen=True, slots=True)
class Half:
    """One label's part: the log odds of each thing seen, and the sum from which on the grammar looks."""

    title: dict[str, float]
    summary: dict[str, float]
    terms: dict[str, float]
    bias: float
    line: float

    def passes(self, seen: Seen) -> bool:
        total = self.bias + sum(map(self.terms.get, seen.terms, repeat(0.0)))
        total += LENGTH * sum(map(self.title.get, seen.title, repeat(0.0))) / math.sqrt(len(seen.title) or 1)
        if self.summary:
            total += LENGTH * sum(map(self.summary.get, seen.summary, repeat(0.0))) / math.sqrt(len(seen.summary) or 1)
        return total >= self.line


def look(title: str, summary: str, hits: Sequence[Hit], *, below: bool = True) -> Seen:
    """``below``: the words of the summary are wanted too."""
    words = _WORD.findall(summary[: 12 * SUMMARY_WORDS].lower())[:SUMMARY_WORDS] if below else ()
    terms = terms_of(hits)
    if not summary:
        terms.add(NO_SUMMARY)
    return Seen(set(_WORD.findall(title.lower())), set(words), terms)


def terms_of(hits: Sequence[Hit]) -> set[str]:
    """The prefilter's words but hints (told of them it let twice as much of a stream pass, and found no more), by field, as
    written and by what they stand for; of the title's, which stand in one headline (``a&b``) and which follow each other
    (``a>b``)."""
    found: set[str] = set()
    names: set[str] = set()
    before: Sequence[str] = ()
    for in_title, word in hits:
        if word.hint:
            continue
        found.update(word.told[in_title])
        if in_title:
            names.update(word.names)
            for a in before:
                found.update([f"{a}>{b}" for b in word.names])
            before = word.names
    if len(names) > 1:
        found.update([f"{a}&{b}" for a, b in combinations(sorted(names), 2)])
    return found


@cache
def halves() -> dict[Label, Half]:
    """Raises LexiconError where the file is not what it should be."""
    raw = lexicon.load(FILE)
    try:
        return {label: _half(raw[label.value]) for label in Label}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"{FILE}: is no gate ({error})") from None


def _half(raw: Any) -> Half:
    weights = {name: {str(k): float(v) for k, v in raw[name].items()} for name in Seen._fields}
    return Half(**weights, bias=float(raw["bias"]), line=float(raw["line"]))


def narrowed(wanted: Candidates, title: str, summary: str) -> Candidates:
    """``wanted`` without the labels whose grammar has nothing to find."""
    if not (wanted.move or wanted.infra):
        return wanted
    seen, known = look(title, summary, wanted.hits, below=wanted.infra), halves()  # of a summary's words moves ask none
    return Candidates(
        move=wanted.move and known[Label.EXECUTIVE_MOVE].passes(seen),
        infra=wanted.infra and known[Label.INFRASTRUCTURE].passes(seen),
    )
