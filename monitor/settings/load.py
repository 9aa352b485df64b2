"""Files and environment to frozen Settings. Every mistake is said at once; nothing is half loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

import monitor.settings.check as check
import monitor.settings.check_channels as check_channels
import monitor.settings.routes_file as routes_file
from monitor import log
from monitor.errors import SettingsError
from monitor.settings.environment import merged, overrides
from monitor.settings.explain import explain
from monitor.settings.named import Named
from monitor.settings.origin import Origin, Path_, in_order
from monitor.settings.schema import Channel, FeedEntry, Matcher, Route, Section, Settings, Watchlist
from monitor.settings.secret_files import with_secrets
from monitor.settings.yaml_lines import Source, read_yaml
from monitor.text import fold

_PACKAGE = Path(__file__).resolve().parents[1]
T = TypeVar("T", bound=Section)


class Outlet(Section):
    """One masthead of config/outlets.yaml. ``tier``: 1 filing, company or agency, 2 own reporting, 3 the rest."""

    name: str
    domains: tuple[str, ...] = ()
    tier: int = Field(3, ge=1, le=3)


class FeedsFile(Section):
    feeds: tuple[FeedEntry, ...] = ()


class WatchlistsFile(Section):
    watchlists: dict[str, Watchlist] = Field(default_factory=dict)


class OutletsFile(Section):
    outlets: tuple[Outlet, ...] = ()


def shipped_folder() -> Path:
    """Where the shipped configuration lies: inside an installed package, or beside it in a checkout."""
    inside = _PACKAGE / "shipped_config"
    return inside if inside.is_dir() else _PACKAGE.parent / "config"


def find(path: Path | None, environ: Mapping[str, str]) -> Path:
    """The configuration file: the one named, MOVEWIRE_CONFIG, ./config/movewire.yaml, ./movewire.yaml, the shipped one."""
    if path is not None:
        return path
    if named := environ.get("MOVEWIRE_CONFIG"):
        return Path(named)
    for candidate in (Path("config/movewire.yaml"), Path("movewire.yaml")):
        if candidate.is_file():
            return candidate
    return shipped_folder() / "movewire.yaml"


def _routed(data: dict[str, Any]) -> dict[str, Any]:
    """Channels of one's own without routes get one to all of them: the shipped one names a channel that is gone."""
    own = data.get("channels")
    if not isinstance(own, dict) or not own or "routes" in data:
        return data
    return data | {"routes": [{"name": "everything", "channels": list(own)}]}


Also = Callable[[Named], Iterable[str]]


def load(
    path: Path | None = None, environ: Mapping[str, str] | None = None, *, whole: bool = True, also: Also | None = None
) -> Settings:
    """The settings in force. Raises SettingsError with one line a mistake, each naming file, line and key.

    Not ``whole``: the files of feeds and mastheads stay unread, which whoever asks the database alone has no need of.
    ``also`` says what else is wrong, of what is named that settings do not know; it is asked where there are mistakes anyway,
    so that nobody mends those and is told of the others then. (``app.check`` asks the same of settings that are right.)

    ``Settings.origin`` says where each value was written, and what is no mistake but should be known.
    """
    environ = os.environ if environ is None else environ
    main = read_yaml(find(path, environ), environ)
    over = overrides(environ, main.data)
    problems = [*main.problems, *over.problems]
    routed = routes_file.read(main, merged(main.data, over.values).get("routes_file"), environ, problems)
    data = _routed(merged(main.data | routed.data, over.values))
    places = main.places() | routed.places | over.places
    written = Origin(main.name, places, names=_route_names(data.get("routes")))
    settings = None if main.broken else _validated(data, Settings, written, problems)

    folder = Path(main.name).parent
    beside = _Beside(folder, data, written, problems)
    own = list(enumerate(settings.feeds)) if settings else list(_good(FeedEntry, data.get("feeds")))
    feeds = [*own, *(beside.feeds(after=len(_list(data.get("feeds")))) if whole else ())]
    watchlists = beside.watchlists() | (settings.watchlists if settings else dict(_good(Watchlist, data.get("watchlists"))))
    tiers = beside.tiers() if whole else {}

    origin = replace(written, places=places | beside.places)
    channels = settings.channels if settings else dict(_good(Channel, data.get("channels")))
    secrets = with_secrets(channels, folder, origin)
    unread = {("channels", name, "url_file") for name, channel in channels.items() if channel.url_file}
    problems += secrets.problems
    problems += check_channels.channels(secrets.channels, unread, {path[:3] for path in main.unset}, origin)
    if not main.broken:
        problems += _between(data, settings, watchlists, origin)
    problems += check.feeds(feeds, origin)
    if settings is None or problems:
        listed = [*enumerate(_list(data.get("feeds"))), *beside.listed]
        problems += also(Named.written(data, listed, origin)) if also else ()
        raise SettingsError(in_order(problems, main.name))
    _keep_out_of_logs(settings)
    complete = settings.model_copy(
        update={
            "channels": secrets.channels,
            "feeds": tuple(feed for _, feed in feeds),
            "watchlists": watchlists,
            "outlet_tiers": tiers | settings.outlet_tiers,
        }
    )
    notices = (*over.notices, *secrets.notices, *check.unreachable(complete.routes, origin))
    return complete.placed(replace(origin, notices=notices))


def _keep_out_of_logs(settings: Settings) -> None:
    for secret in (settings.network.proxy, settings.classify.second_opinion.api_key):
        if secret:
            log.hide_url(secret.get_secret_value())
    log.hide_login(settings.database.url)


