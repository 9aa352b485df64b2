"""Phrases that begin with one word, found without trying each: "to" begins a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
Words = tuple[str, ...]


class Beginning(Generic[T]):
    """The phrases of one first word, each with what it stands for."""

    __slots__ = ("alone", "by_second")

    def __init__(self) -> None:
        self.alone: list[tuple[Words, T]] = []  # the word itself
        self.by_second: dict[str, list[tuple[Words, T]]] = {}  # longest first

    def add(self, words: Words, meaning: T) -> None:
        if len(words) == 1:
            self.alone.append((words, meaning))
        else:
            options = self.by_second.setdefault(words[1], [])
            options.append((words, meaning))
            options.sort(key=lambda option: -len(option[0]))

    def met(self, lows: Sequence[str], i: int) -> Iterator[tuple[Words, T]]:
        """Those that stand in ``lows`` from ``i`` on, longest first, else as they were added."""
        if self.by_second and i + 1 < len(lows):
            for option in self.by_second.get(lows[i + 1], ()):
                if lows[i : i + len(option[0])] == option[0]:
                    yield option
        yield from self.alone
