"""Files and environment to frozen Settings. Every mistake is said at once; nothing is half loaded."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as EnvironmentError_

from monitor import log
from monitor.errors import SettingsError
from monitor.settings.explain import explain
from monitor.settings.schema import FeedEntry, Section, Settings, Watchlist
from monitor.settings.yaml_lines import Path_, Source, dotted, read_yaml
from monitor.text import fold

PREFIX = "MOVEWIRE__"
_PACKAGE = Path(__file__).resolve().parents[1]


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


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. Raises SettingsError with one line a mistake, each naming file, line and key."""
    environ = os.environ if environ is None else environ
    main = read_yaml(find(path, environ), environ)
    problems = list(main.problems)
    overrides = _environment(environ, problems)
    settings = _validated(main, _merged(main.data, overrides), overrides, problems)
    if settings is None:
        raise SettingsError(problems)
    settings = _with_companions(settings, Path(main.name).parent, problems)
    settings = _with_secrets(settings, Path(main.name).parent, main, problems)
    _check_names(settings, main, problems)
    if problems:
        raise SettingsError(problems)
    return settings


# -- environment over file


def _environment(environ: Mapping[str, str], problems: list[str]) -> dict[str, Any]:
    class Source_(EnvSettingsSource):
        def _load_env_vars(self) -> Mapping[str, str | None]:
            return {k.lower(): v for k, v in environ.items()}

    class Environment(Settings, BaseSettings):
        model_config = SettingsConfigDict(frozen=True, extra="forbid")

    source = Source_(Environment, env_prefix=PREFIX, env_nested_delimiter="__", case_sensitive=False)
    try:
        found = source()
    except EnvironmentError_ as error:
        problems.append(f"environment: {error}; expected JSON for lists and mappings, as in '[\"127.0.0.0/8\"]'")
        return {}
    known = {n.lower() for n in Settings.model_fields}
    for name in environ:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).split("__")[0].lower() not in known:
            problems.append(f"environment: {name}: found a variable of no section; expected one of {', '.join(sorted(known))}")
    return found


