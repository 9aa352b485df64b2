"""How alerts and events are shown on a terminal: what their lists and their pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.surfaces.cli.context import asking
from monitor.surfaces.cli.output import Row, cell, form_of, heading, pairs, show
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.model import Event
    from monitor.query import EventDetail, Page

T = TypeVar("T")


def show_all(
    ctx: click.Context,
    options: dict[str, Any],
    of: Callable[..., Page[T]],
    row: Callable[[T], Row],
    shape: Any,
    columns: tuple[str, ...],
) -> None:
    """What the list ``of`` holds by the filter of ``options``, in their form, as rows of ``shape``."""
    from monitor.query import every

    with asking(ctx, options) as (store, filter):
        found = every(partial(of, store, filter))
        show(map(row, found), columns=columns, of=shape.__annotations__, **form_of(options))


def with_slots(options: dict[str, Any]) -> bool:
    """Do the options of ``listed`` show moves or buildouts? What makes their names comparable takes 50 ms to begin with."""
    if fields := options["fields"]:
        return not {"moves", "buildout"}.isdisjoint(name.strip() for name in fields.split(","))
    return options["form"] in ("json", "ndjson")


def show_head(event: Event) -> None:
    """The line, how sure and how grave, and the slots."""
    from monitor.changes import status_word
    from monitor.headlines import headline
    from monitor.notify.message import details

    click.echo(click.style(cell(headline(event)), bold=True))
    why = f" ({cell(event.severity_reasons)})" if event.severity_reasons else ""
    click.echo(f"{status_word(event.status.value)} · {event.severity.value}{why} · {counted(len(event.outlets) or 1, 'outlet')}")
    pairs(details(event))


def show_stories(detail: EventDetail) -> None:
    """What tells of the event, and why it does."""
    from monitor.grouping.wording import masthead
    from monitor.membership import why_there

    heading("Stories")
    for member in detail.memberships:
        story = detail.stories.get(member.story_id)
        if story is None:
            continue
        click.echo(f"  {cell(story.at)}  {cell(masthead(story))}: {cell(story.title)}")
        why = why_there(member.relation, member.reasons, story.at - detail.event.told_by[0].at)
        click.echo(f"    {member.relation}" + (f": {cell(why)}" if member.reasons else ""))
        click.echo(f"    {cell(story.url)}")
