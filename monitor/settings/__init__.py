"""The configuration: ``load()`` gives frozen ``Settings``; ``schema`` declares every option once."""

from monitor.settings.check import check_channel_types, check_sources
from monitor.settings.load import find, load, shipped_folder
from monitor.settings.schema import Settings

__all__ = ["Settings", "check_channel_types", "check_sources", "find", "load", "shipped_folder"]
