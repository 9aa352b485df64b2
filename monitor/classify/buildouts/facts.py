"""What the infrastructure half knows of a story before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.classify.buildouts.mentions import Candidate
from monitor.classify.buildouts.quantities import Found
from monitor.classify.buildouts.terms import Scan
from monitor.classify.words.document import Document, Sentence


@dataclass(slots=True)
class Facts:
    """Everything the slots and the scores are made from. Quantities by field: those of the title, those of the rest."""

    document: Document
    scan: Scan
    candidates: Sequence[Candidate]
    title_amounts: Sequence[tuple[Sentence, Found]]
    title_capacity: Sequence[tuple[Sentence, Found]]
    rest_amounts: Sequence[tuple[Sentence, Found]]
    rest_capacity: Sequence[tuple[Sentence, Found]]
