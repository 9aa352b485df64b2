"""What commands begin with: settings and a store, and the options that lists share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from monitor.app import App
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
        log.configure("debug" if options.verbose else settings.logging.level, settings.logging.style)
    return settings


@contextmanager
def store_of(ctx: click.Context) -> Iterator[Store]:
    """The database alone: what reading commands need, with the daemon running or not."""
    from monitor.store import Store

    with Store.open(settings_of(ctx).database.url) as store:
        yield store


@contextmanager
def app_of(ctx: click.Context, *, quiet: bool = False) -> Iterator[App]:
    """Store, classifier and notifiers: what acting commands need. ``quiet`` logs warnings and worse only."""
    from monitor import log
    from monitor.app import open_app

    settings = settings_of(ctx)
    if quiet and not ctx.find_root().obj.verbose:
        log.configure("error", settings.logging.style)
    with open_app(settings) as app:
        yield app


def now() -> datetime:
    return datetime.now(UTC)


_FILTERS: tuple[tuple[str, str], ...] = (
    ("label", "executive_move or infrastructure."),
    ("org", "An organisation on either side."),
    ("from", "The organisation left."),
    ("to", "The organisation joined."),
    ("person", "A person, or part of the name."),
    ("role", "A role, such as CEO."),
    ("action", "hire, depart, build, power_deal …"),
    ("status", "rumored, reported, confirmed or denied."),
    ("severity", "low, normal, high or critical."),
    ("outlet", "A masthead."),
    ("project", "A project, such as Stargate."),
    ("location", "A place."),
)


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filter's options; the command gets one argument, ``filters``, a dict for ``filter_of``."""
    options = [click.option(f"--{name}", f"filter_{name}", multiple=True, help=help) for name, help in _FILTERS]
    options += [
        click.option("--amount", "filter_amount", type=float, help="Dollars at least."),
        click.option("--capacity", "filter_capacity", type=float, help="Megawatts at least."),
        click.option("--since", "filter_since", help="7d, 12h, or a date."),
        click.option("--until", "filter_until", help="7d, 12h, or a date."),
        click.option("-q", "--query", "filter_query", default="", help="Words in title or summary."),
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
