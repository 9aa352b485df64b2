"""The outbox: deliveries are claimed, sent outside of any transaction, and recorded.

A channel's next delivery is the first that is neither sent nor dead, by its alert's time, id and revision. While that one
waits for its retry or is under way, nothing behind it moves: what a channel shows is in the order of the alerts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true, update

import monitor.store.codec as codec
import monitor.store.rows as t
from monitor.model import Alert, Delivery, DeliveryId, DeliveryState
from monitor.results import Attempt, ChannelState
from monitor.store.codec import Row
from monitor.store.reads import Reads, chunks
from monitor.store.values import clean, micros, moment, moment_or_none
from monitor.store.writes import Transaction

_d, _c = t.deliveries.c, t.channels.c
_ORDER = (_d.ordered_at, _d.alert_id, _d.revision)


def _heads(busy: Collection[str] = ()) -> ColumnElement[bool]:
    """True for the next delivery of each channel that is neither disabled nor ``busy``: one look into one index a channel."""
    inner = t.deliveries.alias("head")
    first = (
        select(inner.c.seq)
        .where(inner.c.channel == _c.name, inner.c.open == true())
        .order_by(inner.c.ordered_at, inner.c.alert_id, inner.c.revision)
        .limit(1)
        .correlate(t.channels)
        .scalar_subquery()
    )
    chosen = select(first).where(_c.disabled == false())
    if busy:
        chosen = chosen.where(_c.name.not_in(sorted(busy)))
    heads: ColumnElement[bool] = _d.seq.in_(chosen)
    return heads


def _claimable(now: int) -> ColumnElement[bool]:
    waits = and_(_d.state == DeliveryState.PENDING.value, _d.next_attempt <= now)
    lost = and_(_d.state == DeliveryState.SENDING.value, func.coalesce(_d.lease_until, now) <= now)
    return or_(waits, lost)


def _due(now: datetime, limit: int, busy: Collection[str]) -> Select[Any]:
    return select(t.deliveries).where(_heads(busy), _claimable(micros(now))).order_by(*_ORDER).limit(limit)


def anything_due(reads: Reads, now: datetime, busy: Collection[str]) -> bool:
    return reads.connection.execute(_due(now, 1, busy)).first() is not None


def claim(tx: Transaction, now: datetime, lease: timedelta, limit: int, busy: Collection[str]) -> list[tuple[Delivery, Alert]]:
    """Take the next delivery of up to ``limit`` channels under a lease, its attempt counted; to be committed before sending."""
    claimed = []
    due = _due(now, limit, busy).with_for_update(skip_locked=True)  # what another process takes just now is not waited for
    for row in tx.connection.execute(due).all():
        before = codec.delivery_of(row)
        after = replace(before, state=DeliveryState.SENDING, attempts=before.attempts + 1, lease_until=now + lease)
        unmoved = and_(_d.seq == row.seq, _d.attempts == before.attempts, _d.state == before.state.value)
        taken = tx.connection.execute(update(t.deliveries).where(unmoved), codec.delivery_state(after))
        if taken.rowcount:
            claimed.append((after, _alert(tx, after)))
            tx.durable = True
    return claimed


def _alert(reads: Reads, delivery: Delivery) -> Alert:
    found = select(t.alerts).where(t.alerts.c.id == delivery.alert_id, t.alerts.c.revision == delivery.revision)
    return codec.alert_of(reads.connection.execute(found).one())


def record(tx: Transaction, delivery: Delivery, attempt: Attempt | None) -> bool:
    """Write how an attempt ended; False where the delivery had been claimed again since, so that its state is another's.

    ``delivery.attempts`` is as the claim gave it and tells claims apart. That it was sent is kept in any case.
    """
    tx.durable = True
    current = _d.id == delivery.id
    if delivery.state != DeliveryState.SENT:
        current = and_(current, _d.attempts <= delivery.attempts, _d.state != DeliveryState.SENT.value)
    written = tx.connection.execute(update(t.deliveries).where(current), codec.delivery_state(delivery))
    if attempt is not None:
        tx.connection.execute(t.attempts.insert(), codec.attempt_row(attempt))
        _count(tx, delivery, attempt)
    return bool(written.rowcount)


def _count(tx: Transaction, delivery: Delivery, attempt: Attempt) -> None:
    """Keep the channel's failures in a row."""
    if delivery.state == DeliveryState.SENT:
        values: Row = {"failures": 0, "failing_since": None}
    else:
        values = {"failures": _c.failures + 1, "failing_since": func.coalesce(_c.failing_since, micros(attempt.at))}
    tx.connection.execute(update(t.channels).where(_c.name == clean(delivery.channel)).values(values))


