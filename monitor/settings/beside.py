"""The files beside the configuration file: feeds, watchlists and mastheads, or the shipped ones where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from monitor.settings.explain import explain
from monitor.settings.origin import Origin, Path_
from monitor.settings.salvage import as_list, good
from monitor.settings.schema import FeedEntry, Section, Settings, Watchlist
from monitor.settings.wire import A_HOST_NAME, is_host_name
from monitor.settings.yaml_lines import Files, Source, read_yaml
from monitor.text import fold
from monitor.urls import redacted

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


class Beside:
    """The files beside the configuration file; the shipped ones where its folder has none.

    Who writes feeds or watchlists of their own into the configuration file does not get the shipped ones on top.
    What is wrong in them goes to ``problems``; the rest is still handed out, to be held against the whole.
    """

    def __init__(self, folder: Path, data: Mapping[str, Any], origin: Origin, problems: list[str], files: Files) -> None:
        self._folder, self._data, self._origin, self._problems, self._files = folder, data, origin, problems, files
        self.places: dict[Path_, str] = {}
        self.listed: list[tuple[int, Any]] = []  # feeds as they were written, right or wrong, with their place

    def feeds(self, after: int) -> list[tuple[int, FeedEntry]]:
        """Feeds with their place in the whole list, where they stand after ``after`` others."""
        source, found = self._read("feeds_file", FeedsFile)
        for path, line in source.lines.items():
            if len(path) > 1 and path[0] == "feeds" and isinstance(path[1], int):
                self.places["feeds", path[1] + after, *path[2:]] = f"{source.name}:{line}"
        self.listed = list(enumerate(as_list(source.data.get("feeds")), after))
        given = enumerate(found.feeds) if found else good(FeedEntry, source.data.get("feeds"))
        return [(n + after, feed) for n, feed in given]

    def watchlists(self) -> dict[str, Watchlist]:
        source, found = self._read("watchlists_file", WatchlistsFile)
        return found.watchlists if found else dict(good(Watchlist, source.data.get("watchlists")))

    def tiers(self) -> dict[str, int]:
        source, found = self._read("outlets_file", OutletsFile)
        outlets = found.outlets if found else ()
        self._problems += _mastheads(outlets, Origin(source.name, source.places()))
        return {fold(name): o.tier for o in outlets for name in (o.name, *o.domains)}

    def _read(self, key: str, model: type[T]) -> tuple[Source, T | None]:
        default = Settings.model_fields[key].default
        written = self._data.get(key, default)
        name = written if isinstance(written, str) else default
        own = self._data.get(key.removesuffix("_file")) and key != "outlets_file"
        choices = (self._folder / name,) if own or name != default else (self._folder / name, shipped_folder() / name)
        path = next((p for p in choices if self._files.there(p)), None)
        if path is None:
            if name != default:
                self._problems.append(self._origin.problem((key,), f"found {name!r}, which is not there; expected a file"))
            return Source(name), model()
        source = read_yaml(path, such_as=key.removesuffix("_file"), files=self._files)
        self._problems += source.problems
        return source, validated(source.data, model, Origin(source.name, source.places()), self._problems)


def _mastheads(outlets: Iterable[Outlet], origin: Origin) -> Iterator[str]:
    """Domains that no address can have, and what is of two tiers: the last one would rule without a word."""
    first: dict[str, tuple[int, Path_]] = {}
    for n, outlet in enumerate(outlets):
        domains: dict[Path_, str] = {("outlets", n, "domains", m): domain for m, domain in enumerate(outlet.domains)}
        for path, domain in domains.items():
            if not is_host_name(domain):
                yield origin.problem(path, f"found {redacted(domain)!r}; expected {A_HOST_NAME}, such as example.org")
        names: dict[Path_, str] = {("outlets", n, "name"): outlet.name}
        for path, name in (names | domains).items():
            tier, where = first.setdefault(fold(name), (outlet.tier, path))
            if tier != outlet.tier:
                other = f"of tier {tier} in {origin.where(where)}"
                yield origin.problem(path, f"found {name!r} of tier {outlet.tier}, and {other}; expected one tier")


def validated(data: Mapping[str, Any], model: type[T], origin: Origin, problems: list[str]) -> T | None:
    """``data`` in the form of ``model``; None where it is not in it, and why goes to ``problems``."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += explain(error, model, origin)
        return None
