"""``searches``: filters kept under a name."""

from __future__ import annotations

from typing import Any

import click

from monitor.filtering import read
from monitor.surfaces.cli.context import Listing, filtered, now, pairs_of, settings_of, store_of
from monitor.surfaces.cli.output import listed, notice, show


@click.group(cls=Listing)
def searches() -> None:
    """Saved searches: list, add, delete."""


@searches.command("list")
@listed
@click.pass_context
def searches_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List saved searches; use one with --search NAME."""
    from monitor import searches as saved
    from monitor.surfaces.rows import SearchRow, search_row

    with store_of(ctx) as store:
        found = saved.every(store)
    columns = tuple(SearchRow.__annotations__)
    show(map(search_row, found), form=form, fields=fields, columns=columns, of=columns, limit=limit)


@searches.command("add")
@click.argument("name")
@click.argument("words", nargs=-1)
@click.option("--replace", is_flag=True, help="Replace the search of that name; routes use the new one at once.")
@filtered
@click.pass_context
def searches_add(ctx: click.Context, /, name: str, words: tuple[str, ...], replace: bool, **options: Any) -> None:
    """Save a search under NAME.

    Give conditions as options, or as WORDS like 'org:Meta since:7d "data center"'. A route can use it: match: 'search:NAME'.
    """
    from monitor import searches as saved

    settings = settings_of(ctx)
    with store_of(ctx, settings) as store:
        pairs = [*read(" ".join(words)), *pairs_of(options)]
        made = saved.save(store, name, pairs, now(), settings, replace=replace)
    notice(f"{made.name}: {made.words}")


@searches.command("delete")
@click.argument("name")
@click.pass_context
def searches_delete(ctx: click.Context, name: str) -> None:
    """Delete a saved search, unless a route or silence uses it."""
    from monitor import searches as saved

    settings = settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        saved.delete(store, name, settings, now())
    notice(f"{name} is forgotten")
