"""Fits the weights of the infrastructure half: ``python -m benchmarks.fit_infra TRAIN.jsonl --stories STORIES… [--out FILE]``.

Needs scikit-learn. Two small models over named features: which names of a story are its organisations, and which action it
tells (by its words too). STORIES have the texts of ``labels/infra_slots.jsonl``, stories with their slots, and of
``labels/infra.jsonl``, where many a line says its action. Prints cross-validated figures with near-copies of a story on one
side; writes JSON.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from monitor.classify.buildouts.action import action_features
from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.infrastructure import WEIGHTS, facts_of
from monitor.classify.buildouts.order import PREFIXES
from monitor.classify.buildouts.org_features import features_of
from monitor.classify.parsing.row import rows
from monitor.classify.weights.packed import in_thousandths
from monitor.classify.weights.parts import words_of
from monitor.classify.weights.runs import Features
from monitor.classify.words.document import read
from monitor.classify.words.gazetteer import Gazetteer
from monitor.classify.words.lexicon import DATA
from monitor.text import words
from monitor.training.data import as_story, group_of, is_headline, is_written, stories
from monitor.training.parts import columns

EXAMPLES, EXAMPLE_WEIGHT = Path(__file__).parent / "infra_examples.jsonl", 0.4
WRITTEN = Path(__file__).parent / "stories.jsonl"  # whole stories written for the purpose, with their slots
LABELS, SLOTS = (Path(__file__).parent / "labels" / name for name in ("infra.jsonl", "infra_slots.jsonl"))
# Of stories written whole: at 1 those that were read are told worse (cross-validated: actions .769, at this .783; parties at 1
# F1 .853, at .2 and at this .865).
WRITTEN_WEIGHT = 0.1
UNSURE_WEIGHT = 0.5  # of what two careful readers might label differently
PARTS_LENGTH, LEAST_PART = 15.0, 0.08  # of a story's words beside its named features; parts that say less are left out
# "other" is a fourth of the stories and draws what is not plain: said too often, its log odds are lessened (stories later than
# all learned from: accuracy 0.727 at 0.5, 0.733 at 0.25).
OTHER_LESS = 0.25
MIN_COUNT, FOLDS = 3, 5
MIN_PAIRS = 5  # a pair of neighbours (``buildouts.order``) seen in fewer stories is noise
ORGS_STRENGTH, ORGS_THRESHOLD, ACTION_STRENGTH = 0.1, 0.32, 0.15
_NOISE = frozenset(
    "inc corp corporation co company ltd llc plc the platforms group holdings ag sa nv technologies technology".split()
)


def same(a: str, b: str) -> bool:
    """Names agree when the shorter one's words all stand in the longer one."""
    x, y = set(words(a)) - _NOISE, set(words(b)) - _NOISE
    return bool(x and y) and (x <= y or y <= x)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--stories", type=Path, nargs="+", required=True)
    parser.add_argument("--press", type=Path, nargs="*", default=[], help="stories that were looked for")
    parser.add_argument("--out", type=Path, default=DATA / WEIGHTS)
    options = parser.parse_args()
    gold = [row for row in stories([options.train, SLOTS, WRITTEN, *options.press], options.stories) if row.get("infra")]
    gazetteer = Gazetteer()
    facts = []
    for row in gold:
        document = read(as_story(row))
        facts.append(facts_of(document, rows(document, gazetteer)))
    groups = [group_of(row) for row in gold]
    about = (
        "Fitted by benchmarks/fit_infra.py: which names act (orgs), "
        "which action is told (actions, in thousandths; the empty name is the bias)."
    )
    data = {
        "about": about,
        "stories": len(gold),
        "orgs": _orgs(gold, facts, groups),
        "actions": _actions(gold, facts, _more(gazetteer, options.stories, {row["id"] for row in gold})),
    }
    options.out.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")


def _more(gazetteer: Gazetteer, texts: Sequence[Path], gold: Set[str]) -> list[tuple[dict[str, Any], Facts]]:
    """Stories of the stream that are not in ``gold``, and headlines written for the purpose, whose action is known."""
    found = []
    for row in stories([LABELS, EXAMPLES], texts):
        if row.get("action") and row["id"] not in gold:
            document = read(as_story(row))
            found.append((row, facts_of(document, rows(document, gazetteer))))
    return found


def _matrix(found: Sequence[Set[str]]) -> tuple[Any, list[str]]:
    import numpy as np  # training only
    from scipy.sparse import csr_matrix

    counts = Counter(name for names in found for name in names)
    kept = sorted(n for n, c in counts.items() if c >= (MIN_PAIRS if n.startswith(PREFIXES) else MIN_COUNT))
    index = {name: n for n, name in enumerate(kept)}
    cells = [(r, index[name]) for r, names in enumerate(found) for name in names if name in index]
    return csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(found), len(index))), list(index)


