"""A feed that a file of the configuration declares: paused, resumed or taken out in that file's own text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from monitor.errors import SettingsError
from monitor.surfaces.cli.changing import change
from monitor.surfaces.cli.context import settings_of

if TYPE_CHECKING:
    from monitor.model import Feed
    from monitor.settings import Settings
    from monitor.settings.change import Changeable
    from monitor.settings.origin import Path_
    from monitor.settings.schema import FeedEntry

_LAST = (
    "{0!r} is the last of the feeds there, and without it the shipped ones are asked; expected a {1} of your own beside it first"
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """``wanted`` of what is declared; ``text``: the file's with it; ``done`` and ``by_hand`` say so to people."""

    wanted: Callable[[FeedEntry], FeedEntry | None]
    text: Callable[[Changeable], str]
    done: str
    by_hand: str


def _paused(held: Changeable) -> str:
    from monitor.settings.yaml_edit import put

    return put(held.text, (*held.at, "paused"), True)


def _resumed(held: Changeable) -> str:
    """Without the key; where that comes with a base that is merged in, with a word against it."""
    from monitor.settings.yaml_edit import data, drop, put

    key, n = held.at
    own = "paused" in data(held.text)[key][n]
    return drop(held.text, (*held.at, "paused")) if own else put(held.text, (*held.at, "paused"), False)


def _removed(held: Changeable) -> str:
    from monitor.settings.yaml_edit import drop

    return drop(held.text, held.at)


PAUSE = Change(
    wanted=lambda entry: entry.model_copy(update={"paused": True}),
    text=_paused,
    done="`paused: true` is written",
    by_hand="write `paused: true` there",
)
RESUME = Change(
    wanted=lambda entry: entry.model_copy(update={"paused": False}),
    text=_resumed,
    done="is no longer paused",
    by_hand="take `paused: true` out there",
)
REMOVE = Change(wanted=lambda entry: None, text=_removed, done="is taken out", by_hand="take it out there")


def declared(ctx: click.Context, feed: Feed) -> FeedEntry | None:
    """What the configuration says of a feed; None where it was taken out of it. Raises SettingsError."""
    from monitor.app import feed_of

    return next((entry for entry in settings_of(ctx, tell=False).feeds if feed_of(entry).id == feed.id), None)


def in_file(ctx: click.Context, name: str, what: Change, *, known: bool) -> None:
    """Change a declared feed in its file, and nothing else of the configuration. ``known``: the database has it, and is told
    as well. Raises SettingsError, which says what to write where by hand, where the file cannot be changed."""
    settings = settings_of(ctx, tell=False)

    def edit(now: Settings, held: Changeable) -> str:
        nonlocal settings
        settings, entry = now, _entry(now, name)
        return held.text if entry is None or what.wanted(entry) == entry else what.text(held)

    def overruled(made: Settings) -> Path_ | None:
        if _others(made, name) != _others(settings, name):
            raise SettingsError([f"{_place(settings, name)}: {_LAST.format(name, made.feeds_file)}"])
        entry = _entry(settings, name)
        return None if _entry(made, name) == (entry and what.wanted(entry)) else ("feeds",)

    try:
        change(ctx, ("feeds", name), edit, overruled, done=f"{name!r}: {what.done}", at_once=known)
    except SettingsError as error:
        place = _place(settings, name)
        raise SettingsError([*error.problems, *([f"{place}: by hand: {what.by_hand}"] if place else [])]) from error


def _entry(settings: Settings, name: str) -> FeedEntry | None:
    return next((entry for entry in settings.feeds if entry.name == name), None)


def _others(settings: Settings, name: str) -> list[FeedEntry]:
    return [entry for entry in settings.feeds if entry.name != name]


def _place(settings: Settings, name: str) -> str:
    """Where a feed is to be changed; "" where that is in no file of the user's."""
    from monitor.settings import shipped_folder
    from monitor.settings.change import beside_of

    n = next(n for n, entry in enumerate(settings.feeds) if entry.name == name)
    found, main, beside = settings.origin.where(("feeds", n)), settings.origin.file, beside_of(settings, "feeds")
    shipped = f"{shipped_folder()}/"
    if main.startswith(shipped):
        return ""
    if found.startswith(shipped):
        return f"{beside}, which is to be a copy of {found.rpartition(':')[0]}"
    return f"{found}: feeds[{n}]"
