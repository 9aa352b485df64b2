"""``movewire demo``: the whole product in half a minute, with no network beyond 127.0.0.1."""

from __future__ import annotations

import asyncio
import base64
import secrets
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from ipaddress import ip_network
from pathlib import Path

from pydantic import SecretStr

from monitor import log
from monitor.app import App, open_app, utc_now
from monitor.engine.embedded import serve
from monitor.engine.loops import Running
from monitor.errors import SettingsError, StoreError
from monitor.settings.schema import Channel, FeedEntry, Logging, Network, Polling, Route, Server, Settings
from monitor.store.sqlite import one_daemon
from monitor.surfaces.api.server import serving
from monitor.surfaces.demo_feeds import FEEDS, ITEMS, Internet
from monitor.text import counted

DATABASE = Path("data/demo.db")
NEXT = """
What to try next (after `make demo`, movewire is .venv/bin/movewire):
  # what was told, the happenings behind it, what went where
  movewire --database {url} alerts
  movewire --database {url} events
  movewire --database {url} deliveries
  # what a headline would be flagged as, and why
  movewire explain "Acme Corp names Jane Roe chief executive"
  # the real feeds; configure them in config/movewire.yaml
  movewire run
"""


def run_demo(*, seconds: float | None = None, stay: bool = False) -> int:
    """Run the sample feeds, the daemon and a receiver for ``seconds`` (until the last story is told by default).

    ``stay``: the pages go on until SIGINT, for somebody who looks at them.
    """
    log.configure("warning", "auto")  # what the demo tells, it tells itself
    with ExitStack() as stack:
        try:
            DATABASE.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(one_daemon(DATABASE))  # a demo that still runs keeps its file
            for old in (DATABASE, *DATABASE.parent.glob(DATABASE.name + "-*")):
                old.unlink(missing_ok=True)
        except OSError as error:
            wrong = f"{DATABASE} cannot be begun anew ({error.strerror})"
            raise StoreError(f"{wrong}; start the demo in a folder you may write in") from error
        return asyncio.run(_demo(seconds or max(i.after for i in ITEMS) + 5, stay))


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - what a program prints for people


async def _demo(seconds: float, stay: bool) -> int:
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
    async with Internet(secret=secret, say=say, clock=utc_now) as internet:
        settings = demo_settings(internet.base, secret)
        say(f"Three sample feeds change while you look: {internet.base}/feeds/")
        say(f"A receiver shows what a webhook gets: {internet.base}/hook")
        say("The first poll is a baseline that alerts nobody; alerts come within ten seconds.\n")
        with open_app(settings) as app:
            told = partial(_sum_up, app, internet)
            code = await serve(app, None if stay else seconds, [serving_somewhere, *([_staying(seconds, told)] if stay else [])])
            if not stay:
                told()
    say(NEXT.format(url=settings.database.url))
    return code


@asynccontextmanager
async def serving_somewhere(running: Running) -> AsyncIterator[None]:
    """Pages where they usually are, or on any free port where that one is taken."""
    async with AsyncExitStack() as stack:
        try:
            url = await stack.enter_async_context(serving(running))
        except SettingsError:
            app = running.app
            free = app.settings.model_copy(update={"server": Server(listen="127.0.0.1:0")})
            url = await stack.enter_async_context(serving(replace(running, app=replace(app, settings=free))))
        say(f"Pages are on {url} while it runs.\n")
        yield


def _staying(seconds: float, told: Callable[[], None]) -> Callable[[Running], AbstractAsyncContextManager[None]]:
    """What says, after ``seconds`` or when it is ended before, what was ``told``, and that the pages stay."""

    @asynccontextmanager
    async def beside(running: Running) -> AsyncIterator[None]:
        async def tell() -> None:
            try:
                await asyncio.sleep(seconds)
            finally:
                told()
            say("The pages stay until Ctrl-C.")

        task = asyncio.create_task(tell())
        await asyncio.sleep(0)  # begun, so that it tells also where it is cancelled
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return beside


def demo_settings(base: str, secret: str) -> Settings:
    """The demo's whole configuration: the shipped defaults but for impatience and 127.0.0.1."""
    return Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{DATABASE}"},
            "polling": Polling(
                min_interval=timedelta(seconds=1), max_interval=timedelta(seconds=1), host_delay=timedelta(0), per_host=8
            ),
            "network": Network(allow_networks=(ip_network("127.0.0.0/8"),)),
            "logging": Logging(level="warning"),
            "channels": {
                "terminal": Channel(type="stdout", format="text", rate_per_second=100),
                "receiver": Channel(
                    type="webhook", url=SecretStr(f"{base}/hook"), secrets=(SecretStr(secret),), rate_per_second=100
                ),
            },
            "routes": (Route(name="everything", channels=("terminal", "receiver")),),
            "feeds": tuple(
                FeedEntry(name=title, url=f"{base}/feeds/{slug}.xml", category="demo") for slug, title in FEEDS.items()
            ),
        }
    )


def _sum_up(app: App, internet: Internet) -> None:
    counts = app.store.counts()
    read, told = counted(counts["stories"], "story", "stories"), counted(counts["alerts"], "message")
    say(
        f"\n{read} read, {counted(counts['events'], 'event')}, {told} told, "
        f"{internet.received} of them signed and received. The second outlet's copy and the product news alerted nobody."
    )
