"""Forgetting by age. What was told stays: an alerted event keeps its alerts, its deliveries and its stories.

A story's key outlives it, so that an entry a feed still shows is not new again. A row that anything else points at stays too,
whatever table that is: tables added later are asked by their foreign keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, not_, select

import monitor.store.tables as t
from monitor.store.values import micros
from monitor.store.writes import Transaction

_OWNED = {"event_terms", "event_keys"}  # go with their event


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How many rows went. ``more``: there are more as old, for the next call."""

    stories: int = 0
    events: int = 0
    attempts: int = 0
    more: bool = False


def forget(tx: Transaction, now: datetime, *, stories: timedelta | None, attempts: timedelta | None, most: int) -> Forgotten:
    """Take out at most ``most`` rows of each kind that are older than said; None keeps that kind."""
    gone_stories = gone_events = gone_attempts = 0
    if stories is not None:
        before = micros(now - stories)
        gone_stories = _delete(tx, t.stories, and_(t.stories.c.first_seen < before, not_(_of_a_told_event())), most)
        gone_events = _events(tx, before, most)
    if attempts is not None:
        done = exists().where(t.deliveries.c.id == t.attempts.c.delivery_id, not_(t.deliveries.c.open))
        gone_attempts = _delete(tx, t.attempts, and_(t.attempts.c["at"] < micros(now - attempts), done), most)
    more = most in (gone_stories, gone_events, gone_attempts)
    return Forgotten(stories=gone_stories, events=gone_events, attempts=gone_attempts, more=more)


def _of_a_told_event() -> ColumnElement[bool]:
    """True for a story of an event that was alerted."""
    m, a = t.memberships.c, t.alerts.c
    return exists().where(m.story_id == t.stories.c.id, m.event_id == a.event_id)


def _events(tx: Transaction, before: int, most: int) -> int:
    e = t.events.c
    seqs = _old(tx, t.events, e.last_seen < before, most)
    if seqs:
        tx.connection.execute(delete(t.event_terms).where(t.event_terms.c.seq.in_(seqs)))
        tx.connection.execute(delete(t.event_keys).where(t.event_keys.c.event_seq.in_(seqs)))
        tx.connection.execute(delete(t.events).where(e.seq.in_(seqs)))
    return len(seqs)


def _delete(tx: Transaction, table: Table, old: ColumnElement[bool], most: int) -> int:
    seqs = _old(tx, table, old, most)
    if seqs:
        tx.connection.execute(delete(table).where(table.c.seq.in_(seqs)))
    return len(seqs)


def _old(tx: Transaction, table: Table, old: ColumnElement[bool], most: int) -> list[Any]:
    free = [not_(exists().where(held)) for held in _holds(table)]
    return list(tx.connection.execute(select(table.c.seq).where(old, *free).order_by(table.c.seq).limit(most)).scalars())


def _holds(table: Table) -> list[ColumnElement[bool]]:
    """For each foreign key that would keep a row of ``table``, the condition that it does."""
    found = []
    for other in t.METADATA.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table is table and key.ondelete is None and other.name not in _OWNED:
                pairs = [element.parent == element.column for element in key.elements]
                found.append(and_(*pairs))
    return found
