"""A worker's line to its queue, lost and held again: said once each, and whole."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest

from monitor import log


def test_a_line_that_is_lost_for_an_hour_is_two_lines_with_what_broke_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    procrastinate = pytest.importorskip("procrastinate", reason="no workers without the extra `postgres`")
    from procrastinate.testing import InMemoryConnector

    from monitor.engine import queue as queues
    from monitor.engine import worker

    log.configure("info", "json")
    monkeypatch.setattr(queues, "AGAIN", 0.001)
    monkeypatch.setattr(worker, "STEADY", -1.0)
    queue = procrastinate.App(connector=InMemoryConnector())
    line = worker.Line(queue, 1, ("poll",))

    async def hour() -> None:
        queue.worker_defaults["queues_"] = ()  # what its worker does not know: each try ends in a TypeError
        serving = asyncio.create_task(line.serve())
        await asyncio.wait([serving], timeout=0.2)
        queue.worker_defaults.clear()
        async with queue.open_async():
            await asyncio.wait([serving], timeout=0.2)
            assert line.steady
            line.held()
            line.held()
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving

    asyncio.run(hour())
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    lines = [line for line in lines if line["part"] == "worker"]
    assert [line["event"] for line in lines] == ["the queue was lost; trying again", "the queue is served again"]
    assert "TypeError" in lines[0]["why"] and "Traceback" in lines[0]["exception"]
