"""One thing with everything that belongs to it, by id or by the beginning of one; and the lists of deliveries and feeds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, and_, false, or_, select, true, tuple_

import monitor.store.codec as codec
import monitor.store.delivery_codec as delivery_codec
import monitor.store.tables as t
from monitor.errors import AmbiguousError, NotFoundError
from monitor.model import Alert, AlertId, Delivery, DeliveryId, Event, EventId, Feed, FeedShown, Story
from monitor.store.cursor import Cursor, end_of
from monitor.store.feed_codec import feed_of
from monitor.store.reads import Reads, chunks
from monitor.store.subjects import subject_of
from monitor.store.values import clean, event_of, micros
from monitor.subjects import Subject

if TYPE_CHECKING:
    from monitor.results import Attempt, Membership

_KINDS = {"event": t.events, "alert": t.alerts, "story": t.stories, "delivery": t.deliveries}
_SURE = 12  # characters of an id that another kind of thing has only by the same id: the first ten are a time


def full_id(reads: Reads, kind: str, reference: str) -> str:
    """The one id of ``kind`` (event, alert, story or delivery) that is, or begins with, ``reference``.

    Raises NotFoundError, or AmbiguousError where several begin so.
    """
    found = found_id(reads, kind, reference)
    if found is None:
        raise NotFoundError(kind, reference, of=kind_of(reads, reference))
    return found


def found_id(reads: Reads, kind: str, reference: str) -> str | None:
    """As ``full_id``, and None where there is none. Raises AmbiguousError."""
    if not reference.isprintable():  # no id, and PostgreSQL takes no text with a NUL in it
        return None
    for text in dict.fromkeys((reference, reference.upper())):
        found = _beginning(reads, _KINDS[kind], text) if text and text.isascii() else []
        if text in found:
            return text
        if len(found) > 1:
            raise AmbiguousError(kind, reference)
        if found:
            return found[0]
    if kind == "event" and (into := _part_of(reads, reference)):
        return full_id(reads, kind, into)
    return None


def kind_of(reads: Reads, reference: str) -> str:
    """What ``reference`` is an id of, or the beginning of one; "" where of nothing, or too short to tell."""
    if len(reference) < _SURE or not (reference.isprintable() and reference.isascii()):
        return ""
    texts = dict.fromkeys((reference, reference.upper()))
    return next((kind for kind, table in _KINDS.items() if any(_beginning(reads, table, text) for text in texts)), "")


def _part_of(reads: Reads, event_id: str) -> str | None:
    """The event that one of this id has become part of: by grouping, or because somebody said so."""
    c = t.corrections.c
    which = select(c.event_id).where(c.other_id == event_id.upper(), c.kind != "split").order_by(c.seq.desc()).limit(1)
    return reads.connection.execute(which).scalar()


def _beginning(reads: Reads, table: Table, text: str) -> list[str]:
    after = text[:-1] + chr(ord(text[-1]) + 1)  # ids are ASCII: the first text that no longer begins so
    which = select(table.c.id).where(table.c.id >= text, table.c.id < after).order_by(table.c.id).distinct().limit(2)
    return list(reads.connection.execute(which).scalars())


def event(reads: Reads, event_id: str) -> Event:
    text = reads.connection.execute(select(t.events.c.document).where(t.events.c.id == event_id)).scalar_one()
    return event_of(text)


def revisions(reads: Reads, *, event_id: EventId | None = None, alert_id: AlertId | None = None) -> list[Alert]:
    """The revisions of an alert, or of every alert of an event, oldest first."""
    a = t.alerts.c
    which = a.id == alert_id if event_id is None else a.event_id == event_id
    return [codec.alert_of(row) for row in reads.connection.execute(select(t.alerts).where(which).order_by(a.seq))]


def stories_seen(reads: Reads, since: datetime, after: Story | None, limit: int) -> list[Story]:
    """Stories first seen at ``since`` or later, in the order they were seen; those that come after the story ``after``."""
    s = t.stories.c
    place = s.first_seen >= micros(since) if after is None else tuple_(s.first_seen, s.id) > (micros(after.first_seen), after.id)
    rows = reads.connection.execute(select(t.stories).where(place).order_by(s.first_seen, s.id).limit(limit))
    return [codec.story_of(row) for row in rows]


def memberships_of_stories(reads: Reads, story_ids: Collection[str]) -> list[Membership]:
    m = t.memberships
    parts = (select(m).where(m.c.story_id.in_(part)).order_by(m.c.at) for part in chunks(story_ids))
    return [codec.membership_of(row) for part in parts for row in reads.connection.execute(part)]


def related(reads: Reads, event_id: EventId, story_ids: Collection[str], limit: int) -> list[Event]:
    """The other events that these stories have a place in."""
    others = dict.fromkeys(m.event_id for m in memberships_of_stories(reads, story_ids) if m.event_id != event_id)
    return [event(reads, other) for other in list(others)[:limit]]


def end_of_alerts(reads: Reads) -> str:
    """The cursor of who has seen every alert there is."""
    return end_of(reads, t.alerts.c.seq).encode()


def place_of_alert(reads: Reads, alert: Alert) -> str:
    a = t.alerts.c
    which = select(a.seq).where(a.id == alert.id, a.revision == alert.revision)
    return Cursor(order="c", seq=reads.connection.execute(which).scalar_one()).encode()


def deliveries_of(reads: Reads, alert_ids: Collection[str]) -> list[Delivery]:
    """The alerts' own deliveries, and those of the digests that told them."""
    d, i = t.deliveries.c, t.digest_items.c
    items = (select(i.delivery_id).distinct().where(i.alert_id.in_(part)) for part in chunks(alert_ids))
    digests = {id_ for part in items for id_ in reads.connection.execute(part).scalars()}
    # Each by its index: PostgreSQL reads the whole table for "of these alerts, or of what a subquery finds".
    wheres = (*(d.alert_id.in_(part) for part in chunks(alert_ids)), *(d.id.in_(part) for part in chunks(digests)))
    parts = (select(t.deliveries).where(where) for where in wheres)
    rows = {row.id: row for part in parts for row in reads.connection.execute(part)}
    return [delivery_codec.delivery_of(row) for row in sorted(rows.values(), key=lambda r: (r.ordered_at, r.revision, r.channel))]


