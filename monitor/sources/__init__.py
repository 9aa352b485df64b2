"""The registry of sources: the kinds of feed Movewire can read. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable

from monitor.errors import SettingsError
from monitor.interfaces import Source
from monitor.settings.schema import Settings
from monitor.sources.edgar import Edgar
from monitor.sources.google_news import GoogleNews
from monitor.sources.jsonfeed import JsonFeed
from monitor.sources.syndication import Syndication

SOURCES: dict[str, Callable[[Settings], Source]] = {
    "syndication": Syndication,
    "jsonfeed": JsonFeed,
    "google_news": GoogleNews,
    "edgar": Edgar,
}


def source_for(name: str, settings: Settings) -> Source:
    """The source registered as ``name``. Raises SettingsError naming those there are."""
    try:
        return SOURCES[name](settings)
    except KeyError:
        raise SettingsError([f"source {name!r} is not known; expected one of {', '.join(sorted(SOURCES))}"]) from None
