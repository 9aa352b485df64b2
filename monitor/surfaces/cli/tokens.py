"""``tokens`` and ``searches``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

from monitor.filtering import read
from monitor.surfaces.cli.arguments import Finite
from monitor.surfaces.cli.context import Listing, filtered, now, pairs_of, settings_of, store_of
from monitor.surfaces.cli.output import listed, notice, show

TOKEN = ("name", "scope", "good", "created_at", "last_used", "expires_at", "revoked_at", "id")


@click.group(cls=Listing)
def tokens() -> None:
    """Who may use pages and API: list, create, revoke."""


@tokens.command("list")
@listed
@click.pass_context
def tokens_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List tokens; their secrets are stored nowhere."""
    from monitor.store import access

    with store_of(ctx) as store:
        found, at = store.read(access.tokens), now()
    rows = ({name: token.good_at(at) if name == "good" else getattr(token, name) for name in TOKEN} for token in found)
    columns = ("name", "scope", "good", "last_used", "expires_at", "id")
    show(rows, form=form, fields=fields, columns=columns, of=TOKEN, limit=limit)


@tokens.command("create")
@click.argument("name")
@click.option("--scope", type=click.Choice(("read", "write")), default="read", show_default=True, help="write may change things.")
@click.option("--days", type=Finite(0, 36500, min_open=True), help="Good for so many days (default: until revoked).")
@click.pass_context
def tokens_create(ctx: click.Context, name: str, scope: str, days: float | None) -> None:
    """Make a token and print it, this once."""
    from monitor.store import access

    at = now()
    ends = at + timedelta(days=days) if days else None
    with store_of(ctx) as store:
        _, text = store.transact(lambda tx: access.create_token(tx, name, "write" if scope == "write" else "read", at, ends))
    click.echo(text)
    notice("keep it now: it is not stored, and cannot be shown again")


@tokens.command("revoke")
@click.argument("name")
@click.pass_context
def tokens_revoke(ctx: click.Context, name: str) -> None:
    """Make a token good for nothing, at once. NAME may be its id."""
    from monitor.store import access

    with store_of(ctx) as store:
        token = store.transact(lambda tx: access.revoke_token(tx, name, now()))
    notice(f"token {token.name} is revoked")


@click.group(cls=Listing)
def searches() -> None:
    """Saved searches: list, add, delete."""


@searches.command("list")
@listed
@click.pass_context
def searches_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List saved searches; --search NAME uses one, in lists, pages, feeds and the API."""
    from monitor import searches as saved
    from monitor.surfaces.rows import SearchRow, search_row

    with store_of(ctx) as store:
        found = saved.every(store)
    columns = tuple(SearchRow.__annotations__)
    show(map(search_row, found), form=form, fields=fields, columns=columns, of=columns, limit=limit)


@searches.command("add")
@click.argument("name")
@click.argument("words", nargs=-1)
@click.option("--replace", is_flag=True, help="In place of the search that has the name; routes go by the new one at once.")
@filtered
@click.pass_context
def searches_add(ctx: click.Context, /, name: str, words: tuple[str, ...], replace: bool, **options: Any) -> None:
    """Save a search under NAME: as options, or as WORDS like 'org:Meta since:7d "data center"'.

    A route names it as match: 'search:NAME'.
    """
    from monitor import searches as searching

    settings = settings_of(ctx)
    with store_of(ctx, settings) as store:
        pairs = [*read(" ".join(words)), *pairs_of(options)]
        saved = searching.save(store, name, pairs, now(), settings, replace=replace)
    notice(f"{saved.name}: {saved.words}")


@searches.command("delete")
@click.argument("name")
@click.pass_context
def searches_delete(ctx: click.Context, name: str) -> None:
    """Forget a saved search. One that a route names is kept."""
    from monitor import searches as saved

    settings = settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        saved.delete(store, name, settings)
    notice(f"{name} is forgotten")
