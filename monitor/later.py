"""Modules that are imported when something of theirs is first asked for: what starts for one question needs few of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module, which is imported when something of it is first asked for; from any thread."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found
