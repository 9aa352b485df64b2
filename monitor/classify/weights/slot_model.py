"""The learned weights of the slots: who moves, what fills each slot, what kind of move it is.

``movers`` and ``posts`` say whether a person, or a post without a name, moves; ``orgs`` and ``roles`` have two weights a
feature, for where somebody comes from and goes to, and weigh the candidates against each other and against none; ``kinds`` has
one weight a kind of move for each feature.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from pathlib import Path
from typing import Any

from monitor.classify.weights.packed import packed_pairs, packed_sparse, unpacked
from monitor.classify.words.lexicon import DATA, LexiconError, parsed

FILE = DATA / "slots.json"
Shares = tuple[list[float], list[float]]


@dataclass(frozen=True)
class SlotModel:
    """Weights by feature, several of one as ``packed``; ``bias`` by head. ``kinds``: "action:pattern", see ``choosing``."""

    movers: dict[str, float]
    posts: dict[str, float]
    orgs: dict[str, int]
    roles: dict[str, int]
    kinds: tuple[str, ...]
    actions: tuple[str, ...]
    patterns: tuple[str, ...]
    bonds: tuple[float, ...]
    kind_weights: dict[str, int]  # of each action, then of each pattern
    bias: dict[str, Any]
    card: dict[str, object]

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """Action and pattern of each kind."""
        return [(action, pattern) for action, _, pattern in (kind.partition(":") for kind in self.kinds)]

    def mover(self, features: Iterable[str]) -> float:
        """The probability that it is this person who moves."""
        return _sigmoid(self.bias["movers"] + sum(map(self.movers.get, features, repeat(0.0))))

    def post(self, features: Iterable[str]) -> float:
        """The probability that this post moves without a name."""
        return _sigmoid(self.bias["posts"] + sum(map(self.posts.get, features, repeat(0.0))))

    def org(self, candidates: Sequence[Iterable[str]], none: Iterable[str]) -> Shares:
        """How likely somebody comes from each of the organisations, and goes to each; the rest is that none is said."""
        return shares(self.orgs, candidates, none)

    def role(self, candidates: Sequence[Iterable[str]], none: Iterable[str]) -> Shares:
        """How likely each is the post somebody held, and gets."""
        return shares(self.roles, candidates, none)

    def kind(self, features: Iterable[str]) -> list[float]:
        """The log of how likely each of ``kinds`` is: its action, its pattern, and how well the two go together."""
        n = len(self.actions)
        sums = _sums(self.kind_weights, self.bias["kinds"], features)
        actions = dict(zip(self.actions, _logs(sums[:n]), strict=True))
        patterns = dict(zip(self.patterns, _logs(sums[n:]), strict=True))
        return [actions[a] + patterns[p] + bond for (a, p), bond in zip(self.parts, self.bonds, strict=True)]


# Features come in the order of a set, another one in each process, and sums of another order differ in their last digits:
# without rounding, of two that are equally likely now one is chosen and now the other.
DIGITS = 9


def _logs(sums: list[float]) -> list[float]:
    sums = [round(x, DIGITS) for x in sums]
    most = max(sums)
    whole = most + math.log(sum(math.exp(x - most) for x in sums))
    return [x - whole for x in sums]


def _sums(weights: dict[str, int], bias: Sequence[float], features: Iterable[str]) -> list[float]:
    told = unpacked(sum(map(weights.get, features, repeat(0))), len(bias))
    return [x + y for x, y in zip(told, bias, strict=True)]


def shares(weights: dict[str, int], candidates: Sequence[Iterable[str]], none: Iterable[str]) -> Shares:
    """Of each candidate, for two slots: its share beside the others and beside ``none``."""
    sums = [_sums(weights, (0.0, 0.0), features) for features in (*candidates, none)]
    first, second = ([math.exp(x) for x in _logs(list(side))[:-1]] for side in zip(*sums, strict=True))
    return first, second


def _sigmoid(x: float) -> float:
    x = round(x, DIGITS)
    return 1 / (1 + math.exp(-x)) if x > -60 else 0.0


def _of_kinds(told: list[float]) -> int:
    """The row of a feature, as its file has it: number of a column, its weight, number of another …"""
    return packed_sparse(zip(told[::2], told[1::2], strict=True))


@cache
def load(path: Path = FILE) -> SlotModel:
    """Raises LexiconError where the file is missing or is no slot model."""
    try:
        raw = parsed(path.read_text(encoding="utf-8"))
        return SlotModel(
            movers=raw["movers"],
            posts=raw["posts"],
            orgs=packed_pairs(raw["orgs"]),
            roles=packed_pairs(raw["roles"]),
            **{name: tuple(raw[name]) for name in ("kinds", "actions", "patterns", "bonds")},
            kind_weights={name: _of_kinds(w) for name, w in raw["kind_weights"].items()},
            bias=raw["bias"],
            card=raw["card"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: is no slot model ({error})") from None
