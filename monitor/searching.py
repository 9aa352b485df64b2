"""What words (``q``) ask for and what they are looked for in, alike in searches, routes and silences. Pure.

A database answers by its index of words, a matcher by the event alone; both take the words of ``stems``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from monitor.model import Event
from monitor.stems import stems
from monitor.text import QUOTES, ROLES

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_PLAIN_QUOTES = str.maketrans(dict.fromkeys(QUOTES, '"'))
_PAIR = re.compile(r"data cent(?:er|re)s?|[0-9][0-9.,]* [MG]W", re.I)  # two words that others write as one
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

    A word that ends in ``*`` matches its beginnings. Data centers, megawatts and the highest posts are found however they are
    spelt. Nothing else in ``query`` has a meaning of its own.
    """
    found: list[Phrase] = []
    before = ""
    for quoted, word in _PHRASE.findall(query.translate(_PLAIN_QUOTES)):
        if _PAIR.fullmatch(f"{before} {word}"):
            apart = tuple(tuple(way.split()) for way in _spellings(f"{before} {word}"))
            found[-1] = Phrase(f"{before} {word}", beginning=False, ways=apart)
        elif re.search(r"\w", part := (quoted or word).replace('"', "")):
            words = part.rstrip("*")
            found.append(Phrase(words, part.endswith("*"), tuple((way,) for way in _spellings(words))))
        before = word
    return found


def _spellings(words: str) -> tuple[str, ...]:
    """``words`` as they are given, and as others spell them."""
    ways = next(((one, ways) for one, ways in _written() if one.search(words)), None)
    return tuple(dict.fromkeys((words, *(ways[0].sub(way, words) for way in ways[1])))) if ways else (words,)


@cache
def _written() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """What headlines write in as many ways as there are desks: whoever asks for one of them means each."""
    ways = [
        (
            r"data[\s-]*cent(?:er|re)(s?)",
            tuple(rf"{way}\1" for way in ("data center", "data centre", "datacenter", "datacentre")),
        ),
        (r"cent(?:er|re)(s?)", (r"center\1", r"centre\1")),
        (r"([0-9][0-9.,]*)\s?([MG]W)", (r"\1 \2", r"\1\2")),
        (r"ceo|chief executive(?: officer)?", ("ceo", "chief executive")),
        *((rf"{short}|{long}", (short, long)) for short, long in ROLES.items() if short != "ceo"),
    ]
    return tuple((re.compile(rf"\b(?:{words})\b", re.I), way) for words, way in ways)


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
