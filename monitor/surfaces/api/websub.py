"""Where hubs reach us: ``/websub/TOKEN`` confirms subscriptions and takes what is pushed. The token is the address's secret."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from monitor.app import App
from monitor.polling.subscriber import confirm, receive

router = APIRouter(include_in_schema=False)
_NO_SUCH = 404


@router.get("/websub/{token}")
async def hub_confirms(
    request: Request,
    token: str,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    topic: Annotated[str, Query(alias="hub.topic")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge", max_length=2000)] = "",
    lease_seconds: Annotated[str, Query(alias="hub.lease_seconds")] = "",
    reason: Annotated[str, Query(alias="hub.reason")] = "",
) -> Response:
    """A hub asks whether a subscription was meant (answered with its challenge), or says that it refuses one."""
    app: App = request.app.state.app
    if not await confirm(app, token, mode=mode, topic=topic, lease=lease_seconds, reason=reason):
        return Response(status_code=_NO_SUCH)
    return Response(challenge, media_type="text/plain")


@router.post("/websub/{token}")
async def hub_pushes(request: Request, token: str) -> Response:
    """A hub pushes a feed's document, signed with the subscription's secret."""
    running = request.app.state.running
    if running is None:
        return Response(status_code=503)
    body = await request.body()
    kind, signature = request.headers.get("content-type", ""), request.headers.get("x-hub-signature", "")
    known = await receive(running.app, running.collector, token, body, content_type=kind, signature=signature)
    return Response(status_code=202 if known else _NO_SUCH)