def next_at(reads: Reads) -> datetime | None:
    """When the next delivery can be claimed; a time past means now, None that nothing waits. Disabled channels do not count."""
    sending = _d.state == DeliveryState.SENDING.value
    at = case(
        (sending, func.coalesce(_d.lease_until, _d.ordered_at)),
        (_d.next_attempt == t.DUE_NOW, _d.ordered_at),
        else_=_d.next_attempt,
    )
    return moment_or_none(reads.connection.execute(select(func.min(at)).where(_heads())).scalar())


def release(tx: Transaction, now: datetime) -> int:
    """End every lease: for the one process that may deliver, at its start. What was under way is sent again, attempt counted."""
    held = update(t.deliveries).where(_d.state == DeliveryState.SENDING.value, _d.lease_until > micros(now))
    done = tx.connection.execute(held, {"lease_until": micros(now)})
    tx.durable = tx.durable or bool(done.rowcount)
    return int(done.rowcount)


def requeue(tx: Transaction, deliveries: Collection[Delivery]) -> int:
    """Give claimed deliveries back that were not sent after all; the claim is not counted as an attempt."""
    given = 0
    for delivery in deliveries:
        held = and_(_d.id == delivery.id, _d.attempts == delivery.attempts, _d.state == DeliveryState.SENDING.value)
        back = replace(delivery, state=DeliveryState.PENDING, attempts=max(delivery.attempts - 1, 0), lease_until=None)
        given += tx.connection.execute(update(t.deliveries).where(held), codec.delivery_state(back)).rowcount
    return given


def dead_since(since: datetime | None) -> ColumnElement[bool]:
    dead = _d.state == DeliveryState.DEAD.value
    return dead if since is None else and_(dead, _d.created_at >= micros(since))


def retry(tx: Transaction, now: datetime, ids: Collection[DeliveryId], failed_since: datetime | None) -> int:
    """Make deliveries due now, their schedule begun anew: dead or waiting ones by id, or all dead ones made since a time."""
    afresh: Row = {
        "state": DeliveryState.PENDING.value,
        "open": True,
        "attempts": 0,
        "next_attempt": micros(now),
        "lease_until": None,
    }
    stopped = _d.state.in_((DeliveryState.DEAD.value, DeliveryState.PENDING.value))
    which = [and_(_d.id.in_(part), stopped) for part in chunks(ids)]
    if failed_since is not None:
        which.append(dead_since(failed_since))
    tx.durable = True
    return sum(tx.connection.execute(update(t.deliveries).where(one), afresh).rowcount for one in which)


def channels(reads: Reads) -> list[ChannelState]:
    rows = reads.connection.execute(select(t.channels).order_by(_c.name))
    return [
        ChannelState(
            name=r.name, disabled=r.disabled, reason=r.reason, failures=r.failures, failing_since=moment_or_none(r.failing_since)
        )
        for r in rows
    ]


def oldest_waiting(reads: Reads) -> datetime | None:
    """The time of the oldest alert some channel has not got yet."""
    number = reads.connection.execute(select(func.min(_d.ordered_at)).where(_d.open == true())).scalar()
    return None if number is None else moment(number)
