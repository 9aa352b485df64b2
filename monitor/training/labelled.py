"""The labelled stories as a label's model sees them: what the grammar found in each, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.classify.buildouts.infrastructure import infra_features
from monitor.classify.cascade import Cascade, Parse
from monitor.classify.moves.features import WORDS
from monitor.classify.weights.linear import blank
from monitor.model import Label
from monitor.training.data import Row, as_story, judged_for

Features = set[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one label is learned from: a row, what the grammar found (None: the prefilter lets it go), what of it is known before
    the grammar looks, yes or no."""

    row: Row
    features: Features | None
    early: Features
    yes: bool


def judged(rows: Sequence[Row], labels: Sequence[Label]) -> dict[Label, list[Judged]]:
    """The rows as each label's model sees them. The grammar reads every story once; of those written for the purpose the gate,
    which is fitted after the models, lets none go unread."""
    gated, whole = (Cascade(models={label: blank(label) for label in Label}, gate=gate, encoder="off") for gate in (True, False))
    found: dict[Label, list[Judged]] = {label: [] for label in labels}
    for row in rows:
        written = bool(row.get("example"))
        parse = (whole if written else gated).parse(as_story(row))
        for label in (label for label in labels if judged_for(row, label)):
            yes, features = label.value in row["labels"], set(parse.features[label]) if parse else None
            if written and yes and not features:
                continue  # it would teach that a story of which nothing is seen is of the label
            found[label].append(Judged(row, features, set(_early(label, parse)), yes))
    return found


def _early(label: Label, parse: Parse | None) -> Iterable[str]:
    """What ``Model.hopeless`` is asked with."""
    if parse is None:
        return ()
    if label is Label.EXECUTIVE_MOVE:
        return (name for name in parse.features[label] if name.startswith(WORDS))
    return infra_features(parse.document, parse.terms) if parse.terms is not None else ()
