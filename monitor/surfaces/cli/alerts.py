"""``alerts`` and ``events``."""

from __future__ import annotations

from typing import Any

import click

from monitor.surfaces.cli.context import Listing, asking, filtered, store_of
from monitor.surfaces.cli.feedback import mark
from monitor.surfaces.cli.output import cell, dump, heading, listed, pairs, show


@click.group(cls=Listing)
def alerts() -> None:
    """What was told."""


@alerts.command("list")
@filtered
@listed
@click.pass_context
def alerts_list(ctx: click.Context, /, **options: Any) -> None:
    """List what was told, newest first; every revision is a line."""
    from monitor import query
    from monitor.surfaces.rows import alert_row

    with asking(ctx, options) as (store, filter):
        found = query.stream(query.alerts, store, filter)
        columns = ("at", "severity", "status", "headline", "revision", "id")
        show(
            (alert_row(a) for a in found), form=options["form"], fields=options["fields"], columns=columns, limit=options["limit"]
        )


@alerts.command("show")
@click.argument("id")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.pass_context
def alerts_show(ctx: click.Context, id: str, form: str) -> None:
    """Tell why an alert was sent, to whom, and what changed since. ID may be the beginning of one."""
    from monitor import query
    from monitor.surfaces.rows import alert_row, delivery_row

    with store_of(ctx) as store:
        detail = query.alert(store, id)
    if form == "json":
        revisions = [alert_row(a) for a in detail.revisions]
        click.echo(dump({"revisions": revisions, "deliveries": [delivery_row(d) for d in detail.deliveries]}, indent=2))
        return
    _head(detail.alert.event)
    for alert in detail.revisions:
        heading(f"Revision {alert.revision}, {cell(alert.created_at)}")
        pairs([("because", list(alert.reasons))])
        for change in alert.changes:
            click.echo(f"  {change.kind}: {cell(change.before)} → {cell(change.after)}")
    heading("Delivered to")
    for d in detail.deliveries:
        click.echo(f"  {d.channel}, revision {d.revision}: {d.state.value}, attempts {d.attempts} {cell(d.last_error)}".rstrip())
    _stories(detail.event)


alerts.add_command(mark)


@click.group(cls=Listing)
def events() -> None:
    """The happenings behind the alerts."""


@events.command("list")
@filtered
@listed
@click.pass_context
def events_list(ctx: click.Context, /, **options: Any) -> None:
    """List events, newest first."""
    from monitor import query
    from monitor.surfaces.rows import event_row

    with asking(ctx, options) as (store, filter):
        found = query.stream(query.events, store, filter)
        columns = ("last_seen", "severity", "status", "headline", "stories", "id")
        show(
            (event_row(e) for e in found), form=options["form"], fields=options["fields"], columns=columns, limit=options["limit"]
        )


@events.command("show")
@click.argument("id")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="Default: text.")
@click.pass_context
def events_show(ctx: click.Context, id: str, form: str) -> None:
    """Tell which stories belong to an event and why, and how it developed. ID may be the beginning of one."""
    from monitor import query
    from monitor.surfaces.rows import event_row

    with store_of(ctx) as store:
        detail = query.event(store, id)
    if form == "json":
        members = [
            {"story": m.story_id, "relation": m.relation, "score": m.score, "reasons": list(m.reasons)}
            for m in detail.memberships
        ]
        click.echo(dump(event_row(detail.event) | {"memberships": members}, indent=2))
        return
    _head(detail.event)
    heading("How it developed")
    for change in detail.event.timeline:
        click.echo(f"  {cell(change.at)}  {change.kind}: {cell(change.before)} → {cell(change.after)}".replace(": → ", ": "))
    _stories(detail)


def _head(event: Any) -> None:
    from monitor.notify.headlines import headline
    from monitor.notify.message import details

    click.echo(click.style(cell(headline(event)), bold=True))
    outlets = len(event.outlets) or 1
    click.echo(f"{event.status.value} · {event.severity.value} ({cell(event.severity_reasons)}) · {outlets} outlets")
    pairs(details(event))


def _stories(detail: Any) -> None:
    heading("Stories")
    for member in detail.memberships:
        story = detail.stories.get(member.story_id)
        if story is None:
            continue
        click.echo(f"  {cell(story.at)}  {cell(story.outlet)}: {cell(story.title)}")
        click.echo(f"    {member.relation}: {cell(member.reasons)}")
        click.echo(f"    {cell(story.url)}")
