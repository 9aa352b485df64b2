"""Threads stop working for a poll that was cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

Going = Callable[[], None]  # raises Abandoned where the work that asks is for nobody any longer


class Abandoned(Exception):
    """The poll was cancelled: what threads still do for it is for nobody."""


@contextmanager
def until_cancelled() -> Iterator[Going]:
    """What threads ask before each story of a poll: it raises Abandoned once the poll was cancelled. A thread cannot be, and the
    process would wait for it: thousands of stories take a minute."""
    over = Event()

    def going() -> None:
        if over.is_set():
            raise Abandoned

    try:
        yield going
    except asyncio.CancelledError:
        over.set()
        raise
