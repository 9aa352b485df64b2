"""``/integrations/slack``: Slack says here that somebody pressed a button. Whoever calls proves to be Slack by its signature."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from monitor import slack_feedback
from monitor.app import App
from monitor.notify.slack_interaction import Pressed, from_form, signed

router = APIRouter(include_in_schema=False)


@router.post("/integrations/slack")
async def slack(request: Request) -> Response:
    """An empty 200 within Slack's three seconds; the feedback is kept, and the person told, right after."""
    app: App = request.app.state.app
    body = await request.body()
    if not signed(slack_feedback.signing_secrets(app), request.headers, body, app.clock()):
        raise HTTPException(401, "this is not signed with the signing_secret of a slack channel within the last five minutes")
    pressed = from_form(body)
    return Response(status_code=200, background=BackgroundTask(_record, app, pressed) if pressed else None)


async def _record(app: App, pressed: Pressed) -> None:
    client = app.client()
    try:
        await slack_feedback.record(app, client, pressed)
    finally:
        await client.close()
