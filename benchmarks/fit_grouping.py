"""Fits the weights of grouping: ``python -m benchmarks.fit_grouping [--out monitor/grouping/weights.json]``.

Needs the shared data and scipy (extra ``train``). It learns from two sets:

* ``benchmarks/labels/pairs.jsonl``: pairs of stories of the natural stream and of the training file that share a key, drawn
  over the whole range of likeness and read one by one; ids and a yes or no.
* the development groups, walked through in time with every story put where it belongs: the story against its own event as it
  then stood and against every other candidate. All rows of one pair of events share a weight, so that no saga rules.

A prior set by hand holds each weight where data are few; what speaks for never counts against, and the other way round.
Figures are cross-validated by event: the groups of a fold are grouped with weights that never saw them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from monitor import grouping
from monitor.backtest import Index, read_stories, to_story
from monitor.classify import load_classifier
from monitor.grouping import score
from monitor.grouping.facts import of_event
from monitor.grouping.features import Subject, anchored, overtaken
from monitor.model import Event, Story, Verdict

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MOVEWIRE_SHARED", ROOT.parent / "shared"))
PAIRS = ROOT / "benchmarks/labels/pairs.jsonl"
FOLDS, STRENGTH, BIAS = 5, 0.5, -4.5
ATTACH, INFRASTRUCTURE, RELATED, COVERAGE = 0.6, 0.3, 0.2, 0.6
# What each feature is thought to weigh before any data; its sign holds.
PRIOR = {
    "mean": 10.0, "near": 3.0, "told": 1.5, "told both ways": 2.5, "figure": 1.0, "size": 0.0, "late": -4.5, "same outlet": -1.0,
    "person": 0.5, "person in both titles": 0.5, "people": 0.0, "org": 0.5, "both orgs": 1.0, "action": 0.3, "role": 0.3,
    "same way": 1.0, "one of many": 2.0,
    "post": 2.0, "succession": 2.0, "project": 1.0, "place": 0.5, "amount": 1.0, "capacity": 0.7,
    "other person in the headline": -5.0, "other person": -2.5, "other person, both known": -0.7, "other subject": -2.5,
    "other destination": -2.5, "other label": -4.0, "other appointment": -2.0, "moved on": -2.0,
    "other post": -4.0, "turned": -4.0, "overtaken": -4.0, "other action": -0.7,
    "other amount": -0.7, "other capacity": -0.5, "other place": -0.8, "other project": -1.0, "two differ": -3.0,
}  # fmt: skip
LOOSE = {"mean": 4.0, "near": 3.0, "told": 2.0, "told both ways": 2.0, "late": 2.0}  # how far data may move it; else 1


@dataclass(frozen=True)
class Row:
    """A story against an event: its features, whether it belongs, and what it shares its weight with."""

    features: dict[str, float]
    same: bool
    told_of: int = -1  # the gold event the story is of
    shares: Any = None


class Data:
    def __init__(self) -> None:
        files = [SHARED / "replay/stories.jsonl.gz", SHARED / "eval/train.jsonl", SHARED / "eval/events_dev_stories.jsonl"]
        self._records = {r["id"]: r for file in files for r in read_stories(file)}
        self._classifier = load_classifier()
        self._known: dict[str, tuple[Story, Verdict]] = {}
        self.dev = [r["id"] for r in read_stories(files[2])]
        groups = map(json.loads, (SHARED / "eval/events_dev.jsonl").read_text().splitlines())
        self.gold = {i: n for n, group in enumerate(groups) for i in group["ids"]}

    def of(self, story_id: str) -> tuple[Story, Verdict]:
        if story_id not in self._known:
            story = to_story(self._records[story_id])
            self._known[story_id] = story, self._classifier.classify(story)
        return self._known[story_id]

    def in_time(self) -> list[tuple[Story, Verdict]]:
        found = sorted((self.of(i) for i in self.dev), key=lambda pair: (pair[0].at, pair[0].id))
        return [(story, verdict) for story, verdict in found if grouping.worth_placing(verdict)]


def against(story: Story, verdict: Verdict, event: Event, others: Iterable[Event]) -> dict[str, float] | None:
    subject, facts = Subject.of(story, verdict), anchored(of_event(event), event)
    if not score.in_window(subject, event, facts):
        return None
    features = score.features_of(subject, event, facts)
    return features | ({"overtaken": 1.0} if overtaken(subject, event, others) else {})


def pairs(data: Data) -> list[Row]:
    rows = []
    for pair in map(json.loads, PAIRS.read_text().splitlines()):
        (first, told), (second, verdict) = data.of(pair["a"]), data.of(pair["b"])
        if told.matches and grouping.worth_placing(verdict):
            event = grouping.found(first, told, first.at)
            if (features := against(second, verdict, event, ())) is not None:
                rows.append(Row(features, pair["same"]))
    return rows


def walked(data: Data) -> list[Row]:
    rows, index, event_of, group_of = [], Index(), {}, {}
    for story, verdict in data.in_time():
        candidates = index.candidates(grouping.sought(story, verdict))
        group = data.gold.get(story.id)
        own = event_of.get(group)
        for event in candidates:
            if (features := against(story, verdict, event, candidates)) is not None:
                rows.append(Row(features, event.id == own, -1 if group is None else group, (group, group_of.get(event.id))))
        if own is None and not verdict.matches:
            continue
        after = grouping.merge(index.events[own], story, verdict) if own else grouping.found(story, verdict, story.at)
        index.put(after)
        if group is not None:
            event_of[group], group_of[after.id] = after.id, group
    return rows


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


def grouped(data: Data, learned: score.Weights) -> dict[str, str]:
    """The event of each development story by these weights."""
    index, event_of = Index(), {}
    with score.using(learned):
        for story, verdict in data.in_time():
            candidates = index.candidates(grouping.sought(story, verdict))
            placed = grouping.decide(story, verdict, candidates)
            if placed.relation in ("related", "none"):
                continue
            before = index.events[placed.event_id] if placed.event_id else None
            event = grouping.merge(before, story, verdict) if before else grouping.found(story, verdict, story.at)
            index.put(event)
            event_of[story.id] = event.id
    return event_of


def bcubed(data: Data, said: dict[str, str], only: set[int]) -> tuple[list[float], list[float]]:
    by_gold, by_said = defaultdict(set), defaultdict(set)
    for i, group in data.gold.items():
        by_gold[group].add(i)
        by_said[said.get(i, i)].add(i)
    precision, recall = [], []
    for i, group in data.gold.items():
        if group in only:
            mine, theirs = by_said[said.get(i, i)], by_gold[group]
            precision.append(len(mine & theirs) / len(mine))
            recall.append(len(mine & theirs) / len(theirs))
    return precision, recall


def cross_validated(data: Data, read: list[Row], stood: list[Row]) -> dict[str, float]:
    groups = sorted(set(data.gold.values()))
    random.Random(3).shuffle(groups)
    precision, recall = [], []
    for n in range(FOLDS):
        held = set(groups[n::FOLDS])
        learned = fit(read + [row for row in stood if row.told_of not in held])
        p, r = bcubed(data, grouped(data, learned), held)
        precision += p
        recall += r
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=score.WEIGHTS)
    out = parser.parse_args().out
    data = Data()
    read, stood = pairs(data), walked(data)
    learned = fit(read + stood)
    card = {"pairs": len(read), "of_one_event": sum(r.same for r in read), "walked": len(stood), "strength": STRENGTH}
    card |= {"cross_validated_bcubed": cross_validated(data, read, stood)}
    print(json.dumps(card, indent=1))
    kept = {"card": card, "bias": learned.bias, "attach": ATTACH, "attach_infrastructure": INFRASTRUCTURE}
    kept |= {"related": RELATED, "coverage": COVERAGE}
    out.write_text(json.dumps(kept | {"features": dict(sorted(learned.features.items()))}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
