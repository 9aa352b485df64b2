"""What a model's card says: what it was made of, and how good it is on stories it had not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from monitor.classify.weights.linear import Model
from monitor.training.labelled import Judged


def precision_recall(gold: Any, scores: Any, line: float) -> tuple[float, float]:
    said = scores >= line
    hit = float((gold & said).sum())
    return hit / max(float(said.sum()), 1), hit / max(float(gold.sum()), 1)


def card_of(found: Sequence[Judged], strength: float, made: date) -> dict[str, object]:
    real = [j for j in found if not j.row.get("example")]
    told = "\n".join(sorted(f"{j.row['id']} {j.yes}" for j in found))
    return {
        "made": made.isoformat(),
        "stories": len(real),
        "positive": sum(j.yes for j in real),
        "examples": len(found) - len(real),
        "feedback": sum(bool(j.row.get("feedback")) for j in real),
        "data": hashlib.sha256(told.encode()).hexdigest()[:16],
        "strength": strength,
    }


def figures_of(model: Model, gold: Any, scores: Any) -> dict[str, object]:
    """Cross-validated: precision and recall at several lines and at the threshold, the band, and how far scores are off."""
    lines = (0.3, 0.4, 0.5, 0.6, 0.7)
    band = (scores >= model.low) & (scores < model.high)
    at = {f"{line:g}": precision_recall(gold, scores, line) for line in lines} | {
        "threshold": precision_recall(gold, scores, model.threshold)
    }
    return {
        "cross_validated": {name: {"precision": round(p, 4), "recall": round(r, 4)} for name, (p, r) in at.items()},
        "band_share": round(float(band.mean()), 4),
        "brier": round(float(((scores - gold) ** 2).mean()), 4),
    }
