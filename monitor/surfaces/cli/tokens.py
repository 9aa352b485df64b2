"""``tokens``: who may use pages and API."""

from __future__ import annotations

from datetime import timedelta

import click

from monitor.surfaces.cli.arguments import Finite
from monitor.surfaces.cli.context import Listing, now, store_of
from monitor.surfaces.cli.output import listed, notice, show

TOKEN = ("name", "scope", "good", "created_at", "last_used", "expires_at", "revoked_at", "id")


@click.group(cls=Listing)
def tokens() -> None:
    """Access tokens for pages and API: list, create, revoke."""


@tokens.command("list")
@listed
@click.pass_context
def tokens_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List tokens, without their secrets, which are stored nowhere."""
    from monitor.store import access

    with store_of(ctx) as store:
        found, at = store.read(access.tokens), now()
    rows = ({name: token.good_at(at) if name == "good" else getattr(token, name) for name in TOKEN} for token in found)
    columns = ("name", "scope", "good", "last_used", "expires_at", "id")
    show(rows, form=form, fields=fields, columns=columns, of=TOKEN, limit=limit)


@tokens.command("create")
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice(("read", "write")),
    default="read",
    show_default=True,
    help="read, or write, which may change things.",
)
@click.option("--days", type=Finite(0, 36500, min_open=True), help="Valid for this many days (default: until revoked).")
@click.pass_context
def tokens_create(ctx: click.Context, name: str, scope: str, days: float | None) -> None:
    """Create a token and print it; it cannot be printed again."""
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
    """Revoke a token at once. NAME may be its id."""
    from monitor.store import access

    with store_of(ctx) as store:
        token = store.transact(lambda tx: access.revoke_token(tx, name, now()))
    notice(f"token {token.name} is revoked")
