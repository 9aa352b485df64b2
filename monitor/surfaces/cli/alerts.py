"""``alerts``: what was told, to whom, and what people say of it."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from monitor.surfaces.cli.context import Listing, filtered, store_of
from monitor.surfaces.cli.feedback import mark
from monitor.surfaces.cli.happenings import show_all, show_head, show_stories, with_slots
from monitor.surfaces.cli.output import cell, dump, heading, listed, pairs, text_or_json


@click.group(cls=Listing)
def alerts() -> None:
    """Alerts that were sent."""


@alerts.command("list")
@filtered
@listed
@click.pass_context
def alerts_list(ctx: click.Context, /, **options: Any) -> None:
    """List alerts, newest first; every revision is a line."""
    from monitor import query
    from monitor.surfaces.rows import AlertRow, alert_row

    row = partial(alert_row, slots=with_slots(options))
    show_all(ctx, options, query.alerts, row, AlertRow, ("at", "severity", "status", "headline", "revision", "id"))


@alerts.command("show")
@click.argument("id")
@text_or_json
@click.pass_context
def alerts_show(ctx: click.Context, id: str, form: str) -> None:
    """Show why an alert was sent, to whom, and what changed since.

    ID may be the beginning of an id."""
    from monitor import query
    from monitor.changes import change_line

    with store_of(ctx) as store:
        detail = query.alert(store, id)
    if form == "json":
        from monitor.surfaces.details import alert_told

        click.echo(dump(alert_told(detail), indent=2))
        return
    show_head(detail.alert.event)
    for alert in detail.revisions:
        heading(f"Revision {alert.revision}, {cell(alert.created_at)}")
        pairs([("because", list(alert.reasons))])
        for change in alert.changes:
            click.echo(f"  {cell(change_line(change))}")
    heading("Delivered to" if detail.deliveries or detail.waiting else "Delivered to nobody")
    for d in detail.deliveries:
        what = f"revision {d.revision}" if d.kind == "alert" else f"in a {d.kind}"
        click.echo(f"  {d.channel}, {what}: {d.state.value}, attempts {d.attempts} {cell(d.last_error)}".rstrip())
    for item in detail.waiting:
        click.echo(f"  {item.channel}, revision {item.revision}: waits for the digest of {cell(item.due_at)}")
    show_stories(detail.event)


alerts.add_command(mark)
