"""``feeds``, the changing half: add, pause, resume, remove, and lists of feeds in and out as OPML."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.errors import NotFoundError
from monitor.filtering import MOST_NAMES, near
from monitor.model import FeedState
from monitor.surfaces.cli.arguments import FILE, WEB_ADDRESS, of_source
from monitor.surfaces.cli.context import app_of, reading, settings_of, store_of
from monitor.surfaces.cli.feeds_file import PAUSE, REMOVE, RESUME, declared, in_file
from monitor.surfaces.cli.output import cell, notice
from monitor.text import counted
from monitor.urls import without_login

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.app import App
    from monitor.model import Feed
    from monitor.settings.schema import FeedEntry
    from monitor.store import Store, Transaction


@click.command("add")
@click.argument("url", type=WEB_ADDRESS)
@click.option("--name", help="Its name (default: the feed's own title).")
@of_source
@click.option("--category", default="", help="Any word, to group by.")
@click.pass_context
def feeds_add(ctx: click.Context, url: str, name: str | None, source: str, category: str) -> None:
    """Add a feed by its address, or by the address of a page that names one.

    The address is fetched first, and you are told what it is and what its first poll would bring.
    """
    from monitor.app import new_feed
    from monitor.polling.looking import look
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
    """Stop polling a feed until it is resumed; keep its stories.

    If a file declares the feed, the command writes `paused: true` there and keeps its comments.
    """

    def paused(tx: Transaction, feed: Feed) -> None:
        tx.save_feed(replace(feed, paused=True, state=FeedState.RESTING))

    with store_of(ctx) as store:
        feed, known = _sought(ctx, store, name)
        if feed.declared:
            in_file(ctx, _declared(ctx, feed).name, PAUSE, known=known)
        if known:
            _changed(store, feed, paused)
    notice(f"{feed.name!r} rests until `movewire feeds resume`")


@click.command("resume")
@click.argument("name")
@click.pass_context
def feeds_resume(ctx: click.Context, name: str) -> None:
    """Poll a feed again that was paused, gone or quiet.

    If a file declares the feed as paused, the command changes that there and keeps its comments.
    """

    def resumed(tx: Transaction, feed: Feed) -> None:
        well = replace(feed, paused=False, state=FeedState.OK, told_state=FeedState.OK, last_error="", failures=0)
        tx.save_feed(replace(well, next_check=None))

    with store_of(ctx) as store:
        feed, known = _sought(ctx, store, name)
        if feed.declared and (entry := _declared(ctx, feed)).paused:
            in_file(ctx, entry.name, RESUME, known=known)
        if known:
            _changed(store, feed, resumed)
    notice(f"{feed.name!r} is polled again, now" if known else f"{feed.name!r} is asked as soon as it is taken up")


def _sought(ctx: click.Context, store: Store, name: str) -> tuple[Feed, bool]:
    """A feed, and whether the database knows it: one of the configuration may be new to it. Raises NotFoundError."""
    from monitor.app import feed_of

    try:
        return store.feed(name), True
    except NotFoundError:
        configured = settings_of(ctx, tell=False).feeds
        same = [one for one in configured if one.name.lower() == name.lower()]
        if not same:
            names = sorted({one.name for one in store.feeds()} | {one.name for one in configured})
            raise NotFoundError("feed", name, instead=near(name, names, most=MOST_NAMES)) from None
        return feed_of(max(same, key=lambda one: one.name == name)), False


def _declared(ctx: click.Context, feed: Feed) -> FeedEntry:
    """What the configuration says of a feed that it rules. Raises UsageError where it was taken out of it."""
    if (entry := declared(ctx, feed)) is not None:
        return entry
    told = f"- {{name: {feed.name}, url: {without_login(feed.given_url or feed.url)}}}"
    raise click.UsageError(
        f"{feed.name!r} was taken out of the configuration and rests: write it there again, under feeds: {told}"
    )


def _changed(store: Store, feed: Feed, change: Callable[[Transaction, Feed], None]) -> Feed:
    """The feed as ``change`` was given it: as it is by then, so that a poll that ended meanwhile is not undone."""

    def work(tx: Transaction) -> Feed:
        held = tx.held_feed(feed.id)
        if held is None:
            raise NotFoundError("feed", feed.name)
        change(tx, held)
        return held

    return store.transact(work)


@click.command("remove")
@click.argument("name")
@click.pass_context
def feeds_remove(ctx: click.Context, name: str) -> None:
    """Remove a feed; one that has stories rests and keeps them.

    If a file declares the feed, the command removes it there and keeps the comments around it.
    """
    from monitor.store.feed_writes import NOT_DECLARED

    def removed(tx: Transaction, feed: Feed) -> None:
        if not feed.stories:
            tx.delete_feed(feed.id)
        elif feed.declared:
            tx.save_feed(replace(feed, state=FeedState.RESTING, last_error=NOT_DECLARED))
        else:
            tx.save_feed(replace(feed, paused=True, state=FeedState.RESTING, last_error="removed; it keeps its stories"))

    with store_of(ctx) as store:
        feed, known = _sought(ctx, store, name)
        if feed.declared and (entry := declared(ctx, feed)) is not None:
            in_file(ctx, entry.name, REMOVE, known=known)
        if known:
            feed = _changed(store, feed, removed)
    if feed.stories:
        needed = f"{counted(feed.stories, 'story', 'stories')}, which need{'s' if feed.stories == 1 else ''} it"
        notice(f"{feed.name!r} has {needed}: it rests for good and keeps {'it' if feed.stories == 1 else 'them'}")
    else:
        notice(f"{feed.name!r} is removed")


@click.command("import")
@click.argument("file", type=FILE)
@click.pass_context
def feeds_import(ctx: click.Context, file: Path) -> None:
    """Add those feeds of an OPML file that are new."""
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
@click.option("--all", "everything", is_flag=True, help="Also feeds that rest.")
@click.pass_context
def feeds_export(ctx: click.Context, everything: bool) -> None:
    """Write the feeds as OPML to standard output, categories as folders."""
    from monitor.opml import Outline, write_opml

    with store_of(ctx) as store:
        feeds = [f for f in store.feeds() if everything or f.state != FeedState.RESTING]
    outlines = [Outline(name=f.name, url=f.given_url or f.url, category=f.category) for f in feeds]
    click.echo(write_opml(outlines).decode())


COMMANDS = (feeds_add, feeds_pause, feeds_resume, feeds_remove, feeds_import, feeds_export)
