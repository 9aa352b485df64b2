"""``/feeds/alerts.atom`` and ``/feeds/alerts.json``: any filter as a feed (RFC 4287, JSON Feed 1.1)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from fastapi import APIRouter, Request, Response
from pydantic_core import to_json

import monitor.surfaces.api.parameters as parameters
from monitor import query
from monitor.changes import change_line, status_word
from monitor.headlines import headline
from monitor.model import Alert
from monitor.notify.message import details
from monitor.surfaces.api.answers import DEFAULT_LIMIT, tagged
from monitor.surfaces.api.parameters import Asked, Paged, TheApp
from monitor.surfaces.api.problems import documented
from monitor.surfaces.text import plain

router = APIRouter(tags=["feeds out"])
_PARAMETERS = {
    "parameters": [
        *parameters.filter_parameters(leave=("changed_after", "feed")),
        parameters.LIMIT,
    ]
}


def _document(media_type: str, kind: str) -> dict[int | str, dict[str, Any]]:
    return documented(400, 404) | {200: {"content": {media_type: {"schema": {"type": kind}}}}}


@router.get(
    "/feeds/alerts.atom",
    response_class=Response,
    responses=_document("application/atom+xml", "string"),
    openapi_extra=_PARAMETERS,
)
def atom(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """The newest alerts as Atom. Feed readers send the token as the password, with any user name."""
    told = query.alerts(app.store, filter, limit=paging.limit or DEFAULT_LIMIT).items
    base = _base(request)
    here = f"{base}{request.url.path}{_query(request)}"
    updated = max((a.created_at for a in told), default=datetime(1970, 1, 1, tzinfo=UTC))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(here)}</id><title>{_xml(_title(request))}</title><updated>{plain(updated)}</updated>",
        f'<link rel="self" href={quoteattr(here)}/><link rel="alternate" href={quoteattr(_page(request))}/>',
        "<author><name>Movewire</name></author>",
        *(_entry(alert, base) for alert in told),
        "</feed>\n",
    ]
    return tagged(request, "\n".join(lines).encode(), media_type="application/atom+xml; charset=utf-8")


@router.get(
    "/feeds/alerts.json",
    response_class=Response,
    responses=_document("application/feed+json", "object"),
    openapi_extra=_PARAMETERS,
)
def json_feed(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """The newest alerts as JSON Feed."""
    base = _base(request)
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(request),
        "home_page_url": _page(request),
        "feed_url": f"{base}{request.url.path}{_query(request)}",
        "items": [_item(alert, base) for alert in query.alerts(app.store, filter, limit=paging.limit or DEFAULT_LIMIT).items],
    }
    return tagged(request, to_json(told), media_type="application/feed+json")


def _base(request: Request) -> str:
    """Where we are reached: as the settings say, else as this request did it, by a Host that is one of ours."""
    told: str = request.app.state.app.settings.server.public_url.rstrip("/")
    return told or f"{request.url.scheme}://{request.headers['host']}"


def _query(request: Request, *leave: str) -> str:
    said = urlencode([(name, value) for name, value in request.query_params.multi_items() if name not in leave])
    return f"?{said}" if said else ""


def _page(request: Request) -> str:
    """The page of the same alerts, which has a length of its own."""
    return f"{_base(request)}/{_query(request, 'limit')}"


def _title(request: Request) -> str:
    asked = [value for name, value in request.query_params.multi_items() if name != "limit"]
    return "Movewire alerts" + (f": {', '.join(asked)}" if asked else "")


def _lines(alert: Alert) -> list[str]:
    """What is said of an alert, a line each: what changed, the slots, and each outlet's own words."""
    event = alert.event
    slots = [f"{name}: {value}" for name, value in details(event)]
    outlets = [f"{story.outlet or story.url}: {story.title}" for story in event.stories]
    return [f"{status_word(event.status.value)}, {event.severity.value}", *map(change_line, alert.changes), *slots, *outlets]


def _entry(alert: Alert, base: str) -> str:
    body = "".join(f"<li>{_xml(line)}</li>" for line in _lines(alert))
    link = quoteattr(f"{base}/events/{alert.event_id}")
    labels = "".join(f"<category term={quoteattr(label.value)}/>" for label in alert.event.labels)
    return (
        f"<entry><id>urn:movewire:alert:{alert.id}:{alert.revision}</id><title>{_xml(_headline(alert))}</title>"
        f"<updated>{plain(alert.created_at)}</updated><link href={link}/>{labels}"
        f'<content type="html">{escape(f"<ul>{body}</ul>")}</content></entry>'
    )


def _item(alert: Alert, base: str) -> dict[str, Any]:
    return {
        "id": f"urn:movewire:alert:{alert.id}:{alert.revision}",
        "url": f"{base}/events/{alert.event_id}",
        "title": _headline(alert),
        "content_text": "\n".join(_lines(alert)),
        "date_published": plain(alert.event.first_seen),
        "date_modified": plain(alert.created_at),
        "tags": [label.value for label in alert.event.labels],
    }


def _headline(alert: Alert) -> str:
    return ("Update: " if alert.revision > 1 else "") + headline(alert.event)


def _xml(text: str) -> str:
    """Escaped, without the characters XML cannot hold."""
    return escape("".join(c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"))
