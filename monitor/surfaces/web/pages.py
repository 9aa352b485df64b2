"""The pages. Each asks the same read path as the API, with the same parameters in its address."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from monitor import query
from monitor.errors import QueryError
from monitor.filtering import Filter, parse
from monitor.surfaces.api.parameters import TheApp, context_of, pairs_of
from monitor.surfaces.api.problems import PAGES
from monitor.surfaces.web.render import render

router = APIRouter(include_in_schema=False, tags=[PAGES])


@router.get("/")
def alerts(request: Request, app: TheApp, cursor: str | None = None) -> Response:
    """Newest first, with the filter in the address. A filter that cannot be read is said beside the form."""
    given = [(name, value) for name, value in pairs_of(request) if value.strip()]  # an empty field of the form
    wrong = ""
    try:
        filter = parse(given, context_of(app))
    except QueryError as error:
        filter, wrong = Filter(), str(error)
    page = query.alerts(app.store, filter, cursor=cursor)
    more = f"/?{urlencode([*given, ('cursor', page.next)])}" if page.next else ""
    return render(
        request, "alerts.html", status=400 if wrong else 200, alerts=page.items, more=more, given=dict(given), wrong=wrong
    )
