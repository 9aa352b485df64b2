"""``watchlists``: lists of names to watch, as their file has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from monitor.surfaces.cli.arguments import Named
from monitor.surfaces.cli.changing import change, missing, texts
from monitor.surfaces.cli.context import Listing, settings_of
from monitor.surfaces.cli.output import dump, listed, pairs, show, text_or_json
from monitor.text import fold

if TYPE_CHECKING:
    from monitor.settings import Settings
    from monitor.settings.change import Changeable
    from monitor.settings.origin import Path_

COLUMNS = ("watchlist", "orgs", "people", "projects")
_OPTIONS = {"orgs": "org", "people": "person", "projects": "project"}  # what a list has, and the option for one of it
_MEANT = tuple(f"--{option}" for option in _OPTIONS.values())
_KINDS = {"orgs": "organisation", "people": "person", "projects": "project"}


@click.group(cls=Listing)
def watchlists() -> None:
    """Lists of names to watch: list, show, add, remove."""


@watchlists.command("list")
@listed
@click.pass_context
def watchlists_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List the watchlists with their names."""
    from monitor.surfaces.setup_rows import watchlist_rows

    rows = watchlist_rows(settings_of(ctx, whole=False))
    show(rows, form=form, fields=fields, columns=COLUMNS, of=COLUMNS, limit=limit)


@watchlists.command("show")
@click.argument("name")
@text_or_json
@click.pass_context
def watchlists_show(ctx: click.Context, name: str, form: str) -> None:
    """Show what is on a watchlist."""
    from monitor.settings.change import changeable

    settings = settings_of(ctx, whole=False)
    if name not in settings.watchlists:
        raise missing("watchlist", name, f"{changeable(settings, 'watchlists').file}: watchlists", settings.watchlists)
    _told(settings, name, form)


def _told(settings: Settings, name: str, form: str) -> None:
    from monitor.surfaces.setup_rows import watchlist_rows

    row = next(row for row in watchlist_rows(settings) if row["watchlist"] == name)
    if form == "json":
        click.echo(dump(row, indent=2))
    else:
        pairs(row.items())


def _named(command: Callable[..., Any]) -> Callable[..., Any]:
    for key, words in (("projects", "A project, such as Stargate."), ("people", "A person."), ("orgs", "An organisation.")):
        many = click.option(f"--{_OPTIONS[key]}", key, multiple=True, help=f"{words} Can be given several times.")
        command = many(command)
    return command


def _given(options: dict[str, Any]) -> dict[str, list[str]]:
    return {key: texts(f"--{option}", options[key]) for key, option in _OPTIONS.items() if options[key]}


@watchlists.command("add", cls=Named, meant=_MEANT)
@click.argument("name")
@_named
@text_or_json
@click.pass_context
def watchlists_add(ctx: click.Context, /, name: str, form: str, **options: Any) -> None:
    """Add names to a watchlist; create it if there is none called NAME.

    The names are written to the file of the watchlists; its comments stay.
    """
    from monitor.settings.yaml_edit import insert

    given = _given(options)
    if not name.strip() or not given:
        raise click.UsageError("name a watchlist, and what to put on it: --org, --person or --project")

    def edit(settings: Settings, held: Changeable) -> str:
        text, there = held.text, settings.watchlists.get(name)
        for key, one in _each(given):
            if there is None or fold(one) not in map(fold, getattr(there, key)):
                text = insert(text, ("watchlists", name, key), one)
        return text

    def overruled(settings: Settings) -> Path_ | None:
        found = settings.watchlists[name]
        wrong = (key for key, one in _each(given) if fold(one) not in map(fold, getattr(found, key)))
        return next((("watchlists", name, key) for key in wrong), None)

    _told(change(ctx, ("watchlists", name), edit, overruled), name, form)


def _each(given: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    return ((key, one) for key, several in given.items() for one in several)


@watchlists.command("remove", cls=Named, meant=_MEANT)
@click.argument("name")
@_named
@text_or_json
@click.pass_context
def watchlists_remove(ctx: click.Context, /, name: str, form: str, **options: Any) -> None:
    """Remove names from a watchlist, or, without names, the whole list.

    A list that a route uses cannot be removed.
    """
    from monitor.settings.yaml_edit import data, drop

    given = _given(options)

    def edit(settings: Settings, held: Changeable) -> str:
        text, lists = held.text, data(held.text).get("watchlists") or {}
        if name not in lists:
            raise missing("watchlist", name, f"{held.file}: watchlists", lists)
        if not given:
            return drop(text, ("watchlists", name))
        for key, one in _each(given):
            there = data(text)["watchlists"][name].get(key) or []
            place = next((n for n, found in enumerate(there) if fold(found) == fold(one)), None)
            if place is None:
                raise missing(_KINDS[key], one, f"{held.file}: watchlists.{name}.{key}", there)
            text = drop(text, ("watchlists", name, key, place))
        return text

    def overruled(settings: Settings) -> Path_ | None:
        found = settings.watchlists.get(name)
        left = found is not None and (not given or any(fold(one) in map(fold, getattr(found, key)) for key, one in _each(given)))
        return ("watchlists", name) if left else None

    made = change(ctx, ("watchlists", name), edit, overruled)
    if given:
        _told(made, name, form)
