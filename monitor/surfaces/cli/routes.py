"""``routes``: the tree of routes, and what it would tell of a story or of the last days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from monitor.ids import begins_id
from monitor.model import FeedId, Story, StoryId
from monitor.surfaces.cli.context import Listing, classifier_of, now, settings_of, store_of
from monitor.surfaces.cli.output import cell, dump, heading, listed, notice, show
from monitor.surfaces.cli.routes_change import COMMANDS
from monitor.text import counted, plain

if TYPE_CHECKING:
    from monitor.model import Event
    from monitor.rehearsal import Rehearsed
    from monitor.routing import Router
    from monitor.settings import Settings
    from monitor.silencing import Quiet
    from monitor.store import Store


@click.group(cls=Listing)
def routes() -> None:
    """Rules for which events go to which channels: list, test, add, remove."""


@routes.command("list")
@listed
@click.pass_context
def routes_list(ctx: click.Context, form: str | None, fields: str | None, limit: int | None) -> None:
    """List the routes with what each matches and inherits."""
    from monitor import searches
    from monitor.surfaces.setup_rows import ROUTE_COLUMNS, RouteRow, route_rows

    settings = settings_of(ctx)
    if searches.in_routes(settings):
        with store_of(ctx, settings) as store:
            router = _router(settings, store)
    else:
        router = _router(settings)
    of = RouteRow.__annotations__
    show(route_rows(router), form=form, fields=fields, columns=ROUTE_COLUMNS, of=of, limit=limit)


def _router(settings: Settings, store: Store | None = None) -> Router:
    """The routes with the saved searches of ``store``; those that cannot be used are told."""
    from monitor import searches
    from monitor.classify.names import names_for
    from monitor.routing import Router

    saved = searches.of_routes(store, settings) if store else {}
    for words in searches.wrong(settings, saved):
        notice(words)
    return Router(settings, names_for(settings).canonical, saved)


@routes.command("test")
@click.argument("story", required=False)
@click.option("--summary", default="", help="The story's summary, if STORY is a headline.")
@click.option("--outlet", default="", help="The story's outlet, if STORY is a headline.")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=30, help="Without STORY: how many days of stored stories (default: 30)."
)
@click.option("--all", "every", is_flag=True, help="Without STORY: also what would not have been sent, and why.")
@click.option("--format", "form", type=click.Choice(("text", "ndjson")), default="text", help="Default: text.")
@click.pass_context
def routes_test(ctx: click.Context, story: str | None, summary: str, outlet: str, days: int, every: bool, form: str) -> None:
    """Show what each route would send, when, and why not; send nothing.

    STORY is the id of a stored story, or a headline. Without it, the stored stories of the last 30 days are replayed.
    """
    settings = settings_of(ctx)
    if story is not None and not story.strip():
        raise click.UsageError("there is no story to test: name one, or write a headline")
    if story is not None:
        _test_one(ctx, settings, story, summary, outlet, form)
    else:
        _test_stored(ctx, settings, days, every, form)


def _silences(store: Store, settings: Settings, router: Router, at: datetime | None = None) -> list[Quiet]:
    """Those that can be held against events; with ``at`` those that are not over then."""
    from monitor import searches, silencing

    found = store.silences(at)
    saved = store.read(lambda reads: searches.of_silences(reads, found))
    return silencing.compiled(found, router.canonical, saved, settings.watchlists)[0]


def _test_stored(ctx: click.Context, settings: Settings, days: int, every: bool, form: str) -> None:
    """The stored stories of the last ``days`` through every route; with ``every`` also what was not told."""
    from monitor.alerting import Policy
    from monitor.rehearsal import rehearse, stories_in_order

    with store_of(ctx, settings) as store:
        router = _router(settings, store)
        silences = _silences(store, settings, router)
        stories = stories_in_order(store, now() - timedelta(days=days))
        policy = Policy(settings=settings, router=router, silences=silences)
        found = list(rehearse(_counted(stories), classifier=classifier_of(settings), policy=policy))
    for one in found:
        if one.tell or every:
            _say(one, form)
    if form != "ndjson":
        _print_tally(found, router, days)


def _print_tally(found: Sequence[Rehearsed], router: Router, days: int) -> None:
    """What each route would have sent, and why the rest was not told."""
    from monitor.rehearsal import tally

    sent, refused = tally(found, router)
    heading(f"In {counted(days, 'day')}")
    for node in router.every():
        told = sent.get(node.path)
        click.echo(f"  {cell(node.path)}: {told.words() if told else 'nothing'}")
    if refused:
        heading("Flagged, and not told")
        for why, count in refused.most_common():
            click.echo(f"  {count:>6}  {cell(why)}")


def _counted(stories: Iterator[Story]) -> Iterator[Story]:
    """The stories, with a notice of how many there were: the database may hold fewer days than were asked for."""
    count, first = 0, None
    for story in stories:
        first = first or story
        count += 1
        yield story
    since = f", the first of {cell(first.first_seen)}" if first else ""
    notice(f"{counted(count, 'stored story', 'stored stories')}{since}; every feed is treated as past its first poll")


def _line(one: Rehearsed) -> dict[str, Any]:
    return {
        "at": one.at,
        "story": one.story.id,
        "title": one.story.title,
        "event": one.event.id if one.event else None,
        "severity": one.event.severity.value if one.event else None,
        "revision": one.revision,
        "told": one.tell,
        "reasons": list(one.reasons),
        "sent": [{"route": t.route, "channel": t.channel, "at": t.at or one.at, "digest": bool(t.digest)} for t in one.targets],
    }


def _say(one: Rehearsed, form: str) -> None:
    if form == "ndjson":
        click.echo(dump(_line(one)))
    else:
        _print(one)


def _print(one: Rehearsed) -> None:
    head = f"{cell(one.at)}  {cell(one.story.title)}"
    if not one.tell:
        click.echo(f"{head}\n    not told: {cell(one.reasons[0])}")
        return
    kind = "alert" if one.revision == 1 else f"revision {one.revision}"
    click.echo(f"{head}\n    {kind} · {one.event.severity.value if one.event else ''}")
    for target in one.targets:
        when = "at once" if target.at is None else f"{'in the digest of' if target.digest else 'held until'} {cell(target.at)}"
        click.echo(f"    {cell(target.route)} → {cell(target.channel)}: {when}")


def _test_one(ctx: click.Context, settings: Settings, text: str, summary: str, outlet: str, form: str) -> None:
    """One story through every route, taken as the first of its event."""
    from monitor import query
    from monitor.alerting import Policy
    from monitor.rehearsal import rehearse

    at = now()
    with store_of(ctx, settings) as store:
        router = _router(settings, store)
        story = query.story(store, text).story if begins_id(text) else None
        silences = _silences(store, settings, router, at)
    given = story or Story(
        id=StoryId("tested"), feed_id=FeedId(""), url="", title=plain(text), summary=plain(summary), outlet=outlet, first_seen=at
    )
    policy = Policy(settings=settings, router=router, silences=silences)
    found = list(rehearse([given], classifier=classifier_of(settings), policy=policy))
    if form == "ndjson":
        for one in found:
            _say(one, form)
        return
    event = found[0].event if found else None
    if event is None:
        click.echo(f"no route is asked: {cell(found[0].reasons[0] if found else 'not flagged')}")
        return
    [one] = found
    _print(one)
    _print_tried(router, event, one.at)


def _print_tried(router: Router, event: Event, at: datetime) -> None:
    """What each route says to ``event``."""
    heading("Route by route")
    for tried in router.tried(router.profiler.of(event)):
        path, by = cell(tried.node.path), cell(tried.node.by)
        if tried.refusal:
            click.echo(f"  {path}: no{by}, {cell(tried.refusal)}")
            continue
        when = tried.node.rule.when(severity=event.severity, first=True, now=at)
        click.echo(f"  {path}: yes{by}, {cell(when.why) if tried.sends else 'by a route inside it'}")


for command in COMMANDS:
    routes.add_command(command)
