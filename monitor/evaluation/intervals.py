"""How much of a figure is chance: the bootstrap. Draw as many stories as there are, with replacement, many times."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from monitor.evaluation.counting import Counts, Figures, figures

Range = tuple[float, float]
ROUNDS = 500
SEED = 2026  # the same file gives the same intervals
TAIL = 0.025  # of the drawings at either end


def intervals(counts: Sequence[Counts], *, rounds: int = ROUNDS) -> dict[str, Range]:
    """The middle 95 % of each figure over ``rounds`` resamplings, by its path: ``moves.person.f1``.

    The percentile bootstrap over stories; a figure that most drawings cannot form (no gold of its kind) is left out.
    """
    if not counts:
        return {}
    rnd = random.Random(SEED)  # noqa: S311 - drawing samples, not keys
    names = sorted({name for one in counts for name in one})
    index = {name: n for n, name in enumerate(names)}
    sparse = [[(index[name], number) for name, number in one.items()] for one in counts]
    drawn: dict[str, list[float]] = {}
    for _ in range(rounds):
        summed = [0.0] * len(names)
        for one in rnd.choices(sparse, k=len(sparse)):
            for n, number in one:
                summed[n] += number
        for path, value in flat(figures(dict(zip(names, summed, strict=True)))):
            drawn.setdefault(path, []).append(value)
    return {path: _middle(sorted(values)) for path, values in drawn.items() if len(values) > rounds / 2}


def flat(told: Figures) -> Iterator[tuple[str, float]]:
    """Every figure by its path; counts of stories are none."""
    for name, value in told.items():
        yield from _walk(name, value)


def _walk(path: str, value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(f"{path}.{name}", inner)
    elif value is not None and not path.endswith(".n"):
        yield path, float(value)


def _middle(ordered: list[float]) -> Range:
    last = len(ordered) - 1
    return ordered[round(TAIL * last)], ordered[round((1 - TAIL) * last)]
