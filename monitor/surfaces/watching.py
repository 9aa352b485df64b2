"""For those who watch: ``/healthz``, ``/readyz`` and ``/metrics`` of one process, also where no page is served.

The three answers are the same beside the pages (``api/operations``) and on the address of ``metrics.listen``, which serves
nothing else and asks for no token: they tell counts, ages and names of channels. FastAPI is not needed for them.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor import log, pulse
from monitor.app import App
from monitor.engine.loops import Running
from monitor.errors import StoreError
from monitor.metrics import CONTENT_TYPE
from monitor.surfaces.listening import address, bind, listening

LATE = 600.0  # seconds a feed may be due before the daemon counts as behind


def healthz(_: Request) -> Response:
    """The process lives: it answered."""
    return _healthy_unless([])


def readyz(request: Request) -> Response:
    """The database answers, the loops are fresh, polls are on time; else 503 and what is not. (Lag is not a worker's own.)"""
    app: App = request.app.state.app
    running: Running | None = request.app.state.running
    now, why = app.clock(), []
    if running is not None and (late := pulse.late(now, running.ticks.info(), now)):
        why.append(late)
    try:
        lag = _lag(app, running)
    except StoreError:
        why.append("the database does not answer")  # which one, and why, stands in the log: not everybody may know
    else:
        if lag > LATE:
            why.append(f"a feed has been due for {lag:.0f} s")
    return _healthy_unless(why)


def _lag(app: App, running: Running | None) -> float:
    if running is None or not running.ticks.worker:
        return app.store.vitals(app.clock()).lag
    app.store.answers()
    return 0.0


def metrics(request: Request) -> Response:
    """What Prometheus reads. The database's part is told by the daemon or scheduler alone, and where it can be read."""
    app: App = request.app.state.app
    running: Running | None = request.app.state.running
    vitals = None
    if running is None or not running.ticks.worker:
        with contextlib.suppress(StoreError):  # what is missing is seen; why stands in the log
            vitals = app.store.vitals(app.clock())
    return Response(app.metrics.text(vitals), media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})


def _healthy_unless(why: list[str]) -> Response:
    text = "\n".join(why) or "ok"
    return Response(text + "\n", 503 if why else 200, {"cache-control": "no-store"}, "text/plain")


@contextlib.asynccontextmanager
async def watched(running: Running) -> AsyncIterator[str]:
    """Answer on ``metrics.listen`` while the block lasts; gives the address. Raises SettingsError where it cannot be had."""
    listener = bind(running.app, "metrics")
    api = Starlette(routes=[Route(f"/{answer.__name__}", answer) for answer in (healthz, readyz, metrics)])
    api.state.app, api.state.running = running.app, running
    async with listening(api, listener):
        log.get(part="server").info("metrics and health", url=address(listener))
        yield address(listener)
