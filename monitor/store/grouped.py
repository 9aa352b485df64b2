"""Transactions that ask to be written at one time share one commit, each of them whole or not at all by itself.

A commit costs as much as what most polls write. Whoever asks is told when the commit is made, and no sooner: what is promised of
a transaction of its own holds. Where one fails, all are undone and each is tried by itself. (A savepoint each would do as well,
but at each of them SQLite's full-text index writes out what it holds, which is most of a commit.)
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from monitor import log as logging

_log = logging.get(part="store")
MOST = 16  # in one commit: whoever is urgent waits for no more


Work = Callable[[Any], Any]


@dataclass(slots=True, eq=False)
class Asked:
    """One transaction, and who waits for it. ``result`` or ``error`` is set once it was tried."""

    work: Work
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Grouped:
    """``together`` writes up to ``MOST`` works in one commit and returns what they return, ``alone`` one; on ``executor``."""

    def __init__(self, executor: Executor, together: Callable[[Sequence[Work]], list[Any]], alone: Callable[[Work], Any]) -> None:
        self._executor, self._together, self._alone = executor, together, alone
        self._waiting: deque[Asked] = deque()
        self._changes = threading.Lock()
        self._at_work = False

    async def ask(self, work: Work) -> Any:
        """What ``work`` returns, once it is committed. Being cancelled does not undo it: it may be committed all the same."""
        loop = asyncio.get_running_loop()
        asked = Asked(work, loop, loop.create_future())
        with self._changes:
            self._waiting.append(asked)
            begin, self._at_work = not self._at_work, True
        if begin:
            self._executor.submit(self._run)
        return await asked.future

    def _run(self) -> None:
        while True:
            with self._changes:
                group = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
                if not group:
                    self._at_work = False
                    return
            self._try(group)
            for loop in {asked.loop for asked in group}:
                told = [asked for asked in group if asked.loop is loop]
                with suppress(RuntimeError):  # the loop has ended, and with it whoever waited there
                    loop.call_soon_threadsafe(_tell, told)

    def _try(self, group: Sequence[Asked]) -> None:
        if len(group) > 1 and self._tried_together(group):
            return
        for asked in group:
            try:
                asked.result = self._alone(asked.work)
            except BaseException as error:  # noqa: BLE001 - whoever waits is told, and raises it
                asked.error = error

    def _tried_together(self, group: Sequence[Asked]) -> bool:
        try:
            results = self._together([asked.work for asked in group])
        except Exception as error:  # noqa: BLE001 - it comes again, to the one whose fault it is
            _log.debug("a transaction fails; those of its commit are written one by one", together=len(group), exc_info=error)
            return False
        for asked, result in zip(group, results, strict=True):
            asked.result = result
        return True


def _tell(group: Sequence[Asked]) -> None:
    for asked in group:
        if asked.future.done():  # cancelled
            continue
        if asked.error is not None:
            asked.future.set_exception(asked.error)
        else:
            asked.future.set_result(asked.result)
