"""Deliveries and attempts to rows and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.later import Later
from monitor.model import AlertId, Delivery, DeliveryId, DeliveryState
from monitor.store.codec import Row
from monitor.store.values import (
    clean,
    document,
    finite,
    micros,
    micros_or_none,
    micros_or_now,
    moment,
    moment_or_none,
    moment_or_now,
    read_document,
)

if TYPE_CHECKING:
    import monitor.results as results
else:  # what asks for lists needs none of them
    results = Later("monitor.results")

_LATER = tuple[str, ...]


def delivery_row(delivery: Delivery) -> Row:
    return {
        "id": delivery.id,
        "kind": clean(delivery.kind),
        "alert_id": delivery.alert_id or None,
        "document": None,
        "revision": delivery.revision,
        "channel": clean(delivery.channel),
        "route": clean(delivery.route),
        "created_at": micros(delivery.created_at),
        **delivery_state(delivery),
    }


def delivery_state(delivery: Delivery) -> Row:
    """The columns an attempt changes."""
    return {
        "state": delivery.state.value,
        "open": delivery.state in (DeliveryState.PENDING, DeliveryState.SENDING) and not delivery.later,
        "attempts": delivery.attempts,
        "lost": delivery.lost,
        "next_attempt": micros_or_now(delivery.next_attempt),
        "lease_until": micros_or_none(delivery.lease_until),
        "sent_at": micros_or_none(delivery.sent_at),
        "last_status": delivery.last_status,
        "last_error": clean(delivery.last_error),
        "plain": delivery.plain,
        "unsure": delivery.unsure,
        "later": document(_LATER, delivery.later) if delivery.later else None,
    }


def delivery_of(row: Any) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        kind=row.kind,
        alert_id=AlertId(row.alert_id or ""),
        revision=row.revision,
        channel=row.channel,
        route=row.route,
        created_at=moment(row.created_at),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        lost=row.lost,
        next_attempt=moment_or_now(row.next_attempt),
        lease_until=moment_or_none(row.lease_until),
        sent_at=moment_or_none(row.sent_at),
        last_status=row.last_status,
        last_error=row.last_error,
        plain=row.plain,
        unsure=row.unsure,
        later=() if row.later is None else read_document(_LATER, row.later),
    )


def attempt_row(attempt: results.Attempt) -> Row:
    return {
        "delivery_id": attempt.delivery_id,
        "number": attempt.number,
        "at": micros(attempt.at),
        "status": attempt.status,
        "duration_ms": finite(attempt.duration_ms),
        "answer": clean(attempt.answer)[: results.ANSWER_LIMIT],
        "error": clean(attempt.error),
        "next_attempt": micros_or_none(attempt.next_attempt),
    }


def attempt_of(row: Any) -> results.Attempt:
    return results.Attempt(
        delivery_id=DeliveryId(row.delivery_id),
        number=row.number,
        at=moment(row.at),
        status=row.status,
        duration_ms=row.duration_ms,
        answer=row.answer,
        error=row.error,
        next_attempt=moment_or_none(row.next_attempt),
    )
