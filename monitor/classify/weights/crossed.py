"""Features that say many things beside one: "core t data_center" is the tail ``data_center`` beside the head ``core t``.

A story has thousands of such names, mostly the same tails beside one head after another. So a tail is made once and looked up
in the row of each head; whole names are made only where somebody learns from them or reads them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Generic, TypeVar

from monitor.classify.weights.slot_model import DIGITS

W = TypeVar("W", int, float)


class Crossed(Set[str]):
    """``tails`` by head; the name of each is ``prefix``, head, a blank and tail, and where the head is "" the tail alone. No name
    stands under two heads."""

    __slots__ = ("prefix", "tails")

    def __init__(self, prefix: str = "", tails: dict[str, set[str]] | None = None) -> None:
        self.prefix = prefix
        self.tails: dict[str, set[str]] = defaultdict(set) if tails is None else tails

    def names(self) -> Iterator[str]:
        for head, tails in self.tails.items():
            before = f"{self.prefix}{head} " if head else self.prefix
            for tail in tails:
                yield before + tail

    def __iter__(self) -> Iterator[str]:
        return self.names()

    def __contains__(self, name: object) -> bool:
        return any(name == one for one in self.names())

    def __len__(self) -> int:
        return self.size()

    def size(self) -> int:
        return sum(map(len, self.tails.values()))

    def total(self, rows: Rows[W], nothing: W) -> W:
        """The sum of their weights, the same in whichever order they come (see ``DIGITS``)."""
        total = nothing
        for head, tails in self.tails.items():
            if row := rows[head]:
                weight = row.get
                for tail in tails:  # mostly one or two: ``sum`` costs more to begin
                    total += weight(tail, nothing)
        return round(total, DIGITS)

    def table(self, names: Iterable[str], weights: Mapping[str, float]) -> Rows[float]:
        """The weights of such features; ``names`` all begin with the prefix."""
        return Rows({name[len(self.prefix) :]: weights[name] for name in names})

    def told(self, table: Rows[float]) -> tuple[int, float]:
        """How many there are, and the sum of their weights."""
        return self.size(), self.total(table, 0.0)


class Rows(dict[str, Mapping[str, W]], Generic[W]):
    """Weights of names by head and tail. The row of a head is made when it is first asked for: few ever are."""

    def __init__(self, weights: Mapping[str, W]) -> None:
        super().__init__()
        self[""] = weights
        self._names = sorted(weights)

    def __missing__(self, head: str) -> Mapping[str, W]:
        first, end = bisect_left(self._names, head + " "), bisect_left(self._names, head + "!")  # "!" comes right after the blank
        self[head] = row = {name[len(head) + 1 :]: self[""][name] for name in self._names[first:end]}
        return row