def _between(data: Mapping[str, Any], settings: Settings | None, watchlists: Collection[str], origin: Origin) -> Iterator[str]:
    """What is wrong within sections and between them: routes and their channels, the operator's. ``settings``: None where
    ``data`` holds mistakes of its own; what is good of it is looked at all the same."""
    sound = settings or _sound(data)
    yield from _sections(sound, origin)
    names = settings.channels if settings else _keys(data.get("channels"), Settings().channels)
    if "routes" in data or names:
        given = list(_whole(settings.routes) if settings else _routes(data.get("routes")))
        yield from check.routes(given, names, watchlists, origin)
        yield from check.route_tree(sound.routes, origin)
    else:
        yield from check.somebody(names, origin)
    yield from check.operator(data.get("operator_channel"), names, origin)


def _sections(settings: Settings, origin: Origin) -> Iterator[str]:
    yield from check.polling(settings.polling, origin)
    yield from check.network(settings.network, origin)
    yield from check.listening("server", settings.server, origin)
    yield from check.listening("metrics", settings.metrics, origin)
    yield from check.tracing(settings.tracing, origin)
    yield from check.server(settings.server, origin)
    yield from check.second_opinion(settings.classify.second_opinion, origin)


def _validated(data: Mapping[str, Any], model: type[T], origin: Origin, problems: list[str]) -> T | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += explain(error, model, origin)
        return None


def _sound(data: Mapping[str, Any]) -> Settings:
    """The sections that are right by themselves, and the defaults of the others, which were complained of."""
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors()}
        return Settings.model_validate({key: value for key, value in data.items() if key not in wrong})


def _good(model: type[T], items: Any) -> Iterable[tuple[Any, T]]:
    """The items of a list or mapping that are right by themselves, with their place; the others were complained of."""
    pairs = items.items() if isinstance(items, dict) else enumerate(items) if isinstance(items, list) else ()
    for key, value in pairs:
        try:
            yield key, model.model_validate(value)
        except ValidationError:  # said by the validation of the whole
            continue


def _whole(routes: Iterable[Route], at: Path_ = ("routes",)) -> Iterator[tuple[Path_, Route]]:
    """Every route of the tree with its place in it."""
    for n, route in enumerate(routes):
        yield (*at, n), route
        yield from _whole(route.routes, (*at, n, "routes"))


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


def _route_names(items: Any) -> dict[Path_, str]:
    """What the routes are called, by their place: a mistake in one names it, where it has a name."""
    return {path: f"route {route.name!r}" for path, route in _routes(items) if route.name != _unnamed(path[-1])}


def _unnamed(n: str | int) -> str:
    """A route without a name, which is a mistake of its own, is told apart by its place."""
    return f"route {n}"


def _words(found: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in found) if isinstance(found, list) else ()


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _keys(found: Any, default: Mapping[str, Any]) -> list[str]:
    return list(found) if isinstance(found, dict) else list(default)


class _Beside:
    """The files beside the configuration file; the shipped ones where its folder has none.

    Who writes feeds or watchlists of their own into the configuration file does not get the shipped ones on top.
    What is wrong in them goes to ``problems``; the rest is still handed out, to be held against the whole.
    """

    def __init__(self, folder: Path, data: Mapping[str, Any], origin: Origin, problems: list[str]) -> None:
        self._folder, self._data, self._origin, self._problems = folder, data, origin, problems
        self.places: dict[Path_, str] = {}
        self.listed: list[tuple[int, Any]] = []  # feeds as they were written, right or wrong, with their place

    def feeds(self, after: int) -> list[tuple[int, FeedEntry]]:
        """Feeds with their place in the whole list, where they stand after ``after`` others."""
        source, found = self._read("feeds_file", FeedsFile)
        for path, line in source.lines.items():
            if len(path) > 1 and path[0] == "feeds" and isinstance(path[1], int):
                self.places["feeds", path[1] + after, *path[2:]] = f"{source.name}:{line}"
        self.listed = list(enumerate(_list(source.data.get("feeds")), after))
        given = enumerate(found.feeds) if found else _good(FeedEntry, source.data.get("feeds"))
        return [(n + after, feed) for n, feed in given]

    def watchlists(self) -> dict[str, Watchlist]:
        source, found = self._read("watchlists_file", WatchlistsFile)
        return found.watchlists if found else dict(_good(Watchlist, source.data.get("watchlists")))

    def tiers(self) -> dict[str, int]:
        _, found = self._read("outlets_file", OutletsFile)
        return {fold(name): o.tier for o in found.outlets for name in (o.name, *o.domains)} if found else {}

    def _read(self, key: str, model: type[T]) -> tuple[Source, T | None]:
        default = Settings.model_fields[key].default
        written = self._data.get(key, default)
        name = written if isinstance(written, str) else default
        own = self._data.get(key.removesuffix("_file")) and key != "outlets_file"
        choices = (self._folder / name,) if own or name != default else (self._folder / name, shipped_folder() / name)
        path = next((p for p in choices if p.is_file()), None)
        if path is None:
            if name != default:
                self._problems.append(self._origin.problem((key,), f"found {name!r}, which is not there; expected a file"))
            return Source(name), model()
        source = read_yaml(path, such_as=key.removesuffix("_file"))
        self._problems += source.problems
        return source, _validated(source.data, model, Origin(source.name, source.places()), self._problems)
