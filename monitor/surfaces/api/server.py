"""The HTTP server beside the daemon's ticks: it listens before the first tick, and stops before the drain."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn

import monitor.store.access as stored
from monitor import log
from monitor.app import App
from monitor.engine.embedded import Running
from monitor.errors import SettingsError
from monitor.settings.schema import Server
from monitor.surfaces.api import create_app
from monitor.surfaces.api.access import is_loopback

STOP_SECONDS = 1  # how long answers under way may take once the daemon stops


class _Beside(uvicorn.Server):
    """A server that leaves the signals to the daemon."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def check(app: App) -> None:
    """Raises SettingsError where others could reach the server and nobody decided who may."""
    server = app.settings.server
    if is_loopback(server.host) or server.auth == "none":
        return
    now = app.clock()
    if not any(token.good_at(now) for token in app.store.read(stored.tokens)):
        right = "make a token first (movewire tokens create NAME), or say auth: none"
        raise SettingsError(
            [app.settings.origin.problem(("server", "listen"), f"found {server.listen}, which others can reach; {right}")]
        )


def bind(app: App) -> socket.socket:
    """Raises SettingsError where the address cannot be listened on."""
    server = app.settings.server
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    try:
        return socket.create_server((server.host, server.port), family=family, backlog=128)
    except OSError as error:
        why = f"found {server.listen}: {os.strerror(error.errno).lower() if error.errno else error}"
        right = "expected a free address; write another port, or server.enabled: false"
        raise SettingsError([app.settings.origin.problem(("server", "listen"), f"{why}; {right}")]) from error


def address(server: Server, listener: socket.socket) -> str:
    host = f"[{server.host}]" if ":" in server.host else server.host
    return f"http://{host}:{listener.getsockname()[1]}"


@contextlib.asynccontextmanager
async def serving(running: Running) -> AsyncIterator[str]:
    """Serve while the block lasts; gives the address. Raises SettingsError before anything is served."""
    app = running.app
    check(app)
    listener = bind(app)
    api = create_app(app, running)
    server = _Beside(
        uvicorn.Config(
            api,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=256,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )
    task = asyncio.create_task(server.serve([listener]))
    url = address(app.settings.server, listener)
    log.get(part="server").info("pages and API", url=url, token_needed=api.state.gate.closed)
    try:
        yield url
    finally:
        api.state.stopping.set()
        server.should_exit = True
        await task
