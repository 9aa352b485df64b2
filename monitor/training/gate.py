"""Fits the gate: ``python -m monitor.training.gate FILES… --stream STORIES``. Needs the extra ``train``.

FILES are labelled stories as for ``monitor.training``; lines with ids alone take their texts from STORIES. STORIES (JSON
lines, or the same gzipped) need no labels: what the whole cascade is sure of stands for them, so that the gate learns what a
general stream is made of. Its line is where 995 in 1,000 of the labelled stories pass that the prefilter lets through, on
scores given by models that had not seen them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monitor.backtest import read_stories, to_story
from monitor.classify.cascade import Cascade
from monitor.classify.gate import FILE, things
from monitor.classify.lexicon import DATA
from monitor.classify.prefilter import candidates
from monitor.model import Label, Story
from monitor.training.data import Row, as_story, group_of, judged_for, stories
from monitor.training.fit import FOLDS

RECALL = 0.995
SURE_NO, SURE_YES = 0.15, 0.5  # the cascade's word on an unlabelled story; between them it teaches nothing
MIN_COUNT = 4
STRENGTH = 0.05
YES_WEIGHT = 3.0  # a story let go is dearer than one looked at in vain
LEAST = 0.02  # weights under it are left out


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--stream", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DATA / FILE)
    options = parser.parse_args(argv)
    labelled = stories(options.files, [options.stream])
    stream = [to_story(record) for record in read_stories(options.stream)]
    cascade = Cascade(gate=False)
    scores = [cascade.classify(story).scores for story in stream]
    halves = {label.value: fit(label, labelled, stream, [s[label] for s in scores]) for label in Label}
    options.out.write_text(json.dumps(halves, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({name: half["card"] for name, half in halves.items()}, indent=1))  # noqa: T201
    return 0


def fit(label: Label, labelled: Sequence[Row], stream: Sequence[Story], scores: Sequence[float]) -> dict[str, Any]:
    """One label's half of the gate as JSON has it, with its card."""
    import numpy as np  # noqa: PLC0415 - an extra: training only
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    gold = [r for r in labelled if judged_for(r, label) and not r.get("example") and _let_through(label, as_story(r))]
    taught = [
        (story, score)
        for story, score in zip(stream, scores, strict=True)
        if (score < SURE_NO or score >= SURE_YES) and _let_through(label, story)
    ]
    yes = np.array([label.value in r["labels"] for r in gold] + [score >= SURE_YES for _, score in taught])
    of_gold = np.arange(len(yes)) < len(gold)
    told = [(r["title"], r.get("summary") or "") for r in gold] + [(s.title, s.summary) for s, _ in taught]
    seen = [sorted(set(things(*words))) for words in told]
    counts = Counter(thing for found in seen for thing in found)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    index = {name: n for n, name in enumerate(names)}
    cells = [(row, index[thing]) for row, found in enumerate(seen) for thing in found if thing in index]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(seen), len(names)))
    weight = np.where(yes, YES_WEIGHT, 1.0)
    sums = np.zeros(len(yes))
    for inner, outer in GroupKFold(FOLDS).split(matrix, yes, [group_of({"title": title}) for title, _ in told]):
        model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix[inner], yes[inner], sample_weight=weight[inner])
        sums[outer] = model.decision_function(matrix[outer])
    of_yes = np.sort(sums[of_gold & yes])
    line = float(of_yes[int((1 - RECALL) * len(of_yes))])
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix, yes, sample_weight=weight)
    weights = {n: w for n, value in zip(names, model.coef_[0], strict=True) if abs(w := round(float(value), 3)) >= LEAST}
    passing = int((sums[~of_gold] >= line).sum()) + sum(_let_through(label, s) for s in stream) - len(taught)
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "line": round(line, 3),
        "weights": weights,
        "card": {
            "labelled": len(gold),
            "positive": int((of_gold & yes).sum()),
            "stream": len(stream),
            "recall": round(float((sums[of_gold & yes] >= line).mean()), 4),
            "recall of what the cascade flags in the stream": round(float((sums[~of_gold & yes] >= line).mean()), 4),
            "share of the stream that passes": round(passing / len(stream), 4),
            "features": len(weights),
        },
    }


def _let_through(label: Label, story: Story) -> bool:
    wanted = candidates(f"{story.title}\n{story.summary}")
    return wanted.move if label is Label.EXECUTIVE_MOVE else wanted.infra


if __name__ == "__main__":
    sys.exit(main())
