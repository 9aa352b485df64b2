"""``/alerts``: what was told."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

import monitor.surfaces.api.parameters as parameters
from monitor import query
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import Asked, Paged, TheApp
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.details import AlertTold, alert_told
from monitor.surfaces.rows import AlertRow, alert_row

router = APIRouter(tags=["alerts"])
COLUMNS = tuple("id revision at event_id labels status severity headline title stories outlets reasons".split())


@router.get(
    "/alerts",
    response_model=ListOf[AlertRow],
    responses=documented_list(400, 404),
    openapi_extra=parameters.documented("alerts", AlertRow),
)
def alerts(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """Alerts, newest first; every revision is an item. With `changed_after` the oldest change comes first, and `next` never
    ends: keep it and ask again later."""
    pages = partial(query.alerts, app.store, filter)
    return listing(request, paging, pages, alert_row, AlertRow, COLUMNS)


@router.get("/alerts/{id}", response_model=AlertTold, responses=documented(400, 404))
def alert(request: Request, id: str, app: TheApp) -> Response:
    """Every revision of one alert, with its deliveries."""
    return answer(request, alert_told(query.alert(app.store, id)))
