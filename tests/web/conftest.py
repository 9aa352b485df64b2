"""Pages over a database that a backtest and polls filled from texts written for it, served on a socket, seen by real Chromium."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from monitor import searches
from monitor.app import App, open_app
from monitor.collect import Collector
from monitor.deliver import make_deliverer
from monitor.filtering import read
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.surfaces.api import create_app
from monitor.surfaces.cli import cli
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


def backtested(folder: Path, raw: dict[str, Any], stories: Sequence[tuple[str, str, str, datetime]]) -> None:
    """What the command makes of stored stories, in the database that the pages are served from."""
    config, file = folder / "movewire.yaml", folder / "stories.jsonl"
    config.write_text(json.dumps(raw))  # (which is YAML)
    records = (
        {
            "id": key,
            "title": title,
            "summary": summary,
            "published": str(at),
            "url": f"https://wire.example/{key}",
            "source": "Wire",
        }
        for key, title, summary, at in stories
    )
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    told = ["--quiet", "--config", str(config), "backtest", str(file), "--into", raw["database"]["url"], "--format", "ndjson"]
    with redirect_stdout(StringIO()) as out:
        cli.main(told, standalone_mode=False)
    assert len(out.getvalue().splitlines()) == len(stories)


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
    """The older half as `movewire backtest` keeps it, the newer half polled, classified, grouped, alerted and delivered; then the
    pages over what came of it."""
    every = [(f"n-{i}", title, summary, NOW - timedelta(hours=hours * i + 1)) for i, (title, summary) in enumerate(stories)]
    items, older = every[: len(every) // 2], every[len(every) // 2 :]
    with local_server() as net:
        net.routes["/feed.xml"] = document(lambda: rss(items))
        net.routes["/hook"] = lambda _: Reply(200, b"ok")
        raw = configuration(folder, f"{net.url}/feed.xml", f"{net.url}/hook")
        settings = Settings.model_validate(raw)
        backtested(folder, raw, older)
        aside = ThreadPoolExecutor(1)  # Playwright's own loop may run in this thread
        with open_app(settings, clock=lambda: NOW, rnd=lambda: 0.5) as app, aside, served(app) as url:

            def poll() -> None:
                aside.submit(asyncio.run, _round(app)).result()

            def tell(title: str, summary: str) -> None:
                items.insert(0, (f"later-{len(items)}", title, summary, NOW - timedelta(minutes=1)))
                poll()

            poll()
            searches.save(app.store, "big money", read("label:infrastructure amount>=5bn"), NOW, settings)
            yield Site(app, url, tell)


def serious(chromium: Any, url: str, theme: str, paths: Sequence[str]) -> list[str]:
    """What axe finds serious or critical on these pages."""
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(base_url=url, color_scheme=theme)
    page, found = context.new_page(), []
    for path in paths:
        page.goto(path)
        # axe is put in by the test and not by the page, whose content policy forbids strangers' scripts
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                found.append(f"{path}: {violation['id']}: {nodes}")
    context.close()
    return found


def too_wide(chromium: Any, url: str, width: int, paths: Sequence[str]) -> list[str]:
    """Those of these pages that scroll sideways in a window of this width."""
    context = chromium.new_context(base_url=url, viewport={"width": width, "height": 800})
    page, found = context.new_page(), []
    for path in paths:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(path)
    context.close()
    return found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
