"""The collector of garbage, as suits a process that answers and ends, and one that stays."""

from __future__ import annotations

import atexit
import gc

_USUAL = gc.get_threshold()
_SELDOM = 200_000  # objects made before it looks; usual are 700. A hundred MB of garbage at the very most


def answer() -> None:
    """Do not look through what is being imported again and again, and through all of it once more at the end: a fifth of the
    CPU of ``movewire alerts``."""
    gc.set_threshold(_SELDOM)
    atexit.register(gc.freeze)


def stay() -> None:
    """Collect as usual, but for what is there by now and stays."""
    gc.freeze()
    gc.set_threshold(*_USUAL)
