"""Features as the models take them: names, and runs of words whose names are made only where somebody wants to read them.

A story has a few hundred runs of words, and most are in no model. To look one up by its words spares making its name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import repeat
from sys import intern
from typing import Any, NamedTuple, Protocol

from monitor.classify.words.kept import WORDS_KEPT

Key = str | tuple[str, ...]  # a word, or a run of several


class Table(dict[Key, float]):
    """The weights of runs whose names begin with ``prefix``. Those of a first word are made when it is first met: a process that
    reads one story does not split the fifty thousand names of a model."""

    def __init__(self, prefix: str, names: Iterable[str], weights: Mapping[str, float]) -> None:
        super().__init__()
        self._prefix, self._names, self._weights = prefix, sorted(names), weights
        self._met: set[str] = set()  # words, of the model or not; all are forgotten where there are too many, and met again

    def __bool__(self) -> bool:
        """Whether there are any, met or not."""
        return bool(self._names)

    def meet(self, words: Iterable[str]) -> None:
        for word in {*words} - self._met:
            first, end = (bisect_left(self._names, self._prefix + word + mark) for mark in ("", "!"))  # "!" comes after the blank
            for name in self._names[first:end]:
                run = tuple(map(intern, name[len(self._prefix) :].split(" ")))  # a word stands in many runs: one string in memory
                self[run if len(run) > 1 else run[0]] = self._weights[name]
            if len(self._met) >= WORDS_KEPT:
                self._met.clear()
            self._met.add(word)  # only now: another thread may look it up


class Runs(NamedTuple):
    """All runs of one to ``longest`` words of each text; a run's name is ``prefix``, which ends in a colon and has no other, and
    the words, with blanks between."""

    prefix: str
    longest: int
    texts: tuple[Sequence[str] | frozenset[str], ...]

    def keys(self) -> list[frozenset[Key]]:
        """The distinct runs, by length."""
        if len(self.texts) == 1:
            text = self.texts[0]
            return [frozenset(text), *[frozenset(_shifted(text, n)) for n in range(2, self.longest + 1)]]
        found: list[frozenset[Key]] = [frozenset().union(*self.texts)]
        for n in range(2, self.longest + 1):
            found.append(frozenset().union(*[_shifted(text, n) for text in self.texts]))
        return found

    def names(self) -> Iterator[str]:
        for runs in self.keys():
            for run in runs:
                yield self.prefix + (run if isinstance(run, str) else " ".join(run))

    def size(self) -> int:
        return sum(map(len, self.keys()))

    def told(self, table: Table) -> tuple[int, float]:
        """How many distinct runs there are, and the sum of their weights in ``table``."""
        count, total = 0, 0.0
        for text in self.texts:
            table.meet(text)
        for runs in self.keys():
            count += len(runs)
            total += sum(map(table.get, runs, repeat(0.0)))
        return count, total

    def table(self, names: Iterable[str], weights: Mapping[str, float]) -> Table:
        """The weights of such runs; ``names`` all begin with the prefix."""
        return Table(self.prefix, names, weights)


def _shifted(text: Sequence[str] | frozenset[str], n: int) -> Iterable[tuple[str, ...]]:
    """The text beside itself, shifted by one word, by two, … Words in no order have no runs."""
    return () if isinstance(text, frozenset) else zip(*[text[i:] for i in range(n)], strict=False)


class Told(Protocol):
    """Many names that a model looks up without making them: those of ``Runs``, those of ``Crossed``. Of a story each is once."""

    @property
    def prefix(self) -> str: ...

    def names(self) -> Iterator[str]: ...

    def size(self) -> int: ...

    def table(self, names: Iterable[str], weights: Mapping[str, float]) -> Any:
        """The weights of such names, as ``told`` takes them; ``names`` all begin with the prefix."""

    def told(self, table: Any) -> tuple[int, float]:
        """How many distinct names there are, and the sum of their weights in ``table``."""


class Features(Set[str]):
    """A set of names, of which some are given and some are told by ``runs``; no name is both."""

    __slots__ = ("named", "runs")

    def __init__(self, named: Iterable[str] = (), *runs: Told) -> None:
        self.named = named if isinstance(named, set | frozenset) else set(named)
        self.runs = runs

    def __contains__(self, name: object) -> bool:
        return name in self.named or any(name == one for run in self.runs for one in run.names())

    def __iter__(self) -> Iterator[str]:
        yield from self.named
        for run in self.runs:
            yield from run.names()

    def __len__(self) -> int:
        return len(self.named) + sum(run.size() for run in self.runs)

    def __bool__(self) -> bool:
        return bool(self.named) or any(map(_any_name, self.runs))


def _any_name(told: Told) -> bool:
    return next(told.names(), None) is not None
