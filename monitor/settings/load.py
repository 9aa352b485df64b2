"""Files and environment to frozen Settings. Every mistake is said at once; nothing is half loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import monitor.settings.check as check
import monitor.settings.check_channels as check_channels
import monitor.settings.routes_file as routes_file
import monitor.settings.salvage as salvage
from monitor import log
from monitor.errors import SettingsError
from monitor.settings.beside import Beside, shipped_folder, validated
from monitor.settings.environment import merged, overrides
from monitor.settings.named import Named
from monitor.settings.origin import Origin, Path_, in_order
from monitor.settings.salvage import Own, as_list, route_names, sound
from monitor.settings.schema import Settings
from monitor.settings.secret_files import with_secrets
from monitor.settings.yaml_lines import ON_DISK, Files, Source, read_yaml

_LOOKED_AT = (Path("config"), Path())


def find(path: Path | None, environ: Mapping[str, str]) -> Path:
    """The configuration file: the one named, MOVEWIRE_CONFIG, ./config/movewire.yaml, ./movewire.yaml, the shipped one."""
    return chosen(path, environ) or shipped_folder() / "movewire.yaml"


def chosen(path: Path | None, environ: Mapping[str, str]) -> Path | None:
    """As ``find``; None where that is the shipped one, for want of another."""
    if path is not None:
        return path
    if named := environ.get("MOVEWIRE_CONFIG"):
        return Path(named)
    return next((folder / "movewire.yaml" for folder in _LOOKED_AT if (folder / "movewire.yaml").is_file()), None)


def _passed_over() -> Iterator[str]:
    """Notices of files that stand where a configuration is looked for, without the one that they belong to."""
    for folder in _LOOKED_AT:
        for key in ("feeds", "watchlists", "outlets", "routes"):
            if (file := folder / f"{key}.yaml").is_file():
                yield f"{file}: is not read, as no movewire.yaml stands beside it; an empty one is enough"


Also = Callable[[Named], Iterable[str]]


def load(
    path: Path | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    whole: bool = True,
    also: Also | None = None,
    files: Files = ON_DISK,
) -> Settings:
    """The settings in force. Raises SettingsError with one line a mistake, each naming file, line and key.

    Not ``whole``: the files of feeds and mastheads stay unread, which whoever asks the database alone has no need of.
    ``also`` says what else is wrong, of what is named that settings do not know; it is asked where there are mistakes anyway,
    so that nobody mends those and is told of the others then. (``app.check`` asks the same of settings that are right.)
    ``files``: with a change that is about to be written.

    ``Settings.origin`` says where each value was written, and what is no mistake but should be known.
    """
    problems: list[str] = []
    main, data, written = _gathered(path, os.environ if environ is None else environ, problems, files)
    settings = None if main.broken else validated(data, Settings, written, problems)
    own = salvage.own(settings, data)

    folder = Path(main.name).parent
    beside = Beside(folder, data, written, problems, files)
    feeds = [*own.feeds, *(beside.feeds(after=len(as_list(data.get("feeds")))) if whole else ())]
    watchlists = beside.watchlists() | own.watchlists
    tiers = beside.tiers() if whole else {}

    origin = replace(written, places={**written.places, **beside.places})
    secrets = with_secrets(own.channels, folder, origin)
    unread = {("channels", name, "url_file") for name, channel in own.channels.items() if channel.url_file}
    problems += secrets.problems
    problems += check_channels.channels(secrets.channels, unread, {path[:3] for path in main.unset}, origin)
    if not main.broken:
        problems += _between(settings or sound(data), own, data, watchlists, origin)
    problems += check.feeds(feeds, origin)
    if settings is None or problems:
        listed = [*enumerate(as_list(data.get("feeds"))), *beside.listed]
        problems += also(Named.written(data, listed, origin)) if also else ()
        raise SettingsError(in_order(problems, main.name))
    _keep_out_of_logs(settings)
    found = {"channels": secrets.channels, "feeds": tuple(feed for _, feed in feeds), "watchlists": watchlists}
    complete = settings.model_copy(update=found | {"outlet_tiers": tiers | settings.outlet_tiers})
    notices = (*written.notices, *secrets.notices, *check.unreachable(complete.routes, origin))
    return complete.placed(replace(origin, places=_needed(origin.places), notices=notices))


def _needed(places: Mapping[Path_, str]) -> dict[Path_, str]:
    """The places of settings that are right: of a feed only where it begins and its source, which the registry may not know. Of
    thousands of feeds the rest takes megabytes."""
    return {path: place for path, place in places.items() if path[:1] != ("feeds",) or len(path) < 3 or path[2] == "source"}


def _gathered(
    path: Path | None, environ: Mapping[str, str], problems: list[str], files: Files
) -> tuple[Source, dict[str, Any], Origin]:
    """The configuration file, and what it, the file of routes and the environment say together. What is wrong with them goes to
    ``problems``."""
    main = read_yaml(find(path, environ), environ, files=files)
    over = overrides(environ, main.data)
    problems += [*main.problems, *over.problems]
    routed = routes_file.read(main, merged(main.data, over.values).get("routes_file"), environ, problems, files)
    data = _routed(merged(main.data | routed.data, over.values))
    places = main.places() | routed.places | over.places
    notices = (*over.notices, *(() if chosen(path, environ) else _passed_over()))
    return main, data, Origin(main.name, places, notices, route_names(data.get("routes")))


def _routed(data: dict[str, Any]) -> dict[str, Any]:
    """Channels of one's own without routes get one to all of them: the shipped one names a channel that is gone."""
    own = data.get("channels")
    if not isinstance(own, dict) or not own or "routes" in data:
        return data
    return data | {"routes": [{"name": "everything", "channels": list(own)}]}


def _keep_out_of_logs(settings: Settings) -> None:
    for secret in (settings.network.proxy, settings.classify.second_opinion.api_key):
        if secret:
            log.hide_url(secret.get_secret_value())
    log.hide_login(settings.database.url)


def _between(sound: Settings, own: Own, data: Mapping[str, Any], watchlists: Collection[str], origin: Origin) -> Iterator[str]:
    """What is wrong within sections and between them: routes and their channels, the operator's. ``sound``: what is right of
    ``data``, which is looked at where the rest holds mistakes too."""
    yield from _sections(sound, origin)
    if "routes" in data or own.channel_names:
        yield from check.routes(own.routes, own.channel_names, watchlists, origin)
        yield from check.route_tree(sound.routes, origin)
    else:
        yield from check.somebody(own.channel_names, origin)
    yield from check.operator(data.get("operator_channel"), own.channel_names, origin)


def _sections(settings: Settings, origin: Origin) -> Iterator[str]:
    yield from check.polling(settings.polling, origin)
    yield from check.network(settings.network, origin)
    yield from check.listening("server", settings.server, origin)
    yield from check.listening("metrics", settings.metrics, origin)
    yield from check.tracing(settings.tracing, origin)
    yield from check.server(settings.server, origin)
    yield from check.second_opinion(settings.classify.second_opinion, origin)
