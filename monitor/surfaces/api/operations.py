"""For those who run it: ``/healthz``, ``/readyz`` and ``/metrics``, as ``watching`` answers them.

The first two ask for no token and tell nothing but their answer; the metrics are read as everything else is.
"""

from __future__ import annotations

from fastapi import APIRouter

from monitor.surfaces import watching

health = APIRouter(include_in_schema=False)
router = APIRouter(include_in_schema=False)
health.get("/healthz")(watching.healthz)
health.get("/readyz")(watching.readyz)
router.get("/metrics")(watching.metrics)
