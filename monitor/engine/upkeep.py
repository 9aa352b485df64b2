"""What has to be done at the start and now and then: forgetting by age, as the settings say; and what the routes lack is told."""

from __future__ import annotations

from datetime import timedelta

from monitor import log as logging
from monitor.app import App
from monitor.settings.searched import searched

UPKEEP_EVERY = 3600  # seconds
SILENT = timedelta(days=1)  # a worker unheard for so long has ended: each container has a name of its own
_ROUNDS = 200  # of 500 rows of each kind: the rest waits for the next hour


async def upkeep(app: App) -> None:
    """Forget what is old, a few hundred rows a transaction, so that no writer waits for it. Of a route without its saved search
    the operator channel hears here, too, as long as nothing comes in to be decided."""
    kept, store = app.settings.retention, app.store
    if next(searched(app.settings.routes), None) is not None:
        await store.atransact(lambda tx: app.routes.decide(tx, app.clock()))
    await right_schedule(app)
    stories, attempts = 0, 0
    for _ in range(_ROUNDS):
        gone = await store.awrite(store.forget, app.clock(), stories=kept.stories or None, attempts=kept.attempts or None)
        stories, attempts = stories + gone.stories, attempts + gone.attempts
        if not gone.more:
            break
    silent = await store.awrite(store.forget_silent, "worker ", app.clock() - SILENT)
    if silent:
        logging.get(part="daemon").info("forgot workers that ended", workers=silent)
    if stories or attempts:
        logging.get(part="daemon").info("forgot what is old; alerts are kept", stories=stories, attempts=attempts)


async def right_schedule(app: App) -> None:
    """Have feeds that a clock which was ahead put off asked as if it had been right."""
    if righted := await app.store.atransact(lambda tx: tx.right_schedule(app.clock())):
        logging.get(part="daemon").warning("the clock was ahead: feeds are due as if it had not been", feeds=righted)
