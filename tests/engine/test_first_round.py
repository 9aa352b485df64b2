"""What is said once every feed was tried: how many answer, and whose fault it is where most do not."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from monitor import log
from monitor.engine.embedded import OURS, FirstRound
from tests.polling import NOW, World, item, world
from tests.servers import Reply, rss


def told(made: World, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Every feed is polled once; what is said before and after."""
    log.configure("info", "json")
    first = FirstRound(made.app)
    asyncio.run(first.look())
    assert "every feed" not in capsys.readouterr().err, "not before they were tried"
    made.poll(*(feed.name for feed in made.app.store.feeds()))
    asyncio.run(first.look())
    asyncio.run(first.look())
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line for line in lines if line["event"] == "every feed was tried"]


def test_without_a_network_no_feed_is_said_to_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None of them is blamed, so their states say nothing of it."""
    feeds = [{"name": f"wire {n}", "url": f"http://127.0.0.{n}:9/feed"} for n in range(2, 10)]  # hosts nobody listens on
    with world(tmp_path, feeds=feeds) as made:
        [line] = told(made, capsys)
    assert (line["feeds"], line["answering"], line["unreachable"]) == (8, 0, 8)
    assert (line["level"], line["why"]) == ("warning", OURS)


def test_a_feed_that_fails_is_counted_and_the_others_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with world(tmp_path, "good", "better", "gone") as made:
        for name in ("good", "better"):
            made.server.routes[f"/{name}"] = lambda _: Reply(200, rss([item(1, NOW)]))
        made.server.routes["/gone"] = lambda _: Reply(404)
        [line] = told(made, capsys)
    assert (line["feeds"], line["answering"], line["unreachable"], line["level"]) == (3, 2, 1, "info")
    assert "why" not in line


def test_feeds_are_not_read_one_by_one_while_one_of_them_is_untried(tmp_path: Path) -> None:
    """It is looked twice a second: to read ten thousand feeds each time took a third of a core."""
    feeds = [{"name": f"wire {n}", "url": f"http://127.0.0.1:9/{n}"} for n in range(2000)]
    with world(tmp_path, feeds=feeds) as made:
        first = FirstRound(made.app)
        asyncio.run(first.look())
        tracemalloc.start()
        try:
            asyncio.run(first.look())
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 200_000, f"{most} bytes: 2,000 feeds take 2 MB"
