"""The queue between a scheduler and its workers: Procrastinate on the same PostgreSQL, so that a job commits with its cause.

Two kinds of job. ``poll`` asks one feed: at most one waits for a feed, and a host has as many locks as requests may be under
way to it. ``deliver`` looks after one channel: it sends what is due there, and holds the channel's lock while it does. A job
is only a wish to look: what is due stands in our own tables, so a job too many does nothing and a job lost is asked for again.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Collection
from typing import Any

import psycopg
from procrastinate import App as Procrastinate
from procrastinate import PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.schema import SchemaManager, migrations_path

from monitor.errors import SettingsError, StoreError
from monitor.model import Delivery, Feed
from monitor.settings.schema import Settings
from monitor.store import Transaction
from monitor.store.postgres_lock import LIVELY
from monitor.urls import host_of

POLL, DELIVER = "poll", "deliver"  # names of tasks, and of the queues they wait in
WORKER = "worker "  # how the heartbeats of workers are called
# Seconds after which a connection that cannot be had is given up, and asked for anew by whoever needs one next. A pool left to
# itself waits twice as long after each try, up to minutes, and those who wait for it for half of one.
GIVEN_UP = 5.0
BEAT_SECONDS, LOST_SECONDS = 2.0, 10.0  # a worker says it lives, and is given up
AGAIN = 1.0  # seconds until what failed for want of a line to the database is tried again
END_TOLD = 60  # how often the end of a job is: by then a worker without a line is given up, and what it held goes to others
_SETUP = 0x6D6F766577697204  # an advisory lock of this database: the queue's tables are made once


def must_be_possible(settings: Settings) -> None:
    """Raises SettingsError where the database can have no queue."""
    if not settings.database.url.startswith(("postgresql", "postgres:")):
        wanted = "workers on many machines need PostgreSQL; write postgresql://USER:PASSWORD@HOST/DATABASE"
        raise SettingsError([settings.origin.problem(("database", "url"), wanted)])


def make(address: str, *, connections: int = 4) -> Procrastinate:
    """The queue on the database at ``address``; to be opened with ``async with queue.open_async()``."""
    connector = PsycopgConnector(
        conninfo=address,
        min_size=1,
        max_size=connections,
        timeout=GIVEN_UP,
        reconnect_timeout=GIVEN_UP,
        kwargs={"application_name": "movewire queue", **LIVELY},
    )
    queue = Procrastinate(connector=connector)
    queue.job_manager = Finishing(connector)
    return queue


class Finishing(JobManager):
    """Says that a job is over until the database has heard it. Procrastinate logs that it could not, and goes on: a job whose
    connection is cut in that moment would hold its host or its channel for as long as its worker lives."""

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        for again in range(END_TOLD + 1):
            try:
                await super().finish_job(job, status, delete_job)
            except ConnectorException as error:
                away = isinstance(error.__cause__, psycopg.OperationalError)
                if again and not away:
                    return  # heard before the line was cut, or the job is another's by now
                if not away or again == END_TOLD:
                    raise
            else:
                return
            await asyncio.sleep(AGAIN)


def prepare(address: str) -> None:
    """Make the queue's tables, or bring them to the installed version. Raises StoreError where that cannot be done."""
    steps = sorted(path.name for path in migrations_path.glob("*.sql"))
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_SETUP])
            connection.execute("CREATE TABLE IF NOT EXISTS movewire_queue (step text NOT NULL)")
            known = connection.execute("SELECT step FROM movewire_queue").fetchone()
            if known is None:
                connection.execute(SchemaManager.get_schema())
                connection.execute("INSERT INTO movewire_queue VALUES (%s)", [steps[-1]])
                return
            for step in [name for name in steps if name > known[0]]:
                connection.execute((migrations_path / step).read_bytes())
                connection.execute("UPDATE movewire_queue SET step = %s", [step])
    except psycopg.Error as error:
        raise StoreError(f"the queue's tables cannot be made: {str(error).strip()}") from error


def host_lock(feed: Feed, settings: Settings) -> str:
    """The lock a poll of ``feed`` holds: one of as many as may be under way to its host."""
    return f"host:{host_of(feed.url)}#{zlib.crc32(feed.id.encode()) % settings.polling.per_host}"


async def ask_polls(queue: Procrastinate, feeds: Collection[Feed], settings: Settings) -> None:
    """Wish for a poll of each of ``feeds``; one that waits already is not asked for twice."""
    for feed in feeds:
        job = queue.configure_task(POLL, queue=POLL, lock=host_lock(feed, settings), queueing_lock=f"feed:{feed.id}")
        try:
            await job.defer_async(feed_id=feed.id)
        except AlreadyEnqueued:
            continue


async def ask_deliveries(queue: Procrastinate, channels: Collection[str]) -> None:
    """Wish that each of ``channels`` is looked after."""
    for channel in channels:
        job = queue.configure_task(DELIVER, queue=DELIVER, lock=f"channel:{channel}", queueing_lock=f"channel:{channel}")
        try:
            await job.defer_async(channel=channel)
        except AlreadyEnqueued:
            continue


def deferring() -> Any:
    """A function that wishes, inside a transaction, for the delivery of what it wrote: both commit or neither does."""
    queue = Procrastinate(connector=SyncPsycopgConnector())  # never opened: it speaks through the transaction's connection

    def defer(tx: Transaction, deliveries: Collection[Delivery]) -> None:
        for channel in sorted({delivery.channel for delivery in deliveries}):
            # (No queueing lock here: where it is taken, PostgreSQL would end the whole transaction.)
            job = queue.configure_task(DELIVER, queue=DELIVER, lock=f"channel:{channel}", connection=tx.driver_connection())
            job.defer(channel=channel)

    return defer


async def take_up_lost(queue: Procrastinate) -> list[str]:
    """Give the jobs of workers that fell silent to others; returns what was taken up, for the log.

    A poll that waits a second time needs no retry: the one that waits does it.
    """
    manager = queue.job_manager
    await manager.prune_stalled_workers(LOST_SECONDS)
    taken = []
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=LOST_SECONDS):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, Status.FAILED, delete_job=True)
        taken.append(_named(job))
    return taken


def _named(job: Job) -> str:
    return f"{job.task_name} {next(iter(job.task_kwargs.values()), '')}"
