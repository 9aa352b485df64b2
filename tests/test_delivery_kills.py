"""The whole of it with real processes: receivers that misbehave, a daemon that is killed. The long form is a benchmark."""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import query
from monitor.app import open_app
from monitor.model import DeliveryState
from tests import outboxes
from tests.databases import sqlite_first
from tests.servers import Asked, Reply, local_server
from tests.shared import needs_replay

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.timeout(600)
@needs_replay
def test_nothing_is_lost_nothing_said_twice_and_slow_ones_delay_nobody(tmp_path: Path) -> None:
    from benchmarks import delivery_kills

    # (What is cut off four times waits five minutes; as a rule it is over after two.)
    o = argparse.Namespace(alerts=40, kills=12, calm=10.0, drain=450.0, seed=2)
    report = delivery_kills.measure(o, tmp_path)
    late = [c for c in report["complaints"] if "after it was due" in c]  # type: ignore[attr-defined]
    assert report["complaints"] == late, "how long it takes is the benchmark's to say: a busy machine is slow"
    assert report["receivers"]["ok"]["arrived"] == 40  # type: ignore[index]


@pytest.mark.slow
@sqlite_first
def test_a_receiver_that_is_slow_whenever_we_are_killed_gets_everything_once_we_live(url: str) -> None:
    """Killed in the middle of each of 12 attempts, more than there are failures allowed: none of them was one."""
    arrived, killed = threading.Event(), threading.Event()
    slow = True

    def hook(_: Asked) -> Reply:
        arrived.set()
        if slow:
            killed.wait(30)
            return Reply(0)
        return Reply(200, b"ok")

    now = outboxes.START
    with local_server() as net, open_app(outboxes.settings(url, {"hook": {"type": "webhook", "url": f"{net.url}/hook"}})) as app:
        net.routes["/hook"] = hook
        outboxes.put(app, 3, "hook")
        command = [sys.executable, "-m", "tests.sender", url, f"{net.url}/hook"]
        for _ in range(12):
            arrived.clear()
            killed.clear()
            now += timedelta(minutes=10)
            with subprocess.Popen([*command, now.isoformat()], cwd=ROOT) as process:
                assert arrived.wait(30)
                process.kill()
            killed.set()
        first, *others = sorted(query.deliveries(app.store, limit=9).items, key=lambda d: d.created_at)
        assert (first.attempts, first.lost, first.state) == (12, 11, DeliveryState.SENDING)
        assert [d.attempts for d in others] == [0, 0], "what waits behind it is told after it"
        slow = False
        subprocess.run([*command, (now + timedelta(minutes=10)).isoformat()], cwd=ROOT, check=True, timeout=60)
        assert outboxes.states(app) == {"hook": ["sent", "sent", "sent"]}
        told = [asked.headers["webhook-id"] for asked in net.asked]
        assert list(dict.fromkeys(told)) == [d.id for d in (first, *others)], "in the order of the alerts"
        assert told.count(first.id) == 13 and len(told) == 15
