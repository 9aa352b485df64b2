"""SIGHUP before anybody listens to it: a process that has just begun is not ended by it, and reloads as soon as it can."""

from __future__ import annotations

import signal
from types import FrameType


class Held:
    """The handler until ``Reloads.listen`` has its own."""

    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def hold() -> None:
    """From the start of a command that stays; in the main thread."""
    signal.signal(signal.SIGHUP, Held())


def asked() -> bool:
    """Did SIGHUP come since ``hold``? To be asked before another handler is put in its place."""
    held = signal.getsignal(signal.SIGHUP)
    return isinstance(held, Held) and held.asked
