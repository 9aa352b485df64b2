"""``/alerts``: what was told."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

import monitor.surfaces.api.parameters as parameters
from monitor import query
from monitor.surfaces.api.answers import ListOf, answer, listing
from monitor.surfaces.api.parameters import Asked, Paged, TheApp
from monitor.surfaces.api.problems import documented, documented_list
from monitor.surfaces.rows import AlertRow, alert_row, delivery_row

router = APIRouter(tags=["alerts"])
COLUMNS = tuple("id revision at event_id labels status severity headline title stories outlets reasons".split())


@router.get(
    "/alerts",
    response_model=ListOf[AlertRow],
    responses=documented_list(400, 404),
    openapi_extra=parameters.documented("alerts", AlertRow),
)
def alerts(request: Request, filter: Asked, paging: Paged, app: TheApp) -> Response:
    """What was told, newest first; every revision is an item. With `changed_after` the oldest comes first, and `next` never
    ends: keep it and ask again."""

    def find(cursor: str | None, limit: int) -> query.Page[Any]:
        return query.alerts(app.store, filter, cursor=cursor, limit=limit)

    return listing(request, paging, find, alert_row, AlertRow, COLUMNS)


@router.get("/alerts/{id}", responses=documented(400, 404))
def alert(request: Request, id: str, app: TheApp) -> Response:
    """Every revision of one alert, with its deliveries. The id may be the beginning of one."""
    found = query.alert(app.store, id)
    told = {
        "revisions": [alert_row(revision) for revision in found.revisions],
        "deliveries": [delivery_row(delivery) for delivery in found.deliveries],
    }
    return answer(request, told)
