"""A story as named features for the infrastructure model: its words, and what the grammar found."""

from __future__ import annotations

from monitor.classify.document import Document
from monitor.classify.infra import Reading
from monitor.classify.infra_label import Terms
from monitor.classify.parts import words_of
from monitor.classify.runs import Features


def infra_features(document: Document, infra: Reading | Terms | None) -> Features:
    """What speaks for or against infrastructure. Prefixes: t: a word of the title, s: of the summary, i: terms, names and
    quantities. Of ``Terms`` what can be said before the names are known.

    A story can be of both kinds, and few of the data are: each model is blind to the other's own features, lest what speaks
    for one label be learned as speaking against the other.
    """
    told = () if infra is None else (infra.features,) if isinstance(infra, Terms) else infra.features.runs
    return Features((), *words_of(document.title, document.story.summary), *told)
