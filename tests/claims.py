"""A sender's turns at the outbox, as the deliverer takes them: one that claims, one that records what ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from monitor import query
from monitor.model import Delivery, DeliveryState
from monitor.results import Claimed, Tried
from monitor.store import Store, Wanted

LEASE = timedelta(minutes=1)


def claims(
    store: Store, now: datetime, lease: timedelta = LEASE, limit: int = 10, among: Collection[str] | None = None
) -> list[Claimed]:
    """What a turn at ``now`` claims."""
    return list(store.turn_outbox((), Wanted(now=now, lease=lease, limit=limit, among=among)).claimed)


def ended(store: Store, *tried: Tried) -> None:
    """A turn that records how attempts ended, and claims nothing."""
    store.turn_outbox(tried, None)


def recorded(store: Store, tried: Tried) -> bool:
    """The same for one attempt: is the delivery what the attempt made of it, as another's is not?"""
    ended(store, tried)
    made, stored = tried.delivery, query.delivery(store, tried.delivery.id).delivery
    return (stored.state, stored.attempts, stored.next_attempt) == (made.state, made.attempts, made.next_attempt)


def next_claim(store: Store) -> datetime | None:
    """When the next delivery can be claimed, the first open one of each channel; None where nothing waits."""
    is_open = (DeliveryState.PENDING, DeliveryState.SENDING)
    first: dict[str, Delivery] = {}
    rows = query.deliveries(store, states=is_open, limit=1000).items
    for one in sorted(rows, key=lambda d: (d.created_at, d.alert_id, d.revision)):
        first.setdefault(one.channel, one)
    return min((one.lease_until or one.next_attempt or one.created_at for one in first.values()), default=None)
