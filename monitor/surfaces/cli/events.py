"""``events``: the happenings, how they developed, and what people say of their grouping."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from monitor.changes import change_line
from monitor.surfaces.cli.arguments import by_whom
from monitor.surfaces.cli.context import Listing, app_beside, filtered, login, settings_of, store_of
from monitor.surfaces.cli.feedback import mark
from monitor.surfaces.cli.happenings import show_all, show_head, show_stories, with_slots
from monitor.surfaces.cli.output import cell, dump, heading, listed, notice, show, text_or_json
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.model import Correction
    from monitor.query import EventDetail


@click.group(cls=Listing)
def events() -> None:
    """Events behind the alerts."""


@events.command("list")
@filtered
@listed
@click.pass_context
def events_list(ctx: click.Context, /, **options: Any) -> None:
    """List events, newest first."""
    from monitor import query
    from monitor.surfaces.rows import EventRow, event_row

    row = partial(event_row, slots=with_slots(options))
    show_all(ctx, options, query.events, row, EventRow, ("last_seen", "severity", "status", "headline", "stories", "id"))


@events.command("show")
@click.argument("id")
@text_or_json
@click.pass_context
def events_show(ctx: click.Context, id: str, form: str) -> None:
    """Show which stories belong to an event and why, and how it developed.

    ID may be the beginning of an id."""
    from monitor import query

    with store_of(ctx) as store:
        detail = query.event(store, id)
        related = query.related(store, detail)
    if form == "json":
        from monitor.surfaces.details import event_told

        click.echo(dump(event_told(detail, related), indent=2))
        return
    show_head(detail.event)
    heading("How it developed")
    for change in detail.event.timeline:
        click.echo(f"  {cell(change.at)}  {cell(change_line(change))}")
    _sources(detail)
    show_stories(detail)
    if related:
        heading("Related events")
        for event in related:
            click.echo(f"  {cell(event.last_seen)}  {cell(event.headline)}  ({event.id})")
    if detail.corrections:
        heading("What people said of its grouping")
        for correction in detail.corrections:
            told = f"{correction.kind} with {correction.other_id}, {_stories_moved(correction)}, by {correction.by or 'somebody'}"
            click.echo(f"  {cell(correction.at)}  {cell(told)} {cell(correction.note)}".rstrip())


def _sources(detail: EventDetail) -> None:
    """Each slot with its value and the outlet that said it."""
    from monitor.grouping.sources import slots

    event = detail.event
    outlets: dict[str, str] = {s.story_id: s.outlet for s in event.stories}
    outlets |= {story_id: story.outlet for story_id, story in detail.stories.items() if story.outlet}
    told = [(slot, value, event.sources.get(slot, "")) for slot, value in slots(event.moves, event.buildout)]
    if told:
        heading("Who said what")
    for slot, value, story_id in told:
        click.echo(f"  {slot}: {cell(value)}  ({cell(outlets.get(story_id, story_id)) or 'unknown'})")


def _stories_moved(correction: Correction) -> str:
    return counted(len(correction.stories) - 1, "story", "stories")


_by = by_whom("says so")
_note = click.option("--note", default="", help="A comment.")


@events.command("merge")
@click.argument("into")
@click.argument("gone")
@_by
@_note
@click.pass_context
def events_merge(ctx: click.Context, into: str, gone: str, by: str | None, note: str) -> None:
    """Merge two events: GONE goes into INTO.

    Its stories and alerts go with it. The correction is kept to learn from."""
    from monitor import corrections

    with app_beside(ctx, settings_of(ctx)) as app:
        correction = corrections.merge(app, into, gone, by=by or login(), note=note)
    notice(f"{correction.other_id} is part of {correction.event_id} now, {_stories_moved(correction)} more")


@events.command("split")
@click.argument("event")
@click.argument("stories", nargs=-1, required=True)
@_by
@_note
@click.pass_context
def events_split(ctx: click.Context, event: str, stories: tuple[str, ...], by: str | None, note: str) -> None:
    """Split STORIES off EVENT into an event of their own.

    The correction is kept to learn from."""
    from monitor import corrections

    with app_beside(ctx, settings_of(ctx)) as app:
        correction = corrections.split(app, event, stories, by=by or login(), note=note)
    notice(f"{correction.other_id} has {len(correction.stories) - 1} of the stories of {correction.event_id} now")


@events.command("corrections")
@listed
@click.pass_context
def events_corrections(ctx: click.Context, limit: int | None, fields: str | None, form: str | None) -> None:
    """List corrections of the grouping (merges and splits), oldest first."""
    from monitor import corrections
    from monitor.surfaces.details import CorrectionTold, correction_told

    with store_of(ctx) as store:
        found = corrections.every(store)
    columns = ("at", "kind", "event_id", "other_id", "by", "note")
    show(map(correction_told, found), form=form, fields=fields, columns=columns, of=CorrectionTold.__annotations__, limit=limit)


events.add_command(mark)
