"""What people said of grouping, and the events as it leaves them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update

import monitor.store.tables as t
from monitor.model import Correction, EventId, StoryId
from monitor.store.reads import Reads
from monitor.store.values import clean, document, micros, moment, read_document
from monitor.store.writes import Transaction

_Ids = tuple[str, ...]


def record(tx: Transaction, correction: Correction) -> None:
    row = {
        "id": correction.id,
        "kind": correction.kind,
        "event_id": correction.event_id,
        "other_id": correction.other_id,
        "stories": document(_Ids, correction.stories),
        "author": clean(correction.by),
        "note": clean(correction.note),
        "at": micros(correction.at),
    }
    tx.connection.execute(t.corrections.insert(), row)
    tx.durable = True


def every(reads: Reads) -> list[Correction]:
    """All that was ever said, oldest first."""
    return [_of(row) for row in reads.connection.execute(select(t.corrections).order_by(t.corrections.c.seq))]


def of_event(reads: Reads, event_id: EventId) -> list[Correction]:
    c = t.corrections.c
    which = select(t.corrections).where((c.event_id == event_id) | (c.other_id == event_id)).order_by(c.seq)
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


def take_out(tx: Transaction, event_id: EventId, story_ids: Collection[StoryId]) -> None:
    """Stories are no longer of this event."""
    m = t.memberships.c
    tx.connection.execute(delete(t.memberships).where(m.event_id == event_id, m.story_id.in_(list(story_ids))))


def absorb(tx: Transaction, into: EventId, gone: EventId) -> None:
    """All that belongs to ``gone`` belongs to ``into``: its stories, its links, what was told of it. ``gone`` is no more."""
    run, e = tx.connection.execute, t.events.c
    target = run(select(e.seq).where(e.id == into)).scalar_one()
    source = run(select(e.seq).where(e.id == gone)).scalar_one()
    known = select(t.memberships.c.story_id).where(t.memberships.c.event_id == into)
    m, a = t.memberships.c, t.alerts.c
    run(delete(t.memberships).where(m.event_id == gone, m.story_id.in_(known)))
    run(update(t.memberships).where(m.event_id == gone).values(event_id=into))
    run(update(t.alerts).where(a.event_id == gone).values(event_id=into, event_seq=target))
    run(delete(t.event_terms).where(t.event_terms.c.seq == source))
    run(delete(t.event_keys).where(t.event_keys.c.event_seq == source))
    run(delete(t.events).where(e.seq == source))
    tx.durable = True
