"""What waits to be told: revisions that wait for a digest, and deliveries that quiet hours hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, true, update

import monitor.store.codec as codec
import monitor.store.tables as t
from monitor.ids import make_id
from monitor.model import SEVERITIES, Alert, AlertId, Delivery, DeliveryState, DigestItem
from monitor.store.dialect import upsert
from monitor.store.reads import Reads, chunks
from monitor.store.values import clean, micros, moment
from monitor.subjects import DIGEST_ALERTS, Digest

if TYPE_CHECKING:
    from monitor.store.writes import Transaction

_d, _i = t.deliveries.c, t.digest_items.c
WAITING = ""  # the delivery of an item that has none yet


def add(tx: Transaction, items: Iterable[DigestItem]) -> None:
    """Let these revisions wait for their digests. Writing the same ones again changes nothing."""
    found = [
        {
            "alert_id": item.alert_id,
            "revision": item.revision,
            "channel": clean(item.channel),
            "digest": item.digest,
            "route": clean(item.route),
            "due_at": micros(item.due_at),
            "added_at": micros(item.added_at),
            "delivery_id": WAITING,
        }
        for item in items
    ]
    if found:
        tx.durable = True
        tx.know_channels({str(row["channel"]) for row in found})
        tx.connection.execute(upsert(tx.dialect.name, t.digest_items, ("alert_id", "revision", "channel")), found)


def hasten(tx: Transaction, deliveries: Iterable[Delivery]) -> None:
    """Where a later revision goes out at once, an earlier one that is held goes just before it, and one that waits for a digest
    is told with it: nobody reads at eight what was overtaken at two."""
    for delivery in deliveries:
        if delivery.next_attempt is not None or delivery.revision == 1:
            continue
        at, channel = micros(delivery.created_at), clean(delivery.channel)
        held = (
            _d.alert_id == delivery.alert_id,
            _d.channel == channel,
            _d.revision < delivery.revision,
            _d.open == true(),
            _d.ordered_at > at,
        )
        untried = _d.state == DeliveryState.PENDING.value, _d.attempts == 0  # what waits for its next attempt waits on, before it
        tx.connection.execute(update(t.deliveries).where(*held, *untried).values(next_attempt=at))
        tx.connection.execute(update(t.deliveries).where(*held).values(ordered_at=at))
        waits = (
            _i.alert_id == delivery.alert_id,
            _i.channel == channel,
            _i.revision < delivery.revision,
            _i.delivery_id == WAITING,
        )
        tx.connection.execute(update(t.digest_items).where(*waits).values(delivery_id=delivery.id))


def item_of(row: Any) -> DigestItem:
    return DigestItem(
        digest=row.digest,
        channel=row.channel,
        route=row.route,
        due_at=moment(row.due_at),
        alert_id=AlertId(row.alert_id),
        revision=row.revision,
        added_at=moment(row.added_at),
    )


def of_alerts(reads: Reads, alert_ids: Collection[str]) -> list[DigestItem]:
    """What of these alerts waits for a digest, the next one first."""
    parts = (select(t.digest_items).where(_i.alert_id.in_(part), _i.delivery_id == WAITING) for part in chunks(alert_ids))
    found = [item_of(row) for part in parts for row in reads.connection.execute(part)]
    return sorted(found, key=lambda item: (item.due_at, item.revision, item.channel))


def next_due(reads: Reads) -> datetime | None:
    """When the next digest is to be made; None where nothing waits for one."""
    which = select(_i.due_at).where(_i.delivery_id == WAITING).order_by(_i.due_at).limit(1)
    number = reads.connection.execute(which).scalar()
    return None if number is None else moment(number)


def close(tx: Transaction, now: datetime, zones: Mapping[str, str]) -> int:
    """Send the digests that are due on their way: once, in this transaction. Returns how many that made. ``zones``: the time zone
    of each route.

    A digest of more than ``DIGEST_ALERTS`` goes out in parts, the most severe alerts in the first. Of several revisions of one
    alert the last is told, which holds what the earlier ones said of the event; as an update, unless the first is among them.
    """
    due = select(t.digest_items).where(_i.delivery_id == WAITING, _i.due_at <= micros(now)).order_by(_i.due_at, _i.added_at)
    digests: dict[str, list[DigestItem]] = {}
    for row in tx.connection.execute(due).all():
        item = item_of(row)
        digests.setdefault(item.digest, []).append(item)
    made = 0
    for items in digests.values():
        found = sorted(_alerts(tx, items), key=lambda a: a.revision)
        first = {a.id for a in found if not a.update}
        alerts = {a.id: replace(a, changes=()) if a.id in first else a for a in found}
        ranked = sorted(alerts.values(), key=lambda a: (-SEVERITIES.index(a.event.severity), a.created_at, a.id))
        parts = [tuple(ranked[n : n + DIGEST_ALERTS]) for n in range(0, len(ranked), DIGEST_ALERTS)]
        for number, part in enumerate(parts, 1):
            _tell(tx, items, part, zones, f" ({number} of {len(parts)})" if len(parts) > 1 else "")
        made += len(parts)
    return made


def _alerts(reads: Reads, items: Iterable[DigestItem]) -> list[Alert]:
    wanted = {(item.alert_id, item.revision) for item in items}
    a = t.alerts
    parts = (select(a).where(a.c.id.in_(part)) for part in chunks([alert_id for alert_id, _ in sorted(wanted)]))
    found = (codec.alert_of(row) for part in parts for row in reads.connection.execute(part))
    return [alert for alert in found if (alert.id, alert.revision) in wanted]


def _tell(tx: Transaction, items: Iterable[DigestItem], alerts: tuple[Alert, ...], zones: Mapping[str, str], part: str) -> None:
    told = {alert.id for alert in alerts}
    mine = [item for item in items if item.alert_id in told]
    first = mine[0]
    names = [f"{item.alert_id} {item.revision}" for item in mine]
    digest = Digest(
        id=make_id(first.due_at, "digest", first.digest, *names),
        at=first.due_at,
        title=f"Digest of {first.route}{part}",
        since=min(item.added_at for item in mine),
        until=first.due_at,
        alerts=alerts,
        zone=zones.get(first.route, "UTC"),
    )
    delivery = tx.tell(digest, first.channel)
    for item in mine:
        which = (_i.alert_id == item.alert_id, _i.revision == item.revision, _i.channel == item.channel)
        tx.connection.execute(update(t.digest_items).where(*which).values(delivery_id=delivery.id))
