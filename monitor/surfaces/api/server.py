"""Pages and API beside the daemon's ticks, to whom the settings let in."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime

import monitor.store.access as stored
from monitor import log
from monitor.app import App
from monitor.engine.loops import Running
from monitor.errors import SettingsError
from monitor.settings.schema import Settings
from monitor.store import Store
from monitor.surfaces.api import create_app
from monitor.surfaces.api.access import is_loopback
from monitor.surfaces.listening import address, bind, listening


def check(app: App) -> None:
    """Raises SettingsError where others could reach the server and nobody decided who may."""
    if needs_token(app.settings) and not has_token(app.store, app.clock()):
        raise SettingsError([no_token(app.settings)])


def needs_token(settings: Settings) -> bool:
    """Whether the server is served only where there is a token."""
    return not is_loopback(settings.server.host) and settings.server.auth != "none"


def has_token(store: Store, now: datetime) -> bool:
    return any(token.good_at(now) for token in store.read(stored.tokens))


def no_token(settings: Settings) -> str:
    right = "make a token first (movewire tokens create NAME), or say auth: none"
    return settings.origin.problem(("server", "listen"), f"found {settings.server.listen}, which others can reach; {right}")


@contextlib.asynccontextmanager
async def serving(running: Running) -> AsyncIterator[str]:
    """Serve while the block lasts; gives the address. Raises SettingsError before anything is served."""
    app = running.app
    check(app)
    listener = bind(app, "server")
    api = create_app(app, running)
    async with listening(api, listener):
        url = address(listener)
        log.get(part="server").info("pages and API", url=url, token_needed=api.state.gate.closed)
        try:
            yield url
        finally:
            api.state.stopping.set()
