"""The configuration: ``load()`` gives frozen ``Settings``; ``schema`` declares every option once."""

from monitor.settings.beside import shipped_folder
from monitor.settings.load import find, load
from monitor.settings.schema import Settings

__all__ = ["Settings", "find", "load", "shipped_folder"]
