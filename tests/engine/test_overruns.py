"""A tick that comes while the last one is at work is left out: counted, and no warning of a library's."""

from __future__ import annotations

import asyncio
from logging import getLogger

import pytest
from apscheduler.events import EVENT_JOB_MAX_INSTANCES
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import log
from monitor.engine.embedded import tell_overruns
from monitor.metrics import Metrics


@pytest.mark.parametrize("level", ["info", "debug"])
def test_a_tick_left_out_is_counted_and_no_warning(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    metrics = Metrics()

    async def overrun() -> None:
        scheduler, end, left_out = AsyncIOScheduler(timezone="UTC"), asyncio.Event(), asyncio.Event()
        tell_overruns(scheduler, metrics)
        scheduler.add_listener(lambda _: left_out.set(), EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(end.wait, "interval", seconds=0.01, id="collect", max_instances=1)
        scheduler.start()
        await asyncio.wait_for(left_out.wait(), 20)
        scheduler.pause()
        end.set()
        scheduler.shutdown(wait=False)

    log.configure(level, "json")
    asyncio.run(overrun())
    getLogger("apscheduler.scheduler").warning("something else")
    said = capsys.readouterr().err
    assert "maximum number" not in said and "something else" in said
    assert ("this one is left out" in said) is (level == "debug")
    assert b'movewire_tick_overruns_total{tick="collect"} ' in metrics.text(None)
