"""How alike the words of two stories are: cosine of telling words, and how far one headline is told in the other story."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from monitor.grouping.words import TEXTS_KEPT, stem, stems, weight
from monitor.model import Story
from monitor.text import fold, headline, split_outlet, split_relayed

SUMMARY = 300  # characters of a summary that count
# Aggregators that name at the end of each title whom they pass on, where there is no author the outlet alone: "… (Bloomberg)".
_PASSES_ON = frozenset({"techmeme", "mediagazer", "memeorandum"})
_PASSED_ON = re.compile(r"\s\(([^()/]{2,50})\)$")
_BY_LINE = "submitted by /u/"  # of a forum
# What reaches us as words and is none of the story: a forum's by-line, whom an aggregator read, a continuation.
_BOILERPLATE = re.compile(
    r"submitted by\s+/u/\S+|\[(?:link|comments)\]|^[^/:]{2,60} / [^/:]{2,50}:\s|this story continues at .*$"
    r"|(?:read more|continue reading)\b.*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Vector:
    """The telling words of a text: stem to weight, of length 1; ``title`` holds the stems of the title with their weights."""

    weights: dict[str, float]
    title: dict[str, float]
    whole: float  # what the stems of the title weigh together


def masthead(story: Story) -> str:
    """The outlet a story is counted under: whose an aggregator passes on, its own word, the suffix of its title, its host."""
    host = (urlsplit(story.url).hostname or "").removeprefix("www.")
    relayed = split_relayed(story.title)[1]
    if not relayed and fold(story.outlet) in _PASSES_ON and (named := _PASSED_ON.search(story.title)):
        relayed = named[1]
    return relayed or story.outlet or split_outlet(story.title)[1] or host


def passed_on(title: str, outlet: str) -> bool:
    """An aggregator tells it, in words of its own, and names ``outlet`` but no author."""
    named = _PASSED_ON.search(title)
    return named is not None and named[1] == outlet


def posted(summary: str) -> bool:
    """Readers of a forum post what they found, and each its own: one forum is no one outlet."""
    return summary.startswith(_BY_LINE)


@lru_cache(maxsize=TEXTS_KEPT)
def vector(title: str, summary: str) -> Vector:
    """Title words count once, words of the first 300 characters of the summary half."""
    head = headline(title)
    in_title = {s: weight(s) for s in sorted(set(stems(head)))}
    found = dict(in_title)
    for s in stems(_BOILERPLATE.sub(" ", summary)[:SUMMARY]):
        found.setdefault(s, 0.5 * weight(s))
    length = math.sqrt(sum(w * w for w in found.values())) or 1.0
    return Vector({s: w / length for s, w in found.items()}, in_title, sum(in_title.values()))


def cosine(a: Vector, b: Vector) -> float:
    """0 (no word in common) to 1."""
    small, large = (a.weights, b.weights) if len(a.weights) <= len(b.weights) else (b.weights, a.weights)
    return sum(w * large[s] for s, w in small.items() if s in large)


def told(a: Vector, b: Vector) -> tuple[float, float]:
    """How much of each headline, by weight, stands in the other story: the larger share, then the smaller, 0 to 1."""
    one, other = _share(a, b), _share(b, a)
    return max(one, other), min(one, other)


def _share(a: Vector, b: Vector) -> float:
    return sum(w for s, w in a.title.items() if s in b.weights) / a.whole if a.whole else 0.0


def mentions(title: str, summary: str, person: str) -> bool:
    """The last name of ``person`` (a ``person_key``) stands in the text."""
    return stem(person.partition(" ")[0]) in vector(title, summary).weights


def telling(title: str, count: int, least: float = 3.5) -> list[str]:
    """The ``count`` most telling stems of a title, those of the same weight in the order of the alphabet."""
    ranked = sorted((-weight(s), s) for s in vector(title, "").title if weight(s) >= least and len(s) > 1)
    return [s for _, s in ranked[:count]]
