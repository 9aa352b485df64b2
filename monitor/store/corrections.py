"""What people said of grouping; what became of an event that is part of another now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

import monitor.store.tables as t
from monitor.model import Correction, EventId, StoryId
from monitor.store.grouping_writes import FOLD
from monitor.store.reads import Reads
from monitor.store.values import moment, read_document

_Ids = tuple[str, ...]
_SAID = t.corrections.c.kind != FOLD


def every(reads: Reads) -> list[Correction]:
    """All that was ever said, oldest first."""
    return [_of(row) for row in reads.connection.execute(select(t.corrections).where(_SAID).order_by(t.corrections.c.seq))]


def of_event(reads: Reads, event_id: EventId) -> list[Correction]:
    c = t.corrections.c
    which = select(t.corrections).where(_SAID, (c.event_id == event_id) | (c.other_id == event_id)).order_by(c.seq)
    return [_of(row) for row in reads.connection.execute(which)]


def _of(row: Any) -> Correction:
    return Correction(
        id=row.id,
        kind=row.kind,
        event_id=EventId(row.event_id),
        other_id=EventId(row.other_id),
        stories=tuple(StoryId(i) for i in read_document(_Ids, row.stories)),
        by=row.author,
        note=row.note,
        at=moment(row.at),
    )
