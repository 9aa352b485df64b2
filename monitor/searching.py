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
_BETWEEN = "|"  # a word that nobody can ask for: no phrase reaches from the headline into the rest


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other; with ``beginning`` the last may go on."""

    words: str
    beginning: bool


def phrases(query: str) -> list[Phrase]:
    """The words and "phrases" of ``query``, all of which must be found; empty where it has none.

    A word that ends in ``*`` matches its beginnings. Nothing else in ``query`` has a meaning of its own.
    """
    parts = [(phrase or word).replace('"', "") for phrase, word in _PHRASE.findall(query.translate(_PLAIN_QUOTES))]
    return [Phrase(part.rstrip("*"), part.endswith("*")) for part in parts if re.search(r"\w", part)]


def words_of(event: Event) -> str:
    """What an event is found by beside its headline: titles and names."""
    names = (*event.orgs, *event.people, *(m.person for m in event.moves))
    titles = [s.title for s in event.stories if s.title != event.headline]
    return " \n".join(dict.fromkeys([*titles, *filter(None, names)]))


def searched(event: Event) -> str:
    """The stems of all that an event is found by, a blank on either side of each."""
    return f" {' '.join((*stems(event.headline), _BETWEEN, *stems(words_of(event))))} "


def asked(query: str) -> list[tuple[str, str]]:
    """For each phrase of ``query`` what stands in ``searched`` where the event holds it, and the phrase as it was written; empty
    where the query has no word, which finds nothing. A phrase of signs alone is passed over."""
    found = ((" ".join(stems(one.words)), one) for one in phrases(query))
    return [(f" {words}" if one.beginning else f" {words} ", one.words) for words, one in found if words]
