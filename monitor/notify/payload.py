"""The object a machine gets: one shape for the webhook's body and the lines of ``stdout``. ``schemas`` describes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from monitor.headlines import headline
from monitor.interfaces import Outgoing
from monitor.model import Alert, Buildout, Change, EventStory, Move, Quantity
from monitor.subjects import Digest, Notice

SCHEMA_VERSION = 1
MAX_BYTES = 20_000


def payload(outgoing: Outgoing) -> dict[str, Any]:
    """The body of one delivery. It depends on what is told alone, so every attempt carries the same bytes."""
    subject = outgoing.subject
    if isinstance(subject, Notice):
        return {"type": "notice", "timestamp": iso(subject.at), "data": _notice(subject)}
    if isinstance(subject, Digest):
        return {"type": "digest", "timestamp": iso(subject.at), "data": _digest(subject)}
    kind = "channel.test" if outgoing.test else "alert.updated" if subject.update else "alert.created"
    return {"type": kind, "timestamp": iso(subject.created_at), "data": data(subject, outgoing.page_url)}


def encoded(outgoing: Outgoing) -> bytes:
    """``payload`` as UTF-8 JSON under 20 KB. Where it is longer, what matters least is left out or shortened."""
    body = payload(outgoing)
    if isinstance(outgoing.subject, Alert):
        return _fitted_alert(body)
    _shorten(body, 1000)
    alerts = body["data"].get("alerts", [])
    while len(raw := _dump(body)) > MAX_BYTES and alerts:
        alerts.pop()
        body["data"]["omitted"] += 1
    return raw


def _fitted_alert(body: dict[str, Any]) -> bytes:
    """Stories are left out first, those last that brought what changed, then their evidence and summaries; then every text and
    list is cut, harder each time."""
    stories, new = body["data"]["event"]["stories"], {change["story_id"] for change in body["data"]["changes"]}
    places = sorted(range(len(stories)), key=lambda n: stories[n]["id"] not in new)
    for keep in (12, 6, 3, 1):
        body["data"]["event"]["stories"] = [stories[n] for n in sorted(places[:keep])]
        if len(raw := _dump(body)) <= MAX_BYTES:
            return raw
    for story in body["data"]["event"]["stories"]:
        story["evidence"], story["summary"] = [], ""
    for longest, most in ((300, 20), (120, 10), (60, 3)):
        _shorten(body, longest, most)
        if len(raw := _dump(body)) <= MAX_BYTES:
            break
    return raw


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _shorten(value: Any, longest: int, most: int = 100) -> None:
    """Cut every text in ``value`` to ``longest`` characters and every list to its first ``most``."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, str) and len(item) > longest:
            value[key] = item[: longest - 1] + "…"
        elif isinstance(item, list):
            del item[most:]
            _shorten(item, longest, most)
        elif isinstance(item, dict):
            _shorten(item, longest, most)


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def data(alert: Alert, page_url: str = "") -> dict[str, Any]:
    event = alert.event
    return {
        "schema_version": SCHEMA_VERSION,
        "alert_id": alert.id,
        "revision": alert.revision,
        "headline": headline(event),
        "reasons": list(alert.reasons),
        "changes": [_change(c) for c in alert.changes],
        "page_url": page_url,
        "event": {
            "id": event.id,
            "labels": [label.value for label in event.labels],
            "headline": event.headline,
            "status": event.status.value,
            "severity": event.severity.value,
            "severity_reasons": list(event.severity_reasons),
            "moves": [_move(m) for m in event.moves],
            "buildout": _buildout(event.buildout) if event.buildout else None,
            "first_seen": iso(event.first_seen),
            "last_seen": iso(event.last_seen),
            "story_count": event.story_count,
            "outlets": list(event.outlets),
            "stories": [_story(s) for s in event.stories],
            "timeline": [_change(c) for c in event.timeline[-20:]],
        },
    }


def _notice(n: Notice) -> dict[str, Any]:
    told = {"notice_id": n.id, "kind": n.kind, "subject": n.subject, "title": n.title, "lines": list(n.lines)}
    return {"schema_version": SCHEMA_VERSION} | told


def _digest(d: Digest) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "digest_id": d.id,
        "title": d.title,
        "since": iso(d.since),
        "until": iso(d.until),
        "alerts": [_entry(alert) for alert in d.alerts],
        "omitted": d.omitted,
    }


def _entry(alert: Alert) -> dict[str, Any]:
    event = alert.event
    return {
        "alert_id": alert.id,
        "revision": alert.revision,
        "event_id": event.id,
        "headline": headline(event),
        "labels": [label.value for label in event.labels],
        "status": event.status.value,
        "severity": event.severity.value,
        "outlets": len(event.outlets) or 1,
        "url": next((s.url for s in event.stories if s.url), ""),
    }


def _move(m: Move) -> dict[str, Any]:
    return {
        "person": m.person,
        "group": m.group,
        "action": m.action.value,
        "from_org": m.from_org,
        "from_role": m.from_role,
        "to_org": m.to_org,
        "to_role": m.to_role,
        "status": m.status.value,
    }


def _quantity(q: Quantity) -> dict[str, Any]:
    return {"text": q.text, "low": q.low, "high": q.high, "unit": q.unit}


def _buildout(b: Buildout) -> dict[str, Any]:
    return {
        "orgs": list(b.orgs),
        "action": b.action.value,
        "amounts": [_quantity(q) for q in b.amounts],
        "capacity": [_quantity(q) for q in b.capacity],
        "location": b.location,
        "project": b.project,
        "status": b.status.value,
    }


def _story(s: EventStory) -> dict[str, Any]:
    spans = [{"field": e.field, "start": e.start, "end": e.end, "text": e.text, "supports": e.supports} for e in s.evidence[:20]]
    told = {"id": s.story_id, "title": s.title, "url": s.url, "outlet": s.outlet, "at": iso(s.at), "summary": s.summary}
    return told | {"status": s.status.value, "evidence": spans}


def _change(c: Change) -> dict[str, Any]:
    return {"at": iso(c.at), "kind": c.kind, "before": c.before, "after": c.after, "story_id": c.story_id}
