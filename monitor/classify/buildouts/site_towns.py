"""The town that a summary tells by the site that is there: "its Quillsby facility", "the scheme at Quillsby"."""

from __future__ import annotations

import re

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Document, Sentence

_SENTENCES = 2  # of the summary
_NAME = r"[A-ZÀ-Þ][a-zà-þ’]{3,}(?:-[A-ZÀ-Þ][a-zà-þ]+)*(?![\w-])"
_NAMES = rf"(?:(?:San|Santa|St\.|New|El|Los|Las|{_NAME})\s)?{_NAME}"
_HEAD = (
    r"(?:(?:AI|new|planned|joint)\s)?(?:campus|site|facility|complex|fab|plant|data\s?cent(?:er|re)|building|substation|"
    r"data\shalls?|scheme|development)"
)
_OWN = re.compile(rf"\b(?:its|their|the|The|Its|\d+[MG]W)\s(?P<town>{_NAMES})\s{_HEAD}\b(?!\s[A-Z])")
_AT = re.compile(
    rf"\b(?:campus(?:es)?|site|facility|complex|fab|plant|data\s?cent(?:er|re)s?|buildings?|scheme|project|halls?|development),?\s"
    rf"at\s(?P<town>{_NAMES})(?=[,.;]|\s[a-z]|$)"
)
_IN = re.compile(rf"\b(?:campus|site|facility|complex|fab|plant|data\s?cent(?:er|re))\sin\s(?P<town>{_NAMES})(?=[,.;]|\s[a-z]|$)")
_REGIONS = frozenset("Asia Asia-Pacific Africa America Europe Nordic Iberia Scandinavia".split())
_ENDINGS = ("Park", "Campus", "University", "Airport", "Center", "Centre", "Lake", "Valley", "County", "State", "Street", "Road")


def told_by_site(document: Document, name: str, owns: bool) -> tuple[Sentence, int, int] | None:
    """The one town so told in the first sentences of the summary, other than ``name``; None for none or two. ``owns``: also by a
    site's own name, which within a town may be of the land around it."""
    found = [
        (sentence, *match.span("town"))
        for sentence in _summary(document)
        for pattern in ((_OWN, _AT) if owns else (_AT,))
        for match in pattern.finditer(document.source(sentence), sentence.start, sentence.end)
        if _is_town(match["town"]) and match["town"] not in name
    ]
    return found[0] if len({document.source(s)[a:b] for s, a, b in found}) == 1 else None


def of_owner(document: Document) -> tuple[Sentence, int, int] | None:
    """Where the site is, of which a headline only says whose country's its owner is: "a data center in Quillsby"."""
    for sentence in _summary(document)[:1]:
        match = _IN.search(document.source(sentence), sentence.start, sentence.end)
        if match is not None and match["town"] not in lexicon.orgs_by_alias():
            return sentence, *match.span("town")
    return None


def _summary(document: Document) -> list[Sentence]:
    return [s for s in document.sentences if s.field == "summary" and not s.loud][:_SENTENCES]


def _is_town(name: str) -> bool:
    """No firm's, product's or people's name, and one word of it at least that is in no dictionary."""
    words = name.split()
    if words[-1] in _ENDINGS or any(word in _REGIONS or word in lexicon.demonyms() for word in words):
        return False
    if any(alias in lexicon.orgs_by_alias() or alias.lower() in lexicon.products() for alias in (name, *words)):
        return False
    return any(word.lower() not in lexicon.dictionary() for word in words)
