"""Where it is: the first place of the title, else of the summary, with the county before it or the state after it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import monitor.classify.lexicon as lexicon
from monitor.classify.document import Document, Sentence
from monitor.classify.infra_terms import CORE, Hit, Scan
from monitor.classify.lexicon import LexiconError

SENTENCES = 3  # of the summary, in which a place is looked for
_COUNTY = re.compile(
    r"\b(?:[A-Z][\w'’.-]+\s){1,2}(?:County|Parish|Township|Borough)\b(?!\s(?:Council|Commission|Board|Supervisors|Executive|Judge|Attorney))"
)
_COUNTIES = ("County", "Parish", "Township", "Borough")  # one of them stands in whatever the pattern finds
_TOWN = re.compile(r"(?P<town>(?:[A-Z][\w'’.-]+\s){0,2}[A-Z][\w'’.-]+),\s$")
_NO_TOWN = frozenset("in at near to for of from on the a as by its with new ai data center centers centre power sources".split())
_SPACE = re.compile(r"\b(?:in|to|into)\s(?P<space>(?:outer\s)?space|orbit)\b", re.I)
_INTO = re.compile(
    r"\b(?:in|near|at|to|across|for|outside|from|around|of|into|throughout|over|off|within)\s(?:the\s|rural\s|\w+ern\s)?$", re.I
)
# "in Springfield": a town that no list has. What also follows "in" with a capital is told apart.
_IN_TOWN = re.compile(
    r"\b(?:in|near|outside)\s(?P<town>[A-Z][a-z]{3,}(?:\s[A-Z][a-z]{3,})?)(?=[,.;:]|\s(?:on|after|to|for|that|has|is|by|and|with|over)\b|$)"
)
_NO_PLACE = frozenset(
    "January February March April June July August September October November December Monday Tuesday Wednesday Thursday Friday "
    "Saturday Sunday Congress Parliament Earth Washington Summer Spring Autumn Winter Bitcoin Nvidia Anthropic Google Amazon "
    "Microsoft".split()
)
_WIDE = frozenset(
    {
        "US",
        "U.S.",
        "USA",
        "America",
        "United States",
        "Europe",
        "Asia",
        "Africa",
        "EU",
        "Latin America",
        "North America",
        "South America",
    }
)
_MASTHEAD = re.compile(
    r"^\s(?:Times|Post|News|Herald|Journal|Tribune|Stock|Exchange|University|Power|Electric|Energy|Steel|Water)\b"
)

FILE = "places.json"
BESIDE = 12  # characters between "French" and the data centers that it places

Place = tuple[Sentence, int, int]


class Location(NamedTuple):
    """``place``: sentence and offsets, in the field's own text. ``name``: the words there; of "French data centers", France."""

    place: Place
    name: str


def location(document: Document, scan: Scan) -> Location | None:
    """Where it is; None where no place is named.

    A town, county or state goes before a continent or country that is only the scene ("America's", "in Europe").
    """
    title = next((s for s in document.sentences if s.field == "title"), None)
    if title is not None and not any(h.sentence is title for h in scan.places):
        told = _of_people(document.story.title, title, scan)
        if told is not None:
            return told
    place = _named(document, scan)
    if place is None:
        return None
    sentence, start, end = place
    return Location(place, document.source(sentence)[start:end])


@cache
def demonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """ "French" to "France", with a pattern that finds the longest. Raises LexiconError where the file has no such list."""
    found = lexicon.load(FILE).get("demonyms")
    if not isinstance(found, dict) or not all(isinstance(place, str) and place for place in found.values()):
        raise LexiconError(f"{FILE}: demonyms must give each the name of a place")
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), found


def _of_people(source: str, title: Sentence, scan: Scan) -> Location | None:
    """ "French data centers" are in France; a French company need not be."""
    pattern, places = demonyms()
    sites = [h.start for h in scan.topics if h.sentence is title and h.topic.weight >= CORE]
    for found in pattern.finditer(source, title.start, title.end) if sites else ():
        if any(0 < start - found.end() <= BESIDE for start in sites):
            return Location((title, found.start(), found.end()), places[found.group()])
    return None


def _named(document: Document, scan: Scan) -> Place | None:
    wide: Place | None = None
    summary = 0
    for sentence in document.sentences:
        summary += sentence.field == "summary"
        if summary > SENTENCES:
            break
        source = document.source(sentence)
        narrow, broad = _in_sentence(source, sentence, [h for h in scan.places if h.sentence is sentence])
        if narrow is not None and (wide is None or summary <= 1):
            return narrow
        wide = wide or broad or narrow
    return wide


def _in_sentence(source: str, sentence: Sentence, hits: list[Hit]) -> tuple[Place | None, Place | None]:
    """The first place that says where, and the first that says roughly where."""
    county = _COUNTY.search(source, sentence.start, sentence.end) if any(word in sentence.text for word in _COUNTIES) else None
    if county is not None:
        return (sentence, county.start(), _wider(source, county.end(), hits)), None
    hits = [h for h in hits if not _MASTHEAD.match(source[h.end : h.end + 14])]
    narrow = [h for h in hits if h.topic.name not in _WIDE]
    place: Place | None = None
    if narrow:
        hit = next((h for h in narrow if _INTO.search(source[max(sentence.start, h.start - 24) : h.start])), narrow[0])
        place = sentence, _town(source, sentence, hit.start), _wider(source, hit.end, hits)
    elif not sentence.loud:
        town = next((m for m in _IN_TOWN.finditer(source, sentence.start, sentence.end) if m["town"] not in _NO_PLACE), None)
        place = (sentence, town.start("town"), town.end("town")) if town is not None else None
    low = sentence.text.lower() if place is None else ""
    if ("space" in low or "orbit" in low) and (space := _SPACE.search(source, sentence.start, sentence.end)) is not None:
        return (sentence, space.start("space"), space.end("space")), None
    broad = next((h for h in hits if h.topic.name in _WIDE), None)
    return place, (sentence, broad.start, broad.end) if broad is not None else None


def _town(source: str, sentence: Sentence, start: int) -> int:
    """Where "Springfield, " begins before the place at ``start``; ``start`` itself without one."""
    before = _TOWN.search(source[max(sentence.start, start - 50) : start])
    if before is None:
        return start
    words = [w for w in before["town"].split() if not (w.isupper() and len(w) > 2)]
    while words and words[0].lower() in _NO_TOWN:
        words.pop(0)
    if not words or len(words) > 2 or (sentence.loud and len(words) > 1):
        words = words[-1:]
    found = source.rfind(" ".join(words), max(sentence.start, start - 50), start) if words else -1
    return found if found >= 0 else start


def _wider(source: str, end: int, hits: list[Hit]) -> int:
    """The end of ", Utah" after a place that ends at ``end``."""
    return next((h.end for h in hits if h.start == end + 2 and source[end : end + 2] == ", "), end)
