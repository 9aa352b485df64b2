"""Who waits for whom among those that ask from an event loop."""

from __future__ import annotations

import asyncio
import threading

from monitor.store import Reads, Store, Transaction
from tests.databases import only_sqlite

from .build import NOW


def test_a_read_waits_for_no_write_however_many_wait(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        begun.set()
        go_on.wait(10)
        tx.know_channels(["slow"])

    async def main() -> tuple[int, set[str]]:
        async with asyncio.TaskGroup() as writes:
            try:
                writes.create_task(store.awrite(store.transact, slow))
                await asyncio.to_thread(begun.wait, 10)
                for n in range(9):
                    writes.create_task(store.awrite(store.heartbeat, f"worker {n}", NOW, {}))
                feeds = len(await asyncio.wait_for(store.acall(store.feeds), 5))
                beats = set(await asyncio.wait_for(store.acall(store.heartbeats), 5))
            finally:
                go_on.set()
        return feeds, beats

    assert asyncio.run(main()) == (0, set()), "nothing is written yet"
    assert len(store.heartbeats()) == 9
    assert [channel.name for channel in store.channels()] == ["slow"]


@only_sqlite
def test_reads_one_after_another_share_a_connection_however_many_there_are(store: Store) -> None:
    """Each that is used comes to hold 8 MB of pages."""

    def used(reads: Reads) -> int:
        return id(reads.connection.connection.dbapi_connection)

    together = threading.Barrier(4)

    def at_once(reads: Reads) -> int:
        together.wait(10)
        return used(reads)

    async def main() -> tuple[set[int], set[int]]:
        first = await asyncio.gather(*(store.aread(at_once) for _ in range(4)))
        return set(first), {await store.aread(used) for _ in range(8)}

    first, later = asyncio.run(main())
    assert (len(first), len(later)) == (4, 1)
