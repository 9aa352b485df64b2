"""Who writes next: one at a time, and what is urgent before what waits already.

A lock of the standard library goes to whoever happens to ask when it is free, which under a steady stream of polls is the
next poll: the outbox would wait for seconds. Urgent work is short, so the others lose little.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """A lock for the threads of one process, with two kinds of those who wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False
        self._urgent = 0  # that wait
        self._holder = 0

    @property
    def mine(self) -> bool:
        """Does the calling thread hold it?"""
        return self._holder == threading.get_ident()

    @contextmanager
    def passed(self, *, urgent: bool) -> Iterator[None]:
        with self._changed:
            self._urgent += urgent
            self._changed.wait_for(lambda: not self._taken and (urgent or not self._urgent))
            self._urgent -= urgent
            self._taken, self._holder = True, threading.get_ident()
        try:
            yield
        finally:
            with self._changed:
                self._taken, self._holder = False, 0
                self._changed.notify_all()
