"""What bears the name of a place without being there: a firm, an authority, a paper, a stock exchange, a government."""

from __future__ import annotations

import re
from functools import cache

import monitor.classify.lexicon as lexicon
from monitor.classify.document import Sentence

_PAPER = re.compile(r"^\s(?:(?:Morning|Sunday)\s)?(?:Times|Post|News|Herald|Journal|Tribune|Stock|Exchange)\b")  # no place at all
# Behind the name of a place: a firm's name, which says nothing of the site, or an authority's, where no other place is told.
_FIRM = re.compile(r"^\s(?:Power|Electric|Energy|Steel|Water|Instruments|Investment|Corporation|Mining|Pacific)\b")
_AUTHORITY = re.compile(r"^\s(?:University|Authority|Public\sService|Commission|Utilit)")
_BODY_OF = re.compile(r"\b(?:Commission|Board|Department|Council|University|Bank|Corporation|Authority)\sof\s(?:the\s)?$")
MONEY = re.compile(r"^(?:\$|\s(?i:dollars?|kron[aeo]r?|francs?|rupees?|pounds?|won|yen|yuan|riyals?|pesos?|dirhams?)\b)")
_BASED = re.compile(r"^-(?:based|headquartered|listed|backed|owned|led|controlled|and-)")
_PROJECT = re.compile(r"\bProject\s$")
# "Norway's Osprey" is a firm from there; what a country itself has is there: "Norway's AI boom", "Norway's Parliament".
_OWNS = re.compile(r"^['’]s\s(?P<word>[A-Z][\w.&-]+)")
_OF_THE_STATE = frozenset(
    "ai gpu parliament congress senate house government cabinet president prime minister ministry supreme court national "
    "federal state central north south east west northern southern eastern western first".split()
)
_COUNTRIES = frozenset({"UK", "U.K.", "US", "U.S.", "Hong Kong", "Cambodia", "Luxembourg", "Uganda", "Senegal"})
_NO_COUNTRIES = frozenset(
    {"Texas", "orbit", "Scotland", "Wales", "Latin America", "Africa", "Asia", "Europe", "America", "Nordics"}
)


def names_a_firm(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the place from ``start`` to ``end`` is no place at all: a currency's, a paper's or a firm's name."""
    behind = source[end : end + 24]
    if MONEY.match(behind) or _PAPER.match(behind) or _FIRM.match(behind):
        return True
    return _in_known_name(source, sentence, start, end)


def names_a_firm_behind(source: str, end: int) -> bool:
    """Whether what follows ``end`` makes it a firm's: "Ohio Power"."""
    return _FIRM.match(source[end : end + 14]) is not None


def from_there(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether somebody or something is merely from the place: "Norway-based", "Norway's Osprey", "University of Oslo"."""
    behind = source[end : end + 40]
    before = source[max(sentence.start, start - 24) : start]
    if _PROJECT.search(before) or _AUTHORITY.match(behind) or _BASED.match(behind) or _BODY_OF.search(before):
        return True
    owned = _OWNS.match(behind)
    if owned is None or source[start:end] not in countries():
        return False
    low = owned["word"].lower()
    return low not in _OF_THE_STATE and not (sentence.loud and low in lexicon.dictionary())


@cache
def countries() -> frozenset[str]:
    """Countries whose people have a name in the lexicon, and some more."""
    named: dict[str, str] = lexicon.load("places.json").get("demonyms", {})
    return frozenset(named.values()) - _NO_COUNTRIES | _COUNTRIES


def _in_known_name(source: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a known organisation's name of more words holds the place: "Osprey Norway", "Norway Data Trust"."""
    known = lexicon.orgs_by_alias()
    before = source[max(sentence.start, start - 30) : start].split(" ")[-3:-1]
    after = source[end : min(sentence.end, end + 40)].split(" ")[1:4]
    name = source[start:end]
    heads = [" ".join([*before[-n:], name]) if n else name for n in range(len(before) + 1)]
    return any(
        " ".join([head, *after[:m]]).rstrip(",.;:") in known
        for n, head in enumerate(heads)
        for m in range(len(after) + 1)
        if n or m
    )
