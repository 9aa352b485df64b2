"""What only the whole configuration can tell: names that must agree, and what the registries know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from monitor.errors import SettingsError
from monitor.settings.environment import near
from monitor.settings.origin import Origin
from monitor.settings.schema import FeedEntry, Polling, Route, SecondOpinion, Server, Settings, write_duration

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


def routes(
    given: Iterable[tuple[int, Route]], channels: Collection[str], watchlists: Collection[str], origin: Origin
) -> Iterator[str]:
    """Routes that name what is not there. ``given`` are routes with their place in the list."""
    first: dict[str, int] = {}
    for n, route in given:
        for key, found, known, what in (
            (("channels",), route.channels, channels, "a channel"),
            (("match", "watchlist"), route.match.watchlist, watchlists, "a watchlist"),
        ):
            for one in found:
                if one not in known:
                    yield origin.problem(("routes", n, *key), f"found {one!r}; expected {what}, {near(one, sorted(known))}")
        if route.name in first:
            other = origin.where(("routes", first[route.name], "name"))
            yield origin.problem(("routes", n, "name"), f"found {route.name!r} twice (first in {other}); expected each name once")
        first.setdefault(route.name, n)


def operator(name: object, channels: Collection[str], origin: Origin) -> Iterator[str]:
    if isinstance(name, str) and name not in channels:
        yield origin.problem(("operator_channel",), f"found {name!r}; expected a channel, {near(name, sorted(channels))}")


def feeds(given: Sequence[tuple[int, FeedEntry]], origin: Origin) -> Iterator[str]:
    """Names and addresses that stand twice. ``given`` are feeds with their place in the list."""
    for what in ("name", "url"):
        first: dict[str, int] = {}
        for n, feed in given:
            value = getattr(feed, what)
            if value in first:
                other = origin.where(("feeds", first[value], what))
                here = origin.where(("feeds", n, what))
                yield f"{here}: {what}: found {value!r} twice (first in {other}); expected each {what} once"
            first.setdefault(value, n)


def polling(given: Polling, origin: Origin) -> Iterator[str]:
    if given.min_interval > given.max_interval:
        longest = write_duration(given.max_interval)
        yield origin.problem(
            ("polling", "min_interval"),
            f"found {write_duration(given.min_interval)}; expected at most polling.max_interval, {longest}",
        )


def server(given: Server, origin: Origin) -> Iterator[str]:
    if given.port > 65535:
        yield origin.problem(("server", "listen"), f"found port {given.port}; expected 0 to 65535")
    for n, name in enumerate(given.allowed_hosts):
        if not _HOST.fullmatch(name):
            wanted = "a host name without scheme and port, such as movewire.example.org"
            yield origin.problem(("server", "allowed_hosts", n), f"found {name!r}; expected {wanted}")


def second_opinion(given: SecondOpinion, origin: Origin) -> Iterator[str]:
    if given.url and not given.model:
        wanted = "the model's name as the endpoint knows it"
        yield origin.problem(("classify", "second_opinion", "model"), f"found none beside a url; expected {wanted}")


# -- what the registries know: called from the shell, because the settings do not know the stages


def check_channel_types(settings: Settings, known: Collection[str]) -> None:
    """Raises SettingsError where a channel's type is none of ``known``, the registry of notifiers."""
    _raise(
        settings.origin.problem(("channels", name, "type"), f"found {channel.type!r}; expected {near(channel.type, list(known))}")
        for name, channel in settings.channels.items()
        if channel.type not in known
    )


def check_sources(settings: Settings, known: Collection[str]) -> None:
    """Raises SettingsError where a feed's source is none of ``known``, the registry of sources."""
    _raise(
        f"{settings.origin.where(('feeds', n, 'source'))}: feed {feed.name!r}: source: found {feed.source!r}; "
        f"expected {near(feed.source, list(known))}".removeprefix(": ")
        for n, feed in enumerate(settings.feeds)
        if feed.source not in known
    )


def _raise(problems: Iterable[str]) -> None:
    if found := list(problems):
        raise SettingsError(found)
