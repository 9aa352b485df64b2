"""``feeds``: what is polled, and how it fares."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.surfaces.cli.context import app_of, settings_of, store_of
from monitor.surfaces.cli.output import cell, dump, listed, notice, pairs, plain, show

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.interfaces import Reading
    from monitor.store import Transaction

COLUMNS = ("name", "state", "last_success", "next_check", "stories", "share", "last_error")


@click.group(invoke_without_command=True)
@listed
@click.option("--state", help="ok, failing, quiet or resting.")
@click.pass_context
def feeds(ctx: click.Context, /, **options: Any) -> None:
    """Feeds and their health. Alone it lists."""
    if ctx.invoked_subcommand is None:
        _list(ctx, options)


@feeds.command("list")
@listed
@click.option("--state", help="ok, failing, quiet or resting.")
@click.pass_context
def feeds_list(ctx: click.Context, /, **options: Any) -> None:
    """List feeds: state, last success, next check, stories, share of matches, last error in plain words."""
    _list(ctx, options)


def _list(ctx: click.Context, options: dict[str, Any]) -> None:
    from monitor.surfaces.cli.rows import feed_row

    with store_of(ctx) as store:
        rows = [feed_row(f) for f in store.feeds()]
    rows = [r for r in rows if not options["state"] or r["state"] == options["state"]]
    limit = options["limit"] or len(rows) or 1
    show(rows, form=options["form"], fields=options["fields"], columns=COLUMNS, limit=limit)


@feeds.command("show")
@click.argument("name")
@click.pass_context
def feeds_show(ctx: click.Context, name: str) -> None:
    """Show one feed and its last polls."""
    from monitor import query
    from monitor.surfaces.cli.rows import feed_row

    with store_of(ctx) as store:
        detail = query.feed(store, name)
    pairs(feed_row(detail.feed).items())
    for poll in detail.polls:
        asked = f"{poll.status or '':3}  {poll.new_entries:3} new  {poll.seconds:5.2f} s"
        click.echo(f"  {cell(poll.at)}  {poll.outcome:9}  {asked}  {cell(poll.error)}".rstrip())


@feeds.command("add")
@click.argument("url")
@click.option("--name", help="Default: the feed's own title.")
@click.option("--source", default="syndication", show_default=True, help="The kind of feed.")
@click.option("--category", default="", help="Any word to find it by.")
@click.pass_context
def feeds_add(ctx: click.Context, url: str, name: str | None, source: str, category: str) -> None:
    """Add a feed by its address; it is asked first, and what it holds is said."""
    from monitor.app import new_feed
    from monitor.collect import look

    with app_of(ctx, quiet=True) as app:
        reading = asyncio.run(look(app, url, source))
        feed = new_feed(name or reading.title or url, url, source=source, category=category)
        if feed.name in {f.name for f in app.store.feeds()}:
            raise click.UsageError(f"there is a feed named {feed.name!r}; choose another with --name")
        app.store.transact(lambda tx: tx.save_feed(feed))
    _told(reading)
    notice(f"added {feed.name!r}; its first poll is its baseline")


@feeds.command("check")
@click.argument("url")
@click.option("--source", default="syndication", show_default=True, help="The kind of feed.")
@click.pass_context
def feeds_check(ctx: click.Context, url: str, source: str) -> None:
    """Say what would be done with an address, without storing anything."""
    from monitor.collect import look

    with app_of(ctx, quiet=True) as app:
        reading = asyncio.run(look(app, url, source))
        flagged = [e for e in reading.entries if _flagged(app, e)]
    _told(reading)
    click.echo(f"{len(flagged)} of {len(reading.entries)} entries would be flagged:")
    for entry in flagged[:10]:
        click.echo(f"  {cell(entry.title)}")


def _flagged(app: App, entry: Any) -> bool:
    from monitor.model import FeedId, Story, StoryId

    story = Story(
        id=StoryId("checked"),
        feed_id=FeedId(""),
        url=entry.link,
        title=entry.title,
        summary=entry.summary,
        first_seen=app.clock(),
    )
    return bool(app.classifier.classify(story).matches)


def _told(reading: Reading) -> None:
    dates = [e.published for e in reading.entries if e.published]
    pairs(
        [
            ("title", reading.title),
            ("format", reading.format),
            ("entries", len(reading.entries)),
            ("newest", max(dates, default=None)),
            ("oldest", min(dates, default=None)),
            ("publisher asks to wait", f"{reading.ttl_seconds:.0f} s" if reading.ttl_seconds else None),
            ("warnings", list(reading.warnings)),
        ]
    )


@feeds.command("poll")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every feed that does not rest, due or not.")
@click.option("--once", is_flag=True, help="Poll and end; this is what it does anyway.")
@click.pass_context
def feeds_poll(ctx: click.Context, names: tuple[str, ...], everything: bool, once: bool) -> int:
    """Poll what is due (or all, or the named feeds) in the foreground, deliver what arose, and end."""
    with app_of(ctx, quiet=True) as app:
        chosen = _chosen(app, names, everything)
        outcomes = asyncio.run(_poll(app, chosen))
    failed = 0
    for o in sorted(outcomes, key=lambda o: o.feed.name):
        failed += o.kind in ("failed", "gone")
        detail = o.why if o.why else f"{o.new} new, {o.matched} flagged, {o.alerts} alerts"
        click.echo(f"{o.kind:9}  {cell(o.feed.name)}  {cell(detail)}")
    notice(f"{len(outcomes)} feeds polled, {failed} could not be used")
    return 0


def _chosen(app: App, names: tuple[str, ...], everything: bool) -> Any:
    if names:
        return [app.store.feed(name) for name in names]
    if everything:
        return [f for f in app.store.feeds() if f.state.value != "resting" and not f.paused]
    return app.store.due_feeds(app.clock(), 100_000)


async def _poll(app: App, chosen: Any) -> Any:
    from monitor.collect import Collector
    from monitor.deliver import make_deliverer
    from monitor.reading_worker import ReadingWorker

    client, worker = app.client(), ReadingWorker(app.settings)
    try:
        outcomes = await Collector(app, client, worker).poll_all(chosen)
        await make_deliverer(app, client).drain(60)
        return outcomes
    finally:
        await worker.close()
        await client.close()


@feeds.command("parse")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--url", default="", help="The address it came from, for relative links.")
@click.option("--source", default="syndication", show_default=True, help="The kind of feed.")
@click.pass_context
def feeds_parse(ctx: click.Context, file: Path, url: str, source: str) -> None:
    """Print what is read from a document as JSON. FILE may be - for standard input."""
    from monitor.collect import parse_document

    try:
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be read ({error.strerror})") from None
    reading = asyncio.run(parse_document(settings_of(ctx), body, url=url, source=source))
    entries = [
        {
            "id": e.id,
            "link": e.link,
            "title": e.title,
            "summary": e.summary,
            "published": plain(e.published) if e.published else None,
            "outlet": e.outlet,
        }
        for e in reading.entries
    ]
    feed = {"title": reading.title, "link": reading.link, "format": reading.format}
    click.echo(dump({"feed": feed, "entries": entries, "warnings": list(reading.warnings)}, indent=2))


@feeds.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def feeds_import(ctx: click.Context, file: Path) -> None:
    """Add the feeds of an OPML file that are not there yet."""
    from monitor.app import new_feed
    from monitor.opml import read_opml

    outlines = read_opml(file.read_bytes())
    with app_of(ctx, quiet=True) as app:
        known = {f.url for f in app.store.feeds()} | {f.name for f in app.store.feeds()}
        fresh = [o for o in outlines if o.url not in known and o.name not in known]

        def save(tx: Transaction) -> None:
            for o in fresh:
                tx.save_feed(new_feed(o.name, o.url, category=o.category))

        app.store.transact(save)
    notice(f"{len(fresh)} feeds added, {len(outlines) - len(fresh)} were there already")
