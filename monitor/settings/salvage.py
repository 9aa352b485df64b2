"""What is right in a configuration that holds mistakes.

It is held against the whole like one without any, so that every mistake is told at once and not one after the other. What is
left out here was complained of by the validation of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from monitor.settings.origin import Path_
from monitor.settings.schema import Channel, FeedEntry, Matcher, Route, Section, Settings, Watchlist

T = TypeVar("T", bound=Section)


class Own(NamedTuple):
    """What the configuration file itself lists, as far as it is right."""

    feeds: list[tuple[int, FeedEntry]]  # with their place in the list
    watchlists: dict[str, Watchlist]
    channels: dict[str, Channel]
    channel_names: Collection[str]  # of those that are not right too
    routes: list[tuple[Path_, Route]]  # of the whole tree, with their place in it


def own(settings: Settings | None, data: Mapping[str, Any]) -> Own:
    """``settings``: None where ``data`` holds mistakes."""
    if settings is not None:
        feeds, routes = list(enumerate(settings.feeds)), list(tree(settings.routes))
        return Own(feeds, settings.watchlists, settings.channels, settings.channels, routes)
    channels = data.get("channels")
    return Own(
        list(good(FeedEntry, data.get("feeds"))),
        dict(good(Watchlist, data.get("watchlists"))),
        dict(good(Channel, channels)),
        list(channels if isinstance(channels, dict) else Settings().channels),
        list(_routes(data.get("routes"))),
    )


def sound(data: Mapping[str, Any]) -> Settings:
    """The sections that are right by themselves, and the defaults of the others, which were complained of."""
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors()}
        return Settings.model_validate({key: value for key, value in data.items() if key not in wrong})


def good(model: type[T], items: Any) -> Iterable[tuple[Any, T]]:
    """The items of a list or mapping that are right by themselves, with their place; the others were complained of."""
    pairs = items.items() if isinstance(items, dict) else enumerate(items) if isinstance(items, list) else ()
    for key, value in pairs:
        try:
            yield key, model.model_validate(value)
        except ValidationError:  # said by the validation of the whole
            continue


def tree(routes: Iterable[Route], at: Path_ = ("routes",)) -> Iterator[tuple[Path_, Route]]:
    """Every route of the tree with its place in it."""
    for n, route in enumerate(routes):
        yield (*at, n), route
        yield from tree(route.routes, (*at, n, "routes"))


def _routes(items: Any, at: Path_ = ("routes",)) -> Iterator[tuple[Path_, Route]]:
    """Routes as far as they can be made out, so that the names in them are held against the channels all the same."""
    for n, value in enumerate(items if isinstance(items, list) else ()):
        if isinstance(value, dict):
            match = value.get("match")
            lists = _words(match.get("watchlist")) if isinstance(match, dict) else ()
            matcher = Matcher.model_construct(watchlist=lists)
            name = _unnamed(n) if value.get("name") in (None, "") else str(value["name"])
            yield (*at, n), Route.model_construct(name=name, match=matcher, channels=_words(value.get("channels")))
            yield from _routes(value.get("routes"), (*at, n, "routes"))


def route_names(items: Any) -> dict[Path_, str]:
    """What the routes are called, by their place: a mistake in one names it, where it has a name."""
    return {path: f"route {route.name!r}" for path, route in _routes(items) if route.name != _unnamed(path[-1])}


def _unnamed(n: str | int) -> str:
    """A route without a name, which is a mistake of its own, is told apart by its place."""
    return f"route {n}"


def _words(found: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def as_list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []
