"""What words (``q``) ask for and what they are looked for in, alike in searches, routes and silences. Pure.

A database answers by its index of words, a matcher by the event alone; both take the words of ``stems``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.model import Event
from monitor.stems import stems
from monitor.text import QUOTES

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_PLAIN_QUOTES = str.maketrans(dict.fromkeys(QUOTES, '"'))
# What headlines spell in as many ways as there are desks: whoever asks for one of them means each.
_SITE, _CENTER = (re.compile(rf"\b{before}cent(?:er|re)(s?)\b", re.I) for before in (r"data[\s-]*", ""))
_SITES, _CENTERS = ("data center", "data centre", "datacenter", "datacentre"), ("center", "centre")
_BETWEEN = "|"  # a word that nobody can ask for: no phrase reaches from the headline into the rest


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is to be found: one of ``ways``, and of that each part, whose words stand one after the other; with ``beginning`` the
    last may go on."""

    words: str  # as they were given
    beginning: bool
    ways: tuple[tuple[str, ...], ...]


def phrases(query: str) -> list[Phrase]:
    """The words and "phrases" of ``query``, all of which must be found; empty where it has none.

    A word that ends in ``*`` matches its beginnings. A data center is found however it is spelt. Nothing else in ``query`` has a
    meaning of its own.
    """
    found: list[Phrase] = []
    before = ""
    for quoted, word in _PHRASE.findall(query.translate(_PLAIN_QUOTES)):
        if before.lower() == "data" and _CENTER.fullmatch(word):
            apart = tuple(tuple(way.split()) for way in _spellings(f"data {word}"))
            found[-1] = Phrase(f"{before} {word}", beginning=False, ways=apart)
        elif re.search(r"\w", part := (quoted or word).replace('"', "")):
            words = part.rstrip("*")
            found.append(Phrase(words, part.endswith("*"), tuple((way,) for way in _spellings(words))))
        before = word
    return found


def _spellings(words: str) -> tuple[str, ...]:
    """``words`` as they are given, and as others spell them."""
    which, ways = (_SITE, _SITES) if _SITE.search(words) else (_CENTER, _CENTERS)
    return tuple(dict.fromkeys((words, *(which.sub(rf"{way}\1", words) for way in ways))))


def words_of(event: Event) -> str:
    """What an event is found by beside its headline: titles and names."""
    names = (*event.orgs, *event.people, *(m.person for m in event.moves))
    titles = [s.title for s in event.stories if s.title != event.headline]
    return " \n".join(dict.fromkeys([*titles, *filter(None, names)]))


def searched(event: Event) -> str:
    """The stems of all that an event is found by, a blank on either side of each."""
    return f" {' '.join((*stems(event.headline), _BETWEEN, *stems(words_of(event))))} "


Ways = list[tuple[str, ...]]


def asked(query: str) -> list[tuple[Ways, str]]:
    """For each phrase of ``query`` what stands in ``searched`` where the event holds it, all of one of these, and the phrase as
    it was written; empty where the query has no word, which finds nothing. A phrase of signs alone is passed over."""
    every = (([tuple(map(_stemmed, way)) for way in one.ways], one) for one in phrases(query))
    ends = {False: " ", True: ""}
    return [
        ([tuple(f" {words}{ends[one.beginning]}" for words in way) for way in ways], one.words)
        for ways, one in every
        if any(ways[0])
    ]


def _stemmed(words: str) -> str:
    return " ".join(stems(words))
