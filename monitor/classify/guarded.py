"""Patterns of many alternatives that most texts have nothing of: one pass over the words they need comes first."""

from __future__ import annotations

import re

import ahocorasick


class Guarded:
    """A pattern, ignoring case, and pieces of its words; each of its alternatives needs one of them, in lower case.

    An alternation of fifty phrases costs 10 µs a headline, the pass over their pieces under 1 µs.
    """

    def __init__(self, pattern: str, *pieces: str) -> None:
        self.pattern = re.compile(pattern, re.I)
        self.pieces = pieces
        self._pieces = ahocorasick.Automaton()
        for piece in pieces:
            self._pieces.add_word(piece, True)
        self._pieces.make_automaton()

    def search(self, text: str) -> re.Match[str] | None:
        """As of the pattern alone."""
        return self.pattern.search(text) if next(self._pieces.iter(text.lower()), None) is not None else None
