"""``feeds``: what is polled, and how it fares."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.model import FeedId, FeedShown, Story, StoryId
from monitor.surfaces.cli.arguments import FILE_OR_STDIN, WEB_ADDRESS, of_source
from monitor.surfaces.cli.context import Listing, app_of, reading, settings_of, store_of
from monitor.surfaces.cli.feeds_change import COMMANDS
from monitor.surfaces.cli.output import cell, dump, form_of, listed, notice, pairs, plain, show, text_or_json
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.collect import PollOutcome
    from monitor.model import Feed
    from monitor.polling.looking import Looked

COLUMNS = ("name", "state", "last_success", "next_check", "per_day", "share", "last_error")
HISTORY = ("at", "outcome", "status", "new_entries", "seconds", "error")


@click.group(cls=Listing)
def feeds() -> None:
    """Feeds and their health."""


@feeds.command("list")
@listed
@click.option("--state", type=click.Choice([state.value for state in FeedShown]), help="Only feeds in this state.")
@click.pass_context
def feeds_list(ctx: click.Context, /, **options: Any) -> None:
    """List feeds with their state, rhythm and last error."""
    from monitor.surfaces.rows import FeedRow, feed_row

    settings = settings_of(ctx)
    with store_of(ctx, settings) as store:
        rows = [feed_row(f) for f in store.feeds()]
    new = {feed.name for feed in settings.feeds} - {row["name"] for row in rows}
    if new:
        told = f"{counted(len(new), 'feed')} of the configuration {'is' if len(new) == 1 else 'are'} not known yet"
        notice(f"{told}: `movewire run` or `movewire feeds poll` takes {'it' if len(new) == 1 else 'them'} up")
    rows = [r for r in rows if not options["state"] or r["state"] == options["state"]]
    show(rows, columns=COLUMNS, of=FeedRow.__annotations__, **form_of(options, every=len(rows)))


@feeds.command("history")
@click.argument("name")
@listed
@click.pass_context
def feeds_history(ctx: click.Context, /, name: str, **options: Any) -> None:
    """List the last 30 polls of a feed, newest first."""
    from monitor.surfaces.details import PollTold, poll_told

    with store_of(ctx) as store:
        rows = [poll_told(poll) for poll in store.feed_polls(store.feed(name).id)]
    show(rows, columns=HISTORY, of=PollTold.__annotations__, **form_of(options, every=len(rows)))


@feeds.command("show")
@click.argument("name")
@text_or_json
@click.pass_context
def feeds_show(ctx: click.Context, name: str, form: str) -> None:
    """Show one feed, its hub, and its last polls."""
    from monitor import query
    from monitor.surfaces.rows import feed_row

    with store_of(ctx) as store:
        detail = query.feed(store, name)
    if form == "json":
        from monitor.surfaces.details import feed_told

        click.echo(dump(feed_told(detail), indent=2))
        return
    sub = detail.subscription
    pairs(feed_row(detail.feed).items())
    if sub is not None:
        until = f" until {cell(sub.lease_until)}" if sub.lease_until else ""
        pushed = f"{sub.state.value}{until}, {counted(sub.pushes, 'push', 'pushes')}"
        pairs([("hub", sub.hub), ("push", pushed), ("push error", sub.last_error)])
    for poll in detail.polls:
        asked = f"{poll.status or '':3}  {poll.new_entries:3} new  {poll.seconds:5.2f} s"
        click.echo(f"  {cell(poll.at)}  {poll.outcome:9}  {asked}  {cell(poll.error)}".rstrip())


@feeds.command("check")
@click.argument("url", type=WEB_ADDRESS)
@of_source
@click.pass_context
def feeds_check(ctx: click.Context, url: str, source: str) -> None:
    """Show what Movewire would do with an address; store nothing."""
    from monitor.polling.looking import look

    with app_of(ctx, quiet=True) as app:
        looked = asyncio.run(look(app, url, source))
        tell_looked(app, looked)


def tell_looked(app: App, looked: Looked) -> None:
    """What was found, what the first poll would hold, and which other feeds its page names."""
    entries = looked.reading.entries
    flagged = [e for e in entries if e.wanted and _flagged(app, e)]
    _show_looked(looked)
    click.echo(f"{len(flagged)} of {counted(len(entries), 'entry', 'entries')} would be flagged" + (":" if flagged else ""))
    for entry in flagged[:10]:
        click.echo(f"  {cell(entry.title)}")
    for other in looked.others:
        notice(f"the page names another feed: {cell(other.title or 'untitled')} {other.url}")


def _flagged(app: App, entry: Any) -> bool:
    story = Story(
        id=StoryId("checked"),
        feed_id=FeedId(""),
        url=entry.link,
        title=entry.title,
        summary=entry.summary,
        first_seen=app.clock(),
    )
    return bool(app.classifier.classify(story).matches)


def _show_looked(looked: Looked) -> None:
    reading = looked.reading
    dates = [e.published for e in reading.entries if e.published]
    pairs(
        [
            ("feed", looked.feed_url),
            ("answers from", looked.url),
            ("title", reading.title),
            ("format", reading.format),
            ("entries", len(reading.entries)),
            ("newest", max(dates, default=None)),
            ("oldest", min(dates, default=None)),
            ("publisher asks to wait", f"{reading.ttl_seconds:.0f} s" if reading.ttl_seconds else None),
            ("next check", looked.next_check),
            ("hub", looked.hub),
            ("warnings", list(reading.warnings)),
        ]
    )


@feeds.command("poll")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every feed that does not rest, due or not.")
@click.option("--once", is_flag=True, help="Has no effect: the command always polls once.")
@click.pass_context
def feeds_poll(ctx: click.Context, names: tuple[str, ...], everything: bool, once: bool) -> int:
    """Poll the feeds that are due, or those named, send what results, and exit.

    Prints a line per feed. Exit code 1 if a named feed failed. Like `movewire run`, it first takes up the feeds of the
    configuration and stops polling those no longer in it.
    """
    with app_of(ctx, quiet=True, declare=True) as app:
        outcomes = asyncio.run(_poll(app, _chosen(app, names, everything)))
    failed = sum(o.kind in ("failed", "gone") for o in outcomes)
    told = f"{counted(sum(o.new for o in outcomes), 'new story', 'new stories')}, {sum(o.matched for o in outcomes)} flagged"
    notice(f"{counted(len(outcomes), 'feed')} polled, {failed} could not be used; {told}")
    return 1 if failed and names else 0


def _chosen(app: App, names: tuple[str, ...], everything: bool) -> Sequence[Feed]:
    if names:
        return list({f.id: f for f in (app.store.feed(name) for name in names)}.values())
    if everything:
        return [f for f in app.store.feeds() if f.state.value != "resting" and not f.paused]
    return app.store.due_feeds(app.clock(), 100_000)


async def _poll(app: App, chosen: Sequence[Feed]) -> list[PollOutcome]:
    from monitor.collect import Collector
    from monitor.deliver import make_deliverer
    from monitor.polling.reading_worker import ReadingWorker

    class Foreground(Collector):
        """Says of each poll how it ended, when it ends."""

        async def poll(self, feed: Feed) -> PollOutcome:
            o = await super().poll(feed)
            told = o.why or f"{o.new} new, {o.matched} flagged, {counted(o.alerts, 'alert')}"
            click.echo(f"{o.kind:9}  {cell(feed.name)}  {cell(told)}")
            return o

    client, worker = app.client(), ReadingWorker(app.settings)
    try:
        outcomes = await Foreground(app, client, worker).poll_all(chosen)
        await make_deliverer(app, client).drain(60)
        return outcomes
    finally:
        await worker.close()
        await client.close()


@feeds.command("parse")
@click.argument("file", type=FILE_OR_STDIN)
@click.option("--url", default="", help="The address the document came from, to resolve relative links.")
@of_source
@click.pass_context
def feeds_parse(ctx: click.Context, file: Path, url: str, source: str) -> None:
    """Print what Movewire reads from a feed document, as JSON.

    FILE may be - for standard input."""
    from monitor.polling.looking import parse_document

    with reading(file):
        body = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        read = asyncio.run(parse_document(settings_of(ctx), body, url=url, source=source))
    entries = [
        {
            "id": e.id,
            "link": e.link,
            "title": e.title,
            "summary": e.summary,
            "published": plain(e.published) if e.published else None,
            "outlet": e.outlet,
        }
        for e in read.entries
    ]
    feed = {"title": read.title, "link": read.link, "format": read.format}
    click.echo(dump({"feed": feed, "entries": entries, "warnings": list(read.warnings)}, indent=2))


for command in COMMANDS:
    feeds.add_command(command)
