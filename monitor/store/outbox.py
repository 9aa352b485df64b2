"""The outbox: deliveries are claimed, sent outside of any transaction, and recorded.

A channel's next delivery is the first that is neither sent nor dead, by its subject's time, id and revision. While that one
waits for its retry or is under way, nothing behind it moves: what a channel shows is in the order of the alerts. What some
recipients alone have not got yet holds up nothing: it comes again whenever nothing else of its channel is due.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, true, update

import monitor.store.delivery_codec as delivery_codec
import monitor.store.due as due
import monitor.store.tables as t
from monitor import log as logging
from monitor.channel_state import after_attempt
from monitor.errors import ConflictError
from monitor.model import Delivery, DeliveryId, DeliveryState
from monitor.results import Attempt, ChannelState, Claimed, Tried
from monitor.schedule import lost_wait
from monitor.store.codec import Row
from monitor.store.dead_letters import dead_since, tell_dead, tell_missed
from monitor.store.dialect import upsert
from monitor.store.reads import Reads, chunks
from monitor.store.subjects import subject_of
from monitor.store.values import clean, micros, moment, moment_or_none
from monitor.store.writes import Transaction
from monitor.subjects import Notice
from monitor.text import counted

_d, _c = t.deliveries.c, t.channels.c
_to_log = logging.get(part="store")
_STOPPED = (DeliveryState.DEAD.value, DeliveryState.PENDING.value)  # what a person may have sent again
_NO_RETRY = {
    DeliveryState.SENT: "was sent already and is not sent twice",
    DeliveryState.SENDING: "is being sent: wait for the result",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a turn of the outbox brought: deliveries to send, those nobody can send, and what is to be said of channels."""

    claimed: tuple[Claimed, ...] = ()
    dead: tuple[Delivery, ...] = ()
    notices: tuple[Notice, ...] = ()


def claim(tx: Transaction, wanted: due.Wanted, operator: str = "") -> Turn:
    """Take the next delivery of up to ``limit`` channels under a lease, its attempt counted; to be committed before sending.

    An attempt whose lease ran out is logged as one that never ended, and its delivery comes again after ``lost_wait``. What
    cannot be sent whoever tries goes to the dead letters, and the channel ``operator`` is told.
    """
    claimed, dead, busy = list[Claimed](), list[Delivery](), set[str]()
    for row in due.claimable(tx, wanted):
        if row.channel in busy:
            continue  # with what all of it wait for
        busy.add(row.channel)
        after = _moved_on(tx, row, wanted)
        if after is None:
            continue  # another process was quicker
        if after.state == DeliveryState.DEAD:
            dead.append(after)
        if after.state != DeliveryState.SENDING:
            continue
        try:
            subject = subject_of(tx, row)
        except Exception as error:  # noqa: BLE001 - a row's boundary: whatever it holds must not stop the others; it is told
            dead.append(_unreadable(tx, after, wanted.now, error))
            continue
        post = _post(tx, after)
        claimed.append(Claimed(delivery=after, subject=subject, post=post, overtaken=bool(post) and _overtaken(tx, after)))
    for one in dead:
        tell_dead(tx, one, wanted.now, operator)
    return Turn(claimed=tuple(claimed), dead=tuple(dead))


def _moved_on(tx: Transaction, row: Any, wanted: due.Wanted) -> Delivery | None:
    """The delivery of ``row`` as it stands now: being sent, or, where its last attempt was lost, waiting or dead. None where
    another process has moved it."""
    stored, now = delivery_codec.delivery_of(row), wanted.now
    lost = stored.state == DeliveryState.SENDING
    after = _lost(stored, now) if lost else stored
    error, again = after.last_error, after.next_attempt
    if after.state == DeliveryState.PENDING and not (lost and again and again > now):
        after = replace(after, state=DeliveryState.SENDING, attempts=after.attempts + 1, lease_until=now + wanted.lease)
    unmoved = and_(_d.seq == row.seq, _d.attempts == stored.attempts, _d.state == stored.state.value)
    values = delivery_codec.delivery_state(after) | {"unsure": True}
    if not tx.connection.execute(update(t.deliveries).where(unmoved), values).rowcount:
        return None
    tx.durable = True
    if lost:
        _log(tx, stored, now, error, again)
    return after


def _lost(delivery: Delivery, now: datetime) -> Delivery:
    """A delivery whose sender was killed: to be tried again after a wait, or dead where that is what its senders die of."""
    lost = delivery.lost + 1
    wait, why = lost_wait(lost), "the attempt began and never ended: its process was killed, or lost the database"
    if wait is None:
        why = f"{counted(lost, 'attempt')} began and never ended: the sending process keeps dying"
        return replace(delivery, state=DeliveryState.DEAD, lost=lost, lease_until=None, next_attempt=None, last_error=why)
    again = now + wait
    return replace(
        delivery, state=DeliveryState.PENDING, lost=lost, lease_until=None, next_attempt=again, last_error=why, unsure=True
    )


def _unreadable(tx: Transaction, delivery: Delivery, now: datetime, error: Exception) -> Delivery:
    why = f"cannot be read from the database: {error!r}"
    # A warning: that it is given up is told as an error.
    _to_log.warning("what a delivery holds cannot be read", delivery_id=delivery.id, exc_info=error)
    dead = replace(delivery, state=DeliveryState.DEAD, lease_until=None, last_error=why)
    tx.connection.execute(update(t.deliveries).where(_d.id == dead.id), delivery_codec.delivery_state(dead))
    _log(tx, dead, now, why)
    return dead


def _log(tx: Transaction, delivery: Delivery, now: datetime, why: str, again: datetime | None = None) -> None:
    """Add to the log of attempts what the claim found out about the last one."""
    attempt = Attempt(delivery_id=delivery.id, number=delivery.attempts, at=now, error=why, next_attempt=again)
    tx.connection.execute(t.attempts.insert(), delivery_codec.attempt_row(attempt))


