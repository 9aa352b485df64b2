"""A story as named features for the infrastructure model: its words, and what the grammar found."""

from __future__ import annotations

from monitor.classify.crossed import Crossed
from monitor.classify.document import Document
from monitor.classify.infra import Reading
from monitor.classify.parts import words_of
from monitor.classify.runs import Features


def infra_features(document: Document, infra: Reading | None) -> Features:
    """What speaks for or against infrastructure. Prefixes: t: a word of the title, s: of the summary, i: terms, names and
    quantities.

    A story can be of both kinds, and few of the data are: each model is blind to the other's own features, lest what speaks
    for one label be learned as speaking against the other.
    """
    told = (Crossed("i:", infra.features.tails),) if infra is not None else ()
    return Features((), *words_of(document.title, document.story.summary), *told)
