"""Pages and API beside the daemon's ticks, to whom the settings let in."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from monitor import log
from monitor.app import App
from monitor.engine.loops import Running
from monitor.errors import SettingsError
from monitor.surfaces.api import create_app
from monitor.surfaces.exposure import has_token, must_have_tokens, no_token, one_port
from monitor.surfaces.listening import address, bind, listening


def check(app: App) -> None:
    """Raises SettingsError where others could reach the server and nobody decided who may, or where it has the metrics' port."""
    if wrong := one_port(app.settings):
        raise SettingsError(wrong)
    if must_have_tokens(app.settings.server) and not has_token(app.store, app.clock()):
        raise SettingsError([no_token(app.settings)])


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
