"""``/stream``: alerts as they are told, as server-sent events. ``Last-Event-ID`` goes on where a connection ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic_core import to_json
from starlette.exceptions import HTTPException

import monitor.surfaces.api.parameters as parameters
from monitor import query
from monitor.app import App
from monitor.filtering import Filter
from monitor.model import Alert
from monitor.surfaces.api.parameters import Asked, TheApp
from monitor.surfaces.api.problems import documented
from monitor.surfaces.rows import alert_row

router = APIRouter(tags=["alerts"])
EVERY = 1.0  # seconds between looks at the database
SILENCE = 15.0  # seconds after which a comment shows that the line is alive
MOST = 100  # connections; one more is asked to come again later
_LAST = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "The id of the last event seen.",
    "schema": {"type": "string"},
}


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses=documented(400, 404, 503) | {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    openapi_extra={"parameters": [*parameters.filter_parameters(leave=("changed_after", "feed")), _LAST]},
)
async def stream(request: Request, filter: Asked, app: TheApp) -> Response:
    """Alerts as they are sent, from now on or after `Last-Event-ID`: `event: alert`, `id:` to resume from, `data:` the alert."""
    last = request.headers.get("last-event-id")
    cursor = last if last else await app.store.acall(query.end_of_alerts, app.store)
    first = await _after(app, filter, cursor)  # read before the answer begins, so that a bad id is an error
    state = request.app.state
    open_now: int = getattr(state, "streams", 0)
    if open_now >= MOST:
        raise HTTPException(503, f"{MOST} streams are open already", {"retry-after": "60"})
    state.streams = open_now + 1
    return StreamingResponse(_followed(state, app, filter, cursor, first), media_type="text/event-stream")


async def _after(app: App, filter: Filter, cursor: str) -> list[tuple[str, Alert]]:
    """What was told after ``cursor``, each with the cursor of who has seen it."""
    following = replace(filter, changed_after=app.clock())  # oldest first; from where on, the cursor says

    def find() -> list[tuple[str, Alert]]:
        page = query.alerts(app.store, following, cursor=cursor, limit=200)
        return [(query.place_of_alert(app.store, alert), alert) for alert in page.items]

    return await app.store.acall(find)


async def _followed(state: Any, app: App, filter: Filter, cursor: str, news: list[tuple[str, Alert]]) -> AsyncIterator[bytes]:
    """What was told since ``cursor``, again and again, until the caller leaves or the daemon stops."""
    quiet = 0.0
    try:
        yield b"retry: 3000\n\n"
        while True:
            for place, alert in news:
                cursor, quiet = place, 0.0
                yield b"event: alert\nid: " + place.encode() + b"\ndata: " + to_json(alert_row(alert)) + b"\n\n"
            if await _stopped(state.stopping):
                return
            if (quiet := quiet + EVERY) >= SILENCE:
                yield b": \n\n"
                quiet = 0.0
            end = await app.store.acall(query.end_of_alerts, app.store)
            news = await _after(app, filter, cursor)
            cursor = cursor if news else end  # nothing of it was wanted: no need to look through it again
    finally:
        state.streams -= 1


async def _stopped(stopping: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(stopping.wait(), EVERY)
    except TimeoutError:
        return False
    return True
