"""``alerts`` and ``events``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.changes import change_line
from monitor.headlines import headline
from monitor.surfaces.cli.context import Listing, asking, filtered, login, now, settings_of, store_of
from monitor.surfaces.cli.feedback import mark
from monitor.surfaces.cli.output import Row, cell, dump, form_of, heading, listed, notice, pairs, show
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.query import Lists

T = TypeVar("T")


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
    from monitor.surfaces.rows import AlertRow, alert_row

    _show_all(ctx, options, query.alerts, alert_row, AlertRow, ("at", "severity", "status", "headline", "revision", "id"))


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
            click.echo(f"  {cell(change_line(change))}")
    heading("Delivered to" if detail.deliveries else "Delivered to nobody")
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
    from monitor.surfaces.rows import EventRow, event_row

    _show_all(ctx, options, query.events, event_row, EventRow, ("last_seen", "severity", "status", "headline", "stories", "id"))


def _show_all(
    ctx: click.Context, options: dict[str, Any], of: Lists[T], row: Callable[[T], Row], shape: Any, columns: tuple[str, ...]
) -> None:
    """What a list holds by the filter of ``options``, in their form, as rows of ``shape``."""
    from monitor import query

    with asking(ctx, options) as (store, filter):
        found = query.stream(of, store, filter)
        show(map(row, found), columns=columns, of=shape.__annotations__, **form_of(options))


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
        related = query.related(store, detail)
    if form == "json":
        click.echo(dump(event_row(detail.event) | _belonging(detail, related), indent=2))
        return
    _head(detail.event)
    heading("How it developed")
    for change in detail.event.timeline:
        click.echo(f"  {cell(change.at)}  {cell(change_line(change))}")
    _sources(detail)
    _stories(detail)
    if related:
        heading("Related events")
        for event in related:
            click.echo(f"  {cell(event.last_seen)}  {cell(event.headline)}  ({event.id})")
    if detail.corrections:
        heading("What people said of its grouping")
        for said in detail.corrections:
            told = f"{said.kind} with {said.other_id}, {_stories_moved(said)}, by {said.by or 'somebody'}"
            click.echo(f"  {cell(said.at)}  {cell(told)} {cell(said.note)}".rstrip())


def _belonging(detail: Any, related: Any) -> dict[str, Any]:
    """What an event is made of, as plain values."""
    return {
        "memberships": [
            {"story": m.story_id, "relation": m.relation, "score": m.score, "reasons": list(m.reasons)}
            for m in detail.memberships
        ],
        "sources": dict(detail.event.sources),
        "related": [{"event": event.id, "headline": event.headline} for event in related],
        "corrections": [correction_row(said) for said in detail.corrections],
    }


def _sources(detail: Any) -> None:
    """Each slot with its value and the outlet that said it."""
    from monitor.grouping.sources import slots

    event = detail.event
    outlets = {s.story_id: s.outlet for s in event.stories} | {i: s.outlet for i, s in detail.stories.items() if s.outlet}
    told = [(slot, value, event.sources.get(slot, "")) for slot, value in slots(event.moves, event.buildout)]
    if told:
        heading("Who said what")
    for slot, value, story_id in told:
        click.echo(f"  {slot}: {cell(value)}  ({cell(outlets.get(story_id, story_id)) or 'unknown'})")


def _stories_moved(said: Any) -> str:
    return counted(len(said.stories) - 1, "story", "stories")


CORRECTION = ("at", "kind", "event_id", "other_id", "stories", "by", "note", "same", "id")


def correction_row(said: Any) -> dict[str, Any]:
    return {name: getattr(said, name) for name in CORRECTION}


_by = click.option("--by", help="Who says so (default: the name of your login).")
_note = click.option("--note", default="", help="In your own words.")


@events.command("merge")
@click.argument("into")
@click.argument("gone")
@_by
@_note
@click.pass_context
def events_merge(ctx: click.Context, into: str, gone: str, by: str | None, note: str) -> None:
    """Make two events one: GONE goes into INTO, with its stories and what was told of it. It is kept to learn from."""
    from monitor import corrections

    with _correcting(ctx) as app:
        said = corrections.merge(app, into, gone, by=by or login(), note=note)
    notice(f"{said.other_id} is part of {said.event_id} now, {_stories_moved(said)} more")


@events.command("split")
@click.argument("event")
@click.argument("stories", nargs=-1, required=True)
@_by
@_note
@click.pass_context
def events_split(ctx: click.Context, event: str, stories: tuple[str, ...], by: str | None, note: str) -> None:
    """Take STORIES out of EVENT: they become an event of their own. It is kept to learn from."""
    from monitor import corrections

    with _correcting(ctx) as app:
        said = corrections.split(app, event, stories, by=by or login(), note=note)
    notice(f"{said.other_id} has {len(said.stories) - 1} of the stories of {said.event_id} now")


@events.command("corrections")
@listed
@click.pass_context
def events_corrections(ctx: click.Context, limit: int | None, fields: str | None, form: str | None) -> None:
    """List what people said of grouping, oldest first: merges and splits, with the stories to learn from."""
    from monitor import corrections

    with store_of(ctx) as store:
        found = corrections.every(store)
    columns = ("at", "kind", "event_id", "other_id", "by", "note")
    show(map(correction_row, found), form=form, fields=fields, columns=columns, of=CORRECTION, limit=limit)


@contextmanager
def _correcting(ctx: click.Context) -> Iterator[App]:
    """The database with the classifier: beside a running daemon, which goes on from what is written."""
    from monitor.app import App

    settings = settings_of(ctx)
    with store_of(ctx, settings) as store:
        yield App(settings=settings, store=store, clock=now)


events.add_command(mark)


def _head(event: Any) -> None:
    from monitor.notify.message import details

    click.echo(click.style(cell(headline(event)), bold=True))
    why = f" ({cell(event.severity_reasons)})" if event.severity_reasons else ""
    click.echo(f"{event.status.value} · {event.severity.value}{why} · {counted(len(event.outlets) or 1, 'outlet')}")
    pairs(details(event))


def _stories(detail: Any) -> None:
    from monitor.grouping.wording import masthead

    heading("Stories")
    for member in detail.memberships:
        story = detail.stories.get(member.story_id)
        if story is None:
            continue
        click.echo(f"  {cell(story.at)}  {cell(masthead(story))}: {cell(story.title)}")
        click.echo(f"    {member.relation}" + (f": {cell(member.reasons)}" if member.reasons else ""))
        click.echo(f"    {cell(story.url)}")
