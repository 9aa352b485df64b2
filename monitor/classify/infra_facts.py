"""What the infrastructure half knows of a story before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.classify.document import Document, Sentence
from monitor.classify.infra_mentions import Candidate
from monitor.classify.infra_terms import Scan
from monitor.classify.quantities import Found


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
