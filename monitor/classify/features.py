"""A story as named features for the infrastructure model: its words, and what the grammar found."""

from __future__ import annotations

from monitor.classify.document import Document
from monitor.classify.infra import Reading
from monitor.classify.parts import word_features


def infra_features(document: Document, infra: Reading | None) -> set[str]:
    """What speaks for or against infrastructure. Prefixes: t: a word of the title, s: of the summary, i: terms, names and
    quantities.

    A story can be of both kinds, and few of the data are: each model is blind to the other's own features, lest what speaks
    for one label be learned as speaking against the other.
    """
    found = word_features(document.title, document.story.summary)
    if infra is not None:
        found.update(f"i:{name}" for name in infra.features)
    return found
