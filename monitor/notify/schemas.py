"""The JSON Schema of every payload type, written beside the code that fills them; tests hold the two together."""

from __future__ import annotations

from typing import Any

from monitor.model import BuildoutAction, Label, MoveAction, Severity, Status
from monitor.notify.payload import SCHEMA_VERSION

TYPES = ("alert.created", "alert.updated", "channel.test", "digest", "notice")
_TEXT = {"type": "string"}
_WHEN = {"type": "string", "format": "date-time"}
_COUNT = {"type": "integer", "minimum": 0}
_FROM_ONE = {"type": "integer", "minimum": 1}


def schema(kind: str = "") -> dict[str, Any]:
    """JSON Schema (2020-12) of the payload type ``kind``, or, where none is named, of all of them."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    if kind:
        return {"$schema": dialect, "title": f"Movewire webhook: {kind}", **_type(kind, _DATA[_data_of(kind)]())}
    choices = [_type(name, {"$ref": f"#/$defs/{_data_of(name)}"}) for name in TYPES]
    named = {"type": {"type": "string", "enum": list(TYPES)}}
    defined = {name: build() for name, build in _DATA.items()}
    return {
        "$schema": dialect,
        "title": "Movewire webhook",
        "type": "object",
        "properties": named,
        "oneOf": choices,
        "$defs": defined,
    }


def _data_of(kind: str) -> str:
    return kind if kind in _DATA else "alert"


def _type(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return _object(type={"const": kind}, timestamp=_WHEN, data=data)


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(kind: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [member.value for member in kind]}


def _notice() -> dict[str, Any]:
    version = {"const": SCHEMA_VERSION}
    return _object(schema_version=version, notice_id=_TEXT, kind=_TEXT, subject=_TEXT, title=_TEXT, lines=_list(_TEXT))


def _digest() -> dict[str, Any]:
    entry = _object(
        alert_id=_TEXT,
        revision=_FROM_ONE,
        event_id=_TEXT,
        headline=_TEXT,
        labels=_list(_one_of(Label)),
        status=_one_of(Status),
        severity=_one_of(Severity),
        outlets=_FROM_ONE,
        url=_TEXT,
    )
    return _object(
        schema_version={"const": SCHEMA_VERSION},
        digest_id=_TEXT,
        title=_TEXT,
        since=_WHEN,
        until=_WHEN,
        alerts=_list(entry),
        omitted=_COUNT,
    )


def _alert() -> dict[str, Any]:
    return _object(
        schema_version={"const": SCHEMA_VERSION},
        alert_id=_TEXT,
        revision=_FROM_ONE,
        headline=_TEXT,
        reasons=_list(_TEXT),
        changes=_list(_change()),
        page_url=_TEXT,
        event=_event(),
    )


def _change() -> dict[str, Any]:
    return _object(at=_WHEN, kind=_TEXT, before=_TEXT, after=_TEXT, story_id=_TEXT)


def _event() -> dict[str, Any]:
    return _object(
        id=_TEXT,
        labels=_list(_one_of(Label)),
        headline=_TEXT,
        status=_one_of(Status),
        severity=_one_of(Severity),
        severity_reasons=_list(_TEXT),
        moves=_list(_move()),
        buildout={"anyOf": [_buildout(), {"type": "null"}]},
        first_seen=_WHEN,
        last_seen=_WHEN,
        story_count=_FROM_ONE,
        outlets=_list(_TEXT),
        stories=_list(_story()),
        timeline=_list(_change()),
    )


def _move() -> dict[str, Any]:
    return _object(
        **dict.fromkeys(("person", "group"), _TEXT),
        action=_one_of(MoveAction),
        **dict.fromkeys(("from_org", "from_role", "to_org", "to_role"), _TEXT),
        status=_one_of(Status),
    )


def _buildout() -> dict[str, Any]:
    number = {"type": ["number", "null"]}
    quantity = _object(text=_TEXT, low=number, high=number, unit=_TEXT)
    return _object(
        orgs=_list(_TEXT),
        action=_one_of(BuildoutAction),
        amounts=_list(quantity),
        capacity=_list(quantity),
        location=_TEXT,
        project=_TEXT,
        status=_one_of(Status),
    )


def _story() -> dict[str, Any]:
    field = {"type": "string", "enum": ["title", "summary"]}
    span = _object(field=field, start=_COUNT, end=_COUNT, text=_TEXT, supports=_TEXT)
    return _object(
        id=_TEXT, title=_TEXT, url=_TEXT, outlet=_TEXT, at=_WHEN, summary=_TEXT, status=_one_of(Status), evidence=_list(span)
    )


_DATA = {"alert": _alert, "notice": _notice, "digest": _digest}
