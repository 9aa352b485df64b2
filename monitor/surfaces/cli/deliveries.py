"""``deliveries``: what went where."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from monitor.filtering import parse_time
from monitor.model import DeliveryState
from monitor.surfaces.cli.context import Listing, now, settings_of, store_of
from monitor.surfaces.cli.output import cell, dump, form_of, heading, listed, notice, pairs, show, text_or_json
from monitor.text import counted, minute

STATES = tuple(state.value for state in DeliveryState)


def _options(command: Any) -> Any:
    for option in (
        click.option("--since", help="7d, 12h, or a date."),
        click.option("--channel", help="One channel."),
        click.option("--state", multiple=True, type=click.Choice(STATES), help="Can be given several times."),
    ):
        command = option(command)
    return command


@click.group(cls=Listing)
def deliveries() -> None:
    """Messages sent and waiting, per channel."""


@deliveries.command("list")
@_options
@listed
@click.pass_context
def deliveries_list(ctx: click.Context, /, **options: Any) -> None:
    """List deliveries, newest first."""
    from monitor import query
    from monitor.surfaces.rows import DeliveryRow, delivery_row

    since = None if options["since"] is None else parse_time(options["since"], now(), "since")
    states = [DeliveryState(s) for s in options["state"]]

    settings = settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        named = options["channel"]
        channel = "" if named is None else query.channel(store, named, settings.channels)
        found = query.every(partial(query.deliveries, store, states=states, channel=channel, since=since))
        columns = ("created_at", "channel", "state", "attempts", "last_error", "id")
        show(map(delivery_row, found), columns=columns, of=DeliveryRow.__annotations__, **form_of(options))


@deliveries.command("show")
@click.argument("id")
@text_or_json
@click.pass_context
def deliveries_show(ctx: click.Context, id: str, form: str) -> None:
    """Show a delivery: its message, every attempt and answer, the next attempt.

    ID may be the beginning of an id.
    """
    from monitor import query
    from monitor.notify.message import title_of
    from monitor.surfaces.rows import delivery_row

    with store_of(ctx) as store:
        detail = query.delivery(store, id)
    if form == "json":
        from monitor.surfaces.details import delivery_told

        click.echo(dump(delivery_told(detail), indent=2))
        return
    pairs([*delivery_row(detail.delivery).items(), ("says", title_of(detail.subject))])
    heading("Attempts")
    for a in detail.attempts:
        outcome = a.status if a.status is not None else "no answer"
        click.echo(f"  {a.number}. {cell(a.at)}  {outcome}  {a.duration_ms:.0f} ms  {cell(a.error)}")
        if a.answer:
            click.echo(f"     said: {cell(a.answer)[:300]}")
        if a.next_attempt:
            click.echo(f"     next: {cell(a.next_attempt)}")


@deliveries.command("retry")
@click.argument("ids", nargs=-1)
@click.option("--failed", is_flag=True, help="All deliveries that were given up, instead of named ones.")
@click.option("--channel", metavar="NAME", help="All deliveries of this channel that were given up.")
@click.option("--since", default="7d", show_default=True, help="With --failed or --channel: how far back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def deliveries_retry(ctx: click.Context, ids: tuple[str, ...], failed: bool, channel: str | None, since: str, yes: bool) -> None:
    """Send deliveries again that were given up or wait for their next attempt.

    IDS may be beginnings of ids. With --failed or --channel the command counts them and asks first. If a delivery was sent, or
    is being sent, the command says so and does nothing.
    """
    from monitor import query

    failed = failed or channel is not None
    if bool(ids) == failed:
        raise click.UsageError("name deliveries, or give --failed or --channel")
    settings = settings_of(ctx, whole=False)
    with store_of(ctx, settings) as store:
        floor = parse_time(since, now(), "since")
        named = "" if channel is None else query.channel(store, channel, settings.channels)
        chosen = [query.delivery(store, one).delivery.id for one in ids]
        count = store.count_dead(floor, named) if failed else len(chosen)
        if failed and count:
            notice(f"given up{' of ' + named if named else ''} since {minute(floor)}: {count}")
            if not yes:
                click.confirm(f"Send {counted(count, 'delivery', 'deliveries')} again?", abort=True, err=True)
        since_then = floor if failed else None
        done = store.retry_deliveries(chosen, now=now(), failed_since=since_then, channel=named) if count else 0
    again = f"{counted(done, 'delivery', 'deliveries')} will be sent again; the daemon takes them up at once"
    notice(again if done else "nothing to send again")
