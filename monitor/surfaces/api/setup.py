"""``/watchlists``, ``/outlets``, ``/routes`` and ``/channels``: what this process goes by, to be read.

They are changed where they stand, in the files of the configuration. Tokens are told by the command line alone: who holds one is
no matter of those who hold another.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from monitor import searches
from monitor.errors import ConflictError, SettingsError
from monitor.routing import Router
from monitor.settings.change import outlets as mastheads
from monitor.surfaces.api.answers import ListOf, whole
from monitor.surfaces.api.parameters import Paged, TheApp, unpaged
from monitor.surfaces.api.problems import documented_list
from monitor.surfaces.setup_rows import (
    ROUTE_COLUMNS,
    ChannelRow,
    OutletRow,
    RouteRow,
    WatchlistRow,
    channel_rows,
    outlet_rows,
    route_rows,
    watchlist_rows,
)

router = APIRouter(tags=["care"])


def _listed(row: Any, *statuses: int) -> dict[str, Any]:
    """What a route of such rows says of itself in the OpenAPI document."""
    return {
        "response_model": ListOf[row],
        "responses": documented_list(400, *statuses),
        "openapi_extra": {"parameters": unpaged(row)},
    }


@router.get("/watchlists", **_listed(WatchlistRow))
def watchlists(request: Request, paging: Paged, app: TheApp) -> Response:
    """Names to watch: `watchlist=NAME` uses a list wherever there is a filter."""
    return whole(request, paging, watchlist_rows(app.settings), WatchlistRow, tuple(WatchlistRow.__annotations__))


@router.get("/outlets", **_listed(OutletRow, 409))
def outlets(request: Request, paging: Paged, app: TheApp) -> Response:
    """Outlets with their tiers. 1: filings, companies and agencies; 2: original reporting; 3: the rest, and whatever is not
    listed."""
    try:
        rows = list(outlet_rows(app.settings, mastheads(app.settings)))
    except SettingsError as error:  # the file was changed since, and cannot be read now
        raise ConflictError(str(error)) from error
    return whole(request, paging, rows, OutletRow, tuple(OutletRow.__annotations__))


@router.get("/routes", **_listed(RouteRow))
def routes(request: Request, paging: Paged, app: TheApp) -> Response:
    """Rules for which events go to which channels: each route with what it matches and inherits."""
    tree = Router(app.settings, app.names.canonical, searches.of_routes(app.store, app.settings))
    return whole(request, paging, route_rows(tree), RouteRow, ROUTE_COLUMNS)


@router.get("/channels", **_listed(ChannelRow))
def channels(request: Request, paging: Paged, app: TheApp) -> Response:
    """Channels with their state, without secrets."""
    rows = channel_rows(app.settings, app.store.channels(), app.store.waiting_by_channel())
    return whole(request, paging, rows, ChannelRow, tuple(ChannelRow.__annotations__))
