"""A new configuration without a restart: taken whole, or the old one stays in force and the log says why.

On SIGHUP the files are read and checked while everything goes on. If they are right, the daemon drains its loops as it does
when it stops, and begins anew on the same database and lock; if not, nothing happened.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from monitor import log as logging
from monitor import pulse
from monitor.app import App, check
from monitor.engine import hangups
from monitor.errors import DatabaseAway, MovewireError, SettingsError
from monitor.settings.schema import Settings

Again = Callable[[], Settings] | None  # reads the configuration anew when SIGHUP asks for it; None: SIGHUP changes nothing


class Reloads:
    """``ready`` is set when ``taken`` holds new settings; ``stop`` when the process is to end, whichever of its lives heard."""

    def __init__(self, again: Again) -> None:
        self._again = again
        self.taken: Settings | None = None
        self._untold = False
        self.ready, self.stop = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def listen(self, app: App) -> None:
        """From now on SIGHUP reads the configuration of ``app`` anew; on the running loop."""
        before = hangups.asked()
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._begin, app)
        if before:
            self._begin(app)

    def _begin(self, app: App) -> None:
        if self._again is not None and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._look(app, self._again))

    async def _look(self, app: App, again: Callable[[], Settings]) -> None:
        try:
            settings = await asyncio.to_thread(again)
            check(settings)
            if settings.database.url != app.settings.database.url:
                raise SettingsError(["database.url: another database needs a restart"])
        except (MovewireError, OSError) as error:
            await _tell_refused(app, error)
            return
        self.taken = settings
        self.ready.set()

    def take(self) -> Settings | None:
        """The new settings, once; None where nothing new was taken, or it is too late for them."""
        taken, self.taken = self.taken, None
        self.ready.clear()
        self._untold = taken is not None
        return None if self.stop.is_set() else taken

    async def begun(self, app: App) -> None:
        """``app`` is at work: if its configuration is a new one, say so."""
        if self._untold:
            self._untold = False
            await _tell_taken(app)

    async def failed(self, app: App, error: SettingsError) -> None:
        """The configuration that was taken could not be put to work; that of ``app`` is in force again."""
        self._untold = False
        await app.store.awrite(app.declare)
        await _tell_refused(app, error)


async def lives(
    app: App, reloads: Reloads, live: Callable[[App], Awaitable[int]], *, name: str = "daemon", declare: bool = True
) -> int:
    """One life of a process after the other, each with the configuration that was last taken; returns the last one's code.

    ``name``: of its heartbeats; the last of them says that it stopped, so that nobody takes it for alive until it is missed.
    """
    before: App | None = None
    while True:
        try:
            code = await live(app)
        except SettingsError as error:  # it was right on paper, and its port is taken
            if before is None:
                raise
            app, before = before, None
            await reloads.failed(app, error)
            continue
        if (settings := reloads.take()) is None:
            await _farewell(app, name)
            return code
        before, app = app, replace(app, settings=settings)
        if declare:
            await app.store.awrite(app.declare)


async def _farewell(app: App, name: str) -> None:
    store, now = app.store, app.clock()
    try:
        beat = (await store.acall(store.heartbeats)).get(name)
        if beat is not None:  # a process that was stopped before its first heartbeat is missed by nobody
            info = beat.info | {"stopped": now.isoformat()}
            pulse.write(app.settings.pulse_file, now, info)
            await store.awrite(store.heartbeat, name, now, info)
    except DatabaseAway as error:
        logging.get(part="daemon").warning("the database is not told that this process stops", why=str(error))


async def _tell_refused(app: App, error: Exception) -> None:
    """Say that a new configuration is not taken, and why."""
    problems = error.problems if isinstance(error, SettingsError) else [str(error)]
    logging.get(part="daemon").error("the new configuration is refused, the old one stays", problems=problems)
    await _record_outcome(app, "refused", problems)


async def _tell_taken(app: App) -> None:
    """Say that the configuration of ``app`` is in force."""
    settings = app.settings
    sizes = {"feeds": len(settings.feeds), "channels": len(settings.channels), "routes": len(settings.routes)}
    logging.get(part="daemon").info("the new configuration is in force", **sizes)
    await _record_outcome(app, "taken", [])


async def _record_outcome(app: App, outcome: str, problems: Sequence[str]) -> None:
    app.metrics.reloaded(outcome)
    now, info = app.clock(), dict[str, Any](taken=outcome == "taken", problems=list(problems))
    await app.store.awrite(app.store.heartbeat, "reload", now, info)
