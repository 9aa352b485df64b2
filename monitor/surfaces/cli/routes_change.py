"""``routes``, the changing half: add and remove, in the file that they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from monitor.errors import ConflictError
from monitor.surfaces.cli.changing import change, missing, texts
from monitor.surfaces.cli.context import matched, words_of
from monitor.surfaces.cli.output import dump, notice, text_or_json
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.settings import Settings
    from monitor.settings.change import Changeable
    from monitor.settings.origin import Path_


@click.command("add")
@click.argument("name")
@click.argument("words", nargs=-1)
@click.option("--channel", "channels", multiple=True, help="Where to send to. Can be given several times.")
@matched
@click.option("--digest", help="Send digests: hourly, or 'daily 08:00' (default: each message at once).")
@click.option("--timezone", help="Time zone of the digests, such as Europe/Berlin (default: alerting.timezone).")
@click.option("--continue", "go_on", is_flag=True, help="Try the next route even if this one matched.")
@click.option("--inside", metavar="ROUTE", help="Put it inside another route, after those already there.")
@click.option(
    "--before", metavar="ROUTE", help="Put it before another route (default: last, but before a route that matches everything)."
)
@text_or_json
@click.pass_context
def routes_add(
    ctx: click.Context,
    /,
    name: str,
    words: tuple[str, ...],
    channels: tuple[str, ...],
    digest: str | None,
    timezone: str | None,
    go_on: bool,
    inside: str | None,
    before: str | None,
    form: str,
    **conditions: Any,
) -> None:
    """Add a route that sends matching events to channels.

    Give conditions as options, or as WORDS like 'org:Meta "data center"'. The route is written to routes.yaml or the
    configuration file, wherever the routes are; comments stay. Write hours and exceptions there by hand.
    """
    from monitor.surfaces.cli.config import tell_of_searches

    if inside is not None and before is not None:
        raise click.UsageError("--inside and --before exclude each other")
    [name], match = texts("NAME", [name]), words_of(conditions, words)
    said = {"match": match, "channels": texts("--channel", channels), "digest": digest, "timezone": timezone, "continue": go_on}
    rule: dict[str, Any] = {"name": name} | {key: value for key, value in said.items() if value}

    def edit(settings: Settings, held: Changeable) -> str:
        from monitor.settings.yaml_edit import insert, put

        places = _places(settings)
        if name in places:
            raise ConflictError(f"{settings.origin.problem(places[name], 'has this name')}; expected another, each once")
        text = held.text
        if ("routes",) not in settings.origin.places:  # the one there is while none is written: it goes on
            text = put(text, ("routes",), [{"name": one.name, "channels": list(one.channels)} for one in settings.routes])
        around, n = _place(settings, held, inside, before)
        return insert(text, around, rule, n)

    def overruled(settings: Settings) -> Path_ | None:
        return None if name in _places(settings) else ("routes",)

    tell_of_searches(change(ctx, ("routes",), edit, overruled))
    if form == "json":
        click.echo(dump(rule, indent=2))


def _places(settings: Settings) -> dict[str, Path_]:
    """Where each route of the tree stands, by its name."""
    from monitor.settings.salvage import tree

    return {route.name: path for path, route in tree(settings.routes)}


def _place_of(settings: Settings, held: Changeable, name: str) -> Path_:
    places = _places(settings)
    if name not in places:
        raise missing("route", name, f"{held.file}: routes", places)
    return places[name]


def _place(settings: Settings, held: Changeable, inside: str | None, before: str | None) -> tuple[Path_, int]:
    """The list that a new route goes to, and its place there: before the first that leaves nothing for those behind it."""
    from monitor.settings.check import takes_everything

    if before is not None:
        *around, n = _place_of(settings, held, before)
        return tuple(around), int(n)
    level = settings.routes
    path: Path_ = ("routes",)
    if inside is not None:
        found = _place_of(settings, held, inside)
        path = (*found, "routes")
        for part in found[1::2]:
            route = level[int(part)]
            level = route.routes
    return path, next((n for n, route in enumerate(level) if takes_everything(route)), len(level))


@click.command("remove")
@click.argument("name")
@click.pass_context
def routes_remove(ctx: click.Context, name: str) -> None:
    """Remove a route, with those inside it."""

    def edit(settings: Settings, held: Changeable) -> str:
        from monitor.settings.yaml_edit import drop

        place = _place_of(settings, held, name)
        if ("routes",) not in settings.origin.places:
            raise ConflictError(
                f"{held.file}: routes: is not given, and {name!r} is there till one is; expected another one first"
            )
        return drop(held.text, place)

    def overruled(settings: Settings) -> Path_ | None:
        return ("routes",) if name in _places(settings) else None

    left = len(_places(change(ctx, ("routes",), edit, overruled)))
    notice(f"{counted(left, 'route')} left" if left else "no route is left: nothing is told to anybody")


COMMANDS = (routes_add, routes_remove)
