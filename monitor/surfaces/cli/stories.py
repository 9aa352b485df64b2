"""``stories``: what was read, flagged or not. Where an id for ``explain`` comes from when nobody was told."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from monitor.surfaces.cli.context import Listing, filtered
from monitor.surfaces.cli.happenings import show_all
from monitor.surfaces.cli.output import listed


@click.group(cls=Listing)
def stories() -> None:
    """Stories from the feeds, flagged or not."""


@stories.command("list")
@partial(filtered, of="stories")
@listed
@click.pass_context
def stories_list(ctx: click.Context, /, **options: Any) -> None:
    """List stories, newest first.

    --label and -q look at the story itself; organisations, people and the like are those of the event it belongs to.
    `movewire explain ID` says why a story was flagged or not.
    """
    from monitor import query
    from monitor.surfaces.rows import StoryRow, story_row

    show_all(ctx, options, query.stories, story_row, StoryRow, ("first_seen", "outlet", "title", "id"))