def delivery(reads: Reads, delivery_id: str) -> tuple[Delivery, Subject]:
    found = reads.connection.execute(select(t.deliveries).where(t.deliveries.c.id == delivery_id)).one()
    return delivery_codec.delivery_of(found), subject_of(reads, found)


def subjects_of(reads: Reads, delivery_ids: Collection[DeliveryId]) -> dict[DeliveryId, Subject | None]:
    """What each carries; None for a damaged row, which must not hide the others."""
    parts = (select(t.deliveries).where(t.deliveries.c.id.in_(part)) for part in chunks(delivery_ids))
    found: dict[DeliveryId, Subject | None] = {}
    for row in (row for part in parts for row in reads.connection.execute(part)):
        try:
            found[DeliveryId(row.id)] = subject_of(reads, row)
        except (LookupError, ValueError):
            found[DeliveryId(row.id)] = None
    return found


def attempts_of(reads: Reads, delivery_ids: Collection[DeliveryId]) -> list[Attempt]:
    a = t.attempts.c
    parts = (select(t.attempts).where(a.delivery_id.in_(part)).order_by(a.seq) for part in chunks(delivery_ids))
    return [delivery_codec.attempt_of(row) for part in parts for row in reads.connection.execute(part)]


def deliveries(
    reads: Reads, *, states: Collection[str], channel: str, since: Any, after: str | None, limit: int
) -> tuple[tuple[Delivery, ...], str | None]:
    """Newest first."""
    d = t.deliveries.c
    conditions: list[ColumnElement[bool]] = []
    if states:
        conditions.append(d.state.in_(sorted(states)))
    if channel:
        conditions.append(d.channel == clean(channel))
    if since is not None:
        conditions.append(d.created_at >= micros(since))
    if after:
        conditions.append(d.seq < Cursor.decode(after, "s").seq)
    rows = reads.connection.execute(select(t.deliveries).where(*conditions).order_by(d.seq.desc()).limit(limit + 1)).all()
    place = Cursor(order="s", seq=rows[limit - 1].seq).encode() if len(rows) > limit else None
    return tuple(delivery_codec.delivery_of(row) for row in rows[:limit]), place


def feeds(reads: Reads, *, states: Collection[FeedShown], after: str | None, limit: int) -> tuple[tuple[Feed, ...], str | None]:
    """By name."""
    f = t.feeds.c
    conditions: list[ColumnElement[bool]] = []
    if states:
        at_work = and_(f.state.in_(sorted(states)), f.paused == false())
        conditions.append(or_(at_work, f.paused == true()) if FeedShown.PAUSED in states else at_work)
    if after:
        id_, _, name = Cursor.decode(after, "n").name.partition("/")
        conditions.append(tuple_(f.name, f.id) > (name, id_))
    rows = reads.connection.execute(select(t.feeds).where(*conditions).order_by(f.name, f.id).limit(limit + 1)).all()
    place = Cursor(order="n", name=f"{rows[limit - 1].id}/{rows[limit - 1].name}").encode() if len(rows) > limit else None
    return tuple(feed_of(row) for row in rows[:limit]), place
