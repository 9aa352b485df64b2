"""Several weights of one feature as one whole number, so that one sum adds them all.

A row of floats is as many objects, each somewhere else in memory: to fetch them costs several times what adding them does.
Weights are kept to millionths; each takes PLACE bits of the number, and sums of up to half a million stay apart, whatever their
signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

UNIT = 1_000_000
PLACE = 40  # bits
_MASK, _HALF = (1 << PLACE) - 1, 1 << (PLACE - 1)


def packed(row: Iterable[float]) -> int:
    """The row, its first weight in the lowest place."""
    total = 0
    for n, weight in enumerate(row):
        total += round(weight * UNIT) << (PLACE * n)
    return total


def packed_pairs(table: Mapping[str, Sequence[float]]) -> dict[str, int]:
    """Each row of two weights ``packed``; in one go, for there are thousands and a process starts with them."""
    return {name: round(a * UNIT) + (round(b * UNIT) << PLACE) for name, (a, b) in table.items()}


def unpacked(total: int, width: int) -> list[float]:
    """The ``width`` sums of the rows whose packed numbers add up to ``total``."""
    total += _raised(width)
    found = []
    for _ in range(width):
        found.append(((total & _MASK) - _HALF) / UNIT)
        total >>= PLACE
    return found


@cache
def _raised(width: int) -> int:
    """What makes each of ``width`` sums a positive number, so that none borrows from the next."""
    return sum(_HALF << (PLACE * n) for n in range(width))
