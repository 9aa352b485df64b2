"""What is written where grouping is corrected: by people, and by itself where two events turn out to be one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete, select, update

import monitor.store.tables as t
from monitor.ids import make_id
from monitor.model import Correction, EventId, StoryId
from monitor.store.feed_writes import Writes
from monitor.store.values import clean, document, micros

FOLD = "fold"  # in the table of corrections what nobody said: kept so that the id of the event that is gone still leads somewhere
_Ids = tuple[str, ...]


class GroupingWrites(Writes):
    """Stories that change their event, and events that become one."""

    def record_correction(self, correction: Correction) -> None:
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
        self.connection.execute(t.corrections.insert(), row)
        self.durable = True

    def take_out(self, event_id: EventId, story_ids: Collection[StoryId]) -> None:
        """Stories are no longer of this event."""
        m = t.memberships.c
        self.connection.execute(delete(t.memberships).where(m.event_id == event_id, m.story_id.in_(list(story_ids))))

    def absorb(self, into: EventId, gone: EventId) -> None:
        """All that belongs to ``gone`` belongs to ``into``: its stories, its links, what was told of it. ``gone`` is no more;
        where it is not stored, nothing is done."""
        run, e = self.connection.execute, t.events.c
        source = run(select(e.seq).where(e.id == gone)).scalar()
        if source is None:
            return
        target = run(select(e.seq).where(e.id == into)).scalar_one()
        known = select(t.memberships.c.story_id).where(t.memberships.c.event_id == into)
        m, a = t.memberships.c, t.alerts.c
        run(delete(t.memberships).where(m.event_id == gone, m.story_id.in_(known)))
        run(update(t.memberships).where(m.event_id == gone).values(event_id=into))
        run(update(t.alerts).where(a.event_id == gone).values(event_id=into, event_seq=target))
        run(delete(t.event_terms).where(t.event_terms.c.seq == source))
        run(delete(t.event_keys).where(t.event_keys.c.event_seq == source))
        run(delete(t.events).where(e.seq == source))
        self.durable = True

    def fold(self, folded: Iterable[tuple[EventId, EventId]], at: datetime) -> None:
        """Of each pair the first event becomes part of the second. What the first was known by leads to the second."""
        for gone, into in folded:
            self.absorb(into, gone)
            row = {"id": make_id(at, "correction", FOLD, into, gone), "kind": FOLD, "event_id": into, "other_id": gone}
            texts = {"stories": document(_Ids, ()), "author": "", "note": ""}
            self._put(t.corrections, ("id",), [row | texts | {"at": micros(at)}])
