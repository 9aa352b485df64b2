"""The dead letters: deliveries that were given up, and what the operator is told of them, and of what not all got.

A receiver that refuses everything makes a dead letter of every message. The operator is told once a channel and hour, with how
many there are; each is logged.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, true

import monitor.store.tables as t
from monitor.ids import make_id
from monitor.model import Delivery, DeliveryId, DeliveryState
from monitor.store.reads import Reads
from monitor.store.values import clean, micros
from monitor.store.writes import Transaction
from monitor.subjects import notice

_d = t.deliveries.c
_DEAD = _d.state == DeliveryState.DEAD.value


def dead_since(since: datetime, channel: str = "") -> ColumnElement[bool]:
    """True for those made since a time, of ``channel`` or of all."""
    return and_(_DEAD, _d.created_at >= micros(since), _d.channel == clean(channel) if channel else true())


def count_dead(reads: Reads, since: datetime, channel: str = "") -> int:
    return _count(reads, dead_since(since, channel))


def tell_dead(tx: Transaction, dead: Delivery, now: datetime, operator: str) -> None:
    """Tell the channel ``operator`` ("": none) that a delivery was given up, unless it was told so of its channel this hour.

    Of its own dead letters a channel is not told: the notice would die as they did, and make another.
    """
    name = dead.channel
    if not operator or operator == name:
        return
    hour = now.replace(minute=0, second=0, microsecond=0)
    told = DeliveryId(make_id(hour, "delivery", "delivery.dead", name, operator))  # one an hour, whoever tells it first
    if tx.connection.execute(select(_d.seq).where(_d.id == told)).first() is not None:
        return
    count = _count(tx, and_(_DEAD, _d.channel == clean(name)))
    lines = [dead.last_error, f"movewire deliveries retry {dead.id}"]
    if count > 1:
        lines.append(f"{name} has {count} dead letters")
    lines.append(f"Further ones in this hour are not reported one by one: movewire deliveries --state dead --channel {name}")
    tx.tell(notice(now, "delivery.dead", name, f"A delivery to {name} was given up", *lines), operator, told)


def tell_missed(tx: Transaction, sent: Delivery, missed: str, now: datetime, operator: str) -> None:
    """Tell the channel ``operator`` ("": none) that a delivery did not reach all of its recipients: once a channel and day. It
    may be the same channel: the others of it are told."""
    if not operator:
        return
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    told = DeliveryId(make_id(day, "delivery", "delivery.missed", sent.channel, operator))
    title = f"Not all recipients of {sent.channel} were reached"
    once = "Others of this day are not told one by one; the rest of its recipients have it"
    tx.tell(
        notice(now, "delivery.missed", sent.channel, title, missed, once, f"movewire deliveries show {sent.id}"), operator, told
    )


def _count(reads: Reads, which: ColumnElement[bool]) -> int:
    return int(reads.connection.execute(select(func.count()).select_from(t.deliveries).where(which)).scalar_one())
