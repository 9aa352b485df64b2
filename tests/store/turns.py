"""An outbox with three alerts, and what becomes of its deliveries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Alert, Delivery, DeliveryState
from monitor.results import Attempt, Tried
from monitor.store import Store
from tests.claims import claims

from .build import at, founded


@pytest.fixture
def filled(store: Store) -> Store:
    """Three alerts, a minute apart, each to slack and hook."""
    for number in (2, 0, 1):  # written out of order
        store.transact(lambda tx, n=number: tx.record_poll(founded(n, at(n), channels=("slack", "hook"))))  # type: ignore[misc]
    return store


def claim(store: Store, minutes: float = 10, *among: str, limit: int = 10) -> dict[str, tuple[Delivery, Alert]]:
    found = claims(store, at(minutes), limit=limit, among=among or None)
    return {c.delivery.channel: (c.delivery, c.subject) for c in found}  # type: ignore[misc]


def sent(delivery: Delivery, minutes: float = 10) -> Delivery:
    return replace(delivery, state=DeliveryState.SENT, sent_at=at(minutes), lease_until=None)


def again(delivery: Delivery, minutes: float) -> Delivery:
    return replace(delivery, state=DeliveryState.PENDING, next_attempt=at(minutes), lease_until=None, last_error="503")


def tried(delivery: Delivery, one: Attempt | None = None) -> Tried:
    return Tried(delivery=delivery, at=at(10), attempt=one)


def attempt(of: Delivery, **changed: object) -> Attempt:
    return replace(Attempt(delivery_id=of.id, number=of.attempts, at=at(10), status=503), **changed)
