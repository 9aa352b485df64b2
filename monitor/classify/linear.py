"""The linear models: one logistic regression a label over named features, applied with a plain dict."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monitor.classify.lexicon import DATA, LexiconError
from monitor.model import Label

# Each label has its own file, so that one can be fitted again, and gone back from, without the other.
FILES = {Label.EXECUTIVE_MOVE: DATA / "model_move.json", Label.INFRASTRUCTURE: DATA / "model_infra.json"}


@dataclass(frozen=True)
class Model:
    """``weights``: feature to weight; ``card`` says how it was made.

    ``scale`` and ``shift`` calibrate (Platt: a logistic of the sum, fitted on stories the weights had not seen), so that of
    the stories scored 0.8 four in five are of the label. ``threshold``, ``low`` and ``high`` are on that scale: see Decision.
    """

    label: Label
    weights: dict[str, float]
    bias: float
    card: dict[str, object]
    scale: float = 1.0
    shift: float = 0.0
    threshold: float = 0.45
    low: float = 0.15
    high: float = 0.85

    def score(self, features: Iterable[str]) -> float:
        """The probability of the label, 0 to 1."""
        get = self.weights.get
        return sigmoid(self.scale * (self.bias + sum([get(name, 0.0) for name in features])) + self.shift)

    @property
    def version(self) -> str:
        """The day it was made and the beginning of its data's digest: ``2026-11-26.a1b2c3``."""
        return f"{self.card.get('made', 'unknown')}.{str(self.card.get('data', ''))[:6]}"

    def strongest(self, features: Iterable[str], count: int = 6) -> list[tuple[str, float]]:
        """The features that speak loudest for or against the label, with what each adds to the log odds."""
        found = [(name, self.scale * self.weights[name]) for name in features if name in self.weights]
        return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


def blank(label: Label) -> Model:
    """A model that knows nothing, for whoever wants the features alone."""
    return Model(label=label, weights={}, bias=0.0, card={})


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -60 else 0.0


def load(label: Label, path: Path | None = None) -> Model:
    """The model of a label. Raises LexiconError where the file is missing, is no model or is another label's."""
    path = path or FILES[label]
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
        found, bias = str(raw["label"]), float(raw["bias"])
        more = {name: float(raw[name]) for name in ("scale", "shift", "threshold", "low", "high") if name in raw}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: is no model ({error})") from None
    if found != label.value:
        raise LexiconError(f"{path.name}: label is {found!r}, expected {label.value!r}")
    model = Model(label=label, weights=weights, bias=bias, card=raw.get("card", {}), **more)
    if not 0 <= model.low <= model.threshold <= model.high <= 1:
        raise LexiconError(f"{path.name}: low, threshold and high must rise between 0 and 1")
    return model
