"""One transaction that writes: everything a poll changed, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Table, bindparam, delete, func, select, update
from sqlalchemy.sql.dml import ReturningInsert

import monitor.store.codec as codec
import monitor.store.delivery_codec as delivery_codec
import monitor.store.ledger as ledger
import monitor.store.tables as t
import monitor.store.waiting as waiting
from monitor.ids import make_id
from monitor.model import Alert, AlertId, Delivery, DeliveryId, Event, EventId, StoryId
from monitor.searching import words_of
from monitor.store.care import CareWrites
from monitor.store.codec import Row
from monitor.store.dialect import upsert
from monitor.store.feed_writes import FeedWrites
from monitor.store.grouping_writes import GroupingWrites
from monitor.store.reads import chunks
from monitor.store.subjects import document_of
from monitor.store.terms import Term, amount_of, capacity_of, terms_of
from monitor.store.values import clean, documented, event_of, micros
from monitor.subjects import Digest, Notice, kind_of

if TYPE_CHECKING:
    from monitor.results import Membership, PollResult

_STORY_TEXT = ("url", "canonical_url", "title", "title_digest", "summary", "outlet", "outlet_folded", "published")
_EVENT_ALL = tuple(c.name for c in t.events.c if c.name not in ("seq", "id"))
_FORGET_MATCHES = delete(t.matches).where(t.matches.c.story_id.in_(bindparam("ids", expanding=True)))
_EVENT_BEFORE = select(t.events.c.seq, t.events.c.terms, t.events.c.first_seen, t.events.c.document).where(
    t.events.c.id == bindparam("id")
)
_Timed = tuple[str, str, int]  # a term and the time it is ordered by
_LAST_CHANGE = select(func.max(t.events.c.change))


class _Written(NamedTuple):
    """An event as it was written: its number, its document and its terms."""

    event: Event
    seq: int
    document: str
    terms: frozenset[Term]


@lru_cache
def _numbered(dialect: str, table: Table, key: tuple[str, ...], update: tuple[str, ...] = ()) -> ReturningInsert[Any]:
    """An upsert that answers with the row's number; with nothing where it left the row as it was."""
    return upsert(dialect, table, key, update).returning(table.c.seq)


OnDeliveries = Callable[["Transaction", Collection[Delivery]], None]


