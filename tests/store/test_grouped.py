"""Transactions that share a commit: each whole or not at all, and nobody told before it is on disk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from monitor import log
from monitor.store import Store, Transaction
from tests.databases import only_sqlite

from .build import founded


def put(name: str, fail: str = "") -> Callable[[Transaction], str]:
    """A transaction that writes a channel, and then perhaps fails."""

    def work(tx: Transaction) -> str:
        tx.know_channels([name])
        if fail:
            raise ValueError(fail)
        return name

    return work


def known(store: Store) -> set[str]:
    return {channel.name for channel in store.channels()}


def held(store: Store, *works: Callable[[Transaction], Any]) -> list[Any]:
    """Results or errors of ``works``, all of which wait while another writes."""

    async def main() -> list[Any]:
        begun, go_on = threading.Event(), threading.Event()

        def first(tx: Transaction) -> None:
            begun.set()
            go_on.wait(10)

        tasks = [asyncio.create_task(store.atransact(first))]
        await asyncio.to_thread(begun.wait, 10)
        tasks += [asyncio.create_task(store.atransact(work)) for work in works]
        await asyncio.sleep(0)
        go_on.set()
        return (await asyncio.gather(*tasks, return_exceptions=True))[1:]

    return asyncio.run(main())


def test_all_of_them_are_written_and_told_what_they_return(store: Store) -> None:
    names = [f"c{n}" for n in range(40)]
    assert held(store, *map(put, names)) == names
    assert known(store) >= set(names)


def test_one_that_fails_is_undone_alone(store: Store) -> None:
    log.configure("debug")
    with structlog.testing.capture_logs() as logs:
        first, second, third = held(store, put("a"), put("b", fail="no"), put("c"))
    assert (first, third) == ("a", "c")
    assert isinstance(second, ValueError)
    assert known(store) & {"a", "b", "c"} == {"a", "c"}
    if store.kind == "sqlite":  # the other shares no commit
        [line] = [line for line in logs if line.get("together") == 3]
        assert (line["log_level"], repr(line["exc_info"])) == ("debug", "ValueError('no')"), "who must know which can see it"
    log.configure()


@only_sqlite
def test_those_that_wait_share_a_commit(store: Store) -> None:
    """What one sees of the other's, and a reader of neither."""
    seen: list[tuple[set[str], bool]] = []

    def look(tx: Transaction) -> None:
        there = {row.name for row in tx.connection.exec_driver_sql("SELECT name FROM channels")}
        seen.append((there & {"a"}, "a" in known(store)))

    held(store, put("a"), look)
    assert seen == [({"a"}, False)]


def test_one_that_is_cancelled_spoils_nothing(store: Store) -> None:
    async def main() -> None:
        tasks = [asyncio.create_task(store.atransact(lambda tx, n=n: tx.record_poll(founded(n)))) for n in range(6)]  # type: ignore[misc]
        await asyncio.sleep(0)
        tasks[3].cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(r, asyncio.CancelledError) for r in results] == [n == 3 for n in range(6)]

    asyncio.run(main())
    store.close()


def test_a_store_goes_on_after_a_failure(store: Store) -> None:
    with pytest.raises(ValueError, match="no"):
        asyncio.run(store.atransact(put("x", fail="no")))
    assert asyncio.run(store.atransact(put("y"))) == "y"
    assert known(store) & {"x", "y"} == {"y"}


def test_a_loop_that_ends_before_its_work_is_written_holds_up_no_other(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        begun.set()
        go_on.wait(10)
        tx.know_channels(["slow"])

    async def leave() -> None:
        asyncio.get_running_loop().create_task(store.atransact(slow))
        await asyncio.to_thread(begun.wait, 10)

    asyncio.run(leave())
    go_on.set()
    assert asyncio.run(store.atransact(put("z"))) == "z"
    assert known(store) & {"slow", "z"} == {"slow", "z"}
