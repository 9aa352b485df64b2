"""What is done every hour: here what it says of it. What retention takes out and leaves is tested with the store."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import structlog

from monitor.engine.upkeep import upkeep
from tests.polling import NOW, world


def test_workers_that_ended_are_forgotten_and_that_is_said(tmp_path: Path) -> None:
    with world(tmp_path) as w, structlog.testing.capture_logs() as lines:
        for name, days in (("worker a/1", 3), ("worker b/1", 0), ("daemon", 3)):
            w.app.store.heartbeat(name, NOW - timedelta(days=days), {})
        asyncio.run(upkeep(w.app))
        assert set(w.app.store.heartbeats()) == {"worker b/1", "daemon"}
        asyncio.run(upkeep(w.app))
    assert [(line["event"], line["workers"]) for line in lines if "workers" in line] == [("forgot workers that ended", 1)]
