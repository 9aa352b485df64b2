"""Fits the linear model: ``python -m monitor.training FILES… --out model.json``. Needs the extra ``train`` (scikit-learn).

FILES are JSON lines with ``title``, ``summary``, ``url`` and ``labels``. Rows with ``"example": true`` (headlines written for
the purpose: ``benchmarks/infra_examples.jsonl``) weigh less, count in no figure and are on the training side of every fold.
Figures are cross-validated with near-copies of a story kept on one side, since copies on both sides flatter.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.classify.cascade import MODEL, Cascade
from monitor.classify.linear import Model
from monitor.ids import digest
from monitor.model import FeedId, Label, Story, StoryId
from monitor.text import words

LABELS = (Label.EXECUTIVE_MOVE, Label.INFRASTRUCTURE)
# A story can be of both kinds, and few of the data are: what speaks for one label must not be learned as speaking against
# the other, so each model is blind to the other's own features.
OTHERS = {Label.EXECUTIVE_MOVE: ("i:",), Label.INFRASTRUCTURE: ("r:", "ft:", "fs:")}
MIN_COUNT = 3  # a feature seen in fewer stories is noise
FOLDS = 5
EXAMPLE_WEIGHT = 0.4


def stories(paths: Sequence[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def as_story(row: dict[str, Any]) -> Story:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Story(
        id=StoryId(row["id"]),
        feed_id=FeedId(""),
        url=row.get("url", ""),
        title=row["title"],
        summary=row.get("summary", ""),
        first_seen=now,
    )


def group_of(row: dict[str, Any]) -> str:
    """Near-copies share their rarest-looking words: the longest four of the title."""
    return digest(*sorted(sorted(set(words(row["title"])), key=lambda w: (-len(w), w))[:4]), size=6)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--strength", type=float, default=0.15, help="inverse of the penalty: higher trusts the data more")
    options = parser.parse_args(argv)
    rows = stories(options.files)
    blank = Model(weights={}, bias=(0.0, 0.0), card={})
    cascade = Cascade(model=blank)
    parses = [cascade.parse(as_story(row)) for row in rows]
    found = [p.features if p else set() for p in parses]
    card = fit(rows, found, options.strength, options.out)
    print(json.dumps(card, indent=1))  # noqa: T201
    return 0


def fit(rows: Sequence[dict[str, Any]], found: Sequence[set[str]], strength: float, out: Path) -> dict[str, Any]:
    """Cross-validate, fit on everything, write the model with its card; the card."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    counts = Counter(name for names in found for name in names)
    index = {name: n for n, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}
    cells = [(r, index[name]) for r, names in enumerate(found) for name in names if name in index]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(index)))
    groups = [group_of(row) for row in rows]
    example = np.array([bool(row.get("example")) for row in rows])
    weight = np.where(example, EXAMPLE_WEIGHT, 1.0)
    real, written = np.flatnonzero(~example), np.flatnonzero(example)
    figures: dict[str, Any] = {}
    fitted, columns = [], []
    for label in LABELS:
        gold = np.array([label.value in row["labels"] for row in rows])
        guess = np.zeros(len(rows))
        kept = [n for name, n in index.items() if not name.startswith(OTHERS[label])]
        seen = matrix[:, kept]
        for inner, outer in GroupKFold(FOLDS).split(real, gold[real], [groups[i] for i in real]):
            train, test = np.concatenate([real[inner], written]), real[outer]
            model = LogisticRegression(C=strength, max_iter=2000).fit(seen[train], gold[train], sample_weight=weight[train])
            guess[test] = model.predict_proba(seen[test])[:, 1]
        figures[label.value] = _figures(gold[real], guess[real])
        fitted.append(LogisticRegression(C=strength, max_iter=2000).fit(seen, gold, sample_weight=weight))
        columns.append({n: k for k, n in enumerate(kept)})
    weights = {}
    for name, n in index.items():
        pair = [round(float(m.coef_[0][c[n]]), 3) if n in c else 0.0 for m, c in zip(fitted, columns, strict=True)]
        if max(map(abs, pair)) >= 0.01:
            weights[name] = pair
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "stories": len(real),
        "examples": len(written),
        "data": hashlib.sha256("".join(sorted(row["id"] for row in rows)).encode()).hexdigest()[:16],
        "features": len(weights),
        "strength": strength,
        "cross_validated": figures,
    }
    bias = [round(float(m.intercept_[0]), 4) for m in fitted]
    out.write_text(
        json.dumps({"card": card, "bias": bias, "weights": weights}, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )
    return card


def _figures(gold: Any, guess: Any) -> dict[str, dict[str, float]]:
    """Precision and recall at several thresholds."""
    table = {}
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = guess >= threshold
        hit = float((gold & said).sum())
        table[f"{threshold:g}"] = {"precision": round(hit / max(said.sum(), 1), 4), "recall": round(hit / max(gold.sum(), 1), 4)}
    return table


if __name__ == "__main__":
    sys.exit(main())