class Transaction(FeedWrites, CareWrites, GroupingWrites):
    """A transaction that may write: feeds, their care and corrections as its bases say, and everything a poll changed."""

    on_deliveries: OnDeliveries | None = None  # called when deliveries were written, before they are committed

    def driver_connection(self) -> Any:
        """The driver's own connection, for what has to commit with this transaction."""
        return self.connection.connection.dbapi_connection

    # -- a poll

    def record_poll(self, result: PollResult) -> None:
        """Write everything one poll changed. Writing the same result again changes nothing."""
        self.save_polled(result.feed)
        stories = [codec.story_row(story) for story in (*result.stories, *result.updated)]
        self._put(t.stories, ("id",), stories, update=_STORY_TEXT)
        keys = [codec.key_row(key) for key in result.keys]
        self._put(t.story_keys, ("feed_id", "key"), keys, update=("story_id", "fingerprint", "last_seen"))
        self._record_matches(result)
        written = self.put_events(result.events, result.feed.last_checked)
        self.put_memberships(result.memberships)
        self._record_alerts(result.alerts, written)
        self.record_deliveries(result.deliveries, result.alerts)
        waiting.add(self, result.digest_items)
        waiting.hasten(self, result.deliveries)
        if result.folded:
            self.fold(result.folded, result.feed.last_checked or max(event.last_seen for event in result.events))

    def _record_matches(self, result: PollResult) -> None:
        spoken: set[StoryId] = {m.story_id for m in result.matches} | {s.id for s in result.updated}
        for part in chunks(spoken):
            self.connection.execute(_FORGET_MATCHES, {"ids": part})
        self._put(
            t.matches, ("story_id", "label"), [codec.match_row(m) for m in result.matches], update=("score", "slots", "evidence")
        )

    def put_memberships(self, memberships: Iterable[Membership]) -> None:
        """Write the places of stories in events."""
        rows = [codec.membership_row(m) for m in memberships]
        self._put(t.memberships, ("event_id", "story_id"), rows, update=("relation", "score", "reasons", "at"))

    def put_events(self, events: Collection[Event], now: datetime | None = None) -> dict[EventId, _Written]:
        """Write events whole, new or changed at ``now``."""
        if not events:
            return {}
        change = int(self.connection.execute(_LAST_CHANGE).scalar() or 0)
        at = micros(now or max(event.last_seen for event in events))
        return {event.id: self._record_event(event, number, at) for number, event in enumerate(events, change + 1)}

    def _record_event(self, given: Event, change: int, at: int) -> _Written:
        event, text = documented(Event, given)
        terms = terms_of(event)
        before = self.connection.execute(_EVENT_BEFORE, {"id": event.id}).first()
        row = event_row(event, text, terms, change, at)
        seq: int = self.connection.execute(_numbered(self.dialect.name, t.events, ("id",), _EVENT_ALL), row).scalar_one()
        old = {(kind, value, before.first_seen) for kind, value in _read_terms(before.terms)} if before else set()
        new = {(kind, value, micros(event.first_seen)) for kind, value in terms}
        self._replace_terms(t.event_terms, seq, old - new, new - old)
        ledger.record(self.connection, event, seq, new=before is None)
        old_keys = set(event_of(before.document).keys) if before else set()
        if dropped := old_keys - set(event.keys):
            keys = t.event_keys
            self.connection.execute(delete(keys).where(keys.c.event_seq == seq, keys.c.key.in_(sorted(dropped))))
        found = [{"key": key, "event_seq": seq, "last_seen": micros(event.last_seen)} for key in dict.fromkeys(event.keys)]
        self._put(t.event_keys, ("key", "event_seq"), found, update=("last_seen",))
        return _Written(given, seq, text, terms)

    def _replace_terms(self, table: Table, seq: int, old: Collection[_Timed], new: Collection[_Timed]) -> None:
        if old:
            gone = delete(table).where(
                table.c.kind == bindparam("k"), table.c.value == bindparam("v"), table.c.at == bindparam("a"), table.c.seq == seq
            )
            self.connection.execute(gone, [{"k": kind, "v": value, "a": at} for kind, value, at in old])
        rows = [{"kind": kind, "value": value, "at": at, "seq": seq} for kind, value, at in sorted(new)]
        self._put(table, ("kind", "value", "at", "seq"), rows)

    def _record_alerts(self, alerts: Iterable[Alert], written: dict[EventId, _Written]) -> None:
        for alert in alerts:
            self.durable = True
            event = self._as_written(alert, written.get(alert.event_id))
            row = codec.alert_row(alert) | {"event": event.document, "event_seq": event.seq}
            row |= {"amount": amount_of(alert.event), "capacity": capacity_of(alert.event)}
            seq = self.connection.execute(_numbered(self.dialect.name, t.alerts, ("id", "revision")), row).scalar()
            if seq is not None:  # None: this revision was written before
                at = micros(alert.created_at)
                self._replace_terms(t.alert_terms, seq, (), {(kind, value, at) for kind, value in event.terms})

    def _as_written(self, alert: Alert, event: _Written | None) -> _Written:
        """The alert's event as the same poll wrote it, or read anew where it is another."""
        if event is not None and event.event == alert.event:
            return event
        seq = event.seq if event else self.connection.execute(_EVENT_BEFORE, {"id": alert.event_id}).one().seq
        cleaned, text = documented(Event, alert.event)
        return _Written(alert.event, seq, text, terms_of(cleaned))

    def record_deliveries(self, deliveries: Collection[Delivery], alerts: Iterable[Alert]) -> None:
        """Put deliveries into the outbox; those written before stay as they are. A channel's order is by their alerts' times."""
        if not deliveries:
            return
        self.durable = True
        at = {(a.id, a.revision): micros(a.created_at) for a in alerts}
        rows = [delivery_codec.delivery_row(d) for d in deliveries]
        for row, d in zip(rows, deliveries, strict=True):
            made = at.get((d.alert_id, d.revision), row["created_at"])
            row["ordered_at"] = max(made, row["next_attempt"])  # what is held takes its place among what goes out with it
        self.know_channels({row["channel"] for row in rows})
        self._put(t.deliveries, ("alert_id", "revision", "channel"), rows)
        if self.on_deliveries is not None:
            self.on_deliveries(self, deliveries)

    def tell(self, subject: Notice | Digest, channel: str, delivery_id: DeliveryId | None = None) -> Delivery:
        """Put a notice or a digest into the outbox of ``channel``; telling the same again changes nothing.

        The same is what has the same ``delivery_id``, which follows from the subject where none is given.
        """
        delivery_id = delivery_id or DeliveryId(make_id(subject.at, "delivery", subject.id, channel))
        kind = kind_of(subject)
        told = Delivery(id=delivery_id, kind=kind, alert_id=AlertId(""), revision=1, channel=channel, created_at=subject.at)
        self.know_channels([channel])
        row = delivery_codec.delivery_row(told) | {"ordered_at": micros(subject.at), "document": document_of(subject)}
        self._put(t.deliveries, ("id",), [row])
        if self.on_deliveries is not None:
            self.on_deliveries(self, [told])
        self.durable = True
        return told

    def know_channels(self, names: Iterable[str]) -> None:
        """Make sure each channel has a row for its state."""
        rows = [{"name": clean(n), "disabled": False, "reason": "", "failures": 0, "failing_since": None} for n in sorted(names)]
        self._put(t.channels, ("name",), rows)

    def enable_channel(self, name: str) -> None:
        """Switch a channel on again, with its failures forgotten. (Off it is switched by what its receiver says.)"""
        self.know_channels([name])
        values: Row = {"disabled": False, "reason": "", "failures": 0, "failing_since": None}
        self.connection.execute(update(t.channels).where(t.channels.c.name == clean(name)), values)
        self.durable = True


def event_row(event: Event, text: str, terms: Collection[Term], change: int, at: int) -> Row:
    return {
        "id": event.id,
        "labels": " ".join(label.value for label in event.labels),
        "status": event.status.value,
        "severity": event.severity.value,
        "headline": event.headline,
        "words": words_of(event),
        "first_seen": micros(event.first_seen),
        "last_seen": micros(event.last_seen),
        "story_count": event.story_count,
        "amount": amount_of(event),
        "capacity": capacity_of(event),
        "change": change,
        "changed_at": at,
        "terms": "\n".join(f"{kind} {value}" for kind, value in sorted(terms)),
        "document": text,
    }


def _read_terms(text: str) -> set[Term]:
    return {(kind, value) for kind, _, value in (line.partition(" ") for line in text.splitlines())}
