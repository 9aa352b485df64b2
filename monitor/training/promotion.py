"""Whether a new model may take the place of the one in use: judged on stories kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor import evaluation as ev
from monitor.classify import classifier_for
from monitor.classify.weights.linear import Model
from monitor.evaluation import Gold
from monitor.model import Label
from monitor.settings.schema import Settings

# Precision must not fall. A model that flags next to nothing is always right, so recall may fall only so much.
MOST_RECALL_LOST = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Precision and recall on the frozen set, of the model in use and of the new one, and why it may not be promoted."""

    before: tuple[float, float]
    after: tuple[float, float]

    @property
    def refusal(self) -> str:
        """ "" where the new model may be promoted."""
        if self.after[0] < self.before[0]:
            return f"precision on the frozen set would fall from {self.before[0]:.4f} to {self.after[0]:.4f}"
        if self.after[1] < self.before[1] - MOST_RECALL_LOST:
            return f"recall on the frozen set would fall from {self.before[1]:.4f} to {self.after[1]:.4f}"
        return ""


def trial(model: Model, frozen: Sequence[Gold], settings: Settings) -> Trial:
    """Both models at their own thresholds, within the whole classifier as the settings have it."""
    return Trial(
        before=_precision_recall(model.label, frozen, settings),
        after=_precision_recall(model.label, frozen, settings, models={model.label: model}),
    )


def _precision_recall(label: Label, frozen: Sequence[Gold], settings: Settings, **options: object) -> tuple[float, float]:
    said = ev.said_by(classifier_for(settings, **options), frozen)
    told = ev.figures(ev.total(ev.counts_of(g, s) for g, s in zip(frozen, said, strict=True)))[label.value]["sample"]
    return told["p"], told["r"]
