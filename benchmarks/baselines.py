"""The labels' figures beside what is easy to have: ``python -m benchmarks.baselines [--shared DIR]``.

Keywords: a story with a verb of moving and a post, or a word for a data center. TF-IDF and logistic regression: scikit-learn's
own, on words and pairs of words, its strength chosen by cross-validation, fitted on train.jsonl. All judged on dev.jsonl.
Needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from monitor import evaluation as ev
from monitor.classify import load_classifier
from monitor.evaluation import Gold, Said
from monitor.model import Label

SHARED = Path(os.environ.get("MOVEWIRE_SHARED", Path(__file__).parents[2] / "shared"))
_MOVES = re.compile(
    r"\b(?:hires?|hired|appoint(?:s|ed)|nam(?:es|ed)|joins?|joined|promot(?:es|ed)|resign(?:s|ed)|steps? down|stepping down|"
    r"leav(?:es|ing)|quits?|oust(?:s|ed)|fir(?:es|ed)|retir(?:es|ing)|poach(?:es|ed)|departs?|departure|successor)\b",
    re.I,
)
_POSTS = re.compile(
    r"\b(?:ceo|cfo|coo|cto|chief|president|chair(?:man|woman)?|vice president|director|head of|executives?|founder|board)\b", re.I
)
_COMPUTING = re.compile(
    r"\b(?:data cent(?:er|re)s?|gpus?|compute|supercomputer|stargate|hyperscal\w+|megawatts?|gigawatts?|capex)\b",
    re.I,
)
Sayer = Callable[[Gold], frozenset[Label]]


def _text(gold: Gold) -> str:
    return f"{gold.story.title}\n{gold.story.summary}"


def keywords(gold: Gold) -> frozenset[Label]:
    text = _text(gold)
    found = set()
    if _MOVES.search(text) and _POSTS.search(text):
        found.add(Label.EXECUTIVE_MOVE)
    if _COMPUTING.search(text):
        found.add(Label.INFRASTRUCTURE)
    return frozenset(found)


def bag_of_words(train: list[Gold]) -> Sayer:
    """A logistic regression over TF-IDF of words and pairs, one a label."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegressionCV

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    matrix = vectorizer.fit_transform([_text(g) for g in train])
    models = {
        label: LogisticRegressionCV(
            Cs=[1, 10, 100], l1_ratios=(0,), scoring="f1", class_weight="balanced", max_iter=2000, use_legacy_attributes=False
        ).fit(matrix, [label in g.labels for g in train])
        for label in Label
    }

    def say(gold: Gold) -> frozenset[Label]:
        row = vectorizer.transform([_text(gold)])
        return frozenset(label for label, model in models.items() if model.predict(row)[0])

    return say


def figures(golds: list[Gold], said: list[Said]) -> dict[str, object]:
    counts = [ev.counts_of(g, s) for g, s in zip(golds, said, strict=True)]
    told, spread = ev.figures(ev.total(counts)), ev.intervals(counts)
    shown: dict[str, object] = {}
    for label in Label:
        for view in ("sample", "clear"):
            p, r = (
                f"{told[label.value][view][k]:.3f} [{low:.2f}–{high:.2f}]"
                for k in ("p", "r")
                for low, high in [spread[f"{label.value}.{view}.{k}"]]
            )
            shown[f"{label} {view}"] = f"P {p} R {r}"
    return shown


def table(shared: Path) -> dict[str, dict[str, object]]:
    dev, train = ev.stories_in(shared / "eval/dev.jsonl"), ev.stories_in(shared / "eval/train.jsonl")
    easy = {"keywords": keywords, "TF-IDF + logistic regression": bag_of_words(train)}
    found = {"movewire": figures(dev, ev.said_by(load_classifier(encoder="auto"), dev))}
    for name, say in easy.items():
        found[name] = figures(dev, [Said(labels=say(g), scores={}) for g in dev])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    print(json.dumps(table(parser.parse_args().shared), indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
