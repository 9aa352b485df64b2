"""A sentence of the infrastructure half as symbols in order, so that what stands beside what can tell the deed.

Names, sums, sizes, places and terms stand for their kind, other words for their stem: "Acme buys stake in the data center's
owner" is ``^ _org buys stak in the _data_center owner $``. So a pair of neighbours means the same of next month's names.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from monitor.classify.buildouts.facts import Facts
from monitor.classify.words.document import Sentence
from monitor.classify.words.kept import Kept

PREFIXES = ("tt:", "ss:")  # of pairs in the title, in the summary's first sentence
_KINDS = {"gazetteer": "_org", "org": "_org", "name": "_org", "person": "_person", "place": "_place", "actor": "_actor"}
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST = 4  # letters of a stem


def pairs(facts: Facts) -> list[str]:
    """Neighbours in the title and in the summary's first sentence: ``tt:_org buys``."""
    summary = next((s for s in facts.document.sentences if s.field == "summary"), None)
    found: list[str] = []
    for sentence in facts.document.sentences:
        if sentence.field == "title" or sentence is summary:
            prefix = PREFIXES[sentence.field != "title"]
            found += [f"{prefix}{a} {b}" for a, b in pairwise(symbols(facts, sentence))]
    return found


def symbols(facts: Facts, sentence: Sentence) -> list[str]:
    starts = sentence.starts
    at: dict[int, tuple[int, int, str]] = {}  # of each token the first mark it begins in
    for mark in _marks(facts, sentence):
        for n in range(bisect_left(starts, mark[0]), bisect_left(starts, mark[1])):
            at.setdefault(n, mark)
    found, end = ["^"], -1
    for n, start in enumerate(starts):
        if start < end:
            continue
        if n in at:
            _, end, sign = at[n]
            found.append(sign)
        else:
            found.append(_stem[sentence.lows[n]])
    return [*found, "$"]


def _marks(facts: Facts, sentence: Sentence) -> list[tuple[int, int, str]]:
    """What stands for something, by its offsets; of two that begin at one word the first counts."""
    scan = facts.scan
    marks = [(h.start, h.end, f"_{h.topic.name}") for h in scan.topics if h.sentence is sentence]
    marks += [(f.start, f.end, "_sum") for s, f in (*facts.title_amounts, *facts.rest_amounts) if s is sentence]
    marks += [(f.start, f.end, "_size") for s, f in (*facts.title_capacity, *facts.rest_capacity) if s is sentence]
    marks += [(m.start, m.end, _KINDS[m.kind]) for c in facts.candidates for m in c.mentions if m.sentence is sentence]
    return marks + [(h.start, h.end, "_place") for h in scan.places if h.sentence is sentence]


@Kept
def _stem(word: str) -> str:
    if not word[:1].isalpha():
        return "0" if word[:1].isdigit() else word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > _SHORTEST else word
