"""A word pressed or chosen in Slack becomes feedback, and who said it is told so. The HTTP address and Socket Mode end here."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import httpx

from monitor import feedback
from monitor import log as logging
from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.errors import FetchError, NotFoundError
from monitor.notify.slack_interaction import Pressed, answer

PATIENCE = timedelta(seconds=5)


def signing_secrets(app: App) -> list[str]:
    """The secrets of every Slack app that posts for us."""
    found = (channel.signing_secret for channel in app.settings.channels.values() if channel.type == "slack")
    return [secret.get_secret_value() for secret in found if secret is not None]


async def record(app: App, client: HttpClient, pressed: Pressed) -> bool:
    """Keep what was said; False where the alert is not known. Saying the same twice is saying it once."""
    log = logging.get(part="slack", alert_id=pressed.alert_id, by=pressed.by)
    try:
        await asyncio.to_thread(feedback.give, app, pressed.alert_id, pressed.kind, by=pressed.by, via="slack")
    except NotFoundError:
        log.warning("feedback on an alert that is not stored", kind=pressed.kind.value)
        return False
    log.info("feedback", kind=pressed.kind.value)
    if pressed.answer_to:
        await _answer(client, pressed)
    return True


async def _answer(client: HttpClient, pressed: Pressed) -> None:
    """What only the person sees. Where it fails, the feedback is kept all the same."""
    body = json.dumps(answer(pressed.kind)).encode()
    request = httpx.Request("POST", pressed.answer_to, headers={"content-type": "application/json"}, content=body)
    try:
        await client.send(request, follow_redirects=False, max_body=4096, body_matters=False, total=PATIENCE)
    except FetchError as error:
        logging.get(part="slack").info("the answer to a press did not arrive", why=error.why)
