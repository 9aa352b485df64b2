"""The linear model: two logistic regressions over named features, applied with a plain dict."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monitor.classify.lexicon import LexiconError
from monitor.model import Label


@dataclass(frozen=True)
class Model:
    """``weights``: feature to one weight a label, in the order of ``LABELS``; ``card`` says how it was made."""

    weights: dict[str, tuple[float, float]]
    bias: tuple[float, float]
    card: dict[str, object]

    def scores(self, features: Iterable[str]) -> dict[Label, float]:
        """The probability of each label, 0 to 1."""
        move, infra = self.bias
        get = self.weights.get
        for name in features:
            weight = get(name)
            if weight is not None:
                move += weight[0]
                infra += weight[1]
        return {Label.EXECUTIVE_MOVE: _sigmoid(move), Label.INFRASTRUCTURE: _sigmoid(infra)}

    def strongest(self, features: Iterable[str], label: Label, count: int = 6) -> list[tuple[str, float]]:
        """The features that speak loudest for or against a label, with their weights."""
        at = 0 if label is Label.EXECUTIVE_MOVE else 1
        found = [(name, self.weights[name][at]) for name in features if name in self.weights]
        return sorted(found, key=lambda pair: -abs(pair[1]))[:count]


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -60 else 0.0


def load(path: Path) -> Model:
    """Raises LexiconError where the file is missing or is no model."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        weights = {name: (float(a), float(b)) for name, (a, b) in raw["weights"].items()}
        bias = (float(raw["bias"][0]), float(raw["bias"][1]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(f"{path.name}: is no model ({error})") from None
    return Model(weights=weights, bias=bias, card=raw.get("card", {}))
