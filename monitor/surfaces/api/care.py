"""``/feeds``, ``/deliveries`` and ``/searches``: how it fares, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from monitor import query, searches
from monitor.errors import ConflictError, QueryError
from monitor.filtering import parse_time, read
from monitor.model import DeliveryState, FeedState
from monitor.surfaces.api.access import writer
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import TIME, Paged, TheApp, paged, parameter
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.rows import DeliveryRow, FeedRow, SearchRow, delivery_row, feed_row, search_row

router = APIRouter(tags=["care"])
FEED_COLUMNS = tuple("name state last_success next_check stories matches share last_error failures url source category".split())
DELIVERY_COLUMNS = tuple("id created_at channel kind state attempts next_attempt sent_at last_status last_error alert_id".split())
Write = Depends(writer)


def _states(request: Request, known: list[str]) -> list[str]:
    found = request.query_params.getlist("state")
    for state in found:
        if state not in known:
            raise QueryError.unknown("state", state, known)
    return found


_FEED_STATES = [state.value for state in FeedState]
_DELIVERY_STATES = [state.value for state in DeliveryState]


def _state_parameter(known: list[str]) -> dict[str, Any]:
    return parameter("state", "Any of these states.", {"type": "array", "items": {"type": "string", "enum": known}})


@router.get(
    "/feeds",
    response_model=ListOf[FeedRow],
    responses=documented_list(400),
    openapi_extra={"parameters": [_state_parameter(_FEED_STATES), *paged(FeedRow)]},
)
def feeds(request: Request, paging: Paged, app: TheApp) -> Response:
    """Feeds by name, with their health and their last error in plain words."""
    states = [FeedState(state) for state in _states(request, _FEED_STATES)]
    pages = partial(query.feeds, app.store, states=states)
    return listing(request, paging, pages, feed_row, FeedRow, FEED_COLUMNS)


@router.get(
    "/deliveries",
    response_model=ListOf[DeliveryRow],
    responses=documented_list(400),
    openapi_extra={
        "parameters": [
            _state_parameter(_DELIVERY_STATES),
            parameter("channel", "One channel's.", {"type": "string", "minLength": 1}),
            parameter("since", "Made at this time or later: 7d, 12h, or a date.", TIME),
            *paged(DeliveryRow),
        ]
    },
)
def deliveries(request: Request, paging: Paged, app: TheApp) -> Response:
    """What went where, and what is on its way, newest first."""
    states = [DeliveryState(state) for state in _states(request, _DELIVERY_STATES)]
    since = request.query_params.get("since")
    floor = None if since is None else parse_time(since, app.clock(), "since")
    channel = request.query_params.get("channel")
    if channel == "":
        raise QueryError("channel: is empty; leave it out, or say which", "channel")
    pages = partial(query.deliveries, app.store, states=states, channel=channel or "", since=floor)
    return listing(request, paging, pages, delivery_row, DeliveryRow, DELIVERY_COLUMNS)


@router.post("/deliveries/{id}/retry", response_model=DeliveryRow, responses=documented(400, 403, 404, 409), dependencies=[Write])
def retry(request: Request, id: str, app: TheApp) -> Response:
    """Send again what was given up, or what waits for its next attempt: at once, with a schedule begun anew."""
    found = query.delivery(app.store, id).delivery
    if found.state == DeliveryState.SENT:
        raise ConflictError(f"delivery {found.id} was sent: it is not sent twice")
    app.store.retry_deliveries([found.id], now=app.clock())
    return answer(request, delivery_row(query.delivery(app.store, found.id).delivery))


_NAMED = {"description": "Letters, digits, spaces, . _ -", "pattern": r"^[A-Za-z0-9_][A-Za-z0-9_ .-]{0,63}$"}
_FILTER = 'The filter: org:Meta since:7d "data center"'


class Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: Annotated[str, Field(description=_FILTER, min_length=1, max_length=4096, pattern=r"\S")]


class NewSearch(Words):
    name: Annotated[str, Field(**_NAMED)]


@router.get("/searches", response_model=list[SearchRow])
def saved(request: Request, app: TheApp) -> Response:
    """Saved searches, by name: `search=NAME` uses one wherever there is a filter."""
    return answer(request, [search_row(one) for one in searches.every(app.store)])


@router.post("/searches", response_model=SearchRow, status_code=201, responses=documented(400, 403, 409), dependencies=[Write])
def save(request: Request, new: NewSearch, app: TheApp) -> Response:
    """Keep a filter under a name."""
    made = searches.save(app.store, new.name, read(new.words), app.clock(), app.settings)
    return answer(request, search_row(made), status=201)


@router.put("/searches/{name}", response_model=SearchRow, responses=documented(400, 403), dependencies=[Write])
def put(request: Request, name: Annotated[str, Path(**_NAMED)], new: Words, app: TheApp) -> Response:
    """Keep a filter under this name, in place of one that has it. Routes that name it go by the new one at once."""
    return answer(request, search_row(searches.save(app.store, name, read(new.words), app.clock(), app.settings, replace=True)))


@router.delete("/searches/{name}", status_code=204, responses=documented(403, 404, 409), dependencies=[Write])
def forget(name: str, app: TheApp) -> Response:
    """Forget a saved search. One that a route names is kept."""
    searches.delete(app.store, name, app.settings)
    return Response(status_code=204)
