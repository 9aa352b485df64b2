"""What full text means, alike in every database: which columns are searched, and what a query asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.store.values import clean

FULL_TEXT = {"stories": ("title", "summary"), "events": ("headline", "words")}  # two columns a table
TOKENIZER = "porter unicode61 remove_diacritics 2"  # SQLite's; PostgreSQL has functions that make the same words
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other; with ``beginning`` the last may go on."""

    words: str
    beginning: bool


def phrases(query: str) -> list[Phrase]:
    """The words and "phrases" of ``query``, all of which must be found; empty where it has none.

    A word that ends in ``*`` matches its beginnings. Nothing else in ``query`` has a meaning of its own.
    """
    parts = [(phrase or word).replace('"', "") for phrase, word in _PHRASE.findall(clean(query))]
    return [Phrase(part.rstrip("*"), part.endswith("*")) for part in parts if re.search(r"\w", part)]
