"""The process that reads documents: what it costs, what kills it, and that the next document does not notice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import HostileDocument, ReadingError
from monitor.polling import reading_worker
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Polling, Settings
from tests.sources.documents import HOSTILE, PAGES, RSS20, URL


def run(work: Callable[[ReadingWorker], Awaitable[Any]], **polling: Any) -> Any:
    async def main() -> Any:
        worker = ReadingWorker(Settings(polling=Polling(**polling)))
        try:
            return await work(worker)
        finally:
            await worker.close()

    return asyncio.run(main())


def pid(worker: ReadingWorker) -> int:
    assert worker._process is not None
    return worker._process.pid


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


async def titles(worker: ReadingWorker, document: str = RSS20) -> list[str]:
    reading = await worker.parse("syndication", document.encode(), URL, "application/rss+xml")
    return [entry.title for entry in reading.entries]


def test_documents_are_read_by_one_process_that_stays() -> None:
    async def work(worker: ReadingWorker) -> None:
        first = await titles(worker)
        number = pid(worker)
        assert [await titles(worker) for _ in range(3)] == [first] * 3
        assert pid(worker) == number
        assert len(first) == 2
        await worker.close()
        assert not alive(number)
        assert await titles(worker) == first  # and starts again when asked again

    run(work)


def test_many_at_once_each_get_their_own_answer() -> None:
    async def work(worker: ReadingWorker) -> None:
        documents = [f"<rss><channel><item><title>story {n}</title></item></channel></rss>" for n in range(30)]
        answers = await asyncio.gather(*(titles(worker, d) for d in documents))
        assert answers == [[f"story {n}"] for n in range(30)]

    run(work)


def test_refusals_come_back_as_they_are_and_cost_no_process() -> None:
    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        number = pid(worker)
        with pytest.raises(ReadingError, match="a web page") as caught:
            await worker.parse("syndication", PAGES["page"], URL)
        assert not isinstance(caught.value, HostileDocument)
        with pytest.raises(HostileDocument, match="nested"):
            await worker.parse("syndication", HOSTILE["deep"].encode(), URL)
        assert (pid(worker), worker.killed) == (number, 0)

    run(work)


def test_the_settings_entry_cap_reaches_the_process() -> None:
    assert len(run(titles, max_entries=1)) == 1


def test_a_document_that_takes_too_long_costs_its_process_only() -> None:
    """Well-formed up to an early error, then as slow as feedparser's second parser gets."""
    slow = "<rss><channel>&nope;" + "<a>" * 250_000

    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        number = pid(worker)
        began = asyncio.get_running_loop().time()
        with pytest.raises(HostileDocument, match=r"longer than 0\.5 s"):
            await titles(worker, slow)
        assert asyncio.get_running_loop().time() - began < 5
        assert worker.killed == 1
        assert not alive(number)
        assert len(await titles(worker)) == 2

    run(work, parse_deadline=timedelta(seconds=0.5))


def test_a_process_that_dies_while_reading_is_the_documents_fault() -> None:
    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        slow = asyncio.create_task(titles(worker, "<rss><channel>&nope;" + "<a>" * 250_000))
        await asyncio.sleep(0.05)
        os.kill(pid(worker), signal.SIGKILL)
        with pytest.raises(HostileDocument, match="ended"):
            await slow
        assert len(await titles(worker)) == 2

    run(work)


def test_a_process_that_dies_while_idle_is_nobodys_fault() -> None:
    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        process = worker._process
        assert process is not None
        process.kill()
        await asyncio.to_thread(process.wait)
        assert len(await titles(worker)) == 2
        assert worker.killed == 0

    run(work)


def test_a_cancelled_reading_leaves_no_answer_for_the_next() -> None:
    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        slow = asyncio.create_task(titles(worker, "<rss><channel>&nope;" + "<a>" * 250_000))
        await asyncio.sleep(0.05)
        slow.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await slow
        assert len(await titles(worker)) == 2
        assert worker.killed == 0

    run(work)


needs_proc = pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="no /proc on this system")


async def proc(worker: ReadingWorker, name: str) -> bytes:
    return await asyncio.to_thread(Path(f"/proc/{pid(worker)}/{name}").read_bytes)


@needs_proc
def test_memory_is_limited() -> None:
    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        limits = (await proc(worker, "limits")).decode().splitlines()
        assert any(x.startswith("Max address space") and str(reading_worker.MEMORY_LIMIT) in x for x in limits)

    run(work)


def test_a_process_that_grew_large_is_replaced() -> None:
    async def main() -> None:
        worker = ReadingWorker(Settings(), retire_at=1)
        try:
            assert len(await titles(worker)) == 2
            assert worker._process is None
            assert len(await titles(worker)) == 2
            assert worker.killed == 0
        finally:
            await worker.close()

    asyncio.run(main())


@needs_proc
def test_the_child_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOVEWIRE_TEST_SECRET", "whsec_never")

    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        assert b"whsec_never" not in await proc(worker, "environ")

    run(work)


def test_the_child_ends_with_the_line() -> None:
    """As when the daemon is killed by force."""

    async def work(worker: ReadingWorker) -> None:
        await titles(worker)
        process, line = worker._process, worker._line
        assert process is not None
        assert line is not None
        line[1].close()
        assert await asyncio.to_thread(process.wait, 10) == 0

    run(work)
