"""Fits the weights of the infrastructure half: ``python -m benchmarks.fit_infra TRAIN.jsonl [--out FILE]``. Needs scikit-learn.

Two small models over named features: which names of a story are its organisations, and which action it tells. Prints
cross-validated figures with near-copies of a story on one side; writes readable JSON.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from monitor.classify.document import read
from monitor.classify.entities import Gazetteer
from monitor.classify.infra import WEIGHTS, facts_of
from monitor.classify.infra_features import Facts, action_features
from monitor.classify.lexicon import DATA
from monitor.classify.row import rows
from monitor.text import words
from monitor.training.data import as_story, group_of

EXAMPLES, EXAMPLE_WEIGHT = Path(__file__).parent / "infra_examples.jsonl", 0.3
MIN_COUNT, FOLDS = 3, 5
ORGS_STRENGTH, ORGS_THRESHOLD, ACTION_STRENGTH = 0.25, 0.36, 0.3
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
    parser.add_argument("--out", type=Path, default=DATA / WEIGHTS)
    options = parser.parse_args()
    gold = [row for line in options.train.read_text(encoding="utf-8").splitlines() if (row := json.loads(line))["infra"]]
    gazetteer = Gazetteer()
    facts = []
    for row in gold:
        document = read(as_story(row))
        facts.append(facts_of(document, rows(document, gazetteer)))
    groups = [group_of(row) for row in gold]
    about = (
        "Fitted by benchmarks/fit_infra.py: which names act (orgs), which action is told (action; the empty name is the bias)."
    )
    data = {
        "about": about,
        "stories": len(gold),
        "orgs": _orgs(gold, facts, groups),
        "action": _actions(gold, facts, groups, _examples(gazetteer)),
    }
    options.out.write_text(json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def _examples(gazetteer: Gazetteer) -> list[tuple[str, set[str]]]:
    """Headlines written for the purpose, with their actions: what the train file has too few of."""
    found = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["action"]:
            document = read(as_story(row))
            found.append((row["action"], action_features(facts_of(document, rows(document, gazetteer)))))
    return found


def _matrix(found: list[set[str]]) -> tuple[Any, list[str]]:
    import numpy as np  # training only
    from scipy.sparse import csr_matrix

    counts = Counter(name for names in found for name in names)
    index = {name: n for n, name in enumerate(sorted(n for n, c in counts.items() if c >= MIN_COUNT))}
    cells = [(r, index[name]) for r, names in enumerate(found) for name in names if name in index]
    return csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(found), len(index))), list(index)


def _orgs(gold: list[dict[str, Any]], facts: list[Facts], groups: list[str]) -> dict[str, Any]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    found: list[set[str]] = []
    answers, group, total = [], [], 0
    for row, fact, near in zip(gold, facts, groups, strict=True):
        left = list(row["infra"]["orgs"])
        total += len(left)
        for candidate in fact.candidates:
            hit = next((name for name in left if same(name, candidate.first.text)), None)
            if hit is not None:
                left.remove(hit)
            found.append(candidate.features)
            answers.append(hit is not None)
            group.append(near)
    matrix, names = _matrix(found)
    answer, guess = np.array(answers), np.zeros(len(answers))
    for train, test in GroupKFold(FOLDS).split(matrix, answer, group):
        guess[test] = (
            LogisticRegression(C=ORGS_STRENGTH, max_iter=3000).fit(matrix[train], answer[train]).predict_proba(matrix[test])[:, 1]
        )
    said = guess >= ORGS_THRESHOLD
    hit = float((said & answer).sum())
    print(f"orgs: P {hit / said.sum():.4f} R {hit / total:.4f} F1 {2 * hit / (said.sum() + total):.4f}")
    model = LogisticRegression(C=ORGS_STRENGTH, max_iter=3000).fit(matrix, answer)
    bias = float(model.intercept_[0]) - float(np.log(ORGS_THRESHOLD / (1 - ORGS_THRESHOLD)))
    return {"bias": round(bias, 3), "weights": _table(names, model.coef_[0])}


def _actions(
    gold: list[dict[str, Any]], facts: list[Facts], groups: list[str], examples: list[tuple[str, set[str]]]
) -> dict[str, dict[str, float]]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    size = len(gold)
    answer = np.array([row["infra"]["action"] for row in gold] + [action for action, _ in examples])
    weight = np.array([1.0] * size + [EXAMPLE_WEIGHT] * len(examples))
    matrix, names = _matrix([action_features(fact) for fact in facts] + [found for _, found in examples])
    guess = np.empty(size, object)
    for inner, test in GroupKFold(FOLDS).split(matrix[:size], answer[:size], groups):
        train = np.concatenate([inner, np.arange(size, len(answer))])
        model = LogisticRegression(C=ACTION_STRENGTH, max_iter=3000).fit(
            matrix[train], answer[train], sample_weight=weight[train]
        )
        guess[test] = model.predict(matrix[test])
    print(f"action: accuracy {float((guess == answer[:size]).mean()):.4f}")
    model = LogisticRegression(C=ACTION_STRENGTH, max_iter=3000).fit(matrix, answer, sample_weight=weight)
    tables = {}
    for name, bias, row in zip(model.classes_, model.intercept_, model.coef_, strict=True):
        tables[str(name)] = {"": round(float(bias), 3), **_table(names, row)}
    return tables


def _table(names: list[str], row: Any) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in zip(names, row, strict=True) if abs(weight) >= 0.02}


if __name__ == "__main__":
    main()
