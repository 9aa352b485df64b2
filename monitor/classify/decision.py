"""From a score to a yes or a no: what the grammar is certain of, what the model is sure of, and the band between."""

from __future__ import annotations

from collections.abc import Collection

from monitor.classify.linear import Model
from monitor.model import Decision

# What the grammar is certain of counts at least so much, unless the model says no: below 0.3 the rule was wrong more often
# than right (cross-validated on the training stories it lifted 9 there, 4 of them rightly).
CERTAIN, DOUBT = 0.7, 0.3
WORTH_SAYING = 0.05  # of a score: below it nobody asks why not


def lifted(score: float, certain: bool) -> float:
    """The score, where the grammar is ``certain`` at least CERTAIN; a model that says no is heard."""
    return max(score, CERTAIN) if certain and score >= DOUBT else score


def decide(
    model: Model, score: float, features: Collection[str] = (), *, certain: bool = False, threshold: float | None = None
) -> Decision:
    """The decision on one label. ``score`` is the model's of ``features``; ``threshold`` is the user's, over the model's."""
    line = model.threshold if threshold is None else threshold
    low, high = min(model.low, line), max(model.high, line)
    final = round(lifted(score, certain), 4)
    in_band = low <= score < high
    return Decision(
        label=model.label,
        yes=final >= line,
        score=final,
        threshold=line,
        low=low,
        high=high,
        by="rule" if final > round(score, 4) else "band" if in_band else "model",
        weights=tuple(model.strongest(features)) if features and final >= WORTH_SAYING else (),
    )
