"""A server beside a process's ticks: on a socket that is bound before the first tick, gone before the drain."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any, Literal

import uvicorn

from monitor.app import App
from monitor.errors import SettingsError

DATE_EVERY = 1.0  # seconds
STOP_SECONDS = 1  # how long answers under way may take once the daemon stops


class _Beside(uvicorn.Server):
    """A server that leaves the signals to the daemon, and wakes once a second, for the Date of its answers. The library's wakes
    ten times, to see whether it is to end: a fifth of what an idle daemon costs."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ending = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # (at each that ten divide it writes the Date)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), DATE_EVERY)

    def end(self) -> None:
        self.should_exit = True
        self._ending.set()


def bind(app: App, section: Literal["server", "metrics"]) -> socket.socket:
    """A socket on the address that a section of the settings names. Raises SettingsError where it cannot be listened on."""
    given = getattr(app.settings, section)
    family = socket.AF_INET6 if ":" in given.host else socket.AF_INET
    try:
        return socket.create_server((given.host, given.port), family=family, backlog=128)
    except OSError as error:
        why = f"found {given.listen}: {_why(error)}"
        off = "server.enabled: false" if section == "server" else 'metrics.listen: ""'
        right = f"expected a free address; write another port, or {off}"
        raise SettingsError([app.settings.origin.problem((section, "listen"), f"{why}; {right}")]) from error


def _why(error: OSError) -> str:
    number = error.errno or 0
    if number < 0:  # the resolver's
        return "this name has no address here"
    return os.strerror(number).lower() if number else str(error)


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextlib.asynccontextmanager
async def listening(api: Any, listener: socket.socket) -> AsyncIterator[uvicorn.Server]:
    """Answer with the ASGI application ``api`` while the block lasts."""
    server = _Beside(
        uvicorn.Config(
            api,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=256,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield server
    finally:
        server.end()
        await task
