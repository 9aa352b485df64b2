"""Assembled records to frozen moves, with the words that fill every slot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.classify.document import Document
from monitor.classify.record import Record
from monitor.model import Move, MoveAction, Span, Status

_SLOTS = ("person", "group", "from_org", "from_role", "to_org", "to_role")


def to_moves(document: Document, found: Sequence[Record], status: Status) -> tuple[tuple[Move, ...], tuple[Span, ...]]:
    """Frozen records with the words that fill every slot."""
    moves, spans = [], []
    for n, record in enumerate(found):
        values = {slot: _worded(slot, record.get(slot)) for slot in _SLOTS}
        if values["person"]:
            values["group"] = ""
        moves.append(Move(action=MoveAction(record.action), status=status, **values))
        for slot, (draft, (_, start, end)) in record.parts.items():
            if values.get(slot):
                spans.append(document.span(draft.sentence, start, end, f"moves.{n}.{slot}"))
        for draft in record.frames[:3]:
            assert draft.frame.frame is not None
            spans.append(document.span(draft.sentence, draft.frame.start, draft.frame.end, f"rule:{draft.frame.frame.id}"))
    return tuple(moves), tuple(dict.fromkeys(spans))


_LEAD = re.compile(r"^(?:new|its|current|next|the|a|an)\s+", re.I)


def _worded(slot: str, text: str) -> str:
    return _LEAD.sub("", text).strip() if slot in ("to_role", "from_role") else text
