"""Where it is: the first place of the title, else of the summary, with the county before it or the state after it."""

from __future__ import annotations

import re

from monitor.classify.document import Document, Sentence
from monitor.classify.infra_terms import Hit, Scan

SENTENCES = 3  # of the summary, in which a place is looked for
_COUNTY = re.compile(
    r"\b(?:[A-Z][\w'’.-]+\s){1,2}(?:County|Parish|Township|Borough)\b(?!\s(?:Council|Commission|Board|Supervisors|Executive|Judge|Attorney))"
)
_TOWN = re.compile(r"(?P<town>(?:[A-Z][\w'’.-]+\s){0,2}[A-Z][\w'’.-]+),\s$")
_NO_TOWN = frozenset("in at near to for of from on the a as by its with new ai data center centers centre power sources".split())
_SPACE = re.compile(r"\b(?:in|to|into|from)\s(?P<space>(?:outer\s)?space|orbit)\b", re.I)
_INTO = re.compile(
    r"\b(?:in|near|at|to|across|for|outside|from|around|of|into|throughout|over|off|within)\s(?:the\s|rural\s|\w+ern\s)?$", re.I
)
_MASTHEAD = re.compile(
    r"^\s(?:Times|Post|News|Herald|Journal|Tribune|Stock|Exchange|University|Power|Electric|Energy|Steel|Water)\b"
)

Place = tuple[Sentence, int, int]


def location(document: Document, scan: Scan) -> Place | None:
    """Sentence and offsets of the place, in the field's own text; None where none is named."""
    summary = 0
    for sentence in document.sentences:
        summary += sentence.field == "summary"
        if summary > SENTENCES:
            break
        source = document.story.title if sentence.field == "title" else document.story.summary
        found = _in_sentence(source, sentence, [h for h in scan.places if h.sentence is sentence])
        if found is not None:
            return found
    return None


def _in_sentence(source: str, sentence: Sentence, hits: list[Hit]) -> Place | None:
    county = _COUNTY.search(source, sentence.start, sentence.end)
    if county is not None:
        return sentence, county.start(), _wider(source, county.end(), hits)
    hits = [h for h in hits if not _MASTHEAD.match(source[h.end : h.end + 14])]
    named = [h for h in hits if _INTO.search(source[max(sentence.start, h.start - 24) : h.start])]
    if hits:
        hit = next((h for h in named if _narrow(h)), None) or (named or hits)[0]
        return sentence, _town(source, sentence, hit.start), _wider(source, hit.end, hits)
    space = _SPACE.search(source, sentence.start, sentence.end)
    return (sentence, space.start("space"), space.end("space")) if space is not None else None


def _narrow(hit: Hit) -> bool:
    """No continent and not the whole country the outlet writes in."""
    return hit.topic.name not in ("US", "U.S.", "America", "United States", "Europe", "Asia", "Africa", "EU")


def _town(source: str, sentence: Sentence, start: int) -> int:
    """Where "Springfield, " begins before the place at ``start``; ``start`` itself without one."""
    before = _TOWN.search(source[max(sentence.start, start - 50) : start])
    if before is None:
        return start
    words = before["town"].split()
    while words and words[0].lower() in _NO_TOWN:
        words.pop(0)
    if not words or len(words) > 2 or (sentence.loud and len(words) > 1):
        words = words[-1:]
    found = source.rfind(" ".join(words), max(sentence.start, start - 50), start) if words else -1
    return found if found >= 0 else start


def _wider(source: str, end: int, hits: list[Hit]) -> int:
    """The end of ", Utah" after a place that ends at ``end``."""
    return next((h.end for h in hits if h.start == end + 2 and source[end : end + 2] == ", "), end)
