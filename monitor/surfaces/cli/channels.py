"""``channels``: destinations."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from monitor.errors import ConflictError, NotFoundError
from monitor.filtering import MOST_NAMES, near
from monitor.surfaces.cli.context import Listing, app_of, now, settings_of, store_of
from monitor.surfaces.cli.output import listed, notice, show

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.settings import Settings


@click.group(cls=Listing)
def channels() -> None:
    """Destinations of alerts: list, test, enable, forget."""


@channels.command("list")
@listed
@click.pass_context
def channels_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List channels with their state, without secrets."""
    from monitor.app import check
    from monitor.surfaces.setup_rows import ChannelRow, channel_rows

    settings = settings_of(ctx)
    check(settings)  # what the daemon would refuse is not shown as well
    with store_of(ctx) as store:
        rows = list(channel_rows(settings, store.channels(), store.waiting_by_channel()))
    columns = tuple(ChannelRow.__annotations__)
    show(rows, form=form, fields=fields, columns=columns, of=columns, limit=limit)


@channels.command("test")
@click.argument("name")
@click.pass_context
def channels_test(ctx: click.Context, name: str) -> int:
    """Send a test message through a channel and print the answer."""
    with app_of(ctx, quiet=True) as app:
        _known(name, app.settings.channels)
        _on(app.settings, name)
        why = asyncio.run(_test(app, name))
    notice(f"channel {name}: {why}" if why else f"channel {name}: delivered")
    return 1 if why else 0


def _known(name: str, names: Collection[str]) -> None:
    """Raises NotFoundError where ``name`` is none of the ``names``."""
    if name not in names:
        raise NotFoundError("channel", name, instead=near(name, sorted(names), most=MOST_NAMES))


def _on(settings: Settings, name: str) -> None:
    """Raises ConflictError where the configuration switches a channel off: its word goes before ours."""
    channel = settings.channels.get(name)
    if channel is not None and not channel.enabled:
        words = "is switched off in the configuration; take out enabled: false there"
        raise ConflictError(settings.origin.problem(("channels", name, "enabled"), words))


async def _test(app: App, name: str) -> str:
    from monitor.channel_test import send_test

    client = app.client()
    try:
        return await send_test(app, client, name)
    finally:
        await client.close()


@channels.command("enable")
@click.argument("name")
@click.pass_context
def channels_enable(ctx: click.Context, name: str) -> None:
    """Switch a disabled channel on again; messages waiting for it are sent."""
    from monitor import query

    settings = settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        query.channel(store, name, settings.channels)
        _on(settings, name)
        store.transact(lambda tx: tx.enable_channel(name))
    notice(f"channel {name} is on since {now():%H:%M:%S} UTC")


@channels.command("forget")
@click.argument("name")
@click.pass_context
def channels_forget(ctx: click.Context, name: str) -> None:
    """Give up the messages waiting for a channel that is no longer configured.

    They become dead letters."""
    from monitor import query

    settings = settings_of(ctx, whole=False)
    if name in settings.channels:
        words = "is configured; take it out there first, and let the daemon read the configuration anew"
        raise ConflictError(settings.origin.problem(("channels", name), words))
    with store_of(ctx, settings) as store:
        query.channel(store, name, ())
        given_up = store.forget_channel(name)
    notice(f"channel {name} is forgotten; deliveries given up: {given_up}")