def _orgs(gold: list[dict[str, Any]], facts: list[Facts], groups: list[str]) -> dict[str, Any]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    found: list[Set[str]] = []
    answers, group, read_ones, weights, total = [], [], [], [], 0
    for row, fact, near in zip(gold, facts, groups, strict=True):
        left = list(row["infra"]["orgs"])
        total += 0 if row.get("example") else len(left)
        for candidate in fact.candidates:
            hit = next((name for name in left if same(name, candidate.first.text)), None)
            if hit is not None:
                left.remove(hit)
            found.append(features_of(candidate))
            answers.append(hit is not None)
            group.append(near)
            read_ones.append(not row.get("example"))
            weights.append(WRITTEN_WEIGHT if is_written(row) else 1.0)
    matrix, names = _matrix(found)
    answer, guess, weight = np.array(answers), np.zeros(len(answers)), np.array(weights)
    model = LogisticRegression(C=ORGS_STRENGTH, max_iter=3000)
    real, written = np.flatnonzero(read_ones), np.flatnonzero(~np.array(read_ones))
    for inner, outer in GroupKFold(FOLDS).split(real, groups=[group[n] for n in real]):
        train, test = np.concatenate([real[inner], written]), real[outer]
        guess[test] = model.fit(matrix[train], answer[train], sample_weight=weight[train]).predict_proba(matrix[test])[:, 1]
    said = guess >= ORGS_THRESHOLD
    hit = float((said & answer).sum())
    print(f"orgs: P {hit / said.sum():.4f} R {hit / total:.4f} F1 {2 * hit / (said.sum() + total):.4f}")
    model.fit(matrix, answer, sample_weight=weight)
    bias = float(model.intercept_[0]) - float(np.log(ORGS_THRESHOLD / (1 - ORGS_THRESHOLD)))
    return {"bias": round(bias, 3), "weights": _table(names, model.coef_[0])}


def _actions(gold: list[dict[str, Any]], facts: list[Facts], more: list[tuple[dict[str, Any], Facts]]) -> dict[str, Any]:
    import numpy as np
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    told = [*gold, *(row for row, _ in more)]
    seen = [*facts, *(fact for _, fact in more)]
    answer = np.array([row["infra"]["action"] for row in gold] + [row["action"] for row, _ in more])
    weight = np.array([_weight(row) for row in told])
    named, names = _matrix([action_features(fact) for fact in seen])
    parts = columns([Features((), *words_of(f.document.title, f.document.story.summary)) for f in seen], PARTS_LENGTH)
    matrix = hstack([named, parts.matrix]).tocsr()
    model = LogisticRegression(C=ACTION_STRENGTH, max_iter=3000)
    real = np.array([n for n, row in enumerate(told) if not row.get("example")])
    written = np.array([n for n, row in enumerate(told) if row.get("example")], dtype=int)
    guess = np.empty(len(told), object)
    for inner, outer in GroupKFold(FOLDS).split(real, groups=[group_of(told[n]) for n in real]):
        train = np.concatenate([real[inner], written])
        model.fit(matrix[train], answer[train], sample_weight=weight[train])
        sums = model.decision_function(matrix[real[outer]]) - OTHER_LESS * (model.classes_ == "other")
        guess[real[outer]] = model.classes_[sums.argmax(axis=1)]
    whole = [n for n in real if n < len(gold)]
    print(f"action: accuracy {float((guess == answer)[whole].mean()):.4f}")
    model.fit(matrix, answer, sample_weight=weight)
    bias = model.intercept_ - OTHER_LESS * (model.classes_ == "other")
    columns_of = zip(["", *names], np.column_stack([bias, model.coef_[:, : len(names)]]).T, strict=True)
    kept = {name: in_thousandths(row) for name, row in columns_of if not name or max(map(abs, row)) >= 0.02}
    heavy = parts.parts(model.coef_[:, len(names) :], LEAST_PART).weights
    return {"names": [str(c) for c in model.classes_], "weights": kept, "parts": {k: in_thousandths(v) for k, v in heavy.items()}}


def _weight(row: dict[str, Any]) -> float:
    if is_written(row):
        return EXAMPLE_WEIGHT if is_headline(row) else WRITTEN_WEIGHT
    return UNSURE_WEIGHT if row.get("unsure") else 1.0


def _table(names: list[str], row: Any) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in zip(names, row, strict=True) if abs(weight) >= 0.02}


if __name__ == "__main__":
    main()
