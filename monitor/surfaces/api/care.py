"""``/feeds`` and ``/deliveries``: how they fare, and what can be done about it."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from monitor import query
from monitor.errors import QueryError
from monitor.filtering import parse_time
from monitor.model import DeliveryState, FeedShown
from monitor.surfaces.api.access import writer
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import TIME, Kind, Paged, TheApp, one_of, paged, parameter
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.details import DeliveryTold, FeedTold, delivery_told, feed_told
from monitor.surfaces.rows import DeliveryRow, FeedRow, delivery_row, feed_row

router = APIRouter(tags=["care"])
FEED_COLUMNS = tuple("name state last_success next_check stories matches share last_error failures url source category".split())
DELIVERY_COLUMNS = tuple("id created_at channel kind state attempts next_attempt sent_at last_status last_error alert_id".split())


def _states(request: Request, kinds: type[Kind]) -> list[Kind]:
    return [one_of("state", state, kinds) for state in request.query_params.getlist("state")]


def _state_parameter(kinds: type[StrEnum]) -> dict[str, Any]:
    known = [kind.value for kind in kinds]
    return parameter("state", "Any of these states.", {"type": "array", "items": {"type": "string", "enum": known}})


@router.get(
    "/feeds",
    response_model=ListOf[FeedRow],
    responses=documented_list(400),
    openapi_extra={"parameters": [_state_parameter(FeedShown), *paged(FeedRow)]},
)
def feeds(request: Request, paging: Paged, app: TheApp) -> Response:
    """Feeds by name, with their health and their last error in plain words."""
    pages = partial(query.feeds, app.store, states=_states(request, FeedShown))
    return listing(request, paging, pages, feed_row, FeedRow, FEED_COLUMNS)


@router.get("/feeds/{name:path}", response_model=FeedTold, responses=documented(400, 404))
def feed(request: Request, name: str, app: TheApp) -> Response:
    """One feed by its name or id, with its hub and its last polls, newest first."""
    return answer(request, feed_told(query.feed(app.store, name)))


@router.get(
    "/deliveries",
    response_model=ListOf[DeliveryRow],
    responses=documented_list(400, 404),
    openapi_extra={
        "parameters": [
            _state_parameter(DeliveryState),
            parameter("channel", "One channel's.", {"type": "string", "minLength": 1}),
            parameter("since", "Made at this time or later: 7d, 12h, or a date.", TIME),
            *paged(DeliveryRow),
        ]
    },
)
def deliveries(request: Request, paging: Paged, app: TheApp) -> Response:
    """Messages sent and waiting, newest first."""
    since = request.query_params.get("since")
    floor = None if since is None else parse_time(since, app.clock(), "since")
    channel = request.query_params.get("channel")
    if channel == "":
        raise QueryError("channel: is empty; leave it out, or say which", "channel")
    named = query.channel(app.store, channel, app.settings.channels) if channel else ""
    pages = partial(query.deliveries, app.store, states=_states(request, DeliveryState), channel=named, since=floor)
    return listing(request, paging, pages, delivery_row, DeliveryRow, DELIVERY_COLUMNS)


@router.get("/deliveries/{id}", response_model=DeliveryTold, responses=documented(400, 404))
def delivery(request: Request, id: str, app: TheApp) -> Response:
    """One delivery with what it says and every attempt. The id may be the beginning of one."""
    return answer(request, delivery_told(query.delivery(app.store, id)))


@router.post(
    "/deliveries/{id}/retry", response_model=DeliveryRow, responses=documented(400, 403, 404, 409), dependencies=[Depends(writer)]
)
def retry(request: Request, id: str, app: TheApp) -> Response:
    """Send a delivery again that was given up or waits for its next attempt: at once, and with a new schedule of retries."""
    found = query.delivery(app.store, id).delivery
    app.store.retry_deliveries([found.id], now=app.clock())
    return answer(request, delivery_row(query.delivery(app.store, found.id).delivery))
