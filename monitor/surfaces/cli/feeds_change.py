"""``feeds``, the changing half: add, pause, resume, remove, and lists of feeds in and out as OPML."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import NotFoundError
from monitor.model import FeedState
from monitor.surfaces.cli.arguments import FILE, WEB_ADDRESS, of_source
from monitor.surfaces.cli.context import app_of, reading, store_of
from monitor.surfaces.cli.output import cell, notice
from monitor.text import counted
from monitor.urls import without_login

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.app import App
    from monitor.model import Feed
    from monitor.store import Store, Transaction


@click.command("add")
@click.argument("url", type=WEB_ADDRESS)
@click.option("--name", help="Default: the feed's own title.")
@of_source
@click.option("--category", default="", help="Any word to find it by.")
@click.pass_context
def feeds_add(ctx: click.Context, url: str, name: str | None, source: str, category: str) -> None:
    """Add a feed by its address, or by the address of a page that names one.

    It is asked first; what it is and what its first poll would hold is said.
    """
    from monitor.app import new_feed
    from monitor.looking import look
    from monitor.surfaces.cli.feeds import tell_looked

    with app_of(ctx, quiet=True) as app:
        looked = asyncio.run(look(app, url, source))
        title = cell(looked.reading.title)
        there = _there(app)
        taken = {address for f in there for address in (f.url, f.given_url) if address}
        if looked.feed_url in taken:
            twin = next(f for f in there if looked.feed_url in (f.url, f.given_url))
            raise click.UsageError(f"this address is polled already, as {twin.name!r}")
        feed = new_feed(name or title or looked.feed_url, looked.feed_url, source=source, category=category)
        if feed.name in {f.name for f in there}:
            raise click.UsageError(f"there is a feed named {feed.name!r}; choose another with --name")
        app.store.transact(lambda tx: tx.save_feed(feed))
        tell_looked(app, looked)
    notice(f"added {feed.name!r}; its first poll is its baseline: stored, not alerted")


def _there(app: App) -> list[Feed]:
    """The feeds of the database, and those of the configuration that it will be told of."""
    from monitor.app import feed_of

    return [*app.store.feeds(), *map(feed_of, app.settings.feeds)]


@click.command("pause")
@click.argument("name")
@click.pass_context
def feeds_pause(ctx: click.Context, name: str) -> None:
    """Stop asking a feed until it is resumed; its stories stay."""

    def paused(tx: Transaction, feed: Feed) -> None:
        _undeclared(feed, "paused: true")
        tx.save_feed(replace(feed, paused=True, state=FeedState.RESTING))

    with store_of(ctx) as store:
        feed = _changed(store, name, paused)
    notice(f"{feed.name!r} rests until `movewire feeds resume`")


@click.command("resume")
@click.argument("name")
@click.pass_context
def feeds_resume(ctx: click.Context, name: str) -> None:
    """Ask a feed again: one that was paused, rests because it was gone, or is quiet and found to be well."""

    def resumed(tx: Transaction, feed: Feed) -> None:
        if feed.paused:
            _undeclared(feed, "paused: false")
        well = replace(feed, paused=False, state=FeedState.OK, told_state=FeedState.OK, last_error="", failures=0)
        tx.save_feed(replace(well, next_check=None))

    with store_of(ctx) as store:
        feed = _changed(store, name, resumed)
    notice(f"{feed.name!r} is asked again, now")


def _changed(store: Store, name: str, change: Callable[[Transaction, Feed], None]) -> Feed:
    """The feed as ``change`` was given it: as it is by then, so that a poll that ended meanwhile is not undone."""
    feed_id = store.feed(name).id

    def work(tx: Transaction) -> Feed:
        feed = tx.held_feed(feed_id)
        if feed is None:
            raise NotFoundError("feed", name)
        change(tx, feed)
        return feed

    return store.transact(work)


def _undeclared(feed: Feed, line: str) -> None:
    """A pause in the file is the file's word: the next start would undo ours."""
    if feed.declared:
        raise click.UsageError(f"{feed.name!r} is ruled by config/feeds.yaml: write `{line}` there")


@click.command("remove")
@click.argument("name")
@click.pass_context
def feeds_remove(ctx: click.Context, name: str) -> None:
    """Take a feed out: for good where it has no stories, else it rests and keeps them."""

    def removed(tx: Transaction, feed: Feed) -> None:
        if feed.declared:
            raise click.UsageError(f"{feed.name!r} is ruled by config/feeds.yaml: take it out there")
        if feed.stories:
            tx.save_feed(replace(feed, paused=True, state=FeedState.RESTING, last_error="removed; it keeps its stories"))
        else:
            tx.delete_feed(feed.id)

    with store_of(ctx) as store:
        feed = _changed(store, name, removed)
    if feed.stories:
        needed = f"{counted(feed.stories, 'story', 'stories')}, which need{'s' if feed.stories == 1 else ''} it"
        notice(f"{feed.name!r} has {needed}: it rests for good and keeps {'it' if feed.stories == 1 else 'them'}")
    else:
        notice(f"{feed.name!r} is removed")


@click.command("import")
@click.argument("file", type=FILE)
@click.pass_context
def feeds_import(ctx: click.Context, file: Path) -> None:
    """Add the feeds of an OPML file that are not there yet."""
    from monitor.app import new_feed
    from monitor.opml import read_opml

    with reading(file):
        outlines = read_opml(file.read_bytes())
    with app_of(ctx, quiet=True) as app:
        there = list(_there(app))
        known, names = {url for feed in there for url in (feed.url, feed.given_url)}, {feed.name for feed in there}
        fresh = []
        for outline in outlines:
            if outline.url in known:
                continue
            if outline.name in names:
                notice(
                    f"left out: {outline.name} ({without_login(outline.url)}): another feed has this name; write another text="
                )
                continue
            try:
                fresh.append(new_feed(outline.name, outline.url, category=outline.category))
            except ValueError:
                notice(f"left out: {outline.name} ({without_login(outline.url)} is no address)")
            else:
                known.add(outline.url)
                names.add(outline.name)

        def save(tx: Transaction) -> None:
            for feed in fresh:
                tx.save_feed(feed)

        app.store.transact(save)
    others = "; the others were there already or left out" if len(fresh) < len(outlines) else ""
    notice(f"{counted(len(fresh), 'feed')} added of {len(outlines)}{others}")


@click.command("export")
@click.option("--all", "everything", is_flag=True, help="Also what rests.")
@click.pass_context
def feeds_export(ctx: click.Context, everything: bool) -> None:
    """Write the feeds as OPML to standard output, categories as folders."""
    from monitor.opml import Outline, write_opml

    with store_of(ctx) as store:
        feeds = [f for f in store.feeds() if everything or f.state != FeedState.RESTING]
    outlines = [Outline(name=f.name, url=f.given_url or f.url, category=f.category) for f in feeds]
    click.echo(write_opml(outlines).decode())


COMMANDS = (feeds_add, feeds_pause, feeds_resume, feeds_remove, feeds_import, feeds_export)
