"""The object a machine gets, and its JSON Schema: one shape for the webhook's ``data`` and the lines of ``stdout``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from monitor.interfaces import Outgoing
from monitor.model import (
    Alert,
    Buildout,
    BuildoutAction,
    Change,
    EventStory,
    Label,
    Move,
    MoveAction,
    Quantity,
    Severity,
    Status,
)
from monitor.notify.message import headline, message

SCHEMA_VERSION = 1
MAX_BYTES = 20_000
_URI = {"type": "string"}
_TEXT = {"type": "string"}


def payload(outgoing: Outgoing) -> dict[str, Any]:
    """The body of one delivery. It depends on the revision alone, so every attempt carries the same bytes."""
    alert = outgoing.alert
    kind = "channel.test" if outgoing.kind == "test" else "alert.created" if alert.revision == 1 else "alert.updated"
    return {"type": kind, "timestamp": iso(alert.created_at), "data": data(alert, outgoing.page_url)}


def encoded(outgoing: Outgoing) -> bytes:
    """``payload`` as UTF-8 JSON under 20 KB. Where it is longer, stories, then evidence, then texts are shortened."""
    body = payload(outgoing)
    stories = body["data"]["event"]["stories"]
    for keep in (12, 6, 3, 1):
        body["data"]["event"]["stories"] = stories[:keep]
        if len(raw := _dump(body)) <= MAX_BYTES:
            return raw
    for story in body["data"]["event"]["stories"]:
        story["evidence"] = []
        story["summary"] = ""
    _shorten(body, 300)
    if len(raw := _dump(body)) > MAX_BYTES:
        event = body["data"]["event"]
        event["moves"], event["timeline"], event["outlets"] = event["moves"][:5], event["timeline"][-5:], event["outlets"][:10]
        body["data"]["changes"] = body["data"]["changes"][:5]
        body["data"]["reasons"] = body["data"]["reasons"][:10]
        _shorten(body, 120)
        raw = _dump(body)
    return raw


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _shorten(value: Any, limit: int) -> None:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, str) and len(item) > limit:
            value[key] = item[: limit - 1] + "…"
        elif isinstance(item, list) and len(item) > 20:
            value[key] = item[:20]
            _shorten(value[key], limit)
        elif isinstance(item, (dict, list)):
            _shorten(item, limit)


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def data(alert: Alert, page_url: str = "") -> dict[str, Any]:
    event = alert.event
    return {
        "schema_version": SCHEMA_VERSION,
        "alert_id": alert.id,
        "revision": alert.revision,
        "headline": message(alert).headline or headline(event),
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


# -- the schema, written beside the code that fills it; a test holds the two together


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of every payload type."""
    from_enum = _enums()
    number = {"type": ["number", "null"]}
    quantity = _object(text=_TEXT, low=number, high=number, unit=_TEXT)
    when = {"type": "string", "format": "date-time"}
    change = _object(at=when, kind=_TEXT, before=_TEXT, after=_TEXT, story_id=_TEXT)
    move = _object(
        **dict.fromkeys(("person", "group"), _TEXT),
        action=from_enum["move"],
        **dict.fromkeys(("from_org", "from_role", "to_org", "to_role"), _TEXT),
        status=from_enum["status"],
    )
    buildout = _object(
        orgs=_list(_TEXT),
        action=from_enum["buildout"],
        amounts=_list(quantity),
        capacity=_list(quantity),
        location=_TEXT,
        project=_TEXT,
        status=from_enum["status"],
    )
    integer = {"type": "integer", "minimum": 0}
    span = _object(field=_one_of("title", "summary"), start=integer, end=integer, text=_TEXT, supports=_TEXT)
    story = _object(
        id=_TEXT, title=_TEXT, url=_URI, outlet=_TEXT, at=when, summary=_TEXT, status=from_enum["status"], evidence=_list(span)
    )
    event = _object(
        id=_TEXT,
        labels=_list(from_enum["label"]),
        headline=_TEXT,
        status=from_enum["status"],
        severity=from_enum["severity"],
        severity_reasons=_list(_TEXT),
        moves=_list(move),
        buildout={"anyOf": [buildout, {"type": "null"}]},
        first_seen=when,
        last_seen=when,
        story_count={"type": "integer", "minimum": 1},
        outlets=_list(_TEXT),
        stories=_list(story),
        timeline=_list(change),
    )
    body = _object(
        schema_version={"const": SCHEMA_VERSION},
        alert_id=_TEXT,
        revision={"type": "integer", "minimum": 1},
        headline=_TEXT,
        reasons=_list(_TEXT),
        changes=_list(change),
        page_url=_URI,
        event=event,
    )
    top = _object(type=_one_of("alert.created", "alert.updated", "channel.test"), timestamp=when, data=body)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Movewire webhook", **top}


def _enums() -> dict[str, dict[str, Any]]:
    kinds = {"move": MoveAction, "buildout": BuildoutAction, "status": Status, "severity": Severity, "label": Label}
    return {name: _one_of(*(member.value for member in kind)) for name, kind in kinds.items()}
