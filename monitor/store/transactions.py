"""What every use of the store goes through: one writer at a time, many readers, and their threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from monitor.store.dialect import Dialect
from monitor.store.gate import Gate
from monitor.store.grouped import Grouped
from monitor.store.reads import Reads
from monitor.store.writes import OnDeliveries, Transaction

T = TypeVar("T")
P = ParamSpec("P")
_READER_THREADS = 4
_WRITER_THREADS = 4  # of whole writing functions: at the gate, what is urgent goes before what waits there already


class Transactions:
    """Its plain methods may be called from any thread, the ``a`` ones from an event loop."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._gate = Gate()
        self.on_deliveries: OnDeliveries | None = None  # called inside the transaction that writes deliveries
        self._writers = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._grouped = Grouped(self._writers, self._transact, self.transact)
        self._readers = ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="store-reader")
        self._others = ThreadPoolExecutor(_WRITER_THREADS, thread_name_prefix="store-other")

    def close(self) -> None:
        """Wait for what is being written, then let go of the file."""
        self._writers.shutdown()
        self._others.shutdown()
        self._readers.shutdown()
        self._dialect.dispose()

    def transact(self, work: Callable[[Transaction], T], *, beside: bool = False, urgent: bool = False) -> T:
        """Run ``work`` in a write transaction and commit it; what it raises rolls everything back.

        Transactions of all processes run one after the other, so that ``work`` may decide by what it reads. ``beside``:
        ``work`` needs no turn, as it writes rows of its own only; where the database can, it runs beside the others.
        ``urgent``: it goes before what waits in this process already; for what is short.

        When this returns, alerts and deliveries it wrote survive a loss of power, and everything it wrote a killed process.
        """
        return self._transact([work], beside=beside, urgent=urgent)[0]

    def _transact(self, works: Sequence[Callable[[Transaction], T]], *, beside: bool = False, urgent: bool = False) -> list[T]:
        if self._gate.mine:
            raise RuntimeError("a transaction inside a transaction: use the one at hand")
        results, durable = [], False
        with self._gate.passed(urgent=urgent), self._dialect.translated():
            with self._dialect.writer.begin() as connection:
                if not beside:
                    self._dialect.take_turn(connection)
                for work in works:
                    tx = Transaction(connection, self._dialect)
                    tx.on_deliveries = self.on_deliveries
                    results.append(work(tx))
                    durable = durable or tx.durable
            if durable:
                self._dialect.make_durable()
            return results

    def read(self, work: Callable[[Reads], T]) -> T:
        """Run ``work`` on one consistent snapshot. It waits for no writer, and no writer for it."""
        with self._dialect.translated(), self._dialect.reader.connect() as connection:
            return work(Reads(connection, self._dialect))

    async def atransact(self, work: Callable[[Transaction], T], *, beside: bool = False) -> T:
        """``transact`` on the writer's thread, with others that wait. Being cancelled does not undo it: it may be committed.

        ``work`` is run again where another that was to share its commit failed: it does nothing but read and write.
        """
        if self._dialect.groups:
            return await self._grouped.ask(work)  # type: ignore[no-any-return]
        return await asyncio.get_running_loop().run_in_executor(self._writers, lambda: self.transact(work, beside=beside))

    async def aread(self, work: Callable[[Reads], T]) -> T:
        """``read`` on one of the readers' threads."""
        return await self.acall(self.read, work)

    async def acall(self, work: Callable[P, T], *args: P.args, **given: P.kwargs) -> T:
        """Call a reading function of the store on one of the readers' threads: none that writes, for reads would wait for it."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(work, *args, **given))

    async def awrite(self, work: Callable[P, T], *args: P.args, **given: P.kwargs) -> T:
        """Call a function of the store that writes, or reads and then writes, on threads of their own. As ``atransact``, being
        cancelled does not undo it."""
        return await asyncio.get_running_loop().run_in_executor(self._others, partial(work, *args, **given))
