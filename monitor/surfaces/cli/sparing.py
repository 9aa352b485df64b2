"""What libraries do when they are imported and no command of ours has any use for: 35 ms of start-up."""

from __future__ import annotations

import os
import sys
from types import ModuleType


def libraries() -> None:
    """To be called before pydantic and httpx are imported. Nothing of what they do for us changes."""
    # pydantic looks through every installed package for plug-ins; there are none that a configuration would be read by.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # httpx imports its own command line, with rich and pygments; without it, it says how to install them. (A module that is
    # None is one that cannot be imported.)
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.setdefault("httpx._main", None)
