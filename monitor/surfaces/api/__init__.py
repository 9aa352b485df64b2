"""The HTTP API and the pages as one application. ``ROUTERS`` is the registry: a new surface is one module and one line.

Imported by the daemon alone: FastAPI costs 0.35 s, which no other command pays.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute

from monitor import __version__
from monitor.app import App
from monitor.engine.loops import Running
from monitor.surfaces.api import (
    access,
    alerts,
    care,
    documents,
    events,
    feedback,
    feeds_out,
    flows,
    operations,
    problems,
    searches,
    setup,
    silences,
    slack,
    stream,
    websub,
)
from monitor.surfaces.api.guard import Guard
from monitor.surfaces.api.parameters import known_to, no_unknown
from monitor.surfaces.web import event, health, login, pages, sums
from monitor.surfaces.web import searches as saved_searches

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Mount:
    """A router and where it hangs. ``open``: it asks for no token, because it proves its callers itself or tells nothing."""

    router: APIRouter
    prefix: str = ""
    open: bool = False


ROUTERS: tuple[Mount, ...] = (
    Mount(alerts.router, API),
    Mount(events.router, API),
    Mount(flows.router, API),
    Mount(care.router, API),
    Mount(searches.router, API),
    Mount(setup.router, API),
    Mount(silences.router, API),
    Mount(feedback.router, API),
    Mount(stream.router, API),
    Mount(feeds_out.router),
    Mount(documents.router, open=True),
    Mount(operations.health, open=True),
    Mount(operations.router),
    Mount(login.router, open=True),
    Mount(slack.router, open=True),
    Mount(pages.router),
    Mount(event.router),
    Mount(sums.router),
    Mount(saved_searches.router),
    Mount(health.router),
    Mount(websub.router, open=True),
)


def create_app(app: App, running: Running | None = None) -> FastAPI:
    """The whole application over ``app``. ``running`` is the daemon it is part of, for routes that tell of it or wake it.

    Routes find both in ``request.app.state``; ``monitor.surfaces.api.access`` says who asks.
    """
    server, gate = app.settings.server, access.Gate(app)
    document, known = _described(gate.closed, tuple(sorted(app.settings.watchlists)))
    api = FastAPI(
        title=documents.TITLE,
        version=__version__,
        description=documents.DESCRIPTION,
        routes=_routes(),
        docs_url=None,  # FastAPI's pages load scripts from elsewhere; ours is documents.py
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    api.state.app, api.state.running = app, running
    api.state.gate, api.state.stopping, api.state.known = gate, asyncio.Event(), known
    api.openapi = lambda: document  # type: ignore[method-assign]
    problems.install(api)
    api.mount("/static", StaticFiles(directory=Path(pages.__file__).parent / "static"), name="static")
    api.add_middleware(Guard, server=server)
    return api


@cache
def _routes() -> list[BaseRoute]:
    """The routes of every surface, the same for every application of a process: what FastAPI makes of them takes it 60 ms."""
    whole = APIRouter()
    for mount in ROUTERS:
        guarded = [] if mount.open else [Depends(access.reader)]
        whole.include_router(mount.router, prefix=mount.prefix, dependencies=[*guarded, Depends(no_unknown)])
    return whole.routes


@lru_cache(maxsize=4)
def _described(closed: bool, watchlists: tuple[str, ...]) -> tuple[dict[str, Any], dict[Any, dict[str, bool]]]:
    """The OpenAPI document, and by endpoint the parameters that it names."""
    document = documents.describe(_routes(), closed=closed, watchlists=watchlists)
    return document, {k: v for mount in ROUTERS for k, v in known_to(document, mount.router, mount.prefix).items()}
