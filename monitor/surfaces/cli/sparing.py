"""What libraries do by themselves and no command of ours has any use for: 35 ms of start-up, and threads."""

from __future__ import annotations

import os
import sys
from types import ModuleType


def libraries() -> None:
    """To be called before pydantic, httpx and numpy are imported. Nothing of what they do for us changes."""
    # pydantic looks through every installed package for plug-ins; there are none that a configuration would be read by.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # httpx imports its own command line, with rich and pygments; without it, it says how to install them. (A module that is
    # None is one that cannot be imported.)
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.setdefault("httpx._main", None)
    # numpy's matrix products share their work among threads that wait for each other: where others are at work as well, one
    # thread is many times as quick (of 128 × 384 × 1536 on two busy cores 1.4 ms, and 25 ms with two).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
