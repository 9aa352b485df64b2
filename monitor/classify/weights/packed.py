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
    return sum([round(weight * UNIT) << (PLACE * n) for n, weight in enumerate(row)])


def packed_sparse(row: Iterable[tuple[float, float]]) -> int:
    """As ``packed``, of the columns and their weights that are not 0; a column is a whole number."""
    return sum([round(weight * UNIT) << (PLACE * int(column)) for column, weight in row])


def in_thousandths(row: Iterable[float]) -> str:
    """The row in thousandths, as a file has it: "579 -499". Thousands of rows are read at every start, and few are asked for."""
    return " ".join([str(round(1000 * weight)) for weight in row])


def packed_thousandths(row: str) -> int:
    """``packed`` of a row as of ``in_thousandths``. Raises ValueError where something is no whole number."""
    return sum([(int(weight) * (UNIT // 1000)) << (PLACE * n) for n, weight in enumerate(row.split())])


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
