"""What commands begin with: settings and a store, and the options that lists share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from monitor.model import BuildoutAction, Label, MoveAction, Severity, Status
from monitor.surfaces.cli.output import notice

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.interfaces import Classifier
    from monitor.query import Filter
    from monitor.settings import Settings
    from monitor.store import Store


def settings_of(ctx: click.Context, *, logs: bool = True) -> Settings:
    """The settings in force, with the database of ``--database`` where it is given. Raises SettingsError."""
    from monitor import log
    from monitor.settings import load

    options = ctx.find_root().obj
    settings = load(options.config)
    if options.database:
        settings = settings.model_copy(update={"database": settings.database.model_copy(update={"url": options.database})})
    if logs:
        log.configure(
            "debug" if options.verbose else "error" if options.quiet else settings.logging.level, settings.logging.style
        )
    for words in settings.origin.notices:
        notice(words)
    return settings


def classifier_of(settings: Settings, **options: Any) -> Classifier:
    """The classifier as the daemon has it, without the rest of the daemon."""
    from monitor.classify import classifier_for

    return classifier_for(settings, **options)


class Listing(click.Group):
    """A group that lists where no command is named: ``alerts --since 7d`` is ``alerts list --since 7d``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (not args[0].startswith("-") or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named or ctx.resilient_parsing else ["list", *args])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [row for param in self.commands["list"].params if (row := param.get_help_record(ctx))]
        with formatter.section("Alone it lists; options of list"):
            formatter.write_dl(rows)


@contextmanager
def store_of(ctx: click.Context, settings: Settings | None = None) -> Iterator[Store]:
    """The database alone: what reading commands need, with the daemon running or not."""
    from monitor.store import Store

    with Store.open((settings or settings_of(ctx)).database.url) as store:
        yield store


@contextmanager
def app_of(ctx: click.Context, *, quiet: bool = False) -> Iterator[App]:
    """Store, classifier and notifiers: what acting commands need. ``quiet`` logs errors only, unless --verbose is given."""
    from monitor import log
    from monitor.app import open_app

    settings = settings_of(ctx)
    if quiet and not ctx.find_root().obj.verbose:
        log.configure("error", settings.logging.style)
    with open_app(settings) as app:
        yield app


def now() -> datetime:
    return datetime.now(UTC)


_CHOICES = {
    "label": tuple(label.value for label in Label),
    "status": tuple(status.value for status in Status),
    "severity": tuple(severity.value for severity in Severity),
    "action": tuple(dict.fromkeys(action.value for kind in (MoveAction, BuildoutAction) for action in kind)),
}
_FILTERS: tuple[tuple[str, str], ...] = (
    ("label", "The kind of event."),
    ("org", "An organisation on either side."),
    ("from", "The organisation left."),
    ("to", "The organisation joined."),
    ("person", "A person, or part of the name."),
    ("role", "A role, such as CEO."),
    ("action", "What is done."),
    ("status", "How sure it is."),
    ("severity", "How much it matters."),
    ("outlet", "A masthead."),
    ("project", "A project, such as Stargate."),
    ("location", "A place."),
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filter's options: all given must hold, within one given several times any. ``filter_of`` reads them."""
    options = [
        click.option(
            f"--{name}",
            f"filter_{name}",
            multiple=True,
            type=click.Choice(_CHOICES[name]) if name in _CHOICES else str,
            help=help,
        )
        for name, help in _FILTERS
    ]
    options += [
        click.option("--amount", "filter_amount", type=float, help="Dollars at least."),
        click.option("--capacity", "filter_capacity", type=float, help="Megawatts at least."),
        click.option("--since", "filter_since", help="7d, 12h, or a date."),
        click.option("--until", "filter_until", help="7d, 12h, or a date."),
        click.option("-q", "--q", "--query", "filter_query", default="", help="Words in title or summary."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def filter_of(values: dict[str, Any]) -> Filter:
    """The query's filter from the values ``filtered`` collected. Raises QueryError for a time that is none."""
    from monitor.query import Filter, parse_since

    get = {name.removeprefix("filter_"): value for name, value in values.items() if name.startswith("filter_")}
    return Filter(
        label=get["label"],
        org=get["org"],
        from_org=get["from"],
        to_org=get["to"],
        person=get["person"],
        role=get["role"],
        action=get["action"],
        status=get["status"],
        severity=get["severity"],
        outlet=get["outlet"],
        project=get["project"],
        location=get["location"],
        amount_min=get["amount"],
        capacity_min=get["capacity"],
        since=parse_since(get["since"], now()) if get["since"] else None,
        until=parse_since(get["until"], now()) if get["until"] else None,
        q=get["query"],
    )