def _post(reads: Reads, delivery: Delivery) -> str:
    if not delivery.alert_id:
        return ""
    p = t.posts.c
    found = select(p.ref).where(p.channel == delivery.channel, p.alert_id == delivery.alert_id)
    return reads.connection.execute(found).scalar() or ""


def _overtaken(reads: Reads, delivery: Delivery) -> bool:
    """Was a later revision sent to the channel? One that was given up, and is sent again by hand, comes behind it."""
    later = select(_d.seq).where(_d.alert_id == delivery.alert_id, _d.channel == clean(delivery.channel))
    sent = later.where(_d.revision > delivery.revision, _d.state == DeliveryState.SENT.value).limit(1)
    return reads.connection.execute(sent).first() is not None


def record(tx: Transaction, tried: Tried, operator: str = "") -> Notice | None:
    """Write how an attempt ended; where the delivery had been claimed again since, its state is another's and left alone.

    ``delivery.attempts`` is as the claim gave it and tells claims apart. That it was sent is kept in any case. The channel's
    failures in a row are kept, and what follows from them is told to the channel ``operator``, and to the caller; that a
    delivery was given up, or did not reach all it was for, to ``operator`` alone.
    """
    delivery = tried.delivery
    tx.durable = True
    current = _d.id == delivery.id
    if delivery.state != DeliveryState.SENT:
        current = and_(current, _d.attempts <= delivery.attempts, _d.state != DeliveryState.SENT.value)
    written = tx.connection.execute(update(t.deliveries).where(current), delivery_codec.delivery_state(delivery))
    if written.rowcount and delivery.state == DeliveryState.DEAD:
        tell_dead(tx, delivery, tried.at, operator)
    if tried.missed:
        tell_missed(tx, delivery, tried.missed, tried.at, operator)
    if tried.post and delivery.alert_id:
        held = {"channel": delivery.channel, "alert_id": delivery.alert_id, "ref": clean(tried.post), "at": micros(tried.at)}
        tx.connection.execute(upsert(tx.dialect.name, t.posts, ("channel", "alert_id"), ("ref", "at")), held)
    if tried.attempt is None:
        return None
    tx.connection.execute(t.attempts.insert(), delivery_codec.attempt_row(tried.attempt))
    return _judge_channel(tx, tried, operator)


def _judge_channel(tx: Transaction, tried: Tried, operator: str) -> Notice | None:
    name = tried.delivery.channel
    before = _channel(tx.connection.execute(select(t.channels).where(_c.name == clean(name))).one())
    sent = tried.delivery.state == DeliveryState.SENT or tried.delivery.sent_at == tried.at
    if tried.delivery.later and not (sent or tried.gone):
        return None  # those it is still for are few of many: they say nothing of the channel
    after, told = after_attempt(before, sent=sent, why=tried.delivery.last_error, gone=tried.gone, now=tried.at)
    if after != before:
        since = after.failing_since
        values: Row = {"disabled": after.disabled, "reason": clean(after.reason), "failures": after.failures}
        values["failing_since"] = None if since is None else micros(since)
        tx.connection.execute(update(t.channels).where(_c.name == clean(name)).values(values))
    if told is not None and operator and operator != name:
        tx.tell(told, operator)
    return told


def release(tx: Transaction, now: datetime) -> int:
    """End every lease: for the one process that may deliver, at its start. What was under way is sent again, attempt counted."""
    held = update(t.deliveries).where(_d.state == DeliveryState.SENDING.value, _d.lease_until > micros(now))
    done = tx.connection.execute(held, {"lease_until": micros(now)})
    tx.durable = tx.durable or bool(done.rowcount)
    return int(done.rowcount)


def retry(tx: Transaction, now: datetime, ids: Collection[DeliveryId], failed_since: datetime | None, channel: str = "") -> int:
    """Make deliveries due now, their schedule begun anew: dead or waiting ones by id, or all dead ones made since a time, of
    ``channel`` or of all.

    Raises ConflictError, and changes nothing, where one of ``ids`` was sent or is under way: nothing is sent twice by it.
    """
    for part in chunks(ids):
        others = select(_d.id, _d.state).where(_d.id.in_(part), _d.state.not_in(_STOPPED)).order_by(_d.id)
        if (one := tx.connection.execute(others).first()) is not None:
            raise ConflictError(f"delivery {one.id} {_NO_RETRY[DeliveryState(one.state)]}")
    afresh: Row = {
        "state": DeliveryState.PENDING.value,
        "open": _d.later.is_(None),
        "attempts": 0,
        "lost": 0,
        "next_attempt": micros(now),
        "lease_until": None,
        "plain": False,
    }
    which = [and_(_d.id.in_(part), _d.state.in_(_STOPPED)) for part in chunks(ids)]
    if failed_since is not None:
        which.append(dead_since(failed_since, channel))
    tx.durable = True
    return sum(tx.connection.execute(update(t.deliveries).where(one).values(afresh)).rowcount for one in which)


def channels(reads: Reads) -> list[ChannelState]:
    return [_channel(row) for row in reads.connection.execute(select(t.channels).order_by(_c.name))]


def _channel(row: Any) -> ChannelState:
    since = moment_or_none(row.failing_since)
    return ChannelState(name=row.name, disabled=row.disabled, reason=row.reason, failures=row.failures, failing_since=since)


def oldest_waiting(reads: Reads) -> datetime | None:
    """The time of the oldest alert some channel has not got yet."""
    number = reads.connection.execute(select(func.min(_d.ordered_at)).where(_d.open == true())).scalar()
    return None if number is None else moment(number)
