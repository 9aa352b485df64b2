"""The learned weights of the slots: who moves, what fills each slot, what kind of move it is.

``movers`` and ``posts`` say whether a person, or a post without a name, moves; ``orgs`` and ``roles`` have two weights a
feature, for where somebody comes from and goes to; ``kinds`` has one weight a kind of move for each feature.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from monitor.classify.lexicon import DATA, LexiconError

FILE = DATA / "slots.json"
Pair = tuple[float, float]


@dataclass(frozen=True)
class SlotModel:
    """Weights by feature; ``bias`` by head. ``kinds``: "action:pattern", see ``choosing``."""

    movers: dict[str, float]
    posts: dict[str, float]
    orgs: dict[str, Pair]
    roles: dict[str, Pair]
    kinds: tuple[str, ...]
    actions: tuple[str, ...]
    patterns: tuple[str, ...]
    bonds: tuple[float, ...]
    kind_weights: dict[str, tuple[tuple[int, float], ...]]
    bias: dict[str, Any]
    card: dict[str, object]

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """Action and pattern of each kind."""
        return [(action, pattern) for action, _, pattern in (kind.partition(":") for kind in self.kinds)]

    def mover(self, features: Iterable[str]) -> float:
        """The probability that it is this person who moves."""
        return _sigmoid(self.bias["movers"] + sum([self.movers.get(name, 0.0) for name in features]))

    def post(self, features: Iterable[str]) -> float:
        """The probability that this post moves without a name."""
        return _sigmoid(self.bias["posts"] + sum([self.posts.get(name, 0.0) for name in features]))

    def org(self, features: Iterable[str]) -> Pair:
        """The probabilities that somebody comes from this organisation, and goes to it."""
        return _pair(self.orgs, self.bias["orgs"], features)

    def role(self, features: Iterable[str]) -> Pair:
        """The probabilities that this is the post somebody held, and gets."""
        return _pair(self.roles, self.bias["roles"], features)

    def kind(self, features: Iterable[str]) -> list[float]:
        """The log of how likely each of ``kinds`` is: its action, its pattern, and how well the two go together."""
        sums = list(self.bias["kinds"])
        for name in features:
            for at, weight in self.kind_weights.get(name, ()):
                sums[at] += weight
        n = len(self.actions)
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


def _pair(weights: dict[str, Pair], bias: Pair, features: Iterable[str]) -> Pair:
    a, b = bias
    for name in features:
        if (w := weights.get(name)) is not None:
            a += w[0]
            b += w[1]
    return _sigmoid(a), _sigmoid(b)


def _sigmoid(x: float) -> float:
    x = round(x, DIGITS)
    return 1 / (1 + math.exp(-x)) if x > -60 else 0.0


@cache
def load(path: Path = FILE) -> SlotModel:
    """Raises LexiconError where the file is missing or is no slot model."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return SlotModel(
            movers=raw["movers"],
            posts=raw["posts"],
            orgs={name: (a, b) for name, (a, b) in raw["orgs"].items()},
            roles={name: (a, b) for name, (a, b) in raw["roles"].items()},
            **{name: tuple(raw[name]) for name in ("kinds", "actions", "patterns", "bonds")},
            kind_weights={name: tuple(zip(w[::2], w[1::2], strict=True)) for name, w in raw["kind_weights"].items()},
            bias=raw["bias"],
            card=raw["card"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: is no slot model ({error})") from None
