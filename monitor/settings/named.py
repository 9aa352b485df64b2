"""What a configuration names that the settings do not know themselves: kinds of channels and feeds, classifiers, databases.

It can be made out of a file with other mistakes in it, so that all of them are told at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from monitor.settings.environment import near
from monitor.settings.origin import Origin
from monitor.settings.schema import Settings


@dataclass(frozen=True, kw_only=True)
class Named:
    """``channels``: the type of each by its name. ``feeds``: name and source of each by its place in the whole list."""

    origin: Origin
    database: str
    classifier: str
    encoder: str
    tracing: str
    channels: Mapping[str, str]
    feeds: Mapping[int, tuple[str, str]]

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """What settings that are right by themselves name."""
        return cls(
            origin=settings.origin,
            database=settings.database.url,
            classifier=settings.classify.classifier,
            encoder=settings.classify.encoder,
            tracing=settings.tracing.endpoint,
            channels={name: channel.type for name, channel in settings.channels.items()},
            feeds={n: (feed.name, feed.source) for n, feed in enumerate(settings.feeds)},
        )

    @classmethod
    def written(cls, data: Mapping[str, Any], feeds: Iterable[tuple[int, Any]], origin: Origin) -> Self:
        """As far as it can be made out of what was written; what is no text was complained of, and the default stands for it."""
        usual, channels = Settings(), data.get("channels")
        encoder = _at(data, "classify", "encoder")
        types = {name: _at(channel, "type") for name, channel in channels.items()} if isinstance(channels, dict) else {}
        given = ((n, _at(feed, "name"), _at(feed, "source")) for n, feed in feeds)
        return cls(
            origin=origin,
            database=_text(_at(data, "database", "url"), usual.database.url),
            classifier=_text(_at(data, "classify", "classifier"), usual.classify.classifier),
            encoder="on" if encoder is True else _text(encoder, usual.classify.encoder),  # YAML reads on as true
            tracing=_text(_at(data, "tracing", "endpoint"), ""),
            channels={name: kind for name, kind in types.items() if isinstance(kind, str)},
            feeds={n: (_text(name, ""), source) for n, name, source in given if isinstance(source, str)},
        )


def _at(data: Any, *path: str) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _text(found: Any, default: str) -> str:
    return found if isinstance(found, str) else default


def channel_types(named: Named, known: Collection[str]) -> Iterator[str]:
    """Channels of a type that is none of ``known``, the registry of notifiers."""
    for name, kind in named.channels.items():
        if kind not in known:
            yield named.origin.problem(("channels", name, "type"), f"found {kind!r}; expected {near(kind, list(known))}")


def sources(named: Named, known: Collection[str]) -> Iterator[str]:
    """Feeds of a source that is none of ``known``, the registry of sources."""
    for n, (name, source) in named.feeds.items():
        if source not in known:
            where = named.origin.where(("feeds", n, "source"))
            words = f"feed {name!r}: source: found {source!r}; expected {near(source, list(known))}"
            yield f"{where}: {words}".removeprefix(": ")


def classifiers(named: Named, known: Collection[str]) -> Iterator[str]:
    """A classifier that is none of ``known``, their registry."""
    if named.classifier not in known:
        words = f"found {named.classifier!r}; expected {near(named.classifier, list(known))}"
        yield named.origin.problem(("classify", "classifier"), words)