def _merged(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _validated(main: Source, data: dict[str, Any], overrides: dict[str, Any], problems: list[str]) -> Settings | None:
    def where(path: Path_) -> str:
        value: Any = overrides
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if path and value is not None:
            return "environment " + PREFIX + "__".join(str(p).upper() for p in path)
        return main.where(path)

    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        problems += explain(error, Settings, where)
        return None


# -- the files beside it


def _companion(name: str, folder: Path, model: type[Section], problems: list[str]) -> Any:
    """The parsed companion file; the shipped one where the folder has none; the model's defaults where neither is there."""
    path = folder / name
    if not path.is_file():
        path = shipped_folder() / name
    if not path.is_file():
        if name not in ("feeds.yaml", "watchlists.yaml", "outlets.yaml"):
            problems.append(f"{folder / name}: is not there; expected a file")
        return model()
    source = read_yaml(path)
    problems += source.problems
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        problems += explain(error, model, source.where)
        return model()


def _with_companions(settings: Settings, folder: Path, problems: list[str]) -> Settings:
    feeds: FeedsFile = _companion(settings.feeds_file, folder, FeedsFile, problems)
    lists: WatchlistsFile = _companion(settings.watchlists_file, folder, WatchlistsFile, problems)
    outlets: OutletsFile = _companion(settings.outlets_file, folder, OutletsFile, problems)
    tiers = {fold(name): o.tier for o in outlets.outlets for name in (o.name, *o.domains)}
    return settings.model_copy(
        update={
            "feeds": (*settings.feeds, *feeds.feeds),
            "watchlists": lists.watchlists | settings.watchlists,
            "outlet_tiers": tiers | settings.outlet_tiers,
        }
    )


# -- secrets


def _with_secrets(settings: Settings, folder: Path, main: Source, problems: list[str]) -> Settings:
    channels = {}
    for name, channel in settings.channels.items():
        update: dict[str, Any] = {}
        if channel.url_file:
            update["url"] = SecretStr(_secret_file(folder / channel.url_file, ("channels", name, "url_file"), main, problems))
        if channel.secrets_file:
            text = _secret_file(folder / channel.secrets_file, ("channels", name, "secrets_file"), main, problems)
            update["secrets"] = (*channel.secrets, *(SecretStr(line) for line in text.split()))
        channels[name] = channel.model_copy(update=update)
        for secret in (
            channels[name].url,
            channels[name].bearer_token,
            *channels[name].secrets,
            *channels[name].headers.values(),
        ):
            if secret is not None:
                log.hide(secret.get_secret_value())
    return settings.model_copy(update={"channels": channels})


def _secret_file(path: Path, key: Path_, main: Source, problems: list[str]) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        problems.append(
            f"{main.where(key)}: {dotted(key)}: found {str(path)!r}, which cannot be read ({reason}); expected a file"
        )
        return ""


# -- what only the whole can tell


def _check_names(settings: Settings, main: Source, problems: list[str]) -> None:
    names = ", ".join(sorted(settings.channels)) or "none"
    for n, route in enumerate(settings.routes):
        for channel in route.channels:
            if channel not in settings.channels:
                key: Path_ = ("routes", n, "channels")
                problems.append(f"{main.where(key)}: {dotted(key)}: found {channel!r}; expected a channel, one of {names}")
        for watchlist in route.match.watchlist:
            if watchlist not in settings.watchlists:
                key = ("routes", n, "match", "watchlist")
                known = ", ".join(sorted(settings.watchlists)) or "none"
                problems.append(f"{main.where(key)}: {dotted(key)}: found {watchlist!r}; expected a watchlist, one of {known}")
    if settings.operator_channel and settings.operator_channel not in settings.channels:
        where = main.where(("operator_channel",))
        problems.append(f"{where}: operator_channel: found {settings.operator_channel!r}; expected a channel, one of {names}")
    for n, twin in _twins([route.name for route in settings.routes]):
        problems.append(f"{main.where(('routes', n))}: routes[{n}].name: found {twin!r} twice; expected each name once")
    for what, values in (("name", [f.name for f in settings.feeds]), ("url", [f.url for f in settings.feeds])):
        for _, twin in _twins(values):
            problems.append(f"{settings.feeds_file}: feeds: found the {what} {twin!r} twice; expected each {what} once")
    _check_channels(settings, main, problems)


def _check_channels(settings: Settings, main: Source, problems: list[str]) -> None:
    for name, channel in settings.channels.items():
        key: Path_ = ("channels", name)
        if channel.type in ("webhook", "slack") and not (channel.url and channel.url.get_secret_value()):
            problems.append(f"{main.where(key)}: {dotted((*key, 'url'))}: is not given; expected url or url_file")
        elif channel.url and not channel.url.get_secret_value().startswith(("http://", "https://")):
            problems.append(f"{main.where((*key, 'url'))}: {dotted((*key, 'url'))}: found …; expected an http or https address")
        for secret in channel.secrets:
            if why := _bad_signing_secret(secret.get_secret_value()):
                problems.append(
                    f"{main.where((*key, 'secrets'))}: {dotted((*key, 'secrets'))}: found {why}; expected whsec_ and base64"
                )


def _bad_signing_secret(secret: str) -> str:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return "a secret that is not base64"
    if not secret.startswith("whsec_"):
        return "a secret that does not begin with whsec_"
    return "" if 16 <= len(key) <= 128 else f"a secret of {len(key)} bytes (16 to 128 are right)"


def _twins(values: Sequence[str]) -> list[tuple[int, str]]:
    seen: set[str] = set()
    found = []
    for n, value in enumerate(values):
        if value in seen:
            found.append((n, value))
        seen.add(value)
    return found


def check_channel_types(settings: Settings, known: Sequence[str]) -> None:
    """Raises SettingsError where a channel's type is none of ``known``, the registry of notifiers."""
    problems = [
        f"channels.{name}.type: found {channel.type!r}; expected one of {', '.join(sorted(known))}"
        for name, channel in settings.channels.items()
        if channel.type not in known
    ]
    if problems:
        raise SettingsError(problems)


def check_sources(settings: Settings, known: Sequence[str]) -> None:
    """Raises SettingsError where a feed's source is none of ``known``, the registry of sources."""
    problems = [
        f"{settings.feeds_file}: feed {feed.name!r}: source: found {feed.source!r}; expected one of {', '.join(sorted(known))}"
        for feed in settings.feeds
        if feed.source not in known
    ]
    if problems:
        raise SettingsError(problems)
