"""For those who run it: ``/healthz``, ``/readyz`` and ``/metrics``.

The first two ask for no token and tell nothing but their answer; the metrics are read as everything else is.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from monitor import pulse
from monitor.app import App
from monitor.engine.embedded import Running
from monitor.errors import StoreError
from monitor.metrics import CONTENT_TYPE

LATE = 600.0  # seconds a feed may be due before the daemon counts as behind
health = APIRouter(include_in_schema=False)
router = APIRouter(include_in_schema=False)


@health.get("/healthz")
def healthz() -> Response:
    """The process lives: it answered."""
    return _said([])


@health.get("/readyz")
def readyz(request: Request) -> Response:
    """The database answers, the ticks are fresh, polls are on time; else 503 and what is not."""
    app: App = request.app.state.app
    running: Running | None = request.app.state.running
    now, why = app.clock(), []
    if running is not None and (late := pulse.late(now, running.ticks.info(), now)):
        why.append(late)
    try:
        vitals = app.store.vitals(now)
    except StoreError:
        why.append("the database does not answer")  # which one, and why, stands in the log: not everybody may know
    else:
        if vitals.lag > LATE:
            why.append(f"a feed has been due for {vitals.lag:.0f} s")
    return _said(why)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """What Prometheus reads; without the database's part where it does not answer."""
    app: App = request.app.state.app
    try:
        vitals = app.store.vitals(app.clock())
    except StoreError:
        vitals = None
    return Response(app.metrics.text(vitals), media_type=CONTENT_TYPE, headers={"cache-control": "no-store"})


def _said(why: list[str]) -> Response:
    text = "\n".join(why) or "ok"
    return Response(text + "\n", 503 if why else 200, {"cache-control": "no-store"}, "text/plain")
