"""What is made of a word once and asked for at each of its places.

``functools.lru_cache`` moves what is asked for to the end of a list, through three places of memory that were not at hand; of
hundreds of words a story that costs more than the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

WORDS_KEPT = 20_000  # words whose forms are kept: a stream of a day has about as many
T = TypeVar("T")


class Kept(dict[str, T]):
    """By word what ``make`` makes of it; all is forgotten where there are too many."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> T:
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[word] = found = self._make(word)
        return found
