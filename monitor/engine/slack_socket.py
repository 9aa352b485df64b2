"""Slack's Socket Mode: presses of buttons come over a connection that we open, so that no public address is needed.

Each app token has one connection, kept by slack_sdk's client: it pings, and opens the next one when Slack closes one. What it
dials is judged by the address guard like everything else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackClientError

from monitor import log as logging
from monitor import slack_feedback
from monitor.app import App
from monitor.doors.http_client import HttpClient
from monitor.doors.http_errors import translated
from monitor.errors import FetchError
from monitor.notify.slack_interaction import from_payload
from monitor.settings.schema import Channel

if TYPE_CHECKING:
    from slack_sdk.socket_mode.aiohttp import SocketModeClient
    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

AGAIN = (1.0, 5.0, 30.0, 120.0, 300.0)  # seconds until the next try to connect; the last one from then on


@asynccontextmanager
async def slack_sockets(app: App, client: HttpClient) -> AsyncIterator[None]:
    """A connection for every app token there is, for as long as the block lasts. A token that does not do is logged."""
    tasks = [asyncio.create_task(_keep(app, client, channel), name="slack socket") for channel in _with_tokens(app)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


def _with_tokens(app: App) -> Iterable[Channel]:
    """One channel for each app token."""
    channels = (c for c in app.settings.channels.values() if c.enabled and c.app_token is not None)
    return {c.app_token.get_secret_value(): c for c in channels if c.app_token is not None}.values()


async def _keep(app: App, client: HttpClient, channel: Channel) -> None:
    """Connect, and stay until cancelled."""
    from slack_sdk.socket_mode.aiohttp import SocketModeClient  # noqa: PLC0415 - a tenth of a second of start-up
    from slack_sdk.socket_mode.response import SocketModeResponse  # noqa: PLC0415 - likewise
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415 - likewise

    assert channel.app_token is not None
    session, proxy = client.session(), app.settings.network.proxy
    web = AsyncWebClient(base_url=channel.api_url, session=session)
    socket = SocketModeClient(app_token=channel.app_token.get_secret_value(), web_client=web)
    await socket.aiohttp_client_session.close()  # its own dials without the guard
    socket.aiohttp_client_session = session
    web.proxy = socket.proxy = proxy.get_secret_value() if proxy else None  # and not the environment's

    async def heard(_: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await socket.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        pressed = from_payload(request.payload) if request.type == "interactive" else None
        if pressed is not None:
            await slack_feedback.record(app, client, pressed)

    socket.socket_mode_request_listeners.append(heard)
    try:
        await _opened(socket)
        await socket.connect()  # type: ignore[no-untyped-call]
        logging.get(part="slack").info("Socket Mode is on")
        await asyncio.Event().wait()
    finally:
        await socket.close()  # type: ignore[no-untyped-call]
        await session.close()


async def _opened(socket: SocketModeClient) -> None:
    """Ask Slack where to connect to, again and again with growing waits: a token may be mended meanwhile."""
    for tries in count():
        try:
            with translated("Slack"):
                socket.wss_uri = await socket.issue_new_wss_url()
            return
        except (SlackClientError, FetchError) as error:
            logging.get(part="slack").error("Socket Mode cannot be opened", why=logging.clean(str(error)))
            await asyncio.sleep(AGAIN[min(tries, len(AGAIN) - 1)])
