"""The end of a job whose connection is cut while the database is told of it."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from tests.databases import only_postgres

pytestmark = [only_postgres]
# The first that ends a job loses its connection on the way; a sequence counts what is rolled back as well.
CUT_ONCE = """
    CREATE SEQUENCE ends;
    CREATE FUNCTION cut_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('ends') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN OLD;
    END $$;
    CREATE TRIGGER cut_once BEFORE DELETE ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION cut_once()
"""


def test_a_job_is_over_though_its_line_was_cut_as_it_ended(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("procrastinate", reason="no workers without the extra `postgres`")
    from monitor.engine import queue as jobs

    monkeypatch.setattr(jobs, "AGAIN", 0.01)
    address = url.replace("postgresql+psycopg", "postgresql")
    jobs.prepare(address)
    queue = jobs.make(address)
    ended = []

    async def deliver(channel: str) -> None:
        ended.append(channel)

    queue.task(name=jobs.DELIVER, queue=jobs.DELIVER)(deliver)

    async def work() -> None:
        async with queue.open_async():
            await jobs.ask_deliveries(queue, ["desk"])
            await queue.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False, delete_jobs="always")

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(CUT_ONCE)
        asyncio.run(work())
        assert ended == ["desk"]
        assert connection.execute("SELECT last_value FROM ends").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)
