"""Pages over a database that the real stages filled from texts written for it, served on a socket, seen by real Chromium."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import make_deliverer
from monitor.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.surfaces.api import create_app
from tests.servers import Reply, document, local_server, rss
from tests.web.newsroom import HOSTILE, STORIES

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
CHROMIUM = os.environ.get("MOVEWIRE_CHROMIUM") or shutil.which("chromium") or ""
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium (Debian: apt-get install chromium)")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()


@dataclass(frozen=True)
class Site:
    app: App
    url: str
    tell: Callable[[str, str], None]  # a story that the feed brings from now on, polled at once


def configuration(folder: Path, feed: str, hook: str) -> dict[str, Any]:
    return {
        "database": {"url": f"sqlite:///{folder}/movewire.db"},
        "polling": {"host_delay": 0},
        "network": {"allow_networks": ["127.0.0.0/8"]},
        "alerting": {"max_age": "60d", "alert_backlog": "60d"},
        "channels": {"hook": {"type": "webhook", "url": hook, "rate_per_second": 100}},
        "routes": [{"name": "all", "channels": ["hook"]}],
        "watchlists": {"builders": {"orgs": ["Corvid Systems"]}},
        "feeds": [{"name": "Sample Wire", "url": feed}, {"name": "Silent Wire", "url": feed.replace("feed.xml", "gone.xml")}],
    }


async def _round(app: App) -> None:
    client, worker = app.client(), ReadingWorker(app.settings)
    try:
        await Collector(app, client, worker).poll_all(app.store.feeds())
        await make_deliverer(app, client).drain(20)
    finally:
        await worker.close()
        await client.close()


@contextmanager
def served(app: App) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(app), host="127.0.0.1", port=0, log_config=None, lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            assert thread.is_alive()
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with newsroom(STORIES + HOSTILE, tmp_path_factory.mktemp("site")) as made:
        yield made


@contextmanager
def newsroom(stories: Sequence[tuple[str, str]], folder: Path, hours: float = 4) -> Iterator[Site]:
    """Stories polled, classified, grouped, alerted and delivered; then the pages over what came of it."""
    items = [(f"n-{i}", title, summary, NOW - timedelta(hours=hours * i + 1)) for i, (title, summary) in enumerate(stories)]
    with local_server() as net:
        net.routes["/feed.xml"] = document(lambda: rss(items))
        net.routes["/hook"] = lambda _: Reply(200, b"ok")
        raw = configuration(folder, f"{net.url}/feed.xml", f"{net.url}/hook")
        settings = Settings.model_validate(raw)
        aside = ThreadPoolExecutor(1)  # Playwright's own loop may run in this thread
        with open_app(settings, clock=lambda: NOW, rnd=lambda: 0.5) as app, aside, served(app) as url:

            def poll() -> None:
                aside.submit(asyncio.run, _round(app)).result()

            def tell(title: str, summary: str) -> None:
                items.insert(0, (f"later-{len(items)}", title, summary, NOW - timedelta(minutes=1)))
                poll()

            poll()
            yield Site(app, url, tell)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
