"""Channels that the configuration no longer names, and what waits for them: it is kept until somebody gives it up."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

import monitor.store.tables as t
from monitor.model import DeliveryState
from monitor.store.codec import Row
from monitor.store.reads import Reads
from monitor.store.values import clean, micros_or_now
from monitor.store.waiting import WAITING
from monitor.store.writes import Transaction

_d, _i = t.deliveries.c, t.digest_items.c
_WAITS = _d.state.in_((DeliveryState.PENDING.value, DeliveryState.SENDING.value))


def waiting(reads: Reads) -> dict[str, int]:
    """How many deliveries wait, by the channels for which some do."""
    which = select(_d.channel, func.count().label("n")).where(_WAITS).group_by(_d.channel).order_by(_d.channel)
    return {row.channel: row.n for row in reads.connection.execute(which)}


def forget(tx: Transaction, name: str) -> int:
    """Give up what waits for a channel, also for its next digests, and forget its failures; returns how many deliveries died.

    The channel's row stays: a daemon that does not know yet may be about to record an attempt.
    """
    dead: Row = {
        "state": DeliveryState.DEAD.value,
        "open": False,
        "next_attempt": micros_or_now(None),
        "lease_until": None,
        "last_error": "given up: the configuration no longer names the channel",
    }
    done = tx.connection.execute(update(t.deliveries).where(_d.channel == clean(name), _WAITS).values(dead))
    tx.connection.execute(delete(t.digest_items).where(_i.channel == clean(name), _i.delivery_id == WAITING))
    tx.enable_channel(name)
    return int(done.rowcount)
