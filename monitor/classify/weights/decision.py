"""From a score to a yes or a no: what the grammar is certain of, what the model is sure of, and the band between.

Where there is an encoder and the linear model is not sure, both are heard: a logistic regression of their log odds, fitted on
stories neither had seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from monitor.classify.weights.linear import Model, log_odds, sigmoid
from monitor.model import Decision

# What the grammar is certain of counts at least so much, unless the model says no: below 0.3 the rule was wrong more often
# than right (cross-validated on the training stories it lifted 9 there, 4 of them rightly).
CERTAIN, DOUBT = 0.7, 0.3
REFUSED = 0.05  # what the grammar is certain is none scores at most so much
WORTH_SAYING = 0.05  # of a score: below it nobody asks why not


ENCODER = "read as a whole"  # the name its log odds go by among a decision's weights


@dataclass(frozen=True, slots=True)
class Joint:
    """How the encoder of one label is heard: it is asked where the linear score lies from ``asked_from`` to ``asked_to``; the log
    odds are ``linear`` times the linear model's, ``own`` times the encoder's and ``shift``; the lines are those of Decision."""

    own: float
    linear: float
    shift: float
    threshold: float
    low: float
    high: float
    asked_from: float
    asked_to: float

    def asks(self, score: float) -> bool:
        return self.asked_from <= score < self.asked_to

    def score(self, score: float, odds: float) -> float:
        """The probability of the label, by the linear model's and the encoder's log odds."""
        return sigmoid(self.linear * log_odds(score) + self.own * odds + self.shift)


def lifted(score: float, certain: bool) -> float:
    """The score, where the grammar is ``certain`` at least CERTAIN; a model that says no is heard."""
    return max(score, CERTAIN) if certain and score >= DOUBT else score


def decide(
    model: Model,
    score: float,
    features: Collection[str] = (),
    *,
    certain: bool = False,
    threshold: float | None = None,
    joint: Joint | None = None,
    odds: Callable[[], float] | None = None,
) -> Decision:
    """The decision on one label. ``score`` is the model's of ``features``; ``threshold`` is the user's, over the model's.
    ``joint`` and ``odds``: how the encoder is heard, and what gives its log odds, which is heavy and asked only where it counts.
    """
    heard: tuple[tuple[str, float], ...] = ()
    lines: Model | Joint = model
    if joint is not None and odds is not None and joint.asks(score):
        said = odds()
        lines, score = joint, joint.score(score, said)
        heard = ((ENCODER, round(joint.own * said, 2)),) if features else ()
    line = lines.threshold if threshold is None else threshold
    low, high = min(lines.low, line), max(lines.high, line)
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
        weights=(*heard, *model.strongest(features)) if features and final >= WORTH_SAYING else (),
    )


def refused(decision: Decision) -> Decision:
    """The decision where the grammar is certain that there is nothing of the label, whatever the model says."""
    return replace(decision, yes=False, score=min(decision.score, REFUSED), by="rule")
