"""Fits the weights of grouping: ``python -m benchmarks.fit_grouping [--database URL] [--out monitor/grouping/weights.json]``.

Needs the shared data and scipy (extra ``train``). It learns from what ``grouping_data`` reads:

* pairs of stories of the natural stream and the training file that share a key, drawn over the whole range of likeness;
* groups of the same files, read whole, and the development groups: both walked through in time with every story put where it
  belongs, against its own event as it then stood and against every other candidate. All rows of one pair of events share a
  weight, so that no saga rules;
* with ``--database`` what people corrected there: events they merged, stories they took out or called wrongly grouped.

A prior set by hand holds each weight where data are few; what speaks for never counts against, and the other way round.
Figures are cross-validated by event: the groups of a fold are grouped with weights that never saw them.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from benchmarks.grouping_data import Corpus, Pair, Row, corrected, gold_groups, labelled_pairs, paired, walked
from monitor import grouping
from monitor.backtest import Index
from monitor.grouping import score
from monitor.model import Story
from monitor.store import Store

FOLDS, STRENGTH, BIAS = 5, 0.5, -4.5
# By the same cross-validation: of the thresholds within three thousandths of the best, those that alert least often twice.
ATTACH, INFRASTRUCTURE, RELATED, COVERAGE = 0.57, 0.24, 0.2, 0.6
# What each feature is thought to weigh before any data; its sign holds.
PRIOR = {
    "mean": 10.0, "near": 3.0, "told": 1.5, "told both ways": 2.5, "figure": 1.0, "size": 0.0, "late": -4.5, "same outlet": -1.0,
    "person": 0.5, "person in both titles": 0.5, "people": 0.0, "org": 0.5, "both orgs": 1.0, "action": 0.3, "role": 0.3,
    "same way": 1.0, "one of many": 2.0,
    "post": 2.0, "succession": 2.0, "project": 1.0, "place": 0.5, "amount": 1.0, "capacity": 0.7,
    "other person in the headline": -5.0, "other person": -2.5, "other person, both known": -0.7, "other subject": -2.5,
    "other destination": -2.5, "other label": -4.0, "other appointment": -2.0, "moved on": -2.0,
    "other post": -4.0, "turned": -4.0, "overtaken": -4.0, "other action": -0.7,
    "other amount": -0.7, "other capacity": -0.5, "other place": -0.8, "other project": -1.0,
    "two differ": -3.0, "another site": -2.0, "other builder": -1.5,
}  # fmt: skip
LOOSE = {"mean": 4.0, "near": 3.0, "told": 2.0, "told both ways": 2.0, "late": 2.0}  # how far data may move it; else 1


def fit(rows: list[Row]) -> score.Weights:
    names, common = sorted(PRIOR), Counter(row.shares for row in rows if row.shares)
    x = np.array([[row.features.get(name, 0.0) for name in names] + [1.0] for row in rows])
    y = np.array([float(row.same) for row in rows])
    weight = np.array([common[row.shares] ** -0.5 if row.shares else 1.0 for row in rows])
    prior = np.array([PRIOR[name] for name in names] + [BIAS])
    spread = np.array([LOOSE.get(name, 1.0) * STRENGTH for name in names] + [3.0])

    def loss(w: Any) -> tuple[float, Any]:
        z, away = x @ w, (w - prior) / spread
        total = np.logaddexp(0, -z) * y + np.logaddexp(0, z) * (1 - y)
        return float(weight @ total + away @ away / 2), x.T @ (weight * (1 / (1 + np.exp(-z)) - y)) + away / spread

    bounds = [(0, None) if PRIOR[name] > 0 or name in ("people", "size") else (None, 0) for name in names]
    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    learned = {name: round(float(value), 3) for name, value in zip(names, found, strict=False) if abs(value) >= 0.005}
    return score.Weights(
        bias=round(float(found[-1]), 3),
        features=learned,
        attach=ATTACH,
        attach_infrastructure=INFRASTRUCTURE,
        related=RELATED,
        coverage=COVERAGE,
        card={},
    )


Gold = Mapping[str, int]


def grouped(corpus: Corpus, gold: Gold, learned: score.Weights) -> dict[str, str]:
    """The event of each story of a set by these weights."""
    index = Index()
    event_of: dict[str, str] = {}
    with score.using(learned):
        for story, verdict in corpus.in_time(gold):
            placed = grouping.decide(story, verdict, index.candidates(grouping.sought(story, verdict)))
            if placed.relation in ("related", "none"):
                continue
            before = index.events[placed.event_id] if placed.event_id else None
            event = grouping.merge(before, story, verdict) if before else grouping.found(story, verdict, story.at)
            index.put(event)
            event_of[story.id] = event.id
    return event_of


def bcubed(gold: Gold, said: Mapping[str, str], only: Collection[int]) -> tuple[list[float], list[float]]:
    """Precision and recall of each story of the groups ``only``."""
    by_gold, by_said = defaultdict(set), defaultdict(set)
    for i, group in gold.items():
        by_gold[group].add(i)
        by_said[said.get(i, i)].add(i)
    precision, recall = [], []
    for i, group in gold.items():
        if group in only:
            mine, theirs = by_said[said.get(i, i)], by_gold[group]
            precision.append(len(mine & theirs) / len(mine))
            recall.append(len(mine & theirs) / len(theirs))
    return precision, recall


def cross_validated(corpus: Corpus, read: list[Row], stood: list[Row], sets: Mapping[str, Gold]) -> dict[str, dict[str, float]]:
    """For each set its BCubed figures, every fold of events grouped by weights learned without it."""
    events = sorted({(name, group) for name, gold in sets.items() for group in gold.values()})
    random.Random(3).shuffle(events)
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in sets}
    for n in range(FOLDS):
        held = set(events[n::FOLDS])
        learned = fit(read + [row for row in stood if row.told_of not in held])
        for name, gold in sets.items():
            p, r = bcubed(gold, grouped(corpus, gold, learned), {group for of, group in held if of == name})
            found[name][0].extend(p)
            found[name][1].extend(r)
    return {name: _figures(float(np.mean(p)), float(np.mean(r))) for name, (p, r) in found.items()}


def _figures(p: float, r: float) -> dict[str, float]:
    return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=score.WEIGHTS)
    parser.add_argument("--database", help="The URL of a database whose corrections are learned from too.")
    o = parser.parse_args()
    said: list[Pair] = []
    stories: list[Story] = []
    if o.database:
        with Store.open(o.database, migrate=False) as store:
            said, stories = store.read(corrected)
    corpus, sets = Corpus(stories), gold_groups()
    read = list(paired(corpus, [*labelled_pairs(), *said]))
    stood = [row for name, gold in sets.items() for row in walked(corpus, name, gold)]
    learned = fit(read + stood)
    card = {"pairs": len(read), "of_one_event": sum(r.same for r in read), "corrected": len(said), "walked": len(stood)}
    kept: dict[str, Any] = {
        "card": card | {"strength": STRENGTH, "cross_validated_bcubed": cross_validated(corpus, read, stood, sets)}
    }
    print(json.dumps(kept, indent=1))
    kept |= {"bias": learned.bias, "attach": ATTACH, "attach_infrastructure": INFRASTRUCTURE}
    kept |= {"related": RELATED, "coverage": COVERAGE}
    o.out.write_text(json.dumps(kept | {"features": dict(sorted(learned.features.items()))}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
