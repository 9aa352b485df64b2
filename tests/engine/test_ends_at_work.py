"""SIGTERM while thousands of entries are read: the process does not wait for them."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model import Story, Verdict
from tests.engine.processes import configure, log_of, running, until
from tests.polling import NOW, world
from tests.servers import Asked, LocalServer, Reply, rss


def alike(count: int, at: datetime) -> bytes:
    """A document of entries that are nearly the same, each of which is read and placed."""
    says = "Arnor Systems names Mara Lindqvist chief executive officer, says source"
    why = "Mara Lindqvist takes over at Arnor Systems, which had looked for somebody for"
    return rss([(f"g-{n}", f"{says} {n}", f"{why} {n} days.", at) for n in range(count)])


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_daemon_that_reads_a_long_document_stops_when_it_is_told(net: LocalServer, tmp_path: Path) -> None:
    document, asked = alike(2000, datetime.now(UTC) - timedelta(minutes=5)), list[Asked]()

    def answer(one: Asked) -> Reply:
        asked.append(one)
        return Reply(200, document, {"content-type": "application/rss+xml"})

    net.routes["/0.xml"] = answer
    with running(configure(tmp_path, net, f"sqlite:///{tmp_path}/movewire.db", 1), "run") as daemon:
        until(lambda: bool(asked), 60, tmp_path)
        time.sleep(2)
        told = time.monotonic()
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(60) == 0
        took = time.monotonic() - told
    assert '"stopped"' in log_of(daemon) and "wire 0" not in log_of(daemon), "it was at work when it was told"
    assert took < 15


def test_a_poll_that_is_cancelled_leaves_no_thread_at_work(tmp_path: Path) -> None:
    """What was being read stops before the next story, nothing of it is kept, and the next poll has it all."""
    with world(tmp_path, "wire", alerting={"alert_backlog": "24h"}) as w:
        w.server.routes["/wire"] = lambda _: Reply(200, alike(20, NOW - timedelta(minutes=5)))
        classifier, read, at_work = w.app.classifier, list[Story](), threading.Event()

        class Watched:
            name, version = classifier.name, classifier.version

            def classify(self, story: Story) -> Verdict:
                read.append(story)
                at_work.set()
                time.sleep(0.02)
                return classifier.classify(story)

        async def cancelled() -> int:
            poll = asyncio.create_task(w._poll(("wire",)))
            assert await asyncio.to_thread(at_work.wait, 60)
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)
            before = len(read)
            await asyncio.sleep(1)
            return len(read) - before

        w.app.__dict__["classifier"] = Watched()
        assert asyncio.run(cancelled()) <= 1
        assert w.feed().stories == 0
        w.app.__dict__["classifier"] = classifier
        [again] = w.poll()
        assert again.new == 20
