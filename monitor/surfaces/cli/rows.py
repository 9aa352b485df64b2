"""Frozen values as flat rows for lists."""

from __future__ import annotations

from dataclasses import asdict

from monitor.model import Alert, Delivery, Event, Feed
from monitor.notify.headlines import headline
from monitor.surfaces.cli.output import Row


def event_row(event: Event) -> Row:
    return {
        "id": event.id,
        "first_seen": event.first_seen,
        "last_seen": event.last_seen,
        "labels": list(event.labels),
        "status": event.status.value,
        "severity": event.severity.value,
        "headline": headline(event),
        "title": event.headline,
        "stories": event.story_count,
        "outlets": list(event.outlets),
        "moves": [asdict(m) for m in event.moves],
        "buildout": asdict(event.buildout) if event.buildout else None,
    }


def alert_row(alert: Alert) -> Row:
    event = event_row(alert.event)
    return {
        "id": alert.id,
        "revision": alert.revision,
        "at": alert.created_at,
        "event_id": alert.event_id,
        **{k: event[k] for k in ("labels", "status", "severity", "headline", "title", "stories", "outlets", "moves", "buildout")},
        "reasons": list(alert.reasons),
        "changes": [{"kind": c.kind, "before": c.before, "after": c.after} for c in alert.changes],
    }


def feed_row(feed: Feed) -> Row:
    return {
        "name": feed.name,
        "state": "paused" if feed.paused else feed.state.value,
        "last_success": feed.last_success,
        "next_check": feed.next_check,
        "stories": feed.stories,
        "matches": feed.matches,
        "share": f"{100 * feed.matches / feed.stories:.0f}%" if feed.stories else "",
        "last_error": feed.last_error,
        "failures": feed.failures,
        "polls": feed.polls,
        "url": feed.url,
        "source": feed.source,
        "category": feed.category,
        "declared": feed.declared,
        "id": feed.id,
    }


def delivery_row(delivery: Delivery) -> Row:
    return {
        "id": delivery.id,
        "created_at": delivery.created_at,
        "channel": delivery.channel,
        "kind": delivery.kind,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "next_attempt": delivery.next_attempt if delivery.state.value == "pending" else None,
        "sent_at": delivery.sent_at,
        "last_status": delivery.last_status,
        "last_error": delivery.last_error,
        "alert_id": delivery.alert_id,
        "revision": delivery.revision,
    }
